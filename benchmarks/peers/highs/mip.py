"""One run of HiGHS on one stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

import highspy
import numpy as np

from .bound import safe_bound
from .matrix import Matrix, Numbers, Stage

Setting = bool | int | float | str
Held = Sequence[tuple[Stage, int]]
"""What must not exceed what."""

NEAR_ONE = 0.99
"""A solution less than one unit of cost above the bound is the best: costs are whole numbers."""


@dataclass(frozen=True)
class Settings:
    """What HiGHS is run with.

    Args:
        threads: how many it may use.
        seed: of the search.
        options: what differs from its own defaults, by HiGHS's names.
    """

    threads: int
    seed: int
    options: Mapping[str, Setting] = field(default_factory=dict)


def allow_threads() -> None:
    """Let the next run choose the number of threads, which is the whole process's."""
    highspy.Highs.resetGlobalScheduler(True)


def minimise(
    matrix: Matrix,
    held: Held,
    stage: Stage,
    settings: Settings,
    start: Numbers,
    until: float,
    found: Callable[[Numbers], None],
) -> int | None:
    """Search from a start and return a lower bound of the objective, None if there is none.

    Args:
        matrix: the program.
        held: objectives that are to stay at or below a value.
        stage: what is minimised.
        settings: of HiGHS.
        start: values of all columns that keep every bound.
        until: monotonic time at which to end.
        found: called with values of all columns, whole numbers that keep every bound of the matrix
            and what is held, at each solution that HiGHS takes for an improvement.
    """
    solver = _solver(matrix, held, stage, settings)
    solver.setOptionValue("time_limit", max(0.0, until - monotonic()))
    solution = highspy.HighsSolution()
    solution.col_value = start.tolist()
    solver.setSolution(solution)

    def improved(event: highspy.highs.HighsCallbackEvent) -> None:
        values = np.rint(np.array(event.data_out.mip_solution))
        if _keeps(matrix, held, values):
            found(values)

    def interrupted(event: highspy.highs.HighsCallbackEvent) -> None:
        event.interrupt(monotonic() >= until)

    solver.cbMipImprovingSolution += improved
    solver.cbMipInterrupt += interrupted
    solver.run()
    _go_on_from_presolving(solver, stage, until)
    return safe_bound(solver.getInfo().mip_dual_bound)


def _go_on_from_presolving(solver: highspy.Highs, stage: Stage, until: float) -> None:
    """Run again without presolving where it found something better than the solution returned.

    HiGHS 1.16 then returns its start.
    """
    values = np.rint(np.array(solver.getSolution().col_value))
    if stage.value(values) > solver.getInfo().objective_function_value + NEAR_ONE / 2:
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("time_limit", max(0.0, until - monotonic()))
        solver.run()


def completed(
    matrix: Matrix, held: Held, stage: Stage, assigned: frozenset[int], settings: Settings
) -> Numbers | None:
    """Return the cheapest values of all columns under a schedule, None where it is forbidden.

    Args:
        matrix: the program.
        held: objectives that are to stay at or below a value.
        stage: what is to be cheap.
        assigned: columns of the assignments that hold; no others do.
        settings: of HiGHS.
    """
    fillings = np.fromiter(set(matrix.fillings.values()), np.int64)
    values = np.isin(fillings, list(assigned)).astype(np.float64)
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[fillings] = np.maximum(lower[fillings], values)
    upper[fillings] = np.minimum(upper[fillings], values)
    if (lower > upper).any():
        return None
    fixed = replace(matrix, lower=lower, upper=upper)
    solver = _solver(fixed, held, stage, replace(settings, options={}))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found = np.rint(np.array(solver.getSolution().col_value))
    return found if _keeps(fixed, held, found) else None


def _keeps(matrix: Matrix, held: Held, values: Numbers) -> bool:
    return matrix.holds(values) and all(sum_.value(values) <= most for sum_, most in held)


def _solver(matrix: Matrix, held: Held, stage: Stage, settings: Settings) -> highspy.Highs:
    """Return a solver with the program in it."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, Setting] = {
        "output_flag": False,
        "threads": settings.threads,
        "random_seed": settings.seed,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": NEAR_ONE,
        **settings.options,
    }
    for name, value in options.items():
        if solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise ValueError(f"HiGHS has no option {name} or does not take {value!r} for it")
    solver.passModel(_program(matrix, stage))
    for cost, most in held:
        upper = most - cost.offset
        solver.addRow(-highspy.kHighsInf, upper, len(cost.columns), cost.columns, cost.coefficients)
    return solver


def _program(matrix: Matrix, stage: Stage) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(matrix.lower), len(matrix.row_lower)
    costs = np.zeros(len(matrix.lower))
    costs[stage.columns] = stage.coefficients
    program.col_cost_, program.offset_ = costs, stage.offset
    program.col_lower_, program.col_upper_ = matrix.lower, matrix.upper
    program.row_lower_, program.row_upper_ = matrix.row_lower, matrix.row_upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = matrix.starts
    program.a_matrix_.index_ = matrix.columns
    program.a_matrix_.value_ = matrix.coefficients
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(matrix.lower)
    return program
