"""What the weeks to come may ask for, drawn from the days of the weeks seen so far."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from .model import EVERY_DAY, SATURDAY, SUNDAY, Range, Scenario, Week, roles

WORKDAYS, WEEKEND = range(1, SATURDAY), range(SATURDAY, SUNDAY + 1)
Demand = Mapping[tuple[str, str, int], tuple[float, float]]
"""Shift type, skill, day -> minimum and optimal number of nurses."""


def forecasts(scenario: Scenario, seen: Sequence[Week], count: int) -> list[Demand]:
    """Return weeks that are drawn at random, the same for the same weeks seen.

    Each role takes what it asked for on some day seen that is alike: of the week, or of the
    weekend.
    """
    rng = random.Random(len(seen))
    return [
        {
            (shift, skill, day): rng.choice(_seen(seen, shift, skill, day))
            for shift, skill in roles(scenario)
            for day in EVERY_DAY
        }
        for _ in range(count)
    ]


def _seen(seen: Sequence[Week], shift: str, skill: str, day: int) -> list[Range]:
    alike = WORKDAYS if day in WORKDAYS else WEEKEND
    return [week.demand[shift, skill, other] for week in seen for other in alike]
