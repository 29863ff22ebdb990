"""Amounts: exact or refused, split without losing a cent."""

from __future__ import annotations

import random
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pysched.bank.amount import MOST_CENTS, AmountError, cents_of, checked_cents, credits_of, split


@pytest.mark.parametrize(
    ("value", "cents"),
    [("12.50", 1250), ("-0.01", -1), ("7", 700), (3, 300), (Decimal("0.10"), 10), ("+1.5", 150)],
)
def test_credits_become_cents(value: str | Decimal | int, cents: int) -> None:
    """And back."""
    assert cents_of(value) == cents
    assert credits_of(cents) == Decimal(str(value))
    assert str(credits_of(5)) == "0.05"


@pytest.mark.parametrize(
    "value",
    [
        *(0.1, 1.0, float("nan"), True, None, b"1"),
        *("", "1.234", "NaN", "inf", "1e3", " 1", "1,5", "१"),
        *(Decimal("NaN"), Decimal("Infinity"), Decimal("0.001"), 10**9, "99999999999"),
    ],
)
def test_what_is_not_exact_is_refused(value: object) -> None:
    """With its value in the message."""
    with pytest.raises(AmountError, match=r"amount|cents"):
        cents_of(value)  # type: ignore[arg-type]


def test_cents_are_whole_and_within_their_column() -> None:
    """A posting holds at most DECIMAL(10,2)."""
    assert checked_cents(MOST_CENTS) == MOST_CENTS
    assert credits_of(MOST_CENTS) == Decimal("99999999.99")
    for wrong in (MOST_CENTS + 1, 1.0, True, "1"):
        with pytest.raises(AmountError):
            checked_cents(wrong)  # type: ignore[arg-type]


@given(
    st.integers(-(10**9), 10**9),
    st.dictionaries(st.text(max_size=3), st.fractions(0, 100), min_size=1).filter(
        lambda weights: sum(weights.values()) > 0
    ),
)
def test_a_split_is_fair_to_a_cent(cents: int, weights: dict[str, Fraction]) -> None:
    """Every part is within a cent of its share; nothing is lost."""
    parts = split(cents, weights)
    assert sum(parts.values()) == cents
    total = sum(weights.values())
    assert all(abs(parts[key] - cents * weights[key] / total) < 1 for key in weights)


def test_ties_of_a_split_go_by_id() -> None:
    """So that it comes to the same everywhere."""
    assert split(100, {"b": 1, "c": 1, "a": 1}) == {"a": 34, "b": 33, "c": 33}
    assert split(-100, {"b": 1, "a": 2}) == {"a": -67, "b": -33}


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": -1, "b": 3}, {"a": 0.5}, {"a": True}])
def test_weights_that_divide_nothing_are_refused(weights: dict[str, int]) -> None:
    """Floats too."""
    with pytest.raises(ValueError, match="weight"):
        split(100, weights)


def test_a_million_splits_conserve_cents() -> None:
    """Attack 20: nothing is rounded into anybody's pocket."""
    draw = random.Random(1)
    begun = time.process_time()
    lost = 0
    for _ in range(10**6 // 20):
        weights = {"a": draw.randrange(1, 9), "b": 3, "c": 5}
        for cents in range(1, 21):
            lost += cents - sum(split(cents, weights).values())
    assert lost == 0
    assert time.process_time() - begun < 15
