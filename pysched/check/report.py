"""What a check finds: breaches of hard rules and units of soft rules, with readable culprits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pysched.model import Cost, Duty


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A hard rule that does not hold; accepted if it lies wholly among what stays anyway."""

    rule: str
    culprit: str
    accepted: bool


class Units(NamedTuple):
    """Units of one grade of a soft rule, before anything is weighed."""

    rule: str
    grade: str
    culprit: str
    number: int


@dataclass(frozen=True)
class Report:
    """All that a check found.

    Args:
        breaches: by rule and culprit.
        costs: one for each culprit with units, by rule, grade and culprit.
        by_level: level -> weighted total, 0 included.
        by_rule: (rule, grade) -> weighted total for every grade in force, 0 included.
        units: (rule, grade) -> units for every grade in force, 0 included.
    """

    breaches: tuple[Breach, ...]
    costs: tuple[Cost, ...]
    by_level: Mapping[int, int]
    by_rule: Mapping[tuple[str, str], int]
    units: Mapping[tuple[str, str], int]

    @property
    def ok(self) -> bool:
        """Whether every breach is an accepted one."""
        return all(breach.accepted for breach in self.breaches)


def named(*parts: str | date | Duty) -> str:
    """Return a culprit in words: its parts joined, a day in ISO form, a duty as task@day."""
    return ", ".join(_word(part) for part in parts)


def _word(part: str | date | Duty) -> str:
    if isinstance(part, Duty):
        return f"{part.task}@{part.day.isoformat()}"
    return part if isinstance(part, str) else part.isoformat()
