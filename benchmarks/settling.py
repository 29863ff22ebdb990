"""How long the bank's week-end takes with three years of history, without the database.

python benchmarks/settling.py                 # 14 and 112 physicians
python benchmarks/settling.py --sizes 28 56
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial

from pysched.bank.next_week import with_equalization
from pysched.bank.settlement import BankSettlement, Past, bank_settlement
from pysched.bank.value_rules import ValueRules
from pysched.bank.versions import Agreed, Move, Version
from pysched.facts.hours import candidates
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import WeekBurden
from pysched.instance import weeks_of
from pysched.instance.generate import generate
from pysched.model import Assignment, Duty, Network, Schedule, Week

HISTORY_WEEKS = 156


@dataclass(frozen=True)
class Numbers:
    """The recommended numbers."""

    values: ValueRules = field(default_factory=ValueRules.recommended)
    equalization: EqualizationRules = field(default_factory=EqualizationRules.recommended)


@dataclass(frozen=True)
class Load:
    """A worked week and what was before it."""

    network: Network
    week: Week
    versions: tuple[Version, ...]
    worked: Schedule
    agreed: tuple[Agreed, ...]
    past: Past


def load_of(physicians: int, seed: int) -> Load:
    """Return a generated week, a tenth of it changed once published, after three years.

    Args:
        physicians: how many.
        seed: of all that is drawn.
    """
    scenario = generate(physicians=physicians, weeks=1, seed=seed)
    week = weeks_of(scenario)[0]
    rng = random.Random(seed)
    first = _drawn(candidates(scenario.network, week), rng)
    worked, agreed = _changed(first, candidates(scenario.network, week), rng)
    versions = (_version("v1", week, first, 14), _version("v2", week, worked, 2))
    schedule = Schedule(week.monday, frozenset(worked.values()))
    network, none = scenario.network, Past()
    alone = bank_settlement(network, week, versions, schedule, agreed, none, Numbers())
    past = Past(weeks=tuple(_history(alone, week, rng)))
    return Load(network, week, versions, schedule, agreed, past)


def settle(load: Load) -> BankSettlement:
    """Return the bank's week-end of a load."""
    return bank_settlement(
        load.network, load.week, load.versions, load.worked, load.agreed, load.past, Numbers()
    )


def prepare(load: Load, found: BankSettlement) -> Week:
    """Return the week with what a settlement says about it."""
    snapshot = found.equalization
    return with_equalization(
        load.network, load.week, snapshot.deviations, snapshot.active, Numbers()
    )


Rows = dict[tuple[str, date], Assignment]


def _drawn(able: Mapping[Duty, list[str]], rng: random.Random) -> Rows:
    return {
        duty.key: Assignment(duty.day, duty.task, rng.choice(names))
        for duty, names in able.items()
        if names
    }


def _changed(
    first: Rows, able: Mapping[Duty, list[str]], rng: random.Random
) -> tuple[Rows, tuple[Agreed, ...]]:
    """Return rows with a tenth of them given to others, every second one on request."""
    worked = dict(first)
    agreed: list[Agreed] = []
    for duty, names in able.items():
        key = duty.key
        if len(names) > 1 and rng.random() < 0.1:
            giver = first[key].physician
            taker = rng.choice([name for name in names if name != giver])
            worked[key] = Assignment(key[1], key[0], taker)
            if rng.random() < 0.5:
                at = datetime.combine(key[1], datetime.min.time(), UTC) - timedelta(days=1)
                moves = (Move(*key, giver, taker),)
                agreed.append(Agreed(f"r{len(agreed)}", "cover", giver, at, moves))
    return worked, tuple(agreed)


def _version(name: str, week: Week, rows: Rows, days_before: int) -> Version:
    at = datetime.combine(week.monday, datetime.min.time(), UTC) - timedelta(days=days_before)
    return Version(name, at, Schedule(week.monday, frozenset(rows.values())))


def _history(found: BankSettlement, week: Week, rng: random.Random) -> list[WeekBurden]:
    """Return three years of weeks with the volumes of one, each borne by others of its class."""
    volumes, active = found.burden.volumes, found.burden.active
    weeks = []
    for ago in range(1, HISTORY_WEEKS + 1):
        burdens: Counter[str] = Counter()
        for members, cents in sorted(volumes.items(), key=lambda row: sorted(row[0])):
            for name in rng.choices(sorted(members), k=max(1, cents // 500)):
                burdens[name] += cents // max(1, cents // 500)
        total = sum(volumes.values()) - sum(burdens.values())
        burdens[min(active)] += total
        monday = week.monday - timedelta(weeks=ago)
        most = {name: max(cents, burdens[name]) for name, cents in found.burden.most.items()}
        weeks.append(WeekBurden(monday, burdens, volumes, active, most=most))
    return weeks


def main() -> None:
    """Print the time of a week-end by the number of physicians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[14, 112])
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    print("physicians  duties  awards  classes  settle s (median, max)  next week s")
    for size in options.sizes:
        load = load_of(size, seed=1)
        found = settle(load)
        times = [_seconds(partial(settle, load)) for _ in range(options.repeat)]
        prepared = [_seconds(partial(prepare, load, found)) for _ in range(options.repeat)]
        print(
            f"{size:10}{len(load.week.duties):8}{len(found.awards):8}"
            f"{len(found.burden.volumes):9}"
            f"{statistics.median(times):16.3f}, {max(times):.3f}{statistics.median(prepared):13.3f}"
        )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
