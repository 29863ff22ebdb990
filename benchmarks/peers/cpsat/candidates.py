"""Who may take which duty by the rules that look at one assignment alone."""

from __future__ import annotations

from datetime import timedelta

from pysched.model import Agreement, Duty, Network, Task, Week
from pysched.model.network import WEEKDAYS


def candidates(network: Network, week: Week, duty: Duty) -> frozenset[str]:
    """Return the physicians with the skill, not absent in any minute, whose agreements allow it."""
    return frozenset(
        physician
        for physician in network.physicians
        if (physician, duty.task) in network.skills
        and not _is_absent(week, physician, duty)
        and not _is_agreed_away(network, physician, duty)
    )


def _is_absent(week: Week, physician: str, duty: Duty) -> bool:
    return any(
        absence.physician == physician
        and week.midnight(absence.first_day) < duty.end
        and duty.start < week.midnight(absence.last_day + timedelta(days=1))
        for absence in week.absences
    )


def _is_agreed_away(network: Network, physician: str, duty: Duty) -> bool:
    task = network.tasks[duty.task]
    return any(
        agreement.physician == physician and _excludes(agreement, task, duty)
        for agreement in network.agreements
    )


def _excludes(agreement: Agreement, task: Task, duty: Duty) -> bool:
    """Return whether an agreement forbids a duty whatever else its physician has."""
    if agreement.kind == "free_weekday":
        return WEEKDAYS[duty.day.weekday()] == agreement.value
    if agreement.kind == "no_nights":
        return task.is_night
    return agreement.kind == "not_at_hospital" and task.hospital == agreement.value
