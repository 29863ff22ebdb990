"""Hour targets, limits and the group's mean balance, in exact arithmetic."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from pysched.model import Duty, Network, State, Week


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


def may_fill(network: Network, week: Week, physician: str, duty: Duty) -> bool:
    """Return whether skill, absences and agreements let a physician take a duty by itself."""
    task = network.tasks[duty.task]
    if (physician, duty.task) not in network.skills:
        return False
    if not _present_during(week, physician, duty):
        return False
    for agreement in network.agreements:
        if agreement.physician != physician:
            continue
        if (
            (agreement.kind == "no_nights" and task.is_night)
            or (agreement.kind == "not_at_hospital" and agreement.value == task.hospital)
            or (agreement.kind == "free_weekday" and agreement.value == f"{duty.day:%a}".lower())
        ):
            return False
    return True


def reference_hours(network: Network, week: Week, state: State) -> dict[str, int]:
    """Return the group's mean balance at the week's end, pro rata to contracts, by physician.

    Every duty that somebody may take counts as covered, so that the mean is known beforehand.
    """
    fixed = {a.duty for a in week.fixed}
    total = Fraction(
        sum(
            network.tasks[duty.task].credited_minutes
            for duty in week.duties
            if duty.key in fixed
            or any(may_fill(network, week, p, duty) for p in network.physicians)
        )
    )
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


def _present_during(week: Week, physician: str, duty: Duty) -> bool:
    return not any(
        absence.physician == physician
        and week.midnight(absence.first_day) < duty.end
        and duty.start < week.midnight(absence.last_day + timedelta(days=1))
        for absence in week.absences
    )


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
