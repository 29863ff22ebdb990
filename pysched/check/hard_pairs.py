"""Hard rules between two or more assignments of one physician: who can be where, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pysched.check.case import Case, Filled
from pysched.check.report import Breach, named
from pysched.model import Limits


def overlap(case: Case) -> Iterator[Breach]:
    """Yield the pairs that overlap at two hospitals or with surgery, and threes at once."""
    for a, b in case.together(2):
        apart = a.task.hospital != b.task.hospital
        if a.overlap_minutes(b) and (apart or "surgery" in (a.task.kind, b.task.kind)):
            yield _breach("overlap", a, b)
    for group in case.together(3):
        if max(row.duty.start for row in group) < min(row.duty.end for row in group):
            yield _breach("overlap", *group)


def travel(case: Case) -> Iterator[Breach]:
    """Yield the work duties at two hospitals with less time between them than the way takes."""
    for a, b in case.together(2):
        between = b.duty.start - a.duty.end
        way = case.network.travel.get((a.task.hospital, b.task.hospital), 0)
        apart = a.task.hospital != b.task.hospital
        if a.task.is_work and b.task.is_work and apart and 0 <= between < way:
            yield _breach("travel", a, b)


def rest(case: Case) -> Iterator[Breach]:
    """Yield the pairs of work duties with neither a short span nor a rest between them."""
    limits = case.network.rules.limits
    for a, b in case.together(2):
        if a.task.is_work and b.task.is_work and not _rests(a, b, limits):
            yield _breach("rest", a, b)


def nights(case: Case) -> Iterator[Breach]:
    """Yield the pairs of nights that belong to one day or to consecutive days."""
    for a, b in case.together(2):
        near = abs(b.day - a.day) <= timedelta(days=1)
        if a.task.is_night and b.task.is_night and near:
            yield _breach("nights", a, b)


def days(case: Case) -> Iterator[Breach]:
    """Yield the windows of one day too many, each of its days with a duty."""
    length = case.network.rules.limits.days_in_a_row + 1
    for physician, rows in case.by_physician.items():
        tail = case.tail_by_physician[physician]
        busy = {row.day for row in tail + rows}
        stay = {row.day for row in tail + rows if row.stays}
        for window in _windows(case.week.days, length):
            if busy.issuperset(window):
                culprit = named(physician, window[0], window[-1])
                yield Breach("days", culprit, stay.issuperset(window))


RULES: tuple[Callable[[Case], Iterator[Breach]], ...] = (overlap, travel, rest, nights, days)


def _breach(rule: str, *group: Filled) -> Breach:
    culprit = named(group[0].physician, *(row.duty for row in group))
    return Breach(rule, culprit, all(row.stays for row in group))


def _rests(a: Filled, b: Filled, limits: Limits) -> bool:
    span = max(a.duty.end, b.duty.end) - a.duty.start
    return span <= 60 * limits.span_hours or b.duty.start - a.duty.end >= 60 * limits.rest_hours


def _windows(week: tuple[date, ...], length: int) -> Iterator[list[date]]:
    """Yield so many days in a row, as often as they contain a day of the week."""
    first = week[0] - timedelta(days=length - 1)
    for offset in range(length + len(week) - 1):
        start = first + timedelta(days=offset)
        yield [start + timedelta(days=n) for n in range(length)]
