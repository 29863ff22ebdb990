"""Whole and in parts: what a step on the whole program takes, and what one search reaches.

python -m benchmarks.parts steps [--sizes 14 28 56 112 224]      # milliseconds a step; a minute
python -m benchmarks.parts costs [--sizes 56 112] [--seconds 60]   # with parts and without
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from pysched.instance import weeks_of
from pysched.instance.generate import generate
from pysched.planner import initial_state
from pysched.solver import Options, Problem, search
from pysched.solver.budget import Budget
from pysched.solver.incumbent import Found, Incumbent
from pysched.solver.program import Program
from pysched.solver.search import CORE_GUIDED, Improvement, begin_from
from pysched.solver.solve import Extras, problem_of

STEPS, FIRST_CONFLICTS = 40, 20_000


def problem(physicians: int, seed: int) -> Problem:
    """Return the first week of a generated network."""
    scenario = generate(physicians, 1, seed)
    return problem_of(
        scenario.network, weeks_of(scenario)[0], initial_state(scenario), None, Extras()
    )


def best_of(found: Incumbent) -> Found:
    """Return the best schedule; end the program if there is none."""
    if found.best is None:
        sys.exit("no schedule within the limits")
    return found.best


def milliseconds(physicians: int) -> tuple[int, float, float]:
    """Return assignments, and medians of all of a step and of what it takes before it searches."""
    whole = problem(physicians, 1)
    begun = search(whole, Options(None, FIRST_CONFLICTS, 1, 1))
    program = Program(whole.files, whole.facts, [*CORE_GUIDED, "--seed=1", "--warn=none"])
    started = time.monotonic()
    incumbent, budget = Incumbent(whole.forced(program), started), Budget(None, None)
    begin_from(program, best_of(begun).assigned, incumbent, budget)
    steps = Improvement(program, incumbent, budget, whole.features, 1)
    taken, empty = [], []
    for _ in range(STEPS):
        began, spent = time.monotonic(), budget.spent
        steps.run(1)
        seconds = time.monotonic() - began
        taken.append(seconds)
        if budget.spent - spent == 1:  # a step without conflicts counts as one
            empty.append(seconds)
    none = 1000 * statistics.median(empty) if empty else float("nan")
    return len(program.literals), 1000 * statistics.median(taken), none


def steps(sizes: list[int]) -> Iterator[str]:
    """Yield the lines of the table of steps."""
    yield "| physicians | assignments | a step, ms | one without conflicts, ms |"
    yield "| --- | --- | --- | --- |"
    for size in sizes:
        count, taken, empty = milliseconds(size)
        without = "-" if math.isnan(empty) else f"{empty:.0f}"
        yield f"| {size} | {count} | {taken:.0f} | {without} |"


def costs(sizes: list[int], seeds: list[int], options: Options) -> Iterator[str]:
    """Yield the lines of the table of costs: each week with parts and without, in turns."""
    yield "| week | parts | level by level, highest first | bound | first complete week, s |"
    yield "| --- | --- | --- | --- | --- |"
    for size in sizes:
        for seed in seeds:
            for parts in (True, False):
                whole = problem(size, seed)
                found = search(whole if parts else replace(whole, parts=None), options)
                most = len(best_of(found).assigned)
                first = next(x.seconds for x in found.trace if len(x.assigned) >= most)
                numbers = (" ".join(map(str, x.values())) for x in (found.costs(), found.bounds()))
                row = (f"n{size:03}w1s{seed}", "yes" if parts else "no", *numbers, f"{first:.1f}")
                yield f"| {' | '.join(row)} |"


def main() -> None:
    """Read the command line and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("table", choices=["steps", "costs"])
    parser.add_argument("--sizes", nargs="+", type=int, help="numbers of physicians")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3], help="of networks")
    parser.add_argument("--seconds", type=float, default=60.0, help="of a search")
    parser.add_argument("--threads", type=int, default=2, choices=[1, 2])
    given = parser.parse_args()
    try:
        options = Options(given.seconds, None, 1, given.threads)
    except ValueError as error:
        parser.error(f"--seconds: {error}")
    if given.table == "steps":
        lines = steps(given.sizes or [14, 28, 56, 112, 224])
    else:
        lines = costs(given.sizes or [56, 112], given.seeds, options)
    try:
        for line in lines:
            print(line, flush=True)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
