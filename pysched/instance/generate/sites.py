"""Where people work: clusters of hospitals on a map and the travel between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from math import isqrt
from random import Random

from pysched.model import Hospital

PHYSICIANS_PER_CLUSTER = 14
"""As in Ferrara."""
_SPACING_MINUTES = 70
_COMPASS = ((10, 0), (7, 7), (0, 10), (-7, 7), (-10, 0), (-7, -7), (0, -10), (7, -7))
_SIZE_OF_HOSPITAL = (0, 0, 8, 12)
"""How many physicians a cluster has at least when it has its first, second, ... hospital."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Physicians who share their hospitals; `hospitals` starts with the hub, guarded all day."""

    number: int
    size: int
    hospitals: tuple[Hospital, ...]
    places: tuple[tuple[int, int], ...]


def clusters_of(physicians: int, rng: Random) -> tuple[Cluster, ...]:
    """Return the clusters of a network, as equal in size as can be.

    The first hub alone is the network's main hospital, as a network has one.
    """
    count = max(1, (physicians + PHYSICIANS_PER_CLUSTER // 2) // PHYSICIANS_PER_CLUSTER)
    ends = [physicians * number // count for number in range(count + 1)]
    return tuple(
        _cluster(number, ends[number] - ends[number - 1], isqrt(count - 1) + 1, rng)
        for number in range(1, count + 1)
    )


def travel_between(clusters: tuple[Cluster, ...]) -> dict[tuple[str, str], int]:
    """Return the minutes between any two hospitals, in both directions."""
    places = {
        hospital.id: place
        for cluster in clusters
        for hospital, place in zip(cluster.hospitals, cluster.places, strict=True)
    }
    return {(a, b): _minutes(places[a], places[b]) for a, b in permutations(places, 2)}


def _cluster(number: int, size: int, columns: int, rng: Random) -> Cluster:
    row, column = divmod(number - 1, columns)
    hub = (
        column * _SPACING_MINUTES + rng.randint(-8, 8),
        row * _SPACING_MINUTES + rng.randint(-8, 8),
    )
    hospitals = [Hospital(f"h{number}", f"General hospital {number}", number == 1)]
    places = [hub]
    count = sum(size >= least for least in _SIZE_OF_HOSPITAL)
    for letter, (east, north) in zip("abc"[: count - 1], rng.sample(_COMPASS, 3), strict=False):
        minutes = rng.randint(30, 50)
        places.append((hub[0] + east * minutes // 10, hub[1] + north * minutes // 10))
        name = f"District hospital {number}{letter}"
        hospitals.append(Hospital(f"h{number}{letter}", name, main=False))
    return Cluster(number, size, tuple(hospitals), tuple(places))


def _minutes(start: tuple[int, int], end: tuple[int, int]) -> int:
    """Return minutes in fives, 10 at least; whole numbers only, so platforms agree."""
    direct = isqrt((start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2)
    return max(10, (direct + 2) // 5 * 5)
