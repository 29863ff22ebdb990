"""Rows to HiGHS and back: linear and integer programs, and bounds that hold in whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pysched.solver.linear.terms import Rows, Terms

SCALE = 1 << 16
"""Duals are rounded to multiples of 1 / SCALE, so that a bound is computed without rounding."""
MARGIN = 1e-3
"""What is taken off a bound of the integer program, whose sums are not exact."""


@dataclass(frozen=True)
class Solved:
    """An outcome of HiGHS: a lower bound (None if there is none), and columns' values if found."""

    bound: int | None
    values: np.ndarray | None
    optimal: bool


def available() -> bool:
    """Return whether HiGHS is installed."""
    try:
        import highspy  # noqa: F401
    except ImportError:
        return False
    return True


class Linear:
    """A system of rows in HiGHS, solved for one objective after the other."""

    def __init__(self, rows: Rows, seed: int = 1) -> None:
        """Take the rows; columns are whole only while an integer program is solved."""
        import highspy

        self._highs_module = highspy
        self._rows = rows
        self.seed = seed

    def relax(self, objective: Terms, stop: Callable[[], bool], limit: float) -> Solved:
        """Minimise without asking for whole columns; the bound is exact."""
        highs = self._model(objective, False)
        highs.setOptionValue("time_limit", limit)
        self._run(highs, stop)
        solution = highs.getSolution()
        if not solution.dual_valid:
            return Solved(None, None, False)
        bound = self._exact(objective, np.array(solution.row_dual))
        optimal = highs.getModelStatus() == self._highs_module.HighsModelStatus.kOptimal
        return Solved(bound, np.array(solution.col_value), optimal)

    def _exact(self, objective: Terms, duals: np.ndarray) -> int:
        """Return the bound that rounded duals prove (Neumaier and Shcherbina 2004).

        For duals y of the right sign, c x >= y b + sum of the negative parts of c - A' y, as every
        column lies between 0 and 1. In whole multiples of 1 / SCALE nothing is rounded.
        """
        rows = self._rows
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

    def _model(self, objective: Terms, whole: bool) -> Any:
        module, rows = self._highs_module, self._rows
        highs = module.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("random_seed", self.seed)
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
        matrix.index_ = np.concatenate([row.columns for row in rows.left])
        matrix.value_ = np.concatenate([row.factors for row in rows.left]).astype(float)
        if whole:
            kinds = (module.HighsVarType.kContinuous, module.HighsVarType.kInteger)
            model.integrality_ = [kinds[flag] for flag in rows.whole]
        highs.passModel(model)
        return highs

    def _run(self, highs: Any, stop: Callable[[], bool]) -> None:
        highs.HandleKeyboardInterrupt = False
        highs.run()
