"""Measures of unevenness, by hand and against their definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pysched.fairness.metrics import cv, gini, lorenz, relative_spread, signed_gini

NUMBERS = st.lists(st.floats(0, 100, allow_subnormal=False), min_size=2, max_size=12)
SIGNED = st.lists(st.integers(-(10**9), 10**9).map(lambda n: n / 10**7), min_size=2, max_size=12)
"""Between -100 and 100, none so near to 0 that multiplying it loses digits."""


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 1, 1], 0), ([0, 0, 4], 1), ([1, 3], 0.5), ([0, 0], 0), ([5], 0), ([], 0)],
)
def test_gini(values: list[float], expected: float) -> None:
    """Of 1 and 3: a difference of 2 over twice the mean of 2; who has all of it: 1."""
    assert gini(values) == pytest.approx(expected)


def test_weights_are_repetitions_in_the_limit() -> None:
    """The weighted coefficient is that of the pairs: (1, 3) with weights (1, 2)."""
    assert gini([1, 3], [1, 2]) == pytest.approx((2 * 2 * 2) / (9 - 5) / (2 * 7 / 3))
    assert cv([1, 3], [1, 2]) == pytest.approx(cv([1, 3, 3]))


def test_cv() -> None:
    """Of 1 and 3: standard deviation 1, mean 2; none without a mean."""
    assert cv([1, 3]) == pytest.approx(0.5)
    assert (cv([0, 0]), cv([])) == (0, 0)


@given(NUMBERS)
def test_gini_is_its_definition(values: list[float]) -> None:
    """The sum of all differences over 2 n (n - 1) times the mean, between 0 and 1."""
    n, total = len(values), sum(values)
    pairs = sum(abs(a - b) for a in values for b in values)
    expected = pairs / (2 * (n - 1) * total) if total > 1e-9 else gini(values)
    assert gini(values) == pytest.approx(expected, abs=1e-9)
    assert -1e-9 <= gini(values) <= 1 + 1e-9


@given(SIGNED, st.floats(0.01, 100))
def test_signed_gini_is_bounded_and_knows_no_scale(values: list[float], factor: float) -> None:
    """In [0, 1] whatever the signs, and the same for ever smaller numbers."""
    assert 0 <= signed_gini(values) <= 1 + 1e-9
    scaled = signed_gini([factor * value for value in values])
    assert scaled == pytest.approx(signed_gini(values), abs=1e-6)


@given(NUMBERS)
def test_signed_gini_of_positive_numbers_is_gini(values: list[float]) -> None:
    """Where nothing is negative the two agree."""
    assert signed_gini(values) == pytest.approx(gini(values), abs=1e-9)


def test_signed_gini_reads_alike_where_the_spread_differs() -> None:
    """0.01 around zero and 100 around zero: 1 each (two opposite ones); the spread tells."""
    assert signed_gini([-0.01, 0.01]) == signed_gini([-100, 100]) == 1
    assert relative_spread([-0.01, 0.01], [10, 10]) == pytest.approx(0.001)
    assert relative_spread([-100, 100], [10, 10]) == pytest.approx(10)
    assert (relative_spread([], []), signed_gini([3]), signed_gini([0, 0])) == (0, 0, 0)


def test_negative_numbers_have_no_gini() -> None:
    """The signed one is for them."""
    with pytest.raises(ValueError, match=r"-1\.0 is not defined"):
        gini([-1, 2])


def test_lorenz() -> None:
    """The poorest third has nothing, two thirds have a quarter."""
    assert lorenz([3, 0, 1]) == [(0, 0), (1 / 3, 0), (2 / 3, 0.25), (1, 1)]
    assert lorenz([0, 0]) == [(0, 0), (0.5, 0.5), (1, 1)]
