"""The competition's nouns: scenario, history, week data and assignments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SATURDAY, SUNDAY = 6, 7
EVERY_DAY = range(1, 8)
"""Days are numbered from 1, Monday."""
ANY = "Any"
"""The shift type of a wish for a whole day off."""


class Range(NamedTuple):
    """Least and most of something, both allowed."""

    least: int
    most: int


class Assignment(NamedTuple):
    """A nurse works a shift of a day (1 to 7) in the role of a skill."""

    nurse: str
    day: int
    shift: str
    skill: str


@dataclass(frozen=True, slots=True)
class Contract:
    """What a nurse should work, in numbers of assignments over the horizon and of days in a row."""

    total: Range
    work: Range
    off: Range
    weekends: int
    whole_weekends: bool


@dataclass(frozen=True, slots=True)
class Nurse:
    """Her contract and skills, by name."""

    contract: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What does not change between weeks.

    Args:
        name: as in the file.
        weeks: of the horizon.
        skills: by name.
        shifts: shift type -> days in a row it should be worked.
        forbidden: pairs of shift types that may not be worked on two days in a row.
        contracts: by name.
        nurses: by name.
    """

    name: str
    weeks: int
    skills: tuple[str, ...]
    shifts: Mapping[str, Range]
    forbidden: frozenset[tuple[str, str]]
    contracts: Mapping[str, Contract]
    nurses: Mapping[str, Nurse]

    def contract(self, nurse: str) -> Contract:
        """Return the contract of a nurse."""
        return self.contracts[self.nurses[nurse].contract]


@dataclass(frozen=True, slots=True)
class Past:
    """What the weeks before hand on for a nurse.

    Args:
        assignments: worked since the horizon began.
        weekends: with work since the horizon began.
        last: shift type worked on the last Sunday, None for a day off.
        same: days in a row with that shift type.
        work: days in a row worked until that Sunday.
        off: days in a row not worked until that Sunday.
    """

    assignments: int = 0
    weekends: int = 0
    last: str | None = None
    same: int = 0
    work: int = 0
    off: int = 0


History = Mapping[str, Past]


@dataclass(frozen=True, slots=True)
class Week:
    """Demand and wishes of a week.

    Args:
        demand: shift type, skill, day -> minimum and optimal number of nurses.
        wishes: nurse, shift type (or `ANY`), day that she would not work.
    """

    demand: Mapping[tuple[str, str, int], Range]
    wishes: frozenset[tuple[str, str, int]]


def worked(nurses: Iterable[str], schedule: Iterable[Assignment]) -> dict[str, list[str | None]]:
    """Return the shift type of each nurse on each of the seven days, None for a day off."""
    rows: dict[str, list[str | None]] = {nurse: [None] * len(DAYS) for nurse in nurses}
    for nurse, day, shift, _ in schedule:
        rows[nurse][day - 1] = shift
    return rows


def hand_on(history: History, schedule: Iterable[Assignment]) -> dict[str, Past]:
    """Return the history after a week was worked."""
    return {nurse: _after(history[nurse], row) for nurse, row in worked(history, schedule).items()}


def _after(past: Past, row: list[str | None]) -> Past:
    same, work, off, last = past.same, past.work, past.off, past.last
    for shift in row:
        same = same + 1 if shift is not None and shift == last else int(shift is not None)
        work = 0 if shift is None else work + 1
        off = off + 1 if shift is None else 0
        last = shift
    return Past(
        past.assignments + sum(shift is not None for shift in row),
        past.weekends + any(shift is not None for shift in row[SATURDAY - 1 :]),
        last,
        same,
        work,
        off,
    )


def roles(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield all pairs of shift type and skill."""
    for shift in scenario.shifts:
        for skill in scenario.skills:
            yield shift, skill
