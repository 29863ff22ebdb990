"""Hard rules between two or three duties of one physician: overlap, travel, rest, nights."""

from __future__ import annotations

from itertools import combinations

from pysched.model import Duty, Network

from .arithmetic import shared_minutes
from .program import Program

MOST_AT_ONCE = 2


def forbid_pairs(program: Program) -> None:
    """Forbid any two duties of one physician that no rule lets him have, if one of them is free."""
    for physician, own in program.own.items():
        stay = [duty for duty in own if (physician, duty) in program.fixed]
        stay += program.tail.get(physician, [])
        free = [duty for duty in own if (physician, duty) not in program.fixed]
        for duty in free:
            if any(excludes(program.network, duty, other) for other in stay):
                program.model.add(program.x[physician, duty] == 0)
        for group in _groups(program.network, free):
            program.model.add_at_most_one(program.x[physician, duty] for duty in group)


def _groups(network: Network, duties: list[Duty]) -> list[list[Duty]]:
    """Return groups of duties that exclude each other, which together hold every such pair."""
    pairs = [pair for pair in combinations(duties, 2) if excludes(network, *pair)]
    near = {frozenset(pair) for pair in pairs}
    groups: list[list[Duty]] = []
    held: set[frozenset[Duty]] = set()
    for one, other in pairs:
        if frozenset((one, other)) in held:
            continue
        group = [one, other]
        for third in duties:
            if all(frozenset((third, member)) in near for member in group):
                group.append(third)
        held.update(frozenset(pair) for pair in combinations(group, 2))
        groups.append(group)
    return groups


def excludes(network: Network, one: Duty, other: Duty) -> bool:
    """Return whether one physician may not have both duties."""
    first, second = sorted((one, other), key=lambda duty: duty.start)
    return (
        _at_two_places(network, first, second)
        or _too_far(network, first, second)
        or _without_rest(network, first, second)
        or _two_nights(network, first, second)
    )


def _at_two_places(network: Network, first: Duty, second: Duty) -> bool:
    one, other = network.tasks[first.task], network.tasks[second.task]
    apart = one.hospital != other.hospital or "surgery" in (one.kind, other.kind)
    return apart and shared_minutes(first, second) > 0


def _too_far(network: Network, first: Duty, second: Duty) -> bool:
    one, other = network.tasks[first.task], network.tasks[second.task]
    if not (one.is_work and other.is_work) or one.hospital == other.hospital:
        return False
    minutes = network.travel.get((one.hospital, other.hospital), 0)
    return 0 <= second.start - first.end < minutes


def _without_rest(network: Network, first: Duty, second: Duty) -> bool:
    limits = network.rules.limits
    if not (network.tasks[first.task].is_work and network.tasks[second.task].is_work):
        return False
    within = max(first.end, second.end) - first.start <= 60 * limits.span_hours
    return not within and second.start - first.end < 60 * limits.rest_hours


def _two_nights(network: Network, first: Duty, second: Duty) -> bool:
    if not (network.tasks[first.task].is_night and network.tasks[second.task].is_night):
        return False
    return abs((second.day - first.day).days) <= 1


def forbid_three_at_once(program: Program) -> None:
    """Let no physician have three duties that share a minute, if one of them is free."""
    for physician, own in program.own.items():
        everything = own + program.tail.get(physician, [])
        for start in sorted({duty.start for duty in everything}):
            at_once = [duty for duty in everything if duty.start <= start < duty.end]
            free = [
                duty
                for duty in at_once
                if (physician, duty) in program.x and (physician, duty) not in program.fixed
            ]
            room = max(0, MOST_AT_ONCE - (len(at_once) - len(free)))
            if len(free) > room:
                program.model.add(sum(program.x[physician, duty] for duty in free) <= room)
