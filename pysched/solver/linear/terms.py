"""Linear expressions and rows over numbered columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Terms:
    """A sum of whole coefficients times columns, and a constant."""

    columns: Ints
    factors: Ints
    constant: int = 0

    def times(self, factor: int) -> Terms:
        """Return a multiple."""
        return Terms(self.columns, self.factors * factor, self.constant * factor)

    def negated(self) -> Terms:
        """Return 1 minus this: the value of a negative literal."""
        return Terms(self.columns, -self.factors, 1 - self.constant)


def column(number: int) -> Terms:
    """Return a single column."""
    return Terms(np.array([number]), np.array([1]))


def constant(value: int) -> Terms:
    """Return a constant."""
    return Terms(np.zeros(0, np.int64), np.zeros(0, np.int64), value)


def total(terms: Iterable[Terms]) -> Terms:
    """Return the sum, each column once and none with the factor 0."""
    parts = list(terms)
    if not parts:
        return constant(0)
    if len(parts) == 1:
        return parts[0]
    columns, place = np.unique(np.concatenate([x.columns for x in parts]), return_inverse=True)
    factors = np.zeros(len(columns), np.int64)
    np.add.at(factors, place, np.concatenate([x.factors for x in parts]))
    kept = factors != 0
    return Terms(columns[kept], factors[kept], sum(x.constant for x in parts))


class Interrupted(Exception):
    """The search ended while its program was being translated."""


def never() -> bool:
    """Return that there is no reason to stop."""
    return False


@dataclass
class Rows:
    """A system of rows `sum <= right side` over columns from 0 to 1, all coefficients whole.

    Attributes:
        whole: column -> whether it must be 0 or 1.
        left: the rows' sums, without constants.
        right: the rows' right sides.
        equal: whether the sum equals the right side.
        stop: whether to end the translation now; the next row raises `Interrupted`.
    """

    whole: list[bool] = field(default_factory=list)
    left: list[Terms] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    equal: list[bool] = field(default_factory=list)
    stop: Callable[[], bool] = never

    def columns(self, number: int, whole: bool) -> Ints:
        """Add columns and return their numbers."""
        first = len(self.whole)
        self.whole.extend([whole] * number)
        return np.arange(first, first + number)

    def at_most(self, terms: Iterable[Terms], bound: int) -> None:
        """Add a row: the sum of the terms is at most a bound."""
        self._add(terms, bound, False)

    def equals(self, terms: Iterable[Terms], value: int) -> None:
        """Add a row: the sum of the terms has a value."""
        self._add(terms, value, True)

    def _add(self, terms: Iterable[Terms], bound: int, equal: bool) -> None:
        if self.stop():
            raise Interrupted
        row = total(terms)
        if len(row.columns) or row.constant > bound or (equal and row.constant != bound):
            self.left.append(row)
            self.right.append(bound - row.constant)
            self.equal.append(equal)
