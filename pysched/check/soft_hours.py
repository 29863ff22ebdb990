"""Soft rules of working time: targets, the month, overtime and who bears the hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

from pysched.check.case import Case
from pysched.check.report import Units, named


def worked_minutes(case: Case, physician: str) -> int:
    """Return the credited minutes of a physician's duties this week."""
    return sum(row.task.credited_minutes for row in case.by_physician[physician])


def target_hours(case: Case, physician: str) -> int:
    """Return a physician's target of the week in whole hours."""
    return case.once(("target", physician), lambda: _target_hours(case, physician))


def _target_hours(case: Case, physician: str) -> int:
    week, limits = case.week, case.network.rules.limits
    days = [
        day for day in week.days[:6] if day not in week.holidays and week.is_present(physician, day)
    ]
    part = Fraction(case.network.physicians[physician].weekly_hours)
    per_day = Fraction(limits.target_hours_per_day) * part / Fraction(limits.full_time_hours)
    return _half_up(len(days) * per_day)


def minimum_hours(case: Case) -> Iterator[Units]:
    """Yield the started hours below the target."""
    for physician in case.by_physician:
        yield Units("minimum_hours", "hour", physician, _started(-_over_target(case, physician)))


def month_hours(case: Case) -> Iterator[Units]:
    """Yield the started hours below the month's targets, in the last week of a month."""
    thursday = case.week.days[3]
    if (thursday + timedelta(days=7)).month == thursday.month:
        return
    so_far = case.state.month_minutes if case.state.month == thursday.replace(day=1) else {}
    for physician in case.by_physician:
        difference = so_far.get(physician, 0) + _over_target(case, physician)
        yield Units("month_hours", "hour", physician, _started(-difference))


def maximum_overtime(case: Case) -> Iterator[Units]:
    """Yield the largest overtime in started hours, once, with all who have it."""
    overtime = {p: _started(_over_target(case, p)) for p in case.network.physicians}
    largest = max(overtime.values(), default=0)
    most = sorted(physician for physician, hours in overtime.items() if hours == largest)
    yield Units("maximum_overtime", "hour", named(*most), largest)


def hours_spread(case: Case) -> Iterator[Units]:
    """Yield n(n+1)/2 for n started blocks between a balance and its part of the group's."""
    block = 60 * case.network.rules.limits.spread_block_hours
    references = case.once("references", lambda: _references(case))
    for name in case.by_physician:
        before = case.state.balance_minutes.get(name, 0)
        distance = abs(before + _over_target(case, name) - references[name])
        blocks = -(-distance // block)
        yield Units("hours_spread", "block", name, blocks * (blocks + 1) // 2)


RULES: tuple[Callable[[Case], Iterator[Units]], ...] = (
    minimum_hours,
    month_hours,
    maximum_overtime,
    hours_spread,
)


def _over_target(case: Case, physician: str) -> int:
    return worked_minutes(case, physician) - 60 * target_hours(case, physician)


def _references(case: Case) -> dict[str, int]:
    """Return each physician's part of the group's balance at the week's end, in minutes."""
    physicians = case.network.physicians
    before = sum(case.state.balance_minutes.get(name, 0) for name in physicians)
    group = before - sum(60 * target_hours(case, name) for name in physicians) + _coverable(case)
    contracts = sum(Fraction(physician.weekly_hours) for physician in physicians.values())
    hours = Fraction(group, 60) / contracts
    return {
        name: 60 * _half_up(hours * Fraction(physician.weekly_hours))
        for name, physician in physicians.items()
    }


def _coverable(case: Case) -> int:
    """Return the credited minutes of the duties that somebody may take or is fixed to."""
    physicians = case.network.physicians
    fixed = {a.duty for a in case.fixed if a.physician in physicians}
    return sum(
        case.network.tasks[duty.task].credited_minutes
        for duty in case.week.duties
        if duty.key in fixed or any(case.may_take(physician, duty) for physician in physicians)
    )


def _started(minutes: int) -> int:
    return max(0, ceil(Fraction(minutes, 60)))


def _half_up(hours: Fraction) -> int:
    return floor(hours + Fraction(1, 2))
