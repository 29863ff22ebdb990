"""Soft rules of coverage, service and double-booking: is every duty in good hands?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from pysched.check.case import Case
from pysched.check.report import Units, named
from pysched.model import Duty

SUNDAY = 6
MINUTES_OF_A_DAY = 24 * 60
HALF_HOUR = 30


def coverage(case: Case) -> Iterator[Units]:
    """Yield the duties nobody fills."""
    for key, physicians in case.by_duty.items():
        if not physicians:
            grade = "essential" if case.network.tasks[key[0]].essential else "other"
            yield Units("coverage", grade, named(case.duties[key]), 1)


def granted_leave(case: Case) -> Iterator[Units]:
    """Yield the granted days off with a duty."""
    for physician, day in {(row.physician, row.day) for row in case.filled} & case.week.granted:
        yield Units("granted_leave", "day", named(physician, day), 1)


def debt_limit(case: Case) -> Iterator[Units]:
    """Yield the sacrifice duties given to physicians over the limit, beyond the unavoidable."""
    week = case.week
    given = [key for key in week.sacrifices if case.by_duty.get(key, frozenset()) & week.over_limit]
    beyond = max(0, len(given) - week.unavoidable_sacrifices)
    yield Units("debt_limit", "sacrifice", "week", beyond)


def continuity(case: Case) -> Iterator[Units]:
    """Yield the wards nobody is in charge of: all but one open day, all where there are few."""
    for ward, (open_days, most) in _wards(case).items():
        needed = open_days - 1 if open_days >= 3 else open_days
        if most < needed:
            yield Units("continuity", "ward", ward, 1)


def ward_six(case: Case) -> Iterator[Units]:
    """Yield the wards where nobody has every open day."""
    for ward, (open_days, most) in _wards(case).items():
        if most < open_days:
            yield Units("ward_six", "ward", ward, 1)


def stability(case: Case) -> Iterator[Units]:
    """Yield the duties whose physicians are not the published ones."""
    if case.week.published is None:
        return
    published: dict[tuple[str, date], set[str]] = defaultdict(set)
    for assignment in case.week.published:
        published[assignment.duty].add(assignment.physician)
    for key, physicians in case.by_duty.items():
        if physicians != published[key]:
            duty = case.duties[key]
            soon = duty.start - case.week.now < MINUTES_OF_A_DAY
            yield Units("stability", "soon" if soon else "later", named(duty), 1)


def overlap(case: Case) -> Iterator[Units]:
    """Yield the started half-hours of two duties of this week at once at one hospital."""
    for a, b in case.together(2):
        shared = a.overlap_minutes(b)
        if shared and a.task.hospital == b.task.hospital:
            grade = "main" if case.network.hospitals[a.task.hospital].main else "elsewhere"
            culprit = named(a.physician, a.duty, b.duty)
            yield Units("overlap", grade, culprit, -(-shared // HALF_HOUR))


RULES: tuple[Callable[[Case], Iterator[Units]], ...] = (
    coverage,
    granted_leave,
    debt_limit,
    continuity,
    ward_six,
    stability,
    overlap,
)


def _wards(case: Case) -> dict[str, tuple[int, int]]:
    """Return ward task -> its open Mon-Sat duties, and the most of them by one physician."""
    wards: dict[str, list[Duty]] = defaultdict(list)
    for duty in case.week.duties:
        if case.network.tasks[duty.task].kind == "ward" and duty.day.weekday() != SUNDAY:
            wards[duty.task].append(duty)
    found = {}
    for ward, duties in wards.items():
        had = Counter(physician for duty in duties for physician in case.by_duty[duty.key])
        found[ward] = len(duties), max(had.values(), default=0)
    return found
