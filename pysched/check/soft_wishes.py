"""Soft rules of the person: wishes, suitability, company at work and style."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from typing import NamedTuple

from pysched.check.case import Case, Filled
from pysched.check.report import Units, named
from pysched.check.soft_hours import worked_minutes
from pysched.model import Request

MORNING_STARTS = time(6)
AFTERNOON_STARTS = time(14)
NIGHT_STARTS = time(20)
STEADY_MINUTES = 8 * 60
INTENSE_MINUTES = 12 * 60


class Meeting(NamedTuple):
    """A half-day at a hospital that two physicians spend at work."""

    day: str
    half_day: str
    hospital: str


def wishes(case: Case) -> Iterator[Units]:
    """Yield the weight of every wish that is not met."""
    for request in case.week.requests:
        if request.physician in case.by_physician and not _is_met(case, request):
            parts = (request.day, request.what) if request.what else (request.day,)
            culprit = named(request.physician, *parts)
            yield Units("wishes", request.kind, culprit, request.weight)


def suitability(case: Case) -> Iterator[Units]:
    """Yield the tenths that are missing to full suitability."""
    for row in case.filled:
        percent = case.network.suitability.get((row.physician, row.task.id), 100)
        culprit = named(row.physician, row.duty)
        yield Units("suitability", "tenth", culprit, (100 - percent) // 10)


def team(case: Case) -> Iterator[Units]:
    """Yield the meetings of those who avoid each other, and liked ones who never meet."""
    for one, other, kind in {_ordered(p.physician, p.other, p.kind) for p in case.network.pairs}:
        meetings = _halves(case, one) & _halves(case, other)
        if kind == "avoid":
            for meeting in meetings:
                yield Units("team", "avoid", named(one, other, *meeting), 1)
        elif not meetings and _both_present(case, one, other):
            yield Units("team", "like", named(one, other), 1)


def mentor(case: Case) -> Iterator[Units]:
    """Yield the residents who never meet their mentor though some day both are present."""
    for physician in case.network.physicians.values():
        guide = physician.mentor
        if physician.status != "resident" or guide is None:
            continue
        meetings = _halves(case, physician.id) & _halves(case, guide)
        if not meetings and _both_present(case, physician.id, guide):
            yield Units("team", "mentor", named(physician.id, guide), 1)


def workload_style(case: Case) -> Iterator[Units]:
    """Yield long days of the steady, and days beyond the fewest possible of the intense."""
    for name, rows in case.by_physician.items():
        physician = case.network.physicians[name]
        if physician.style == "steady":
            yield from _long_days(physician.id, rows)
        if physician.style == "intense":
            days = {row.day for row in rows if row.task.is_work}
            needed = -(-worked_minutes(case, physician.id) // INTENSE_MINUTES)
            beyond = max(0, len(days) - needed)
            yield Units("workload_style", "intense", physician.id, beyond)


RULES: tuple[Callable[[Case], Iterator[Units]], ...] = (
    wishes,
    suitability,
    team,
    mentor,
    workload_style,
)


def _is_met(case: Case, request: Request) -> bool:
    rows = case.by_physician[request.physician]
    if request.kind == "day_off":
        return all(row.day != request.day for row in rows)
    if request.kind == "shift_off":
        return all(
            row.day != request.day or _part_of_day(row.task.start) != request.what for row in rows
        )
    has_it = any(row.task.id == request.what for row in rows)
    if request.kind == "avoid_task":
        return not has_it
    return has_it or not any(
        duty.task == request.what and case.may_take(request.physician, duty)
        for duty in case.week.duties
    )


def _part_of_day(start: time) -> str:
    if MORNING_STARTS <= start < AFTERNOON_STARTS:
        return "morning"
    return "afternoon" if AFTERNOON_STARTS <= start < NIGHT_STARTS else "night"


def _ordered(one: str, other: str, kind: str) -> tuple[str, str, str]:
    """Return a pair in alphabetical order, since it says the same both ways."""
    return min(one, other), max(one, other), kind


def _halves(case: Case, physician: str) -> set[Meeting]:
    return {
        Meeting(row.day.isoformat(), row.task.half_day, row.task.hospital)
        for row in case.by_physician[physician]
        if row.task.is_work
    }


def _both_present(case: Case, one: str, other: str) -> bool:
    week = case.week
    return any(week.is_present(one, day) and week.is_present(other, day) for day in week.days)


def _long_days(physician: str, rows: tuple[Filled, ...]) -> Iterator[Units]:
    for day in {row.day for row in rows}:
        credited = sum(row.task.credited_minutes for row in rows if row.day == day)
        if credited > STEADY_MINUTES:
            yield Units("workload_style", "steady", named(physician, day), 1)
