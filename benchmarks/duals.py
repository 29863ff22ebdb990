"""Core-guided search on an objective rewritten by the duals of a linear program, week by week.

python -m benchmarks.duals [--seconds 20] [--weeks 4] [--seeds 1 2 3] [--levels 4 3 2 1]

Each level is minimised with those above held at what a good schedule costs there, on one thread of
clingo: on the week's own program, on the integer program that the engine makes of it, written back
as rules, and on that with the rewritten objective. For any duals y the cost is c x = y b +
(c - A' y) x + y (A x - b); with duals of the linear program the first part is its bound, and what
is left to clingo are weights that are not negative: reduced costs of columns, and units by which
rows are not met exactly.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import clingo
import numpy as np
from clingo.backend import Backend

from pysched.instance import weeks_of
from pysched.instance.generate import generate
from pysched.planner import initial_state, roll
from pysched.solver import Options, Problem, search
from pysched.solver.linear.circuit import Circuit
from pysched.solver.linear.ground import Ground
from pysched.solver.linear.highs import _exact, _model, _run
from pysched.solver.linear.relaxation import Relaxation
from pysched.solver.linear.terms import Rows, Terms
from pysched.solver.program import Program
from pysched.solver.search import CORE_GUIDED
from pysched.solver.solve import Extras, problem_of

ROLL, GOOD = Options(None, 6_000, 1, 1), Options(None, 60_000, 1, 1)
"""How the states are made, and the schedules whose costs the levels above are held at."""
Weighted = list[tuple[int, int]]
CHARGES = "charge(R, G, C, N) :- cost(R, G, C, N), not recharged(R, G)."
"""What objective.lp says besides its #minimize."""


@dataclass(frozen=True)
class Outcome:
    """What a search came to; no cost where it found no schedule."""

    bound: float
    cost: float | None


@dataclass
class Sum:
    """A sum of weights of literals, all positive, and a constant."""

    literals: Weighted
    constant: int = 0


def summed(atoms: Sequence[int], factors: dict[int, int], constant: int = 0) -> Sum:
    """Return a sum of factors of columns with what is negative turned over."""
    result = Sum([], constant)
    for column, factor in sorted(factors.items()):
        if factor > 0:
            result.literals.append((atoms[column], factor))
        elif factor < 0:
            result.literals.append((-atoms[column], -factor))
            result.constant += factor
    return result


def factors_of(terms: Terms) -> dict[int, int]:
    """Return column -> factor."""
    return {int(c): int(f) for c, f in zip(terms.columns, terms.factors, strict=True)}


class Rewritten:
    """An integer program as rules, with an objective that is rewritten by duals or is not.

    Rows include the caps of the levels above; duals are in units of 1 / scale, all 0 for the
    objective as it is.
    """

    def __init__(self, rows: Rows, objective: Terms, duals: np.ndarray, scale: int) -> None:
        """Write the rules."""
        self.scale, self.objective = scale, objective
        self.control = clingo.Control([*CORE_GUIDED, "--warn=none"])
        self.constant = scale * objective.constant
        costs = {c: scale * f for c, f in factors_of(objective).items()}
        with self.control.backend() as backend:
            atoms = [backend.add_atom() for _ in rows.whole]
            backend.add_rule(atoms, choice=True)
            slack: Weighted = []
            for n, row in enumerate(rows.left):
                dual = int(duals[n])
                factors, right = factors_of(row), rows.right[n]
                if rows.equal[n]:
                    self._at_most(backend, atoms, {c: -f for c, f in factors.items()}, -right)
                elif dual < 0:
                    slack += self._slack(backend, atoms, factors, right, -dual)
                self._at_most(backend, atoms, factors, right)
                if dual and (rows.equal[n] or dual < 0):
                    self.constant += dual * right
                    for column, factor in factors.items():
                        costs[column] = costs.get(column, 0) - dual * factor
            reduced = summed(atoms, costs, self.constant)
            self.constant = reduced.constant
            backend.add_minimize(0, reduced.literals + slack)
            self.atoms = atoms

    def _at_most(
        self, backend: Backend, atoms: Sequence[int], factors: dict[int, int], right: int
    ) -> None:
        """Forbid that a sum is more than a number."""
        left = summed(atoms, factors)
        least = right - left.constant + 1
        if sum(weight for _, weight in left.literals) >= least:
            backend.add_weight_rule([], max(least, 0), left.literals)

    def _slack(
        self,
        backend: Backend,
        atoms: Sequence[int],
        factors: dict[int, int],
        right: int,
        weight: int,
    ) -> Weighted:
        """Return the weights of the units by which a sum is less than a number, as digits."""
        most = right - summed(atoms, factors).constant
        digits = [backend.add_atom() for _ in range(max(0, most).bit_length())]
        if not digits:
            return []
        backend.add_rule(digits, choice=True)
        named = [*atoms, *digits]
        turned = {column: -factor for column, factor in factors.items()}
        turned |= {len(atoms) + k: -(1 << k) for k in range(len(digits))}
        self._at_most(backend, named, turned, -right)
        return [(digit, weight << k) for k, digit in enumerate(digits)]

    def search(self, seconds: float) -> Outcome:
        """Search core-guided for some seconds; costs are whole, and no weight is negative."""
        bound, cost, proven = solved(self.control, seconds, self.cost)
        if proven and cost is not None:
            return Outcome(cost, cost)
        return Outcome(ceil((bound + self.constant) / self.scale), cost)

    def cost(self, model: clingo.Model) -> int:
        """Return what a model costs by the objective as it was."""
        factors = factors_of(self.objective).items()
        chosen = (factor for column, factor in factors if model.is_true(self.atoms[column]))
        return self.objective.constant + sum(chosen)


def solved(
    control: clingo.Control, seconds: float, cost: Callable[[clingo.Model], int]
) -> tuple[int, int | None, bool]:
    """Return bound and least cost of a search of some seconds, and whether that is proven."""
    bounds: list[int] = []
    costs: list[int] = []
    with control.solve(
        on_model=lambda model: costs.append(cost(model)),
        on_unsat=lambda lower: bounds.append(lower[-1]),
        async_=True,
    ) as handle:
        if not handle.wait(seconds):
            handle.cancel()
        proven = bool(handle.get().exhausted)
    return max(bounds, default=0), min(costs, default=None), proven


def own(problem: Problem, held: Mapping[int, int], level: int, seconds: float) -> Outcome:
    """Search the week's own program: one level, with the levels above held at their costs."""
    entry = problem.files[0]
    names = re.findall(r'#include "(.*)"', entry.read_text())
    files = [entry.parent / name for name in names if name != "objective.lp"]
    caps = " ".join(
        f":- #sum {{ W * N, R, G, C : charge(R, G, C, N), weight(R, G, W, {n}) }} > {most}."
        for n, most in held.items()
    )
    sums = f"#minimize {{ W * N, R, G, C : charge(R, G, C, N), weight(R, G, W, {level}) }}."
    facts = f"{problem.facts}\n{CHARGES}\n{caps}\n{sums}"
    program = Program(files, facts, [*CORE_GUIDED, "--warn=none"])
    bound, cost, proven = solved(program.control, seconds, lambda model: model.cost[-1])
    if proven and cost is not None:
        return Outcome(cost, cost)
    return Outcome(max(bound, problem.forced(program).get(level, 0)), cost)


@dataclass(frozen=True)
class Row:
    """A level of a week: its linear program's bound, a good schedule's cost, and the searches."""

    week: str
    level: int
    linear: int
    good: int
    seconds: float
    found: list[Outcome]


def rows_of(
    name: str, problem: Problem, levels: Sequence[int], scales: Sequence[int], seconds: float
) -> Iterator[Row]:
    """Yield a row for each level of a week."""
    good = search(problem, GOOD)
    if good.best is None:
        sys.exit(f"{name}: no schedule within the limits")
    costs = good.best.cost
    ground = Ground()
    program = Program(problem.files, problem.facts, [*CORE_GUIDED, "--warn=none"], observer=ground)
    symbols = {literal: symbol for symbol, literal in program.literals.items()}
    day_of = problem.day_of
    for level in levels:
        n = good.levels.index(level)
        relaxation = Relaxation(
            Circuit(ground),
            lambda a: day_of(symbols[a]) if day_of and a in symbols else None,
            good.levels[: n + 1],
            {},
        )
        rows, objective = relaxation.rows, relaxation.objective[level]
        for k in range(n):
            rows.at_most([relaxation.objective[good.levels[k]]], costs[k])
        began = time.monotonic()
        highs = _model(rows, objective, False, 1)
        _run(highs, lambda: False, 60.0)
        if not highs.getSolution().dual_valid:
            print(f"{name}, level {level}: no duals within a minute", file=sys.stderr)
            continue
        duals = np.array(highs.getSolution().row_dual)
        taken = time.monotonic() - began
        held = dict(zip(good.levels, costs[:n], strict=False))
        found = [own(problem, held, level, seconds)]
        for scale in (0, *scales):
            whole = np.rint(duals * scale).astype(np.int64)
            found.append(Rewritten(rows, objective, whole, scale or 1).search(seconds))
        yield Row(name, level, _exact(rows, objective, duals), costs[n], taken, found)


def shown(outcome: Outcome) -> str:
    """Return bound and cost."""
    return " / ".join("-" if x is None else f"{x:g}" for x in (outcome.bound, outcome.cost))


def medians(rows: Sequence[Row], levels: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    """Yield a table: how far bounds and schedules are from the good schedule's cost."""
    yield "\n| level | search | good schedule - bound | with a schedule | cost - good schedule |"
    yield "| --- | --- | --- | --- | --- |"
    for level in levels:
        for k, name in enumerate(names):
            mine = [(row.good, row.found[k]) for row in rows if row.level == level]
            below = [good - found.bound for good, found in mine]
            above = [found.cost - good for good, found in mine if found.cost is not None]
            middle = [f"{statistics.median(x):g}" if x else "-" for x in (below, above)]
            yield f"| {level} | {name} | {middle[0]} | {len(above)} of {len(mine)} | {middle[1]} |"


def main() -> None:
    """Read the command line and print the table, a line at a time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0, help="of each search")
    parser.add_argument("--weeks", type=int, default=4, help="of each network; first and last")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3], help="of the networks")
    parser.add_argument("--physicians", type=int, default=14)
    parser.add_argument("--levels", nargs="+", type=int, default=[4, 3, 2, 1], help="of 4 to 1")
    parser.add_argument(
        "--scales", nargs="+", type=int, default=[4, 64], help="duals' denominators"
    )
    given = parser.parse_args()
    levels, scales = given.levels, given.scales
    if not set(levels) <= {1, 2, 3, 4}:
        parser.error(f"--levels: {levels} are not all from 1 to 4")
    names = ["own program", "integer program", *(f"rewritten, 1/{scale}" for scale in scales)]
    head = ["week", "level", "linear program, s", "its bound", "good schedule", *names]
    print(f"| {' | '.join(head)} |")
    print(f"| {' | '.join(['---'] * len(head))} |")
    everything: list[Row] = []
    for seed in given.seeds:
        scenario = generate(given.physicians, given.weeks, seed)
        steps = list(roll(scenario.network, weeks_of(scenario), initial_state(scenario), ROLL))
        for step in dict.fromkeys([steps[0].week.monday, steps[-1].week.monday]):
            at = next(x for x in steps if x.week.monday == step)
            problem = problem_of(scenario.network, at.week, at.before, None, Extras())
            name = f"n{given.physicians:03}s{seed} {step}"
            for row in rows_of(name, problem, levels, scales, given.seconds):
                everything.append(row)
                cells = (row.week, row.level, f"{row.seconds:.1f}", row.linear, row.good)
                print("|", " | ".join([*map(str, cells), *map(shown, row.found)]), "|", flush=True)
    print("\n".join(medians(everything, levels, names)))


if __name__ == "__main__":
    main()
