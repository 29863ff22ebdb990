"""Whole numbers out of fractions and spans of time."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from pysched.model import Duty


def half_up(number: Fraction) -> int:
    """Return the nearest whole number, the higher one of two."""
    return floor(number + Fraction(1, 2))


def started(amount: int, size: int) -> int:
    """Return how many portions of a size an amount has begun, 0 if it is not positive."""
    return max(0, -(-amount // size))


def shared_minutes(one: Duty, other: Duty) -> int:
    """Return the minutes that lie in both duties."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))
