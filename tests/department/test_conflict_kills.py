"""Resolutions that are killed at any point: a conflict is decided wholly or not at all."""

from __future__ import annotations

import random
import signal
import time
from typing import Any

from sqlalchemy import make_url

from pysched.bank.profile import bank_profile
from pysched.conflicts.paying import paid_in
from pysched.store import ConflictStore, Database
from pysched.store.conflict_seen import result_of
from pysched.store.draw_rows import read_events
from pysched.store.dump import dump
from tests.department.resolver import resolve_all, start
from tests.store.hammer import said

WEEKS = 60
KILLS = {"sqlite": 3, "postgresql": 2}
LATEST_SECONDS = 0.3


def test_nothing_is_half_decided_when_it_is_killed(url: str, tmp_path: Any) -> None:
    """After every kill -9; in the end all is as if nobody had killed anything."""
    kills = KILLS[make_url(url).get_backend_name()]
    random_, store = random.Random(5), ConflictStore(Database(url), bank_profile())
    acknowledged: set[str] = set()
    for _ in range(kills):
        process, pipe = start(url, WEEKS)
        acknowledged.add(pipe.recv())
        time.sleep(random_.uniform(0, LATEST_SECONDS))
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        acknowledged |= {str(name) for name in said(pipe)}
        whole(store)
    decided = {row.id for row in store.conflicts() if row.status != "open"}
    print(f"{kills} kills, {len(acknowledged)} acknowledged, {len(decided)} decided")
    assert acknowledged - decided == set()
    assert len(decided) >= kills
    count = len(store.conflicts())
    for _ in resolve_all(url, count):
        pass
    other = f"sqlite:///{tmp_path / 'unharmed.sqlite'}"
    assert len(list(resolve_all(other, count))) == count
    assert list(dump(Database(other)))[1:] == list(dump(store.database))[1:]


def whole(store: ConflictStore) -> None:
    """Check that all that belongs to a decision is there with it, and nothing without one."""
    balances, numbers, winners = store.ledger.balances(), [], []
    for row in store.conflicts():
        decision = store.decision(row.id)
        assert (row.status == "open") == (decision is None)
        held = sum(bid.held_cents for bid in row.bids)
        if decision is not None:
            result = result_of(decision.result)
            held = sum(paid_in(result).values())
            numbers.append(decision.number)
            winners.append((row.id, result.moved))
        assert balances.get(f"escrow:{row.id}", 0) == held
    chain = store.chain()
    assert sorted(numbers, key=str) == sorted(range(1, len(numbers) + 1), key=str)
    assert (0 if chain is None else chain.used) == len(numbers)
    events = store.database.read(read_events).get("day_off", [])
    turned = [(e.conflict, e.physicians) for e in events if e.kind == "win"]
    assert turned == [row for row in sorted(winners) if row[1]]
    assert sum(balances.values()) == 0
    assert store.ledger.verify() is None
