"""How long it takes to say why a duty is open, in generated weeks with too many absences.

python benchmarks/explaining.py                     # 14 and 56 physicians, 10 weeks each
python benchmarks/explaining.py --sizes 14 --weeks 40
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from study.arguments import count as above_0

from pysched.explain.questions import open_duties
from pysched.explain.reasons import Reason, why_open
from pysched.explain.service import serve_most
from pysched.instance import weeks_of
from pysched.instance.generate import generate
from pysched.model import Absence, Network, Schedule, State, Week
from pysched.solver import Options, solve
from pysched.solver.core import UndecidedError

AWAY = 0.25
"""Of the physicians, how many more are away from Wednesday on."""
SERVE_SECONDS = 20.0
"""What a schedule to ask about may take; it is not timed."""


@dataclass(frozen=True)
class Case:
    """A week that cannot be served whole, and as much of it served as can be."""

    network: Network
    week: Week
    schedule: Schedule


@dataclass(frozen=True)
class Row:
    """One answer: seconds of the processor and of the clock, and how many causes it names."""

    processor: float
    clock: float
    causes: int
    is_decided: bool


def cases(physicians: int, count: int) -> Iterator[Case]:
    """Yield so many over-constrained weeks, of seeds from 1 on."""
    seed = 0
    while count:
        seed += 1
        scenario = generate(physicians=physicians, weeks=1, seed=seed)
        week = weeks_of(scenario)[0]
        rng = random.Random(seed)
        away = rng.sample(sorted(scenario.network.physicians), int(AWAY * physicians))
        absences = tuple(Absence(who, week.days[2], week.days[6], "leave") for who in away)
        week = replace(week, absences=week.absences + absences)
        schedule = served(scenario.network, week)
        if open_duties(week, schedule):
            yield Case(scenario.network, week, schedule)
            count -= 1


def served(network: Network, week: Week) -> Schedule:
    """Return the most that can be served, or in a large week a schedule of a short search."""
    try:
        return serve_most(network, week, State(), time_limit_seconds=SERVE_SECONDS)
    except UndecidedError:
        found = solve(network, week, State(), Options(SERVE_SECONDS, None, 1, 1)).schedule
        return found or Schedule(week.monday, week.fixed)


def timed(case: Case, seed: int) -> Row:
    """Ask about one open duty of a week, drawn by a seed."""
    duty = random.Random(seed).choice(open_duties(case.week, case.schedule))
    processor, clock = time.process_time(), time.perf_counter()
    reason = why_open(
        case.network, case.week, State(), case.schedule, duty, time_limit_seconds=None
    )
    return Row(
        time.process_time() - processor,
        time.perf_counter() - clock,
        max(map(len, (*reason.here.causes, *reason.whole.causes)), default=0),
        _is_decided(reason),
    )


def _is_decided(reason: Reason) -> bool:
    both = (reason.here, reason.whole)
    return all(each.decided and all(each.minimal) for each in both)


def main() -> None:
    """Print the seconds of both answers, with causes and the cheapest change, by size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=above_0, nargs="+", default=[14, 56])
    parser.add_argument("--weeks", type=above_0, default=10)
    options = parser.parse_args()
    print("physicians  weeks  processor s (median, max)  clock s (median, max)  causes  decided")
    for size in options.sizes:
        rows = [timed(case, n) for n, case in enumerate(cases(size, options.weeks))]
        processor, clock = [r.processor for r in rows], [r.clock for r in rows]
        print(
            f"{size:10}{len(rows):7}"
            f"{statistics.median(processor):17.2f}, {max(processor):6.2f}"
            f"{statistics.median(clock):15.2f}, {max(clock):6.2f}"
            f"{max(r.causes for r in rows):8}{sum(r.is_decided for r in rows):9}",
            flush=True,
        )


if __name__ == "__main__":
    main()
