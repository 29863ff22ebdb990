"""Trends are found where they are, not in random walks; forecasts cover what comes."""

from __future__ import annotations

import numpy as np
import pytest

from pysched.fairness.trend import forecast, increments, trend_of


def test_increments_of_four_weeks_end_with_the_last() -> None:
    """Weeks 1, 5 and 9 of nine; the odd ones in front are left out."""
    assert list(increments([9, 0, 1, 2, 3, 4, 5, 6, 7, 11])) == [4, 7]


def test_a_steady_drift() -> None:
    """One a week: 4 a block, with no spread, and a slope of 1."""
    trend = trend_of([float(n) for n in range(41)])
    assert trend is not None
    assert (trend.blocks, trend.mean, trend.low, trend.high) == (10, 4, 4, 4)
    assert trend.rate == pytest.approx(1)
    assert trend.p < 0.01


def test_too_short_or_still() -> None:
    """With less than three increments nothing is said; with none but 0, no trend."""
    assert trend_of([1.0] * 12) is None
    assert forecast([1.0] * 12, 4, seed=1) is None
    still = trend_of([1.0] * 41)
    assert still is not None
    assert (still.mean, still.p, still.rate) == (0, 1, 0)


def test_few_false_trends_in_random_walks() -> None:
    """Of 400 fair histories of three years about 5 % look like a trend at the 5 % level."""
    rng = np.random.default_rng(7)
    walks = rng.normal(0, 1, (400, 157)).cumsum(axis=1)
    found = [trend_of(list(walk)) for walk in walks]
    by_p = np.mean([trend is not None and trend.p < 0.05 for trend in found])
    by_interval = np.mean(
        [trend is not None and not trend.low <= 0 <= trend.high for trend in found]
    )
    assert 0.02 <= by_p <= 0.09
    assert 0.02 <= by_interval <= 0.09


def test_the_forecast_is_shrunk() -> None:
    """Ten blocks of +4: m = 4, h = 3, so 40 + 3 * 4 * 10 / 23."""
    ahead = forecast([float(n) for n in range(41)], 12, seed=1)
    assert ahead is not None
    assert ahead.value == pytest.approx(40 + 3 * 4 * 10 / 23)
    assert ahead.low == pytest.approx(ahead.value) == ahead.high


def test_the_forecast_depends_on_its_seed_alone() -> None:
    """The same seed, the same interval."""
    series = list(np.random.default_rng(3).normal(0, 1, 157).cumsum())
    assert forecast(series, 12, seed=5) == forecast(series, 12, seed=5)
    assert forecast(series, 12, seed=5) != forecast(series, 12, seed=6)


@pytest.mark.parametrize("tails", ["normal", "heavy"])
def test_the_interval_covers_what_comes(tails: str) -> None:
    """Of 500 histories with a slight drift 95 % nominal: within 91 to 98 %, 12 weeks ahead."""
    rng = np.random.default_rng(11)
    shape = (500, 157 + 12)
    steps = rng.normal(0, 1, shape) if tails == "normal" else rng.laplace(0, 1, shape)
    walks = (steps + rng.normal(0, 0.1, (500, 1))).cumsum(axis=1)
    inside = 0
    for number, walk in enumerate(walks):
        ahead = forecast(list(walk[:157]), 12, seed=number)
        assert ahead is not None
        inside += ahead.low <= walk[-1] <= ahead.high
    assert 0.91 <= inside / 500 <= 0.98


def test_a_forecast_is_of_whole_blocks() -> None:
    """Ten weeks are two and a half."""
    with pytest.raises(ValueError, match="forecast of 10 weeks"):
        forecast([0.0] * 41, 10, seed=1)
