"""Sacrifices by the day they are of: public holidays and weekends; only the greater counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pysched.bank.case import Case
from pysched.bank.sacrifice import Sacrifice, borne
from pysched.bank.value_rules import ValueRules, percent_of
from pysched.model import Duty, Network, Week
from pysched.model.public_holidays import public_holidays


def days_of(case: Case, physician: str, duties: Sequence[Duty]) -> Iterator[Sacrifice]:
    """Yield a physician's holidays, once a date, and his weekend, where no holiday is worked.

    Of several duties on such a day the one counts that came by the schedule, else the one that
    another asked for, else the first of his own swaps. Voluntary duties are left out.
    """
    counted = [duty for duty in duties if case.standing(physician, duty) < 3]
    counted.sort(key=lambda duty: (case.standing(physician, duty), duty.start, duty.task))
    holidays = case.week.holidays
    for day in sorted({duty.day for duty in counted} & holidays):
        duty = next(duty for duty in counted if duty.day == day)
        yield _holiday(case, physician, duty)
    ends = [duty for duty in counted if is_weekend(duty) and duty.day not in holidays]
    if case.rules.unit == "day":
        days = sorted({duty.day for duty in ends})
        ends = [next(duty for duty in ends if duty.day == day) for day in days]
        yield from (_weekend(case, physician, duty) for duty in ends)
    elif ends:
        yield _weekend(case, physician, ends[0])


def is_weekend(duty: Duty) -> bool:
    """Return whether a duty starts on a Saturday or Sunday."""
    return duty.day.weekday() >= 5


def is_long_weekend(network: Network, week: Week) -> bool:
    """Return whether the Friday or the Monday beside the week's weekend is a public holiday."""
    following = week.monday + timedelta(days=7)
    friday = week.monday + timedelta(days=4)
    return friday in week.holidays or bool(public_holidays(network.calendar, [following]))


def day_cents(network: Network, week: Week, day: date, rules: ValueRules) -> int:
    """Return what a duty is worth by its day alone, in cents; 0 on a working day."""
    if day in week.holidays:
        major = day in week.major_holidays
        return percent_of(rules.holiday_cents, rules.major_percent if major else 100)
    if day.weekday() < 5:
        return 0
    percent = rules.long_weekend_percent if is_long_weekend(network, week) else 100
    return percent_of(rules.weekend_cents, percent) // (2 if rules.unit == "day" else 1)


def counted_days(week: Week, rules: ValueRules) -> dict[date, date]:
    """Return day -> the day by which it is counted: holidays themselves, a weekend its first."""
    ends = [day for day in week.days if day.weekday() >= 5 and day not in week.holidays]
    counted = {day: day for day in sorted(week.holidays)}
    return counted | {day: day if rules.unit == "day" else ends[0] for day in ends}


def _holiday(case: Case, physician: str, duty: Duty) -> Sacrifice:
    grade = "major" if duty.day in case.week.major_holidays else "public"
    cents = day_cents(case.network, case.week, duty.day, case.rules)
    return borne(case, physician, duty, "holiday", grade, cents, f"on a {grade} holiday")


def _weekend(case: Case, physician: str, duty: Duty) -> Sacrifice:
    grade = "long" if is_long_weekend(case.network, case.week) else "normal"
    cents = day_cents(case.network, case.week, duty.day, case.rules)
    reason = f"on a {'long ' if grade == 'long' else ''}weekend"
    return borne(case, physician, duty, "weekend", grade, cents, reason)
