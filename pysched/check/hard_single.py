"""Hard rules that one assignment, or one duty, breaks by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pysched.check.case import Case
from pysched.check.report import Breach, named
from pysched.model import Assignment, Duty


def skill(case: Case) -> Iterator[Breach]:
    """Yield the assignments of tasks that the physician has no skill for."""
    for row in case.filled:
        if (row.physician, row.task.id) not in case.network.skills:
            yield Breach("skill", named(row.physician, row.duty), row.stays)


def absence(case: Case) -> Iterator[Breach]:
    """Yield the assignments that share a minute with an absence."""
    for row in case.filled:
        if case.is_absent(row.physician, row.duty):
            yield Breach("absence", named(row.physician, row.duty), row.stays)


def agreement(case: Case) -> Iterator[Breach]:
    """Yield the assignments that a static working agreement forbids."""
    for row in case.filled:
        for broken in case.against(row.physician, row.duty):
            yield Breach("agreement", named(row.physician, broken.kind, row.duty), row.stays)


def duty(case: Case) -> Iterator[Breach]:
    """Yield assignments of no known duty or physician, and duties filled more than once."""
    for stranger in case.strangers:
        yield Breach("duty", _assignment(stranger), stranger in case.fixed)
    for (task, day), physicians in case.by_duty.items():
        if len(physicians) > 1:
            stay = all(Assignment(day, task, physician) in case.fixed for physician in physicians)
            yield Breach("duty", named(case.duties[task, day], *sorted(physicians)), stay)


def pin(case: Case) -> Iterator[Breach]:
    """Yield the fixed assignments of the week's duties that the schedule leaves out."""
    for assignment in case.fixed - case.schedule.assignments:
        if assignment.duty in case.duties:
            yield Breach("pin", _assignment(assignment), accepted=False)


RULES: tuple[Callable[[Case], Iterator[Breach]], ...] = (skill, absence, agreement, duty, pin)


def _assignment(assignment: Assignment) -> str:
    return named(assignment.physician, Duty(assignment.task, assignment.day, 0, 0))
