"""A mixed-integer program of whole numbers, as plain arrays that any process can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int32]
Filling = tuple[str, str, date]
"""Physician, task and day of a possible assignment."""


@dataclass(frozen=True)
class Stage:
    """A level: what it costs, a linear function of the columns with whole coefficients.

    Args:
        columns: that have a coefficient.
        coefficients: of these.
        offset: what it costs at zero.
        width: how many columns, from the first on, this level and those above it speak of.
        height: how many rows.
    """

    columns: Indices
    coefficients: Numbers
    offset: float
    width: int
    height: int

    def value(self, values: Numbers) -> int:
        """Return the cost at whole values of all columns, shape (width,) or longer."""
        return round(float(self.coefficients @ values[self.columns]) + self.offset)


@dataclass(frozen=True)
class Matrix:
    """Columns are whole numbers within bounds, rows hold sums of them within bounds.

    Args:
        lower: of each column.
        upper: of each column.
        starts: where each row begins in `columns` and `coefficients`; one more than there are rows.
        columns: the column of each entry, row after row.
        coefficients: of each entry, a whole number.
        row_lower: of each row, possibly minus infinity.
        row_upper: of each row, possibly infinity.
        fillings: the column of each possible assignment, which every stage has; those that always
            hold may share one.
        fixed: the columns of assignments that always hold.
        levels: the highest first.
    """

    lower: Numbers
    upper: Numbers
    starts: Indices
    columns: Indices
    coefficients: Numbers
    row_lower: Numbers
    row_upper: Numbers
    fillings: Mapping[Filling, int]
    fixed: frozenset[int]
    levels: Mapping[int, Stage]

    def upto(self, stage: Stage) -> Matrix:
        """Return the part that a level and those above it speak of.

        What defines the costs of lower levels can always be met: it only makes a program longer.
        """
        entries = self.starts[stage.height]
        return replace(
            self,
            lower=self.lower[: stage.width],
            upper=self.upper[: stage.width],
            starts=self.starts[: stage.height + 1],
            columns=self.columns[:entries],
            coefficients=self.coefficients[:entries],
            row_lower=self.row_lower[: stage.height],
            row_upper=self.row_upper[: stage.height],
        )

    def assigned(self, values: Numbers) -> frozenset[int]:
        """Return the columns of the assignments that hold at values of all columns."""
        return frozenset(column for column in self.fillings.values() if values[column] > 0)

    def holds(self, values: Numbers) -> bool:
        """Return whether whole values of all columns, shape (columns,), keep every bound."""
        if (values < self.lower).any() or (values > self.upper).any():
            return False
        # Sums between the starts, exact as all are whole numbers far below 2**53.
        running = np.concatenate(([0.0], np.cumsum(self.coefficients * values[self.columns])))
        sums = running[self.starts[1:]] - running[self.starts[:-1]]
        return bool(((sums >= self.row_lower) & (sums <= self.row_upper)).all())


class Rows:
    """Columns and rows under construction."""

    def __init__(self) -> None:
        self.lower: list[int] = []
        self.upper: list[int] = []
        self._starts = [0]
        self._columns: list[int] = []
        self._coefficients: list[float] = []
        self._row_lower: list[float] = []
        self._row_upper: list[float] = []

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.lower)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self._row_lower)

    def add_column(self, lower: int, upper: int) -> int:
        """Add a column and return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        return self.width - 1

    def add_row(self, terms: Mapping[int, int], lower: float, upper: float) -> None:
        """Hold a sum of columns times coefficients within bounds."""
        kept = {column: coefficient for column, coefficient in terms.items() if coefficient}
        self._columns += kept.keys()
        self._coefficients += kept.values()
        self._starts.append(len(self._columns))
        self._row_lower.append(lower)
        self._row_upper.append(upper)

    def matrix(
        self,
        fillings: Mapping[Filling, int],
        fixed: Sequence[int],
        levels: Mapping[int, Stage],
    ) -> Matrix:
        """Return what was built."""
        return Matrix(
            np.array(self.lower, np.float64),
            np.array(self.upper, np.float64),
            np.array(self._starts, np.int32),
            np.array(self._columns, np.int32),
            np.array(self._coefficients, np.float64),
            np.array(self._row_lower, np.float64),
            np.array(self._row_upper, np.float64),
            dict(fillings),
            frozenset(fixed),
            dict(levels),
        )
