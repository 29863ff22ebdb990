"""What is known of each physician: his limits, his hours and the days he has been busy."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from math import floor

from pysched.model.network import Physician

from .facts import Person
from .known import Known

WEEK = 7


def people(known: Known) -> dict[str, Person]:
    """Return the facts of every physician by name."""
    targets = {p: target_minutes(known, p) for p in known.physicians}
    total = _offered(known)
    total += sum(known.state.balance_minutes.get(p, 0) - targets[p] for p in known.physicians)
    contracts = sum(Fraction(p.weekly_hours) for p in known.network.physicians.values())
    found = {}
    for index, name in enumerate(known.physicians):
        physician = known.network.physicians[name]
        share = total * Fraction(physician.weekly_hours) / contracts
        reference = 60 * _half_up(share / 60)
        before = known.state.balance_minutes.get(name, 0)
        found[name] = Person(
            index=index,
            id=name,
            most_minutes=_most_minutes(known, physician),
            most_nights=_most_nights(known, name),
            target=targets[name],
            month_due=_month_due(known, name, targets[name]),
            apart=before - targets[name] - reference,
            too_long=_too_long(known, name),
            occupied_until=max((duty.end for duty in known.tail[name]), default=0),
            is_steady=physician.style == "steady",
            is_intense=physician.style == "intense",
            is_over_limit=name in known.week.over_limit,
        )
    return found


def target_minutes(known: Known, name: str) -> int:
    """Return the target of a physician for the week, in minutes of whole hours."""
    week, limits = known.week, known.network.rules.limits
    days = sum(day not in week.holidays and week.is_present(name, day) for day in week.days[:6])
    part = Fraction(known.network.physicians[name].weekly_hours) / Fraction(limits.full_time_hours)
    return 60 * _half_up(days * Fraction(limits.target_hours_per_day) * part)


def _offered(known: Known) -> int:
    """Return the minutes of the duties that somebody may take or is fixed to."""
    return sum(
        known.task(duty).credited_minutes
        for duty in known.week.duties
        if known.may[duty] or duty in known.holders
    )


def _most_minutes(known: Known, physician: Physician) -> int:
    limits = known.network.rules.limits
    hours = Fraction(limits.maximum_hours) * Fraction(physician.weekly_hours)
    most = floor(60 * hours / Fraction(limits.full_time_hours))
    fixed = sum(known.task(duty).credited_minutes for duty in known.fixed[physician.id])
    return max(most, fixed)


def _most_nights(known: Known, name: str) -> int:
    fixed = sum(known.task(duty).is_night for duty in known.fixed[name])
    return max(known.network.rules.limits.max_nights, fixed)


def _month_due(known: Known, name: str, target: int) -> int:
    thursday = known.week.days[3]
    if (thursday + timedelta(days=WEEK)).month == thursday.month:
        return 0
    in_month = known.state.month == thursday.replace(day=1)
    return target - (known.state.month_minutes.get(name, 0) if in_month else 0)


def _too_long(known: Known, name: str) -> bytes:
    """Return for each set of busy days, as bits, how many windows of it are too long."""
    length = known.network.rules.limits.days_in_a_row + 1
    past = {known.number(duty.day) for duty in known.tail[name]}
    stay = past | {known.number(duty.day) for duty in known.fixed[name]}
    masks = []
    for first in range(1 - length, WEEK - length + 1):
        days = set(range(first, first + length))
        before = {day for day in days if day < 0}
        # What stays and is too long by itself is accepted.
        if before <= past and not days <= stay:
            masks.append(sum(1 << day for day in days - before))
    return bytes(sum(busy & mask == mask for mask in masks) for busy in range(1 << WEEK))


def _half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))
