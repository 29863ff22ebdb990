"""Rows to HiGHS and back: linear and integer programs, and bounds that hold in whole numbers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Any

import numpy as np

from pysched.solver.linear.terms import Rows, Terms

SCALE = 1 << 16
"""Duals are rounded to multiples of 1 / SCALE, so that a bound is computed without rounding."""
MARGIN, SHARE = 1e-3, 1e-5
"""What is taken off a bound of the integer program, whose sums are not exact: so much, and a share
of it. HiGHS lets rows be broken by 1e-6."""

SMALL = 25_000
"""Columns of a small system: a week of 14 physicians has 7,000 to 22,000."""
NONE = np.zeros(0, np.int64)
Caps = Sequence[tuple[Terms, int]]


@dataclass(frozen=True)
class Solved:
    """An outcome of HiGHS.

    Args:
        bound: a lower bound, None if there is none.
        optimal: whether the bound is the optimum, up to HiGHS's tolerances.
        infeasible: whether there is no solution.
    """

    bound: int | None
    optimal: bool = False
    infeasible: bool = False


def available() -> bool:
    """Return whether HiGHS is installed."""
    try:
        import highspy  # noqa: F401
    except ImportError:
        return False
    return True


class Linear:
    """A system of rows, solved by HiGHS for one objective after the other, on one thread.

    Interior point methods solve the first linear program of an integer one, and for a large system
    every one (the lowest level of a week of 14 physicians: 1.6 s against 2.8 s by the simplex
    method). Integer programs of small systems are not presolved: asked for less double booking
    than the best week of 14 has, six weeks were refuted after 1.1 to 6.8 s without it and 6.2 to
    9.8 s with it, of the processor; nor are those of the lowest level, where a bound of 632 came
    after 7 s against 617 after 29 s. A week of 28 ended after 60 s at 92 to 100 on its rules with
    presolving (3 runs), at 107 to 122 without (4 runs).

    Attributes:
        values: the columns' values in the last linear program, None without any.
    """

    def __init__(self, rows: Rows, seed: int = 1, large: bool = False) -> None:
        """Take the rows; columns are whole only while an integer program is solved."""
        self._rows = rows
        self.seed = seed
        self.large = large
        self.values: np.ndarray | None = None

    @property
    def is_small(self) -> bool:
        """Whether the system has no more columns than those of 14 physicians have."""
        return len(self._rows.whole) <= SMALL

    def relax(self, objective: Terms, caps: Caps, stop: Callable[[], bool], limit: float) -> Solved:
        """Minimise without asking for whole columns; the bound is exact.

        Args:
            objective: to be minimised.
            caps: (terms, most) rows besides the system's own.
            stop: asked now and then whether to end.
            limit: wall-clock seconds.
        """
        rows = self._with(caps)
        highs = _model(rows, objective, False, self.seed)
        if self.large:
            highs.setOptionValue("solver", "ipm")
            highs.setOptionValue("run_crossover", "off")
        _run(highs, stop, limit)
        solution = highs.getSolution()
        if not solution.dual_valid:
            return Solved(None)
        self.values = np.array(solution.col_value)
        bound = _exact(rows, objective, np.array(solution.row_dual))
        optimal = highs.getModelStatus() == _module().HighsModelStatus.kOptimal
        return Solved(bound, optimal)

    def whole(
        self,
        objective: Terms,
        caps: Caps,
        stop: Callable[[], bool],
        limit: float,
        found: Callable[[np.ndarray], None],
        raised: Callable[[int], None],
    ) -> Solved:
        """Minimise over whole columns by branch and cut; bounds have a margin taken off.

        Args:
            objective: to be minimised.
            caps: (terms, most) rows besides the system's own.
            stop: asked now and then whether to end.
            limit: wall-clock seconds.
            found: told each better solution by its columns' values.
            raised: told a better bound now and then.
        """
        highs = _model(self._with(caps), objective, True, self.seed)
        highs.setOptionValue("mip_lp_solver", "ipm")
        if self.large or self.is_small:
            highs.setOptionValue("presolve", "off")
        highs.cbMipImprovingSolution.subscribe(
            lambda event: found(np.array(event.data_out.mip_solution))
        )
        highs.cbMipInterrupt.subscribe(_rising(lambda bound: raised(_least(bound, objective))))
        _run(highs, stop, limit)
        status = highs.getModelStatus()
        statuses = _module().HighsModelStatus
        if status == statuses.kInfeasible:
            return Solved(None, infeasible=True)
        if status == statuses.kOptimal:
            # A solution that presolving finds is told by no event.
            found(np.array(highs.getSolution().col_value))
        bound = highs.getInfo().mip_dual_bound
        if not np.isfinite(bound):
            return Solved(None)
        return Solved(_least(bound, objective), status == statuses.kOptimal)

    def _with(self, caps: Caps) -> Rows:
        rows = self._rows
        more = Rows(list(rows.whole), list(rows.left), list(rows.right), list(rows.equal))
        for terms, most in caps:
            more.at_most([terms], most)
        return more


def _rising(tell: Callable[[float], None]) -> Callable[[Any], None]:
    """Return what looks at the bound of an integer program and tells when it has risen."""
    best = -np.inf

    def look(event: Any) -> None:
        nonlocal best
        bound = event.data_out.mip_dual_bound
        if np.isfinite(bound) and bound > best + MARGIN:
            best = bound
            tell(bound)

    return look


def _least(bound: float, objective: Terms) -> int:
    """Return the whole number that a bound of the integer program proves."""
    return ceil(bound - MARGIN - SHARE * abs(bound)) + objective.constant


@cache
def _module() -> Any:
    """Import HiGHS and make its first object, which since 1.16 says its name on standard output.

    Results go there, so the name is sent nowhere. The descriptor is changed for as long as that
    takes: a few milliseconds once a process.
    """
    import highspy

    if sys.stdout is not None:
        sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
    return highspy


def _run(highs: Any, stop: Callable[[], bool], limit: float) -> None:
    """Run until the end, the limit or the stop."""

    def look(event: Any) -> None:
        if stop():
            event.interrupt()

    for asked in (highs.cbSimplexInterrupt, highs.cbIpmInterrupt, highs.cbMipInterrupt):
        asked.subscribe(look)
    highs.setOptionValue("time_limit", max(0.0, min(limit, 1e7)))
    highs.HandleKeyboardInterrupt = False
    highs.run()


def _exact(rows: Rows, objective: Terms, duals: np.ndarray) -> int:
    """Return the bound that rounded duals prove (Neumaier and Shcherbina 2004).

    For duals y of the right sign, c x >= y b + sum of the negative parts of c - A' y, as every
    column lies between 0 and 1. In whole multiples of 1 / SCALE nothing is rounded.
    """
    whole = np.rint(duals * SCALE).astype(np.int64)
    reduced = np.zeros(len(rows.whole), np.int64)
    np.add.at(reduced, objective.columns, objective.factors * SCALE)
    value = 0
    for dual, row, right, equal in zip(whole, rows.left, rows.right, rows.equal, strict=True):
        if dual and (equal or dual < 0):
            value += int(dual) * right
            np.subtract.at(reduced, row.columns, row.factors * dual)
    value += int(np.minimum(reduced, 0).sum())
    return -(-value // SCALE) + objective.constant


def _model(rows: Rows, objective: Terms, whole: bool, seed: int) -> Any:
    module = _module()
    highs = module.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("random_seed", seed)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("mip_rel_gap", 0.0)
    model = module.HighsLp()
    model.num_col_, model.num_row_ = len(rows.whole), len(rows.left)
    cost = np.zeros(len(rows.whole))
    np.add.at(cost, objective.columns, objective.factors)
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = np.zeros(len(cost)), np.ones(len(cost))
    right = np.array(rows.right, dtype=float)
    model.row_lower_ = np.where(rows.equal, right, -module.kHighsInf)
    model.row_upper_ = right
    matrix = model.a_matrix_
    matrix.format_ = module.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.columns) for row in rows.left)])
    matrix.index_ = np.concatenate([NONE, *(row.columns for row in rows.left)])
    matrix.value_ = np.concatenate([NONE, *(row.factors for row in rows.left)]).astype(float)
    if whole:
        kinds = (module.HighsVarType.kContinuous, module.HighsVarType.kInteger)
        model.integrality_ = [kinds[flag] for flag in rows.whole]
    highs.passModel(model)
    return highs
