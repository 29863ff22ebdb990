"""The sections of network.yaml, as pydantic models."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from pysched.instance.calendar import check_place, check_timezone
from pysched.instance.fields import (
    CategoryId,
    Clock,
    Day,
    HospitalId,
    Id,
    PhysicianId,
    Section,
    TaskId,
    Text,
    Yes,
    choice,
    number,
    refusal,
    whole,
)
from pysched.model import Limits
from pysched.model.network import WEEKDAYS, Kind, Status
from pysched.model.rules import GROUPS, WEIGHTS, Profile

FILE = "network.yaml"
MOST_WEEKS = 261
"""Five years, in whole weeks."""
_LIMITS = Limits()


def _monday(day: date) -> date:
    if day.weekday() != 0:
        raise refusal("a Monday", value=str(day))
    return day


def _sunday(day: date) -> date:
    if day.weekday() != 6:
        raise refusal("a Sunday", value=str(day))
    return day


def _each_once(days: list[str]) -> list[str]:
    for position, day in enumerate(days):
        if day in days[:position]:
            raise refusal("each weekday once", value=day)
    return days


class HorizonEntry(Section):
    """The weeks of a scenario: Monday to Sunday, at most five years."""

    first_day: Annotated[Day, AfterValidator(_monday)]
    last_day: Annotated[Day, AfterValidator(_sunday)]

    @model_validator(mode="after")
    def _has_length(self) -> Self:
        if self.last_day < self.first_day:
            raise refusal("a day after first_day", "last_day", str(self.last_day))
        if self.last_day - self.first_day >= timedelta(weeks=MOST_WEEKS):
            raise refusal("a day within five years of first_day", "last_day", str(self.last_day))
        return self


class CalendarEntry(Section):
    """Where time and public holidays come from.

    A major holiday is named as the holidays package names it in the language of the country, or
    given as MM-DD.
    """

    timezone: Annotated[Text, AfterValidator(check_timezone)] = "Europe/Rome"
    country: Text = "IT"
    subdivision: Text | None = None
    major: list[Text] = Field(default_factory=list)

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        check_place(self.country, self.subdivision)
        return self


class HospitalEntry(Section):
    """A hospital."""

    name: Text
    main: Yes = False


class TravelEntry(Section):
    """The way between two hospitals, the same in both directions."""

    start: Annotated[HospitalId, Field(alias="from")]
    to: HospitalId
    minutes: Annotated[int, whole(0, 1440)]


class CategoryEntry(Section):
    """A category."""

    grade: Annotated[Literal["major", "minor"], choice("major", "minor")]
    wanted: Yes


class TaskEntry(Section):
    """A task."""

    name: Text
    kind: Annotated[Kind, choice("ward", "on_site", "on_call", "surgery", "clinic")]
    category: CategoryId
    hospital: HospitalId
    days: Annotated[list[Annotated[str, choice(*WEEKDAYS)]], AfterValidator(_each_once)]
    start: Clock
    end: Clock
    credited_minutes: Annotated[int, whole(0, 1440)]
    essential: Yes
    public_holidays: Annotated[
        Literal["skip", "as_usual", "also"], choice("skip", "as_usual", "also")
    ]

    @model_validator(mode="after")
    def _has_length(self) -> Self:
        if self.start == self.end:
            raise refusal("a time other than start", "end", f"{self.end:%H:%M}")
        return self

    @property
    def minutes(self) -> int:
        """The length of a duty by the clock."""
        start = self.start.hour * 60 + self.start.minute
        end = self.end.hour * 60 + self.end.minute
        return (end - start) % (24 * 60)


class PhysicianEntry(Section):
    """A physician; one without a name goes by the id."""

    status: Annotated[Status, choice("senior", "expert", "resident")]
    weekly_hours: Annotated[Decimal, number("1", "60")]
    seniority_years: Annotated[Decimal, number("0", "70")]
    style: Annotated[Literal["steady", "intense"], choice("steady", "intense")] | None = None
    mentor: PhysicianId | None = None
    name: Text | None = None


class LimitsEntry(Section):
    """Own numbers of the hard rules and of the hour rules."""

    rest_hours: Annotated[int, whole(0, 24)] = _LIMITS.rest_hours
    span_hours: Annotated[int, whole(1, 48)] = _LIMITS.span_hours
    max_nights: Annotated[int, whole(0, 7)] = _LIMITS.max_nights
    days_in_a_row: Annotated[int, whole(1, 7)] = _LIMITS.days_in_a_row
    full_time_hours: Annotated[Decimal, number("1", "60")] = _LIMITS.full_time_hours
    maximum_hours: Annotated[Decimal, number("1", "168")] = _LIMITS.maximum_hours
    target_hours_per_day: Annotated[Decimal, number("0.5", "24")] = _LIMITS.target_hours_per_day
    spread_block_hours: Annotated[int, whole(1, 100)] = _LIMITS.spread_block_hours


Group = Annotated[str, choice(*GROUPS)]
Level = Annotated[int, whole(1, 100)]
Weight = Annotated[int, whole(0, 10_000)]
Grade = Annotated[str, choice(*sorted({grade for _, grade in WEIGHTS}))]
Rule = Annotated[str, choice(*sorted({rule for rule, _ in WEIGHTS}))]


class RulesEntry(Section):
    """A policy: a profile and what differs from it."""

    profile: Annotated[Profile, choice("paper", "recommended", "weighted")] = "recommended"
    measure: Annotated[Literal["count", "minutes"], choice("count", "minutes")] = "count"
    normalise: Annotated[Literal["fair_share", "none"], choice("fair_share", "none")] = "fair_share"
    limits: LimitsEntry = LimitsEntry()
    weights: dict[Rule, dict[Grade, Weight]] = Field(default_factory=dict)
    levels: dict[Group, Level] = Field(default_factory=dict)


BankName = Annotated[Literal["seed", "recommended"], choice("seed", "recommended")]
BankNumbers = dict[str, BankName | dict[str, Any]]
"""A profile by name, and numbers that replace its own: part -> key -> value."""


class NetworkFile(Section):
    """The whole of network.yaml."""

    name: Text
    horizon: HorizonEntry
    calendar: CalendarEntry = CalendarEntry()
    hospitals: Annotated[dict[Id, HospitalEntry], Field(min_length=1)]
    travel: list[TravelEntry] = Field(default_factory=list)
    categories: Annotated[dict[Id, CategoryEntry], Field(min_length=1)]
    tasks: Annotated[dict[Id, TaskEntry], Field(min_length=1)]
    physicians: Annotated[dict[Id, PhysicianEntry], Field(min_length=1)]
    skills: dict[PhysicianId, list[TaskId]]
    rules: RulesEntry = RulesEntry()
    bank: BankName | BankNumbers = Field(default_factory=dict)


SECTIONS: Mapping[str, type[Section]] = {
    "": NetworkFile,
    "horizon": HorizonEntry,
    "calendar": CalendarEntry,
    "hospitals": HospitalEntry,
    "travel": TravelEntry,
    "categories": CategoryEntry,
    "tasks": TaskEntry,
    "physicians": PhysicianEntry,
    "rules": RulesEntry,
    "limits": LimitsEntry,
}
"""The entries of each section by its name; the whole file under an empty one."""


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of network.yaml."""
    return NetworkFile.model_json_schema(by_alias=True)
