"""Scenarios with another service: what was served by hand, or all that there could be."""

from __future__ import annotations

from dataclasses import replace

from pysched.instance.scenario import Closure, Scenario
from pysched.instance.weeks import weeks_of


def same_service(scenario: Scenario) -> Scenario:
    """Return the scenario with the duties closed that its schedule by hand leaves open.

    A schedule of it and the one by hand then have the same duties to fill. Only weeks that the
    schedule by hand has are changed.

    Raises:
        ValueError: there is no schedule by hand.
    """
    if not scenario.by_hand:
        raise ValueError(f"scenario {scenario.network.name} has no rows in by_hand.csv")
    served = {row.duty for row in scenario.by_hand}
    days = {row.day for row in scenario.by_hand}
    opened = sorted(
        duty.key
        for week in weeks_of(scenario)
        if days & set(week.days)
        for duty in week.duties
        if duty.key not in served
    )
    closed = tuple(Closure(task, day, day, "not served by hand") for task, day in opened)
    return replace(scenario, closures=(*scenario.closures, *closed), lines={}, warnings=())


def full_service(scenario: Scenario) -> Scenario:
    """Return the scenario without any closure: no service is reduced."""
    return replace(scenario, closures=(), lines={}, warnings=())
