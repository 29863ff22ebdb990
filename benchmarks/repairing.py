"""Repairs and replacements after a sick call: medians over calls, at each size.

python benchmarks/repairing.py                # 14 and 112 physicians, 10 calls each
python benchmarks/repairing.py --calls 6

It draws a network of each size, plans and publishes its first week, and then has one physician
after another fall sick for two days. CPU time stands beside the time on the clock, as that of a
busy machine says little.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from study.arguments import count as above_0
from study.arguments import seconds

from pysched.explain.amendment import Amendment, amend
from pysched.explain.published import under_way
from pysched.explain.repair import Repair, repair
from pysched.explain.replacement import Replacements, replacements
from pysched.instance import Scenario, weeks_of
from pysched.instance.generate import generate
from pysched.model import Absence, Network, Schedule, State, Week
from pysched.planner import initial_state, plan
from pysched.solver import Options

T = TypeVar("T")


@dataclass(frozen=True)
class Timed:
    """Seconds on the clock and of CPU."""

    clock: float
    cpu: float


@dataclass(frozen=True)
class Call:
    """A sick call: what was lost by it, and what was done.

    `alone` ranks those who could take the first duty lost, `chained` chains of two as well.
    """

    lost: int
    alone: Timed
    chained: Timed
    repaired: Timed
    changes: int
    is_proven: bool
    is_ok: bool


def timed(work: Callable[[], T]) -> tuple[T, Timed]:
    """Do some work; return what comes of it, and how long it took."""
    clock, cpu = time.perf_counter(), time.process_time()
    done = work()
    return done, Timed(time.perf_counter() - clock, time.process_time() - cpu)


def calls(
    scenario: Scenario, week: Week, state: State, schedule: Schedule, count: int, limit: float
) -> Iterator[Call]:
    """Yield so many sick calls of a published week, at 18:00 of the day before."""
    rng = Random(1)
    for _ in range(count):
        offset = rng.randint(1, 4)
        days = week.days[offset], week.days[offset + 1]
        there = sorted({row.physician for row in schedule if row.day in days})
        sick = rng.choice(there)
        amendment = Amendment(absences=(Absence(sick, *days, "sick"),))
        network, amended = amend(scenario.network, week, amendment)
        now = week.midnight(days[0]) - 6 * 60
        yield call(network, under_way(amended, schedule, now), state, schedule, sick, limit)


def call(
    network: Network, week: Week, state: State, schedule: Schedule, sick: str, limit: float
) -> Call:
    """Return what comes of a sick call."""
    away = {day for day in week.days if not week.is_present(sick, day)}
    lost = [row for row in schedule if row.physician == sick and row.day in away]
    place = network, week, state, schedule

    def ranked(chains: bool | None) -> Replacements:
        return replacements(*place, lost[0].duty, chains=chains)

    def searched() -> Repair:
        return repair(*place, Options(limit, None, 1, 1))

    _, alone = timed(lambda: ranked(None))
    _, chained = timed(lambda: ranked(True))
    found, repaired = timed(searched)
    is_ok = found.difference.after.ok
    return Call(len(lost), alone, chained, repaired, found.changes, found.is_proven, is_ok)


def rows(size: int, found: list[Call]) -> Iterator[str]:
    """Yield the rows of a size: median and most, on the clock and of CPU."""
    for name in ("alone", "chained", "repaired"):
        times: list[Timed] = [getattr(one, name) for one in found]
        clock, cpu = [t.clock for t in times], [t.cpu for t in times]
        numbers = (statistics.median(clock), max(clock), statistics.median(cpu), max(cpu))
        yield f"| {size} | {name} | " + " | ".join(f"{n:.2f}" for n in numbers) + " |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--physicians", type=above_0, nargs="+", default=[14, 112])
    parser.add_argument("--calls", type=above_0, default=10)
    parser.add_argument("--limit", type=seconds, default=60, help="for a repair")
    parser.add_argument("--seconds", type=seconds, default=30, help="for the week as published")
    arguments = parser.parse_args()
    print("| physicians | what | median s | most s | median CPU s | most CPU s |")
    print("|---|---|---|---|---|---|")
    for size in arguments.physicians:
        scenario = generate(size, 1, 1)
        week = weeks_of(scenario)[0]
        state = initial_state(scenario, week.monday)
        network = scenario.network
        schedule = plan(network, week, state, time_limit_seconds=arguments.seconds).schedule
        if schedule is None:
            print(f"| {size} | no schedule in {arguments.seconds:g} s | | | | |")
            continue
        limit = arguments.limit
        found = list(calls(scenario, week, state, schedule, arguments.calls, limit))
        print("\n".join(rows(size, found)))
        proven = sum(one.is_proven for one in found)
        lost, changes = (
            statistics.median(getattr(c, name) for c in found) for name in ("lost", "changes")
        )
        print(
            f"{size}: of {len(found)} calls {proven} proven within {limit:g} s, "
            f"{sum(one.is_ok for one in found)} pass the check; "
            f"median {lost:g} duties lost, {changes:g} changed"
        )


if __name__ == "__main__":
    main()
