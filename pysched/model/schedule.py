"""The schedule of a week: who fills which duty, and what a cost says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

DutyKey = tuple[str, date]
"""What names a duty of a week: its task and the day it starts."""


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """A physician fills the duty of a task on a day."""

    day: date
    task: str
    physician: str

    @property
    def duty(self) -> DutyKey:
        """The key of the duty filled."""
        return self.task, self.day


@dataclass(frozen=True, slots=True)
class Schedule:
    """All assignments of the week that starts on `monday`."""

    monday: date
    assignments: frozenset[Assignment]

    def __iter__(self) -> Iterator[Assignment]:
        """Go through the assignments by day, task and physician."""
        return iter(sorted(self.assignments))


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """Units of a soft rule, with their culprit in words a person can read."""

    rule: str
    grade: str
    culprit: str
    units: int
    weight: int
    level: int

    @property
    def total(self) -> int:
        """Units times weight."""
        return self.units * self.weight
