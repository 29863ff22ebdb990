"""Soft rules of the second level: mornings after on-call, geography, house rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from pysched.check.case import Case, Filled
from pysched.check.report import Units, named
from pysched.model import Duty
from pysched.model.network import AFTERNOON_STARTS

SATURDAY = 5


def morning_after_on_call(case: Case) -> Iterator[Units]:
    """Yield the days after an on-call night with a work duty that starts before 14:00."""
    called = {
        (row.physician, row.day + timedelta(days=1))
        for row in case.tail + case.filled
        if row.task.is_night and not row.task.is_work
    }
    mornings = {
        (row.physician, row.day)
        for row in case.filled
        if row.task.is_work and row.task.start < AFTERNOON_STARTS
    }
    for physician, day in called & mornings:
        yield Units("morning_after_on_call", "day", named(physician, day), 1)


def geography(case: Case) -> Iterator[Units]:
    """Yield the listed pairs of tasks that one physician has on one day."""
    had = {(row.physician, row.day, row.task.id) for row in case.filled}
    listed = {(rule.task, rule.then_task) for rule in case.network.geography}
    for physician, day, task in had:
        for first, second in listed:
            if task == first and (physician, day, second) in had:
                yield Units("geography", "pair", named(physician, day, first, second), 1)


def senior_holiday(case: Case) -> Iterator[Units]:
    """Yield the major holidays on which a senior has a duty."""
    for physician, day in {(row.physician, row.day) for row in case.filled}:
        senior = case.network.physicians[physician].status == "senior"
        if senior and day in case.week.major_holidays:
            yield Units("house_rules", "senior_holiday", named(physician, day), 1)


def resident_weekend(case: Case) -> Iterator[Units]:
    """Yield the residents with a duty on this weekend and on last week's."""
    this = {row.physician for row in case.filled if row.day.weekday() >= SATURDAY}
    last_saturday = case.week.monday - timedelta(days=2)
    last = {row.physician for row in case.tail if row.day >= last_saturday}
    for physician in this & last:
        if case.network.physicians[physician].status == "resident":
            yield Units("house_rules", "resident_weekend", physician, 1)


def first_year(case: Case) -> Iterator[Units]:
    """Yield the unwanted duties given away while a member of less than a year has none."""
    unwanted = [row for row in case.filled if _is_unwanted(case, row)]
    busy = {(row.physician, row.day) for row in unwanted}
    for duty in {row.duty for row in unwanted}:
        if any((junior, duty.day) not in busy for junior in _juniors(case, duty)):
            yield Units("house_rules", "first_year", named(duty), 1)


RULES: tuple[Callable[[Case], Iterator[Units]], ...] = (
    morning_after_on_call,
    geography,
    senior_holiday,
    resident_weekend,
    first_year,
)


def _juniors(case: Case, duty: Duty) -> list[str]:
    """Return the members of less than a year who are present and may take a duty."""
    first_year = [p.id for p in case.network.physicians.values() if p.seniority_years < 1]
    return case.once(
        ("juniors", duty.key),
        lambda: [
            name
            for name in first_year
            if case.week.is_present(name, duty.day) and case.may_take(name, duty)
        ],
    )


def _is_unwanted(case: Case, row: Filled) -> bool:
    return not case.network.categories[row.task.category].wanted
