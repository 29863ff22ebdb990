"""Choices of whole columns by HiGHS, for goals that are no whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pysched.solver.linear.highs import _module

OPTIONS = {
    "output_flag": False,
    "random_seed": 1,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
}
"""One thread and one seed, so that the same program has the same answer; no gap is left."""


class TimeOverError(RuntimeError):
    """The time was over before the optimum was proven."""


@dataclass(frozen=True)
class Row:
    """A sum of columns between two numbers.

    Args:
        terms: column -> coefficient.
        least: of the sum.
        most: of the sum.
    """

    terms: Mapping[int, float]
    least: float
    most: float


def maximise(
    goal: np.ndarray,
    rows: Sequence[Row],
    least: np.ndarray,
    whole: Collection[int],
    limit_seconds: float,
) -> np.ndarray | None:
    """Return the columns, each at most 1, of which a goal is largest; None if there are none.

    Args:
        goal: of each column.
        rows: to be kept.
        least: of each column.
        whole: columns that are 0 or 1.
        limit_seconds: wall-clock time.

    Raises:
        TimeOverError: it was not proven in time.
    """
    highs = _module().Highs()
    for option, value in OPTIONS.items():
        highs.setOptionValue(option, value)
    highs.setOptionValue("time_limit", max(0.0, limit_seconds))
    highs.HandleKeyboardInterrupt = False
    highs.passModel(_model(goal, rows, least, whole))
    highs.run()
    statuses = _module().HighsModelStatus
    status = highs.getModelStatus()
    if status == statuses.kInfeasible:
        return None
    if status != statuses.kOptimal:
        raise TimeOverError(f"no proof within {limit_seconds:.1f} s")
    return np.array(highs.getSolution().col_value)


def _model(goal: np.ndarray, rows: Sequence[Row], least: np.ndarray, whole: Collection[int]) -> Any:
    module = _module()
    model = module.HighsLp()
    model.num_col_, model.num_row_ = len(goal), len(rows)
    model.sense_ = module.ObjSense.kMaximize
    model.col_cost_ = goal
    model.col_lower_, model.col_upper_ = least, np.ones(len(goal))
    model.row_lower_ = np.array([row.least for row in rows])
    model.row_upper_ = np.array([row.most for row in rows])
    matrix = model.a_matrix_
    matrix.format_ = module.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.terms) for row in rows)])
    matrix.index_ = np.array([column for row in rows for column in row.terms], dtype=np.int64)
    matrix.value_ = np.array([x for row in rows for x in row.terms.values()], dtype=float)
    kinds = (module.HighsVarType.kContinuous, module.HighsVarType.kInteger)
    model.integrality_ = [kinds[column in whole] for column in range(len(goal))]
    return model
