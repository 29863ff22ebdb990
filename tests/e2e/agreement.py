"""Where encodings and checker disagree on a schedule; nowhere is the right answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pysched.check import Report, check
from pysched.model import Schedule
from pysched.solver import Result

from .pricing import Price
from .worlds import World

Key = TypeVar("Key")

STRUCTURE = {"duty", "pin"}
"""What the choice rule sees to: no encoding derives a breach of it."""


def report_on(world: World, schedule: Schedule) -> Report:
    """Return what the checker says of a schedule of a world."""
    return check(world.network, world.week, world.state, schedule)


def rules_broken(report: Report, *, accepted: bool) -> frozenset[str]:
    """Return the names of the rules with a breach that is accepted, or is not."""
    return frozenset({b.rule for b in report.breaches if b.accepted is accepted} - STRUCTURE)


def differences(report: Report, price: Price) -> list[str]:
    """Return in words where a price by clingo differs from the checker's report."""
    refused = rules_broken(report, accepted=False)
    # A forbidden overlap has no price in the encodings, as no schedule has one.
    unpriced = {"overlap"} & refused
    found = [
        f"{key}: checker {mine}, encodings {theirs}"
        for key, mine, theirs in _unequal(report.units, price.units)
        if key[0] not in unpriced
    ]
    accepted = rules_broken(report, accepted=True)
    if accepted != price.accepted:
        found.append(f"accepted: checker {sorted(accepted)}, encodings {sorted(price.accepted)}")
    if refused != price.refused:
        found.append(f"refused: checker {sorted(refused)}, encodings {sorted(price.refused)}")
    if price.cost != price.charged:
        found.append(f"cost {price.cost} is charged as {price.charged}")
    return found


def differences_of_result(world: World, result: Result) -> list[str]:
    """Return in words where a solved week differs from what the checker says of it."""
    assert result.schedule is not None
    report = report_on(world, result.schedule)
    found = [f"breach {b}" for b in report.breaches if not b.accepted]
    totals: dict[tuple[str, str], int] = {}
    for cost in result.costs:
        totals[cost.rule, cost.grade] = totals.get((cost.rule, cost.grade), 0) + cost.total
    found += [f"{k}: checker {a}, result {b}" for k, a, b in _unequal(report.by_rule, totals)]
    found += [f"{k}: checker {a}, level {b}" for k, a, b in _unequal(report.by_level, result.cost)]
    mine, theirs = rules_broken(report, accepted=True), {rule for rule, _ in result.accepted}
    return found if mine == theirs else [*found, f"accepted: {sorted(mine)}, {sorted(theirs)}"]


def _unequal(one: Mapping[Key, int], other: Mapping[Key, int]) -> list[tuple[Key, int, int]]:
    keys = {*one, *other}
    return [(k, one.get(k, 0), other.get(k, 0)) for k in keys if one.get(k, 0) != other.get(k, 0)]
