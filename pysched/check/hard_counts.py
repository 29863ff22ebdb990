"""Hard rules that count a physician's week: nights, hours, duties of a category."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from pysched.check.case import Case, Filled
from pysched.check.report import Breach, named


def nights(case: Case) -> Iterator[Breach]:
    """Yield the physicians with too many nights in the week."""
    limit = Fraction(case.network.rules.limits.max_nights)
    for physician, rows in case.by_physician.items():
        counted = [(row, 1) for row in rows if row.task.is_night]
        yield from _beyond("nights", physician, counted, limit)


def hours(case: Case) -> Iterator[Breach]:
    """Yield the physicians who work longer than their part of the maximum."""
    limits = case.network.rules.limits
    for physician, rows in case.by_physician.items():
        part = Fraction(case.network.physicians[physician].weekly_hours)
        limit = 60 * Fraction(limits.maximum_hours) * part / Fraction(limits.full_time_hours)
        counted = [(row, row.task.credited_minutes) for row in rows]
        yield from _beyond("hours", physician, counted, limit)


def agreement(case: Case) -> Iterator[Breach]:
    """Yield the physicians with more duties of a category than agreed."""
    for physician, rows in case.by_physician.items():
        for agreed in case.agreements.get(physician, ()):
            if agreed.kind == "max_per_week":
                counted = [(row, 1) for row in rows if row.task.category == agreed.value]
                culprit = named(physician, agreed.kind, agreed.value)
                yield from _beyond("agreement", culprit, counted, Fraction(agreed.limit))


RULES: tuple[Callable[[Case], Iterator[Breach]], ...] = (nights, hours, agreement)


def _beyond(
    rule: str, culprit: str, counted: list[tuple[Filled, int]], limit: Fraction
) -> Iterator[Breach]:
    """Yield one breach for what stays and exceeds the limit, one for what was added beyond."""
    total = sum(number for _, number in counted)
    stays = sum(number for row, number in counted if row.stays)
    if stays > limit:
        yield Breach(rule, culprit, accepted=True)
    if total > stays and total > limit:
        yield Breach(rule, culprit, accepted=False)
