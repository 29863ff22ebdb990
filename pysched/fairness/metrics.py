"""Measures of how uneven numbers are: Gini, coefficient of variation, and their signed kin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def gini(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return the Gini coefficient of numbers that are not negative, free of small-sample bias.

    Half the mean absolute difference of two different ones over their mean; without weights that
    is the usual coefficient times n / (n - 1). 0 where all are 0 or there is but one.

    Args:
        values: at least 0.
        weights: how often each counts, positive; once each if None.

    Raises:
        ValueError: a value is negative.
    """
    numbers, often = _arrays(values, weights)
    if (numbers < 0).any():
        raise ValueError(f"the Gini coefficient of {numbers.min()} is not defined")
    pairs = often.sum() ** 2 - (often**2).sum()
    mean = float(np.average(numbers, weights=often)) if len(numbers) else 0.0
    if mean == 0 or pairs <= 0:
        return 0.0
    return float(_differences(numbers, often) / pairs / (2 * mean))


def cv(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return the coefficient of variation: standard deviation (of all, n below) over mean.

    Args:
        values: any numbers; 0 is returned where their mean is 0.
        weights: how often each counts; once each if None.
    """
    numbers, often = _arrays(values, weights)
    if not len(numbers) or (mean := float(np.average(numbers, weights=often))) == 0:
        return 0.0
    return float(np.sqrt(np.average((numbers - mean) ** 2, weights=often)) / abs(mean))


def signed_gini(values: Sequence[float]) -> float:
    """Return the Gini coefficient of numbers that may be negative, in [0, 1].

    Source: Raffinetti, Siletti, Vernizzi 2015, "On the Gini coefficient normalization when
    attributes with negative values are considered": sum |x_i - x_j| / (2 (n - 1) sum |x_i|). It
    knows no scale (0.01 around zero reads like 100): show `relative_spread` beside it and never
    gate on it.
    """
    numbers, often = _arrays(values, None)
    total = float(np.abs(numbers).sum())
    if len(numbers) < 2 or total == 0:
        return 0.0
    return float(_differences(numbers, often) / (2 * (len(numbers) - 1) * total))


def relative_spread(deviations: Sequence[float], targets: Sequence[float]) -> float:
    """Return the root mean square of deviations over the mean of the targets; 0 without any."""
    mean = float(np.mean(targets)) if len(targets) else 0.0
    return float(np.sqrt(np.mean(np.square(deviations))) / mean) if mean else 0.0


def lorenz(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the points of the Lorenz curve from (0, 0) to (1, 1), least first.

    A point says which share of all the share of those who have least holds. Where all are 0 the
    curve is the diagonal.
    """
    numbers = np.sort(np.array(values, dtype=float))
    n, total = len(numbers), float(numbers.sum())
    shares = np.cumsum(numbers) / total if total else np.arange(1, n + 1) / max(n, 1)
    return [(0.0, 0.0), *(((i + 1) / n, float(share)) for i, share in enumerate(shares))]


def _arrays(values: Sequence[float], weights: Sequence[float] | None) -> tuple[Floats, Floats]:
    numbers = np.array(values, dtype=float)
    often = np.ones(len(numbers)) if weights is None else np.array(weights, dtype=float)
    return numbers, often


def _differences(numbers: Floats, often: Floats) -> float:
    """Return the weighted sum of |x_i - x_j| over all ordered pairs, in n log n."""
    order = np.argsort(numbers, kind="stable")
    x, w = numbers[order], often[order]
    below, above = np.cumsum(w) - w, w.sum() - np.cumsum(w)
    return float(2 * (w * x * (below - above)).sum())
