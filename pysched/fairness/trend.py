"""Where a deviation is heading: its drift, tested on increments, and a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK_WEEKS = 4
PRIOR_BLOCKS = 13
"""A mean increment counts in full only against as many blocks as make a year."""
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Trend:
    """The drift of a deviation.

    A fair history is a random walk, in which lines fitted to the deviation itself find trends
    that are none. So the increments of four weeks are tested; the slope is a rate to show only.

    Args:
        blocks: how many increments.
        mean: mean increment of four weeks, with `low` and `high`, its 95 % confidence interval.
        p: of Wilcoxon's signed-rank test that the increments lie around 0.
        rate: Theil-Sen slope of the deviation, a week.
    """

    blocks: int
    mean: float
    low: float
    high: float
    p: float
    rate: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A deviation some weeks ahead, with a 95 % interval."""

    weeks: int
    value: float
    low: float
    high: float


def increments(deviations: Sequence[float]) -> NDArray[np.float64]:
    """Return the increments of four weeks of a weekly series, the last ones whole."""
    series = np.array(deviations, dtype=float)
    return np.diff(series[::-1][::BLOCK_WEEKS][::-1])


def trend_of(deviations: Sequence[float]) -> Trend | None:
    """Return the drift of a weekly series of deviations; None with less than three increments."""
    steps = increments(deviations)
    n = len(steps)
    if n < 3:
        return None
    # Reading scipy.stats takes half a second, which only a trend should cost.
    from scipy import stats

    mean, error = float(steps.mean()), float(steps.std(ddof=1)) / n**0.5
    half = float(stats.t.ppf(0.975, n - 1)) * error
    p = float(stats.wilcoxon(steps).pvalue) if steps.any() else 1.0
    rate = float(stats.theilslopes(np.array(deviations, dtype=float)).slope)
    return Trend(n, mean, mean - half, mean + half, p, rate)


def forecast(deviations: Sequence[float], weeks: int, seed: int) -> Forecast | None:
    """Return the deviation so many weeks ahead; None with less than three increments.

    That is D + h m n / (n + 13) for h blocks of four weeks, n increments and their mean m. The
    interval comes from as many histories drawn again from the increments: each has its own shrunken
    mean, and its own increments ahead.

    Args:
        deviations: weekly, the present one last.
        weeks: how far ahead, in whole blocks of four.
        seed: of the draws.

    Raises:
        ValueError: the weeks are not whole blocks.
    """
    if weeks <= 0 or weeks % BLOCK_WEEKS:
        raise ValueError(f"forecast of {weeks} weeks, not of whole blocks of {BLOCK_WEEKS}")
    steps = increments(deviations)
    n, ahead = len(steps), weeks // BLOCK_WEEKS
    if n < 3:
        return None
    rng = np.random.default_rng(seed)
    shrink = n / (n + PRIOR_BLOCKS)
    means = shrink * rng.choice(steps, (DRAWS, n)).mean(axis=1)
    # What is drawn from a sample around its own mean spreads a little less than what it is of.
    noise = (steps - steps.mean()) * (n / (n - 1)) ** 0.5
    ends = ahead * means + rng.choice(noise, (DRAWS, ahead)).sum(axis=1)
    now = float(deviations[-1])
    low, high = np.quantile(ends, (0.025, 0.975))
    return Forecast(
        weeks, now + ahead * shrink * float(steps.mean()), now + float(low), now + float(high)
    )
