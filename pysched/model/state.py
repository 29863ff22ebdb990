"""The state: the aggregates one week hands to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pysched.model.schedule import Assignment


@dataclass(frozen=True, slots=True)
class Load:
    """Past load of a physician in a category, and the fair share of what was done meanwhile.

    `count` duties and `minutes` of duty time; the shares are in thousandths of these units.
    """

    count: int = 0
    minutes: int = 0
    count_share: int = 0
    minutes_share: int = 0

    def __add__(self, other: Load) -> Load:
        """Add part by part."""
        return Load(
            self.count + other.count,
            self.minutes + other.minutes,
            self.count_share + other.count_share,
            self.minutes_share + other.minutes_share,
        )


@dataclass(frozen=True)
class State:
    """What is handed from week to week.

    Args:
        last_week: Monday of the week last settled, None before the first.
        loads: (physician, category) -> load since the horizon began.
        balance_minutes: physician -> worked time minus target over the horizon.
        month: first day of the month of the last settled week's Thursday.
        month_minutes: physician -> worked time minus target in that month so far.
        tail: assignments of the week last settled, as worked.
        streaks: (physician, task) -> in how many last weeks in a row he had the task.
    """

    last_week: date | None = None
    loads: Mapping[tuple[str, str], Load] = field(default_factory=dict)
    balance_minutes: Mapping[str, int] = field(default_factory=dict)
    month: date | None = None
    month_minutes: Mapping[str, int] = field(default_factory=dict)
    tail: frozenset[Assignment] = frozenset()
    streaks: Mapping[tuple[str, str], int] = field(default_factory=dict)
