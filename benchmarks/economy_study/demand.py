"""What physicians want: days off, weekends, holidays and weeks of leave, each with its worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from pysched.conflicts import Kind
from pysched.model import Week

SPREAD = 0.75
"""Standard deviation of the logarithm of worths."""
HIGH = float(np.exp(1.2816 * SPREAD))
"""One worth in ten of a kind is above it, in units of the median."""
WEEKDAY, WEEKEND, HOLIDAY, MAJOR = 0.15, 0.2, 0.6, 0.8
"""Chances to want a day off in a week, a weekend, a contested day, and a major holiday."""
BLOCKS_A_YEAR = 4
WORTH = {"weekday": 1.0, "weekend": 2.0, "holiday": 3.0, "major": 6.0, "vacation": 5.0}
"""Median worth of each."""
SUMMER = (6, 7, 8, 9)
SUMMER_SHARE = 0.6
"""Share of the blocks that are wanted in these months."""


@dataclass(frozen=True)
class Want:
    """A wish before it is a claim.

    Args:
        physician: whose.
        kind: of the conflict that it would be part of.
        days: asked for, all or none.
        worth: to him, in units that no two physicians share.
        is_dear: among the dearest tenth of its kind.
    """

    physician: str
    kind: Kind
    days: tuple[date, ...]
    worth: float
    is_dear: bool


def wants_of(
    week: Week, contested: tuple[date, ...], names: list[str], rng: np.random.Generator
) -> list[Want]:
    """Return what physicians want of a week, whoever files it then.

    The same number of draws is taken for each week, physician and kind, so that the demand of a
    seed is the same under all rules.

    Args:
        week: with its holidays.
        contested: its days that are decided as holidays.
        names: of the physicians.
        rng: draws.
    """
    found: list[Want] = []
    for name in names:
        found += _of_one(week, contested, name, rng)
    return found


def _of_one(
    week: Week, contested: tuple[date, ...], name: str, rng: np.random.Generator
) -> Iterator[Want]:
    chance, worth = rng.random(10), np.exp(SPREAD * rng.standard_normal(10))
    plain = [day for day in week.days[:5] if day not in contested]
    if plain and chance[0] < WEEKDAY:
        day = plain[int(len(plain) * chance[0] / WEEKDAY)]
        yield _want(name, "day_off", (day,), "weekday", worth[0])
    if not set(week.days[5:]) & set(contested) and chance[1] < WEEKEND:
        yield _want(name, "day_off", week.days[5:], "weekend", worth[1])
    if not contested and chance[2] < _block_chance(week):
        yield _want(name, "vacation", week.days, "vacation", worth[2])
    for number, day in enumerate(contested, 3):
        is_major = day in week.major_holidays
        if chance[number] < (MAJOR if is_major else HOLIDAY):
            label = "major" if is_major else "holiday"
            yield _want(name, "holiday", (day,), label, worth[number])


def _want(name: str, kind: Kind, days: tuple[date, ...], label: str, worth: float) -> Want:
    return Want(name, kind, days, WORTH[label] * worth, worth > HIGH)


def _block_chance(week: Week) -> float:
    """Return the chance to want leave in a week without contested days."""
    summer = week.monday.month in SUMMER
    weeks = 17 if summer else 23
    share = SUMMER_SHARE if summer else 1 - SUMMER_SHARE
    return BLOCKS_A_YEAR * share / weeks
