"""What each encoding choice buys: the chosen encoding against a naive one, side by side.

python benchmarks/encodings.py grounding      # atoms, rules and time by size of the network
python benchmarks/encodings.py growth  # time and rules a pair, from 28 to 112 physicians
python benchmarks/encodings.py proof          # weeks and time to proof, level by level
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pysched.facts import facts_text, read_forced
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.instance.generate import generate
from pysched.model import Network, State, Week
from pysched.planner import roll
from pysched.solver import Options
from pysched.solver.budget import Budget
from pysched.solver.incumbent import Incumbent
from pysched.solver.program import Program, asp_folder
from pysched.solver.search import CORE_GUIDED, never, prove

NAIVE = Path(__file__).parent / "naive"


@dataclass(frozen=True)
class Choice:
    """A chosen encoding file and the naive one that replaces it, None to leave it out."""

    name: str
    file: str
    naive: str | None
    level: int


CHOICES = (
    Choice("hours above a forced part / by physician", "soft/minimum_hours.lp", "minimum_hours", 3),
    Choice("least overtime counted / left out", "soft/maximum_overtime.lp", "maximum_overtime", 3),
    Choice("rotation above an even spread / by pairs", "fairness/rotation.lp", "rotation", 1),
)
GROUNDED = (
    Choice("pairs by day and skill / over the week", "near.lp", "near", 0),
    Choice("ladder of hours / value of a sum", "soft/minimum_hours.lp", "sums", 0),
)


@dataclass(frozen=True)
class Case:
    """A week with the state that the weeks before handed on."""

    network: Network
    week: Week
    state: State


def files(choice: Choice | None) -> list[Path]:
    """Return the files of the week's program, one replaced by its naive form."""
    asp = asp_folder()
    names = re.findall(r'#include "(.*)"', (asp / "week.lp").read_text())
    if choice is None:
        return [asp / name for name in names]
    kept = [asp / name for name in names if name != choice.file]
    return kept if choice.naive is None else [*kept, NAIVE / f"{choice.naive}.lp"]


def ground(case: Case, choice: Choice | None) -> tuple[Program, float]:
    """Return the grounded program and the processor seconds it took."""
    text = facts_text(case.network, case.week, case.state)
    started = time.process_time()
    program = Program(files(choice), text, [*CORE_GUIDED, "--warn=none"])
    return program, time.process_time() - started


def proof(case: Case, choice: Choice | None, limit: float) -> Incumbent:
    """Search core-guided on one thread and return what was found and proven."""
    program, _ = ground(case, choice)
    started = time.monotonic()
    forced = read_forced(case.network, program.atoms("charge", 4))
    incumbent = Incumbent(forced, started)
    prove(program, incumbent, Budget(started + limit, None), never)
    return incumbent


def rolled(network: Network, weeks: tuple[Week, ...]) -> Iterator[Case]:
    """Return each week with its rolled state; repeatable, so that all choices see the same."""
    options = Options(time_limit_seconds=None, conflict_limit=6000, seed=1, threads=1)
    for step in roll(network, weeks, State(), options):
        yield Case(network, step.week, step.before)


def size(program: Program) -> tuple[int, int]:
    """Return atoms and rules of a program as clasp counts them."""
    program.control.configuration.solve.solve_limit = "0"  # type: ignore[union-attr]
    program.control.solve()
    counted = program.control.statistics["problem"]["lp"]
    return int(counted["atoms"]), int(counted["rules"])


def compare_grounding(sizes: list[int]) -> None:
    """Print atoms, rules and grounding time by size, chosen and naive."""
    print("| physicians | pairs | encoding | atoms | rules | seconds | us a pair |")
    print("|---|---|---|---|---|---|---|")
    for physicians in sizes:
        scenario = generate(physicians, 1, 1)
        case = Case(scenario.network, weeks_of(scenario)[0], State())
        for choice in (None, *GROUNDED):
            if choice is not None and physicians > 56:
                continue
            runs = [ground(case, choice) for _ in range(3)]
            program, seconds = runs[0][0], statistics.median(run[1] for run in runs)
            atoms, rules = size(program)
            pairs = len(program.literals)
            name = "chosen" if choice is None else choice.name.split("/")[1].strip()
            print(
                f"| {physicians} | {pairs:,} | {name} | {atoms:,} | {rules:,} | {seconds:.2f} "
                f"| {1e6 * seconds / pairs:.0f} |",
                flush=True,
            )


def compare_growth(small: int, large: int, runs: int) -> None:
    """Print how the time and the rules a pair grow with the network, sizes in alternation."""
    cases = []
    for physicians in (small, large):
        scenario = generate(physicians, 1, 1)
        cases.append(Case(scenario.network, weeks_of(scenario)[0], State()))
    ratios = []
    for _ in range(runs):
        grounds = [ground(case, None) for case in cases]
        a, b = (seconds / len(program.literals) for program, seconds in grounds)
        ratios.append(b / a)
    rules = [size(program)[1] / len(program.literals) for program, _ in grounds]
    print(
        f"from {small} to {large} physicians: seconds a pair x {statistics.median(ratios):.2f} "
        f"(median of {runs}, {min(ratios):.2f} to {max(ratios):.2f}), "
        f"rules a pair x {rules[1] / rules[0]:.2f}"
    )


def small_cases(seeds: int = 8) -> list[Case]:
    """Return second weeks of networks of five, where even the lowest level comes within reach."""
    scenarios = (generate(5, 2, seed) for seed in range(1, seeds + 1))
    return [list(rolled(s.network, weeks_of(s)))[1] for s in scenarios]


def compare_proof(limit: float, weeks: int) -> None:
    """Print for each choice how many weeks are proven to its level, and how fast."""
    scenario = read_scenario(find_scenario("ferrara"))
    ferrara = list(rolled(scenario.network, weeks_of(scenario)[:weeks]))
    print("| choice / naive | weeks | level | weeks proven | median seconds | sum of bounds |")
    print("|---|---|---|---|---|---|")
    for choice in CHOICES:
        name, cases = ("ferrara", ferrara) if choice.level > 1 else ("small", small_cases())
        rows: dict[bool, list[Incumbent]] = {True: [], False: []}
        for case in cases:
            for chosen in (True, False):
                rows[chosen].append(proof(case, None if chosen else choice, limit))
        cells = [_cells(found, choice.level, limit) for found in rows.values()]
        pairs = " | ".join(f"{a} / {b}" for a, b in zip(*cells, strict=True))
        print(f"| {choice.name} | {len(cases)} {name} | {choice.level} | {pairs} |", flush=True)


def _cells(found: list[Incumbent], level: int, limit: float) -> tuple[int, str, int]:
    """Return weeks proven, median seconds to proof and the sum of bounds at a level."""
    times = [incumbent.proven_seconds.get(level) for incumbent in found]
    median = statistics.median(limit if t is None else t for t in times)
    shown = f"{median:.2f}" if median < limit else f"over {limit:g}"
    bounds = sum(incumbent.bounds().get(level, 0) for incumbent in found)
    return sum(t is not None for t in times), shown, bounds


def main() -> None:
    """Read the command line and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("grounding", "growth", "proof"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[14, 28, 56, 112])
    parser.add_argument("--limit", type=float, default=5.0, help="seconds for each proof")
    parser.add_argument("--weeks", type=int, default=14)
    arguments = parser.parse_args()
    if arguments.what == "grounding":
        compare_grounding(arguments.sizes)
    elif arguments.what == "growth":
        compare_growth(28, 112, 9)
    else:
        compare_proof(arguments.limit, arguments.weeks)


if __name__ == "__main__":
    main()
