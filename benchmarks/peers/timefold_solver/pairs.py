"""What it means that one physician has two duties: forbidden, at once, or a cost."""

from __future__ import annotations

from itertools import combinations

from pysched.model import Duty

from .facts import Pairing
from .known import Known, summed

HALF_HOUR = 30
FAR = 24 * 60
"""Minutes: between duties further apart nothing but the rest and the days of nights matters."""


def is_forbidden(known: Known, one: Duty, other: Duty) -> bool:
    """Return whether no physician may have both duties unless both stay anyway."""
    first, second = sorted((one, other), key=lambda duty: (duty.start, duty.end))
    a, b = known.task(first), known.task(second)
    apart, gap = a.hospital != b.hospital, second.start - first.end
    if shared_minutes(first, second) > 0 and (apart or "surgery" in (a.kind, b.kind)):
        return True
    if a.is_night and b.is_night and abs((second.day - first.day).days) <= 1:
        return True
    if not (a.is_work and b.is_work):
        return False
    way = known.network.travel.get((a.hospital, b.hospital), 0)
    return (apart and 0 <= gap < way) or _is_restless(known, first, second)


def _is_restless(known: Known, first: Duty, second: Duty) -> bool:
    limits = known.network.rules.limits
    span = max(first.end, second.end) - first.start
    return span > 60 * limits.span_hours and second.start - first.end < 60 * limits.rest_hours


def shared_minutes(one: Duty, other: Duty) -> int:
    """Return the minutes that lie in both duties."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def overlap_cost(known: Known, one: Duty, other: Duty) -> tuple[int, ...]:
    """Return what the started half-hours of two duties at once at one hospital cost, by rank."""
    task, shared = known.task(one), shared_minutes(one, other)
    if task.hospital != known.task(other).hospital:
        shared = 0
    grade = "main" if known.network.hospitals[task.hospital].main else "elsewhere"
    return known.cost("overlap", grade, -(-shared // HALF_HOUR))


def pairings(known: Known) -> dict[tuple[int, int], Pairing]:
    """Return by the indexes of two duties, the lower first, what it means to have both."""
    listed = {(rule.task, rule.then_task) for rule in known.network.geography}
    # Equal pairings are one object, since each costs time to hand over to the Java machine.
    seen: dict[tuple[bool, bool, tuple[int, ...]], Pairing] = {}
    found = {}
    nothing = summed()
    for (i, one), (j, other) in combinations(enumerate(known.week.duties), 2):
        cost = summed(
            overlap_cost(known, one, other),
            _same_day_cost(known, one, other, listed),
            _rotation_cost(known, one, other),
        )
        key = is_forbidden(known, one, other), shared_minutes(one, other) > 0, cost
        if key != (False, False, nothing):
            found[i, j] = seen.setdefault(key, Pairing(*key))
    return found


def _same_day_cost(
    known: Known, one: Duty, other: Duty, listed: set[tuple[str, str]]
) -> tuple[int, ...]:
    both = ((one.task, other.task), (other.task, one.task))
    units = sum(pair in listed for pair in both) if one.day == other.day else 0
    return known.cost("geography", "pair", units)


def _rotation_cost(known: Known, one: Duty, other: Duty) -> tuple[int, ...]:
    """Return the cost of a repeated task; n duties of it make n (n - 1) / 2 pairs."""
    task = known.task(one)
    repeats = one.task == other.task and task.kind != "ward"
    grade = known.network.categories[task.category].grade
    return known.cost("rotation", grade, int(repeats))
