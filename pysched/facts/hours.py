"""Who may take a duty; hour targets, limits and the group's mean balance, in exact arithmetic."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from pysched.model import Duty, Network, State, Week
from pysched.model.network import WEEKDAYS


def target_hours(network: Network, week: Week, physician: str) -> int:
    """Return the hours a physician should work in the week, rounded half up.

    Source: the slides' 6.3 hours a working day, pro rata to the contract (ours).
    """
    limits = network.rules.limits
    days = sum(
        1 for day in week.days[:6] if day not in week.holidays and week.is_present(physician, day)
    )
    contract = Fraction(network.physicians[physician].weekly_hours)
    hours = Fraction(limits.target_hours_per_day) * days * contract
    return _half_up(hours / Fraction(limits.full_time_hours))


def limit_minutes(network: Network, physician: str) -> int:
    """Return the most minutes a physician may work in a week."""
    limits = network.rules.limits
    contract = Fraction(network.physicians[physician].weekly_hours)
    return int(60 * Fraction(limits.maximum_hours) * contract / Fraction(limits.full_time_hours))


def candidates(network: Network, week: Week) -> dict[Duty, list[str]]:
    """Return for each duty who may take it by skill, absences and agreements, or is fixed to it."""
    skilled: dict[str, list[str]] = {task: [] for task in network.tasks}
    for physician, task in sorted(network.skills):
        skilled[task].append(physician)
    absent = [
        (a.physician, week.midnight(a.first_day), week.midnight(a.last_day + timedelta(days=1)))
        for a in week.absences
    ]
    fixed: dict[tuple[str, date], list[str]] = {}
    for a in sorted(week.fixed):
        fixed.setdefault(a.duty, []).append(a.physician)
    result = {}
    for duty in week.duties:
        away = {p for p, start, end in absent if start < duty.end and duty.start < end}
        away |= _bound(network, duty)
        result[duty] = [p for p in skilled[duty.task] if p not in away]
        result[duty] += [p for p in fixed.get(duty.key, ()) if p not in result[duty]]
    return result


def _bound(network: Network, duty: Duty) -> set[str]:
    """Return whose agreements keep them from a duty."""
    task = network.tasks[duty.task]
    kept = {
        ("no_nights", ""): task.is_night,
        ("not_at_hospital", task.hospital): True,
        ("free_weekday", WEEKDAYS[duty.day.weekday()]): True,
    }
    return {a.physician for a in network.agreements if kept.get((a.kind, a.value), False)}


def reference_hours(network: Network, week: Week, state: State) -> dict[str, int]:
    """Return the group's mean balance at the week's end, pro rata to contracts, by physician.

    Every duty that has a candidate counts as covered, so that the mean is known beforehand.
    """
    covered = (duty for duty, names in candidates(network, week).items() if names)
    total = Fraction(sum(network.tasks[duty.task].credited_minutes for duty in covered))
    for p in network.physicians:
        total += state.balance_minutes.get(p, 0) - 60 * target_hours(network, week, p)
    contracts = sum(Fraction(p.weekly_hours) for p in network.physicians.values())
    return {
        p.id: _half_up(total * Fraction(p.weekly_hours) / contracts / 60)
        for p in network.physicians.values()
    }


def month_of(monday: date) -> date:
    """Return the first day of the month a week belongs to: that of its Thursday."""
    return (monday + timedelta(days=3)).replace(day=1)


def is_last_of_month(monday: date) -> bool:
    """Return whether the next week belongs to another month."""
    return month_of(monday) != month_of(monday + timedelta(days=7))


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
