"""Amounts: whole hundredths of a credit, and the way to share them out exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction


def cents_of(value: str | Decimal | int) -> int:
    """Return credits as whole cents.

    Raises:
        ValueError: a float, not a number, infinite, or more than two decimals.
    """
    if isinstance(value, float | bool) or not isinstance(value, str | Decimal | int):
        raise ValueError(f"amount {value!r} is no exact number of credits")
    try:
        cents = Decimal(value) * 100
    except InvalidOperation as error:
        raise ValueError(f"amount {value!r} is no exact number of credits") from error
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise ValueError(f"amount {value!r} has more than two decimals or is no number")
    return int(cents)


def credits_of(cents: int) -> Decimal:
    """Return cents as credits with two decimals."""
    return Decimal(cents).scaleb(-2)


def split(cents: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """Share cents out in proportion to weights, by largest remainder, ties by id.

    Raises:
        ValueError: no weight is positive, or one is negative.
    """
    total = sum(weights.values(), Fraction(0))
    if total <= 0 or min(weights.values()) < 0:
        raise ValueError(f"weights {dict(weights)} share nothing out")
    exact = {name: cents * Fraction(weight) / total for name, weight in weights.items()}
    parts = {name: part.numerator // part.denominator for name, part in exact.items()}
    order = sorted(exact, key=lambda name: (parts[name] - exact[name], name))
    for name in order[: cents - sum(parts.values())]:
        parts[name] += 1
    return parts
