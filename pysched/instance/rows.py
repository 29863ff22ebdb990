"""The rows of the CSV files of a scenario, as pydantic models: a column is a field."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ValidationInfo, model_validator

from pysched.instance.fields import (
    Day,
    FreeText,
    PhysicianId,
    Section,
    TaskId,
    Text,
    check_known,
    choice,
    refusal,
    whole,
)
from pysched.model.network import WEEKDAYS, AgreementKind

HALF_DAYS = ("morning", "afternoon", "night")
MOST_PER_WEEK = 50


class Spell(Section):
    """Whole days from a first to a last one."""

    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise refusal("a day not before first_day", "last_day", str(self.last_day))
        return self


class AbsenceRow(Spell):
    """A row of absences.csv."""

    physician: PhysicianId
    kind: Text


class ClosureRow(Spell):
    """A row of closures.csv."""

    task: TaskId
    reason: FreeText = ""


class RequestRow(Section):
    """A row of requests.csv; what `what` holds depends on the kind."""

    physician: PhysicianId
    day: Day
    kind: Annotated[
        Literal["day_off", "shift_off", "prefer_task", "avoid_task"],
        choice("day_off", "shift_off", "prefer_task", "avoid_task"),
    ]
    what: FreeText
    weight: Annotated[int, whole(1, 100)]

    @model_validator(mode="after")
    def _what_fits_kind(self, info: ValidationInfo) -> Self:
        if self.kind == "day_off" and self.what:
            raise refusal("nothing, as the kind is day_off", "what", self.what)
        if self.kind == "shift_off" and self.what not in HALF_DAYS:
            raise refusal(f"one of {', '.join(HALF_DAYS)}", "what", self.what)
        if self.kind in {"prefer_task", "avoid_task"}:
            check_known("task", self.what, info, "what")
        return self


class AssignmentRow(Section):
    """A row of pins.csv, history.csv or by_hand.csv."""

    day: Day
    task: TaskId
    physician: PhysicianId


class AgreementRow(Section):
    """A row of agreements.csv; `value` is CATEGORY:N where the kind is max_per_week."""

    physician: PhysicianId
    kind: Annotated[
        AgreementKind, choice("free_weekday", "no_nights", "max_per_week", "not_at_hospital")
    ]
    value: FreeText

    @model_validator(mode="after")
    def _value_fits_kind(self, info: ValidationInfo) -> Self:
        if self.kind == "free_weekday" and self.value not in WEEKDAYS:
            raise refusal(f"one of {', '.join(WEEKDAYS)}", "value", self.value)
        if self.kind == "no_nights" and self.value:
            raise refusal("nothing, as the kind is no_nights", "value", self.value)
        if self.kind == "not_at_hospital":
            check_known("hospital", self.value, info, "value")
        if self.kind == "max_per_week":
            self._check_most(info)
        return self

    def _check_most(self, info: ValidationInfo) -> None:
        category, _, most = self.value.partition(":")
        if not (most.isascii() and most.isdigit()) or int(most[:9]) > MOST_PER_WEEK:
            raise refusal(f"CATEGORY:N with N from 0 to {MOST_PER_WEEK}", "value", self.value)
        check_known("category", category, info, "value")


class SuitabilityRow(Section):
    """A row of suitability.csv."""

    physician: PhysicianId
    task: TaskId
    suitability: Annotated[int, whole(0, 100)]


class PairRow(Section):
    """A row of pairs.csv."""

    physician: PhysicianId
    other: PhysicianId
    kind: Annotated[Literal["like", "avoid"], choice("like", "avoid")]

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if self.physician == self.other:
            raise refusal("a physician other than in the column physician", "other", self.other)
        return self


class GeographyRow(Section):
    """A row of geography.csv."""

    task: TaskId
    then_task: TaskId
    reason: FreeText = ""

    @model_validator(mode="after")
    def _two_tasks(self) -> Self:
        if self.task == self.then_task:
            raise refusal("a task other than in the column task", "then_task", self.then_task)
        return self
