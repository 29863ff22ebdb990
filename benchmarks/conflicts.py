"""How long a resolution takes: every mechanism on many claimants and dates.

Run it as `python -m benchmarks.conflicts`; `--claimants 14 112 --dates 52` is the default. Who may
be away on a date follows from a matching of duties with random skills; the claims cover most dates,
with bids, urgencies and 100 points each. `--week` times questions to clingo about a real week.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random

from pysched.conflicts import (
    FOR_ALL,
    Claim,
    Conflict,
    ConflictRules,
    ConflictState,
    DayMatching,
    Decision,
    Standing,
    resolve,
    week_oracle,
)
from pysched.conflicts.oracles import DayGraph
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.planner import initial_state

FIRST = date(2026, 1, 5)


def world(claimants: int, dates: int, kind: str, seed: int) -> tuple[Conflict, ConflictState]:
    """Return a conflict of so many claimants over so many dates, a week apart.

    Args:
        claimants: each can do half of the tasks.
        dates: on each, half as many duties as there are physicians are to be filled.
        kind: of the conflict.
        seed: of all that is random.
    """
    rng = Random(seed)
    names = [f"P{number:03}" for number in range(claimants)]
    when = tuple(FIRST + timedelta(weeks=number) for number in range(dates))
    tasks = [f"T{number}" for number in range(claimants // 2)]
    skills = {name: tuple(task for task in tasks if rng.random() < 0.5) for name in names}
    claims = tuple(_claim(rng, name, when) for name in names)
    members = {
        name: Standing(name, 1_000_000, Decimal(rng.randint(0, 30)), tokens=2) for name in names
    }
    oracle = DayMatching(dict.fromkeys(when, DayGraph(skills)))
    conflict = Conflict("C1", kind, when, claims)  # type: ignore[arg-type]
    return conflict, ConflictState(oracle, members, cap_cents=10_000)


def _claim(rng: Random, name: str, when: tuple[date, ...]) -> Claim:
    days = tuple(day for day in when if rng.random() < 0.9)
    cuts = sorted(rng.randint(0, 100) for _ in days[1:])
    points = {day: b - a for day, a, b in zip(days, [0, *cuts], [*cuts, 100], strict=True)}
    return Claim(name, days, rng.choice(("none", "some", "high")), rng.randint(100, 9_000), points)


def timed(mechanism: str, claimants: int, dates: int, seed: int = 1) -> tuple[float, Decision]:
    """Return the seconds of CPU that a resolution takes, and the decision."""
    kind = "coverage" if mechanism == "coverage" else "holiday"
    conflict, state = world(claimants, dates, kind, seed)
    started = time.process_time()
    decision = resolve(mechanism, conflict, state, "seed", ConflictRules())
    return time.process_time() - started, decision


def questions() -> Iterator[str]:
    """Time questions about Ferrara's first week: each pair of physicians off on its Friday."""
    scenario = read_scenario(find_scenario("ferrara"))
    week = next(iter(weeks_of(scenario)))
    started = time.process_time()
    oracle = week_oracle(scenario.network, [(week, initial_state(scenario))])
    open_duties = len(oracle.program(week.monday).open)
    yield f"grounded in {time.process_time() - started:.2f} s, {open_duties} duties open anyway"
    started = time.process_time()
    answers = [
        oracle.feasible({week.days[4]: frozenset(pair)})
        for pair in combinations(sorted(scenario.network.physicians), 2)
    ]
    each = (time.process_time() - started) / len(answers)
    yield f"{len(answers)} questions, {sum(answers)} with yes, {1000 * each:.0f} ms each"


def main() -> None:
    """Print seconds of CPU by mechanism and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claimants", type=int, nargs="+", default=[14, 112])
    parser.add_argument("--dates", type=int, default=52)
    parser.add_argument("--week", action="store_true")
    args = parser.parse_args()
    if args.week:
        for line in questions():
            print(line)
        return
    print(f"{'mechanism':12} {'claimants':>9} {'dates':>6} {'CPU s':>7}  decided by")
    for claimants in args.claimants:
        for mechanism in (*FOR_ALL, "coverage"):
            seconds, decision = timed(mechanism, claimants, args.dates)
            print(
                f"{mechanism:12} {claimants:9} {args.dates:6} {seconds:7.2f}  {decision.mechanism}"
                + (f" ({decision.fallback})" if decision.fallback else ""),
                flush=True,
            )


if __name__ == "__main__":
    main()
