"""The network: hospitals, tasks, physicians and what they may do; constant over a horizon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Literal

from pysched.model.rules import Rules, profile_rules

Kind = Literal["ward", "on_site", "on_call", "surgery", "clinic"]
HalfDay = Literal["morning", "afternoon", "night"]
Status = Literal["senior", "expert", "resident"]
AgreementKind = Literal["free_weekday", "no_nights", "max_per_week", "not_at_hospital"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NIGHT_ENDS = time(5)
AFTERNOON_STARTS = time(14)


@dataclass(frozen=True, slots=True)
class Hospital:
    """A site of the network; at the main one overlapping duties weigh more."""

    id: str
    name: str
    main: bool


@dataclass(frozen=True, slots=True)
class Category:
    """Tasks whose past load is remembered together."""

    id: str
    grade: Literal["major", "minor"]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A clinical activity; each of its weekdays (0 = Monday) yields one duty for one physician."""

    id: str
    name: str
    kind: Kind
    category: str
    hospital: str
    weekdays: frozenset[int]
    start: time
    end: time
    credited_minutes: int
    essential: bool
    public_holidays: Literal["skip", "as_usual", "also"]

    @property
    def passes_midnight(self) -> bool:
        """Whether a duty ends on the day after the one it belongs to."""
        return self.end <= self.start

    @property
    def is_work(self) -> bool:
        """Whether its duties are work duties: all but on-call ones."""
        return self.kind != "on_call"

    @property
    def is_night(self) -> bool:
        """Whether a duty covers any minute of 00:00-05:00 local time."""
        if self.start < NIGHT_ENDS:
            return True
        return self.passes_midnight and self.end > time(0)

    @property
    def half_day(self) -> HalfDay:
        """The part of the day a duty belongs to."""
        if self.is_night:
            return "night"
        return "morning" if self.start < AFTERNOON_STARTS else "afternoon"


@dataclass(frozen=True, slots=True)
class Physician:
    """The one scheduled; `weekly_hours` is contractual, 38 being full time."""

    id: str
    name: str
    status: Status
    weekly_hours: Decimal
    seniority_years: Decimal
    style: Literal["steady", "intense"] | None = None
    mentor: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A personal working agreement.

    `value` is a weekday name (free_weekday), a category (max_per_week, with `limit`), a hospital
    (not_at_hospital) or empty (no_nights).
    """

    physician: str
    kind: AgreementKind
    value: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two physicians who like or avoid to work together."""

    physician: str
    other: str
    kind: Literal["like", "avoid"]


@dataclass(frozen=True, slots=True)
class GeographyRule:
    """Two tasks that one physician should not have on one day."""

    task: str
    then_task: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where time and public holidays come from; `major` lists names of holidays."""

    timezone: str = "Europe/Rome"
    country: str = "IT"
    subdivision: str | None = None
    major: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Network:
    """All that does not change between weeks.

    `travel` maps ordered pairs of hospitals to minutes and holds both directions; `skills` holds
    (physician, task); `suitability` maps (physician, task) to 0-100, 100 where absent.

    Raises:
        ValueError: a reference names nothing in this network.
    """

    name: str
    calendar: Calendar
    hospitals: Mapping[str, Hospital]
    travel: Mapping[tuple[str, str], int]
    categories: Mapping[str, Category]
    tasks: Mapping[str, Task]
    physicians: Mapping[str, Physician]
    skills: frozenset[tuple[str, str]]
    suitability: Mapping[tuple[str, str], int] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()
    pairs: tuple[Pair, ...] = ()
    geography: tuple[GeographyRule, ...] = ()
    rules: Rules = field(default_factory=lambda: profile_rules("recommended"))

    def __post_init__(self) -> None:
        """Check every reference; readers have said it better before, with file and row."""
        known = {
            "hospital": self.hospitals,
            "category": self.categories,
            "task": self.tasks,
            "physician": self.physicians,
        }
        for noun, name in self._references():
            if name not in known[noun]:
                raise ValueError(f"network {self.name}: unknown {noun} {name!r}")

    def _references(self) -> Iterable[tuple[str, str]]:
        yield from self._people_references()
        for task in self.tasks.values():
            yield "hospital", task.hospital
            yield "category", task.category
        for a, b in self.travel:
            yield from (("hospital", a), ("hospital", b))
        for physician, task_id in [*self.skills, *self.suitability]:
            yield from (("physician", physician), ("task", task_id))
        for rule in self.geography:
            yield from (("task", rule.task), ("task", rule.then_task))

    def _people_references(self) -> Iterable[tuple[str, str]]:
        for pair in self.pairs:
            yield from (("physician", pair.physician), ("physician", pair.other))
        for agreement in self.agreements:
            yield "physician", agreement.physician
        for person in self.physicians.values():
            if person.mentor is not None:
                yield "physician", person.mentor
