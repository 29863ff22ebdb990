"""Fair targets: how the volume of sacrifices would be shared out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pysched.fairness.equalization_rules import Target

Floats = NDArray[np.float64]
Volumes = Mapping[frozenset[str], int]
"""Skill class, as the set of who may do it -> volume in cents."""

SWEEPS = 5000
NOBODY = 1e-6
"""Activity below it is none: a minute of a year is more."""
GAP = 1e-10
"""Water-filling ends when no assignment can be better by this part of the objective."""


def targets(volumes: Volumes, active: Mapping[str, float], target: Target) -> dict[str, int]:
    """Return the fair burden of each physician in cents; together they are all of the volume.

    Args:
        volumes: what is to be shared out, by skill class.
        active: full-time equivalent times active fraction of each physician; who has none is given
            nothing as long as another of his class has some.
        target: how it is shared out. `egalitarian` minimises sum x^2 / a.
    """
    names = sorted(active)
    total = sum(volumes.values())
    if not names or total == 0:
        return dict.fromkeys(names, 0)
    weights = np.array([active[name] for name in names], dtype=float)
    weights = np.where(weights > NOBODY, weights, 0.0)
    if target == "mean":
        shares = np.full(len(names), total / len(names))
    else:
        blocks = _blocks(names, weights, volumes)
        fill = _water_filled if target == "egalitarian" else _proportional
        shares = fill(blocks, np.where(weights > 0, weights, 1.0))
    return dict(zip(names, _whole(shares, total), strict=True))


def _blocks(
    names: list[str], weights: Floats, volumes: Volumes
) -> list[tuple[NDArray[np.int64], float]]:
    """Return the members of each class, as places among the names, and its volume.

    Raises:
        ValueError: a class has no member that is among the names.
    """
    place = {name: n for n, name in enumerate(names)}
    blocks = []
    for members, volume in sorted(volumes.items(), key=lambda item: sorted(item[0])):
        known = np.array(sorted(place[m] for m in members if m in place), dtype=np.int64)
        if not len(known):
            raise ValueError(f"skill class {sorted(members)} has no known physician")
        acting = known[weights[known] > 0]
        if volume:
            blocks.append((acting if len(acting) else known, float(volume)))
    return blocks


def _proportional(blocks: list[tuple[NDArray[np.int64], float]], weights: Floats) -> Floats:
    shares = np.zeros(len(weights))
    for members, volume in blocks:
        shares[members] += volume * weights[members] / weights[members].sum()
    return shares


def _water_filled(blocks: list[tuple[NDArray[np.int64], float]], weights: Floats) -> Floats:
    """Return the shares that minimise sum x^2 / a: the lexicographically most even ones.

    One class after the other is poured anew over what its members have from the others, which is
    exact for it; the sum converges as the objective is convex and the classes do not constrain
    each other. Source: block coordinate descent on Fujishige 1980's lexicographically optimal base.
    """
    parts = [volume * weights[m] / weights[m].sum() for m, volume in blocks]
    shares = _proportional(blocks, weights)
    for _ in range(SWEEPS):
        for n, (members, volume) in enumerate(blocks):
            others = np.maximum(shares[members] - parts[n], 0.0)
            parts[n] = _poured(others, weights[members], volume)
            shares[members] = others + parts[n]
        if _gap(blocks, parts, shares / weights) <= GAP * float((shares**2 / weights).sum()):
            break
    return shares


def _poured(others: Floats, weights: Floats, volume: float) -> Floats:
    """Return a volume poured into vessels of some widths that already hold something."""
    levels = others / weights
    order = np.argsort(levels, kind="stable")
    width, held = np.cumsum(weights[order]), np.cumsum(others[order])
    surface = (volume + held) / width
    # The surface stands over the first k vessels if it is not above the bottom of the next one.
    reached = int(np.argmax(np.append(surface[:-1] <= levels[order][1:], True)))
    poured: Floats = np.maximum(surface[reached] * weights - others, 0.0)
    return poured


def _gap(
    blocks: list[tuple[NDArray[np.int64], float]], parts: list[Floats], levels: Floats
) -> float:
    """Return an upper bound of how much better the objective can get."""
    return sum(
        float((part * (levels[members] - levels[members].min())).sum()) * 2
        for (members, _), part in zip(blocks, parts, strict=True)
    )


def _whole(shares: Floats, total: int) -> list[int]:
    """Return shares as whole cents that add up to the total, by largest remainder."""
    whole = np.floor(shares).astype(np.int64)
    order = np.argsort(whole - shares, kind="stable")
    missing = total - int(whole.sum())
    step = 1 if missing > 0 else -1
    for n in range(abs(missing)):
        whole[order[n % len(order)]] += step
    return [int(cents) for cents in whole]
