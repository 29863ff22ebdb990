"""Hard rules that count: nights and duties of a category a week, hours, days in a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from pysched.model import Duty

from .program import Program


def limit_counts(program: Program) -> None:
    """Hold nights a week, worked time and agreed numbers of duties to their limits."""
    limits = program.network.rules.limits
    for physician in program.physicians:
        _hold(program, physician, lambda d: int(program.task(d).is_night), limits.max_nights)
        _hold(
            program,
            physician,
            lambda d: program.task(d).credited_minutes,
            _most_minutes(program, physician),
        )
    for row in program.network.agreements:
        if row.kind == "max_per_week":
            category = row.value
            _hold(program, row.physician, _counts_in(program, category), row.limit)


def _counts_in(program: Program, category: str) -> Callable[[Duty], int]:
    return lambda duty: int(program.task(duty).category == category)


def _most_minutes(program: Program, physician: str) -> int:
    limits = program.network.rules.limits
    hours = Fraction(program.network.physicians[physician].weekly_hours)
    return floor(60 * Fraction(limits.maximum_hours) * hours / Fraction(limits.full_time_hours))


def _hold(program: Program, physician: str, measure: Callable[[Duty], int], limit: int) -> None:
    """Keep the sum of a measure to a limit; what is fixed uses it up and may exceed it."""
    sizes = {duty: measure(duty) for duty in program.own[physician]}
    fixed = sum(size for duty, size in sizes.items() if (physician, duty) in program.fixed)
    free = {d: size for d, size in sizes.items() if size and (physician, d) not in program.fixed}
    room = max(0, limit - fixed)
    if sum(free.values()) > room:
        program.model.add(sum(n * program.x[physician, d] for d, n in free.items()) <= room)


def limit_days_in_a_row(program: Program) -> None:
    """Let nobody have a duty on more days in a row than the limit, last week's days included."""
    length = program.network.rules.limits.days_in_a_row + 1
    first = program.week.monday - timedelta(days=7)
    for physician in program.physicians:
        for start in range(max(0, 8 - length), 15 - length):
            window = [first + timedelta(days=start + n) for n in range(length)]
            _break_window(program, physician, window)


def _break_window(program: Program, physician: str, window: list[date]) -> None:
    """Leave a day of a window free, unless what is fixed fills it anyway."""
    before = {duty.day for duty in program.tail.get(physician, [])}
    days = [day for day in window if day >= program.week.monday]
    stay = {duty.day for p, duty in program.fixed if p == physician}
    is_open_before = any(day < program.week.monday and day not in before for day in window)
    if not is_open_before and not stay.issuperset(days):
        busy = [program.on_day(physician, day) for day in days]
        program.model.add(sum(busy) < len(busy))
