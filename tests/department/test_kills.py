"""Week-ends that are killed at any point: a week is closed wholly or not at all."""

from __future__ import annotations

import random
import signal
import time
from datetime import date
from typing import Any

from pysched.bank.profile import bank_profile
from pysched.bank.week_end import week_name
from pysched.store import BankStore, Database, Repository
from pysched.store import social_tables as tables
from tests.department.closer import start
from tests.department.long_toy import KEY, close_all
from tests.store.hammer import said

WEEKS = 400
KILLS = 25
LATEST_SECONDS = 0.2


def test_nothing_is_half_done_when_week_ends_are_killed(url: str, tmp_path: Any) -> None:
    """After every kill; and the weeks that are there are those of a run that nobody killed."""
    random_ = random.Random(7)
    acknowledged: set[date] = set()
    bank = BankStore(Database(url), bank_profile())
    for _ in range(KILLS):
        process, pipe = start(url, WEEKS)
        acknowledged.add(pipe.recv())
        time.sleep(random_.uniform(0, LATEST_SECONDS))
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        acknowledged |= set(said(pipe))  # type: ignore[arg-type]
        whole(bank, url)
    mondays = [row.monday for row in bank.kept()]
    print(f"{KILLS} kills, {len(acknowledged)} weeks acknowledged, {len(mondays)} closed")
    assert acknowledged - set(mondays) == set()
    assert len(mondays) >= KILLS
    other = f"sqlite:///{tmp_path / 'unharmed.sqlite'}"
    assert len(list(close_all(other, len(mondays)))) == len(mondays)
    assert all_of(BankStore(Database(other), bank_profile())) == all_of(bank)


def whole(bank: BankStore, url: str) -> None:
    """Check that all that belongs to a week is there with it."""
    repository = Repository(url)
    mondays = [row.monday for row in repository.weeks(KEY)]
    repository.close()
    names = [week_name(monday) for monday in mondays]
    assert [row.monday for row in bank.kept()] == mondays
    assert sorted({row.week for row in bank.equalizations()}) == names
    assert bank.ledger.closed_week() == (names[-1] if names else None)
    assert bank.ledger.verify() is None
    assert sum(bank.ledger.balances().values()) == 0
    posted = {row.metadata["week"] for row in bank.ledger.stored().rows if row.kind == "earn"}
    assert posted <= set(map(str, mondays))


def all_of(bank: BankStore) -> list[Any]:
    """Return all that week-ends wrote, without the time at which they did."""
    rows = [(r.seq, r.key, r.day, r.postings, r.metadata) for r in bank.ledger.stored().rows]
    trust, sacrifices = tables.trust, tables.sacrifice
    columns = [c for c in trust.columns if c.name != "last_updated"]
    ordered = trust.select().with_only_columns(*columns).order_by(*trust.primary_key.columns)
    borne = sacrifices.select().order_by(sacrifices.c.id)
    return [
        rows,
        bank.kept(),
        bank.equalizations(),
        bank.ledger.book(),
        bank.database.read(lambda c: [tuple(row) for row in c.execute(ordered)]),
        bank.database.read(lambda c: [tuple(row) for row in c.execute(borne)]),
    ]
