"""Amounts of the bank: whole hundredths of a credit, exact at every boundary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction

MOST_CENTS = 10**10 - 1
"""The largest amount of a posting: what DECIMAL(10,2) holds."""

_WRITTEN = re.compile(r"[+-]?[0-9]+(\.[0-9]{1,2})?")


class AmountError(ValueError):
    """What is given is no amount of credits."""


def cents_of(value: str | Decimal | int) -> int:
    """Return an amount of credits in hundredths of a credit.

    Args:
        value: credits, such as "12.50"; a float has no exact hundredths and is refused.

    Raises:
        AmountError: a float, not a finite number, more than two decimals, or out of range.
    """
    if isinstance(value, bool) or not isinstance(value, str | Decimal | int):
        raise AmountError(f"amount {value!r}: {type(value).__name__} is not exact; write a string")
    if isinstance(value, str) and not _WRITTEN.fullmatch(value):
        raise AmountError(f"amount {value!r} is no number of credits such as 12.50")
    try:
        fraction = Fraction(Decimal(value)) * 100
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise AmountError(f"amount {value!r} is no finite number") from error
    if fraction.denominator != 1:
        raise AmountError(f"amount {value!r} has more than two decimals")
    return checked_cents(fraction.numerator)


def checked_cents(cents: int) -> int:
    """Return a number of cents as it is.

    Raises:
        AmountError: it is no int, or beyond what a posting may hold.
    """
    if isinstance(cents, bool) or not isinstance(cents, int):
        raise AmountError(f"cents {cents!r}: {type(cents).__name__} is no whole number")
    if abs(cents) > MOST_CENTS:
        raise AmountError(f"cents {cents} are beyond {MOST_CENTS}")
    return cents


def credits_of(cents: int) -> Decimal:
    """Return hundredths of a credit as credits with two decimals."""
    sign, whole = (1 if cents < 0 else 0), abs(cents)
    return Decimal((sign, tuple(map(int, str(whole))), -2))


def split(cents: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """Return parts of an amount in proportion to weights; their sum is the amount.

    Largest remainders (Hamilton); ties go to the smaller id.

    Args:
        cents: the amount; of either sign.
        weights: id -> weight, not negative, one of them above 0.

    Raises:
        ValueError: there is no weight above 0, or one is negative or a float.
    """
    for key, weight in weights.items():
        if isinstance(weight, bool) or not isinstance(weight, int | Fraction) or weight < 0:
            raise ValueError(f"weight {weight!r} of {key} is no whole number or fraction from 0 on")
    total = sum(weights.values())
    if total <= 0:
        raise ValueError(f"no weight above 0 among {dict(weights)!r} to split {cents} cents by")
    size, sign = abs(cents), -1 if cents < 0 else 1
    parts = {key: size * weight // total for key, weight in weights.items()}
    left = size - sum(parts.values())
    if not left:
        return {key: sign * int(part) for key, part in parts.items()}
    by_remainder = sorted(weights, key=lambda key: (-(size * weights[key] % total), key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return {key: sign * int(part) for key, part in parts.items()}
