"""The world of the economy: the network of Ferrara, its essential duties, who is ill when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from pysched import load
from pysched.instance.weeks import duties_of
from pysched.model import Absence, Network, Week
from pysched.model.public_holidays import major_holidays, public_holidays

BEFORE, CYCLE = 1995, 28
"""Year before that of the first seed, and the years after which dates fall on the same weekdays."""
ILL = 0.015
"""Chance of a physician to be ill in a week, for all of it."""


@dataclass(frozen=True)
class Calendar:
    """The weeks, and which of their days are contested as holidays.

    Args:
        network: physicians, skills and tasks.
        weeks: with essential duties alone; nobody is absent yet.
        contested: Monday -> days that the auction of holidays is about.
    """

    network: Network
    weeks: tuple[Week, ...]
    contested: dict[date, tuple[date, ...]]


@lru_cache(maxsize=32)
def calendar_of(count: int, seed: int) -> Calendar:
    """Return so many weeks of the network of Ferrara, from the first Monday of a year on.

    Every seed begins in a year of its own, so that what holidays fall on in some year is not taken
    for a growth of prices. The house rules are off: one of them keeps residents from two weekends
    in a row, and with it no schedule is even.
    """
    network = load("ferrara")[0]
    network = replace(network, rules=network.rules.without("house_rules"))
    first = date(BEFORE + 1 + (seed - 1) % CYCLE, 1, 7)
    first -= timedelta(days=first.weekday())
    weeks = tuple(_week(network, first + timedelta(weeks=n)) for n in range(count))
    free = {day for week in weeks for day in week.holidays}
    after = {weeks[-1].monday + timedelta(days=7)}
    free |= public_holidays(network.calendar, after)
    contested = {week.monday: tuple(d for d in week.days if _contested(d, free)) for week in weeks}
    return Calendar(network, weeks, contested)


def ill_in(week: Week, rng: np.random.Generator, names: list[str]) -> tuple[Absence, ...]:
    """Return who is ill for all of a week."""
    ill = rng.random(len(names)) < ILL
    last = week.monday + timedelta(days=6)
    rows = zip(names, ill, strict=True)
    return tuple(Absence(name, week.monday, last, "illness") for name, is_ill in rows if is_ill)


def _week(network: Network, monday: date) -> Week:
    days = [monday + timedelta(days=n) for n in range(7)]
    holidays = public_holidays(network.calendar, days)
    duties = duties_of(network, monday, holidays, frozenset())
    return Week(
        monday=monday,
        timezone=network.calendar.timezone,
        duties=tuple(duty for duty in duties if network.tasks[duty.task].essential),
        holidays=holidays,
        major_holidays=major_holidays(network.calendar, days),
    )


def _contested(day: date, free: set[date]) -> bool:
    """Return whether a day is a holiday, a day between two free ones, or part of a long weekend."""
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    if day in free or (day.month, day.day) in {(12, 24), (12, 31)}:
        return True
    if day.weekday() >= 5:
        friday = day - timedelta(days=day.weekday() - 4)
        return friday in free or friday + timedelta(days=3) in free
    is_free = [d in free or d.weekday() >= 5 for d in (before, after)]
    return all(is_free)
