"""A linear program, built row by row and solved with HiGHS."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


class Program:
    """Rows and columns of a minimisation, in the order in which they are added."""

    def __init__(self) -> None:
        """Start without any."""
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.cost: list[float] = []
        self.most: list[float] = []
        self.entries: list[tuple[int, int, float]] = []

    def row(self, lower: float, upper: float) -> int:
        """Add a row with its bounds and return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def column(
        self, cost: float, entries: Sequence[tuple[int, float]], most: float = np.inf
    ) -> None:
        """Add a column from 0 to `most` with its cost and entries (row, value)."""
        column = len(self.cost)
        self.cost.append(cost)
        self.most.append(most)
        self.entries.extend((row, column, value) for row, value in entries)

    def duals(self, seconds: float = math.inf) -> Vector | None:
        """Return the dual of each row, None if not solved in time."""
        solution = self._solved(seconds)
        return None if solution is None else np.array(solution.row_dual)

    def values(self, seconds: float) -> Vector | None:
        """Return the value of each column at an optimal vertex, None if not solved in time."""
        solution = self._solved(seconds)
        return None if solution is None else np.array(solution.col_value)

    def _solved(self, seconds: float) -> Any:
        """Solve by an interior point and a vertex from there; return None if not in time."""
        import highspy

        rows, columns, values = (np.array(each) for each in zip(*self.entries, strict=True))
        order = np.lexsort((rows, columns))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), len(self.lower)
        model.col_cost_ = np.array(self.cost, dtype=np.float64)
        model.col_lower_ = np.zeros(len(self.cost))
        model.col_upper_ = np.array(self.most, dtype=np.float64)
        model.row_lower_ = np.array(self.lower, dtype=np.float64)
        model.row_upper_ = np.array(self.upper, dtype=np.float64)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        starts = np.searchsorted(columns[order], np.arange(len(self.cost) + 1))
        model.a_matrix_.start_ = starts.astype(np.int32)
        model.a_matrix_.index_ = rows[order].astype(np.int32)
        model.a_matrix_.value_ = values[order].astype(np.float64)
        highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("solver", "ipm"), ("threads", 1)):
            highs.setOptionValue(option, value)
        highs.setOptionValue("time_limit", seconds)
        highs.passModel(model)
        highs.run()
        optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return highs.getSolution() if optimal else None
