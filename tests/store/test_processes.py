"""Many processes at once, and processes that are killed: nothing is lost, nothing half done."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter

from pysched.bank.ledger import RefusedError
from pysched.bank.ledger_rules import LedgerRules
from pysched.store import Database, LedgerStore
from pysched.store.queue import FairLock
from tests.bank.making import DAY, earned, transferred
from tests.store.hammer import PEOPLE, said, start

PROCESSES, EACH = 8, 40
KILLS, AT_ONCE = 25, 5


def endowed(url: str) -> LedgerStore:
    """Return a ledger in which a few people have some credits."""
    ledger = LedgerStore(Database(url), LedgerRules.recommended())
    ledger.post_all(earned(f"P{number}", 1000, DAY) for number in range(PEOPLE))
    return ledger


def real_url(ledger: LedgerStore) -> str:
    """Return the URL with all that opens the database."""
    return ledger.database.engine.url.render_as_string(hide_password=False)


def test_eight_processes_post_at_once(url: str) -> None:
    """Nothing fails but by a rule; the sums are 0, the chain holds, all that was said is there."""
    ledger = endowed(url)
    started = [start(real_url(ledger), f"p{number}", EACH) for number in range(PROCESSES)]
    for _, pipe in started:
        pipe.send("go")
    said_by_all = [message for _, pipe in started for message in said(pipe)]
    counts = Counter(word for word, _ in said_by_all)
    print(dict(counts))
    assert [text for word, text in said_by_all if word == "failed"] == []
    assert counts.total() == PROCESSES * EACH
    assert counts["posted"] > counts.total() // 3
    stored = ledger.stored()
    posted = {key for word, key in said_by_all if word == "posted"}
    assert {row.key for row in stored.rows if row.kind == "transfer"} == posted
    assert sum(stored.balances.values()) == 0
    assert ledger.verify() is None


def test_nothing_is_lost_when_processes_are_killed(url: str) -> None:
    """Kill after kill: acknowledged rows are there, the others wholly or not at all."""
    ledger = endowed(url)
    random_ = random.Random(1)
    acknowledged: set[str] = set()
    for first in range(0, KILLS, AT_ONCE):
        started = [start(real_url(ledger), f"k{first + n}", 10**6) for n in range(AT_ONCE)]
        for _, pipe in started:
            pipe.send("go")
        for process, pipe in started:
            # On a busy machine the first post may take longer than all of the time to the kill.
            assert pipe.poll(60)
            time.sleep(random_.uniform(0.05, 0.2))
            process.kill()
            process.join()
            assert process.exitcode == -signal.SIGKILL
            acknowledged |= {key for word, key in said(pipe) if word == "posted"}
        assert ledger.verify() is None
    keys = {row.key for row in ledger.stored().rows}
    print(f"{len(acknowledged)} acknowledged, {len(keys) - PEOPLE} there")
    assert acknowledged - keys == set()
    assert len(acknowledged) >= KILLS
    assert sum(ledger.balances().values()) == 0


def test_threads_of_a_process_take_turns(url: str) -> None:
    """Four threads on one ledger: every post comes through or is refused by a rule."""
    ledger = endowed(url)
    failures: list[BaseException] = []

    def work(name: str) -> None:
        for number in range(15):
            try:
                ledger.post(transferred(f"{name} {number}", f"P{number % 5}", "P9", 10))
            except RefusedError:
                pass
            except BaseException as error:
                failures.append(error)

    threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert ledger.balances()["person:P9"] == 600
    assert ledger.verify() is None


def test_a_fair_lock_is_handed_on_in_order() -> None:
    """Who comes first is first, and who waits too long is told."""
    lock, order, waiting = FairLock(), [], []

    def take(number: int) -> None:
        with lock.held(10):
            order.append(number)

    with lock.held(1):
        for number in range(5):
            thread = threading.Thread(target=take, args=(number,))
            waiting.append(thread)
            thread.start()
            while len(lock._waiting) <= number:
                time.sleep(0.001)
        assert late(lock)
    for thread in waiting:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def late(lock: FairLock) -> bool:
    """Return whether a lock cannot be had within a moment."""
    try:
        with lock.held(0.01):
            return False
    except TimeoutError:
        return True
