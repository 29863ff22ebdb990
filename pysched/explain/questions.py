"""Questions about a week: what was asked for, and what has to hold besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from pysched.facts.question import Question
from pysched.model import DutyKey, Network, Schedule, Week


def duty_here_question(week: Week, schedule: Schedule, duty: DutyKey) -> Question:
    """Ask why a duty is not served while all else stays as it is in a schedule.

    Raises:
        ValueError: the week has no such duty.
    """
    check_duty(week, duty)
    given = frozenset(a for a in schedule.assignments - week.fixed if a.duty != duty)
    return Question(duty=duty, given=given, skills=frozenset({duty[0]}))


def duty_question(network: Network, week: Week, schedule: Schedule, duty: DutyKey) -> Question:
    """Ask why a duty is not served, whatever else changes.

    Beside an essential duty the essential ones of the schedule are needed; beside another one all
    that are served there.

    Raises:
        ValueError: the week has no such duty.
    """
    check_duty(week, duty)
    needed = _served(schedule) - {duty}
    if network.tasks[duty[0]].essential:
        needed = essential_of(network, needed)
    return Question(duty=duty, needed=needed, skills=frozenset({duty[0]}))


def leave_here_question(
    network: Network, week: Week, schedule: Schedule, physician: str, day: date
) -> Question:
    """Ask why somebody has no day off while what others have stays as it is in a schedule.

    Raises:
        ValueError: physician or day is unknown.
    """
    question = leave_question(network, week, schedule, physician, day)
    own = {a.duty for a in schedule if (a.physician, a.day) == (physician, day)}
    given = frozenset(a for a in schedule.assignments - week.fixed if a.duty not in own)
    return replace(question, needed=frozenset(own), given=given)


def leave_question(
    network: Network, week: Week, schedule: Schedule, physician: str, day: date
) -> Question:
    """Ask why somebody has no day off, whatever else changes: all that is served is needed.

    Raises:
        ValueError: physician or day is unknown.
    """
    check_physician(network, physician)
    if day not in week.days:
        raise ValueError(f"{day} is no day of the week of {week.monday}")
    tasks = {a.task for a in schedule if (a.physician, a.day) == (physician, day)}
    return Question(off=(physician, day), needed=_served(schedule), skills=frozenset(tasks))


def assignment_question(network: Network, week: Week, physician: str, duty: DutyKey) -> Question:
    """Ask why somebody cannot have a duty at all, whatever else is served.

    Raises:
        ValueError: physician or duty is unknown.
    """
    check_physician(network, physician)
    check_duty(week, duty)
    return Question(assignment=(physician, *duty), skills=frozenset({duty[0]}))


def pins_question(week: Week) -> Question:
    """Ask why the pins of a week, and what was worked, break a rule or one another."""
    return Question(pins=True, skills=frozenset(row.task for row in week.fixed))


def open_duties(week: Week, schedule: Schedule) -> tuple[DutyKey, ...]:
    """Return the duties that nobody fills, by time."""
    served = _served(schedule)
    return tuple(duty.key for duty in week.duties if duty.key not in served)


def broken_leaves(week: Week, schedule: Schedule) -> tuple[tuple[str, date], ...]:
    """Return the granted days off with a duty, by day."""
    held = {(a.physician, a.day) for a in schedule}
    return tuple(sorted(week.granted & held, key=lambda leave: (leave[1], leave[0])))


def essential_of(network: Network, duties: Iterable[DutyKey]) -> frozenset[DutyKey]:
    """Return the essential ones among duties."""
    return frozenset(key for key in duties if network.tasks[key[0]].essential)


def asked_day(week: Week, question: Question) -> date:
    """Return the day a question is about, the middle of the week if it is about pins."""
    asked = question.duty or question.off or question.assignment
    return week.monday + timedelta(days=3) if asked is None else asked[-1]


def check_duty(week: Week, duty: DutyKey) -> None:
    """Check that the week has a duty.

    Raises:
        ValueError: it has not.
    """
    if all(known.key != duty for known in week.duties):
        raise ValueError(f"{duty[0]}@{duty[1]} is no duty of the week of {week.monday}")


def check_physician(network: Network, physician: str) -> None:
    """Check that the network has a physician.

    Raises:
        ValueError: it has not.
    """
    if physician not in network.physicians:
        raise ValueError(f"{physician} is no physician of {network.name}")


def _served(schedule: Schedule) -> frozenset[DutyKey]:
    return frozenset(assignment.duty for assignment in schedule.assignments)
