"""Fair targets: how the volume of sacrifices would be shared out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pysched.fairness.equalization_rules import Target

Floats = NDArray[np.float64]
Volumes = Mapping[frozenset[str], int]
"""Skill class, as the set of who may do it -> volume in cents."""

SWEEPS = 600
NOBODY = 1e-6
"""Activity below it is none: a minute of a year is more."""
NARROW = 0.05
"""Width of a vessel above its cap, as part of the width below."""
GAP = 1e-7
"""Water-filling ends when no assignment can be better by this part of the objective."""


def targets(
    volumes: Volumes,
    active: Mapping[str, float],
    target: Target,
    most: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Return the fair burden of each physician in cents; together they are all of the volume.

    Args:
        volumes: what is to be shared out, by skill class.
        active: full-time equivalent times active fraction of each physician; who has none is given
            nothing as long as another of his class has some.
        target: how it is shared out. `egalitarian` minimises sum x^2 / a.
        most: what somebody could bear at most, in cents; above it he counts as twenty times
            as inactive for `egalitarian`. No limit where absent.
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
        weights = np.where(weights > 0, weights, 1.0)
        caps = np.array([(most or {}).get(name, np.inf) for name in names], dtype=float)
        even = target == "egalitarian"
        shares = _water_filled(blocks, weights, caps) if even else _proportional(blocks, weights)
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


def _water_filled(
    blocks: list[tuple[NDArray[np.int64], float]], weights: Floats, caps: Floats
) -> Floats:
    """Return the shares that minimise sum x^2 / a: the lexicographically most even ones.

    One class after the other is poured anew over what its members have from the others, which is
    exact for it; the sum converges as the objective is convex and the classes do not constrain
    each other. A vessel is narrow above its cap, so that hardly more is poured into it. Source:
    block coordinate descent on Fujishige 1980's lexicographically optimal base.
    """
    parts = [volume * weights[m] / weights[m].sum() for m, volume in blocks]
    shares = _proportional(blocks, weights)
    for _ in range(SWEEPS):
        for n, (members, volume) in enumerate(blocks):
            others = np.maximum(shares[members] - parts[n], 0.0)
            parts[n] = _poured(others, weights[members], caps[members], volume)
            shares[members] = others + parts[n]
        levels = _levels(shares, weights, caps)
        if _gap(blocks, parts, levels) <= GAP * float((shares * levels).sum()):
            break
    return shares


def _levels(held: Floats, weights: Floats, caps: Floats) -> Floats:
    """Return how high vessels are filled by what they hold."""
    below = np.minimum(held, caps)
    levels: Floats = below / weights + (held - below) / (NARROW * weights)
    return levels


def _poured(others: Floats, weights: Floats, caps: Floats, volume: float) -> Floats:
    """Return a volume poured into vessels of some widths that already hold something.

    Events are the levels at which the surface gets wider, at a bottom, or narrower, at a cap.
    """
    bottoms, kinks = _levels(others, weights, caps), caps / weights
    wide = bottoms < kinks
    capped = wide & np.isfinite(kinks)
    at = np.concatenate([bottoms, kinks[capped]])
    wider = np.concatenate(
        [np.where(wide, weights, NARROW * weights), -(1 - NARROW) * weights[capped]]
    )
    order = np.argsort(at, kind="stable")
    at, width = at[order], np.cumsum(wider[order])
    held = np.concatenate([[0.0], np.cumsum(width[:-1] * np.diff(at))])
    last = int(np.searchsorted(held, volume, side="right")) - 1
    surface = at[last] + (volume - held[last]) / width[last]
    room = np.minimum(surface, kinks) * weights + np.maximum(surface - kinks, 0) * NARROW * weights
    poured: Floats = np.maximum(room - others, 0.0)
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
