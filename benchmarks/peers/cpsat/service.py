"""Coverage and service: open duties, leave, debts, wards, and what was published."""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python.cp_model import IntVar, LinearExprT

from pysched.model import Duty

from .program import Program

Units = Iterator[tuple[str, LinearExprT]]

SUNDAY = 6
SOON_MINUTES = 24 * 60


def coverage(program: Program) -> Units:
    """Charge each duty that nobody fills."""
    for duty in program.week.duties:
        grade = "essential" if program.task(duty).essential else "other"
        yield grade, 1 - program.any_of(program.filling(duty))


def granted_leave(program: Program) -> Units:
    """Charge each granted day off on which its physician has a duty."""
    for physician, day in sorted(program.week.granted):
        if physician in program.own:
            yield "day", program.on_day(physician, day)


def debt_limit(program: Program) -> Units:
    """Charge sacrifice duties of those over the limit, beyond what cannot be helped."""
    over = [p for p in program.physicians if p in program.week.over_limit]
    given = [
        program.any_of(program.x[p, duty] for p in over if (p, duty) in program.x)
        for duty in program.week.duties
        if duty.key in program.week.sacrifices
    ]
    beyond = sum(given) - program.week.unavoidable_sacrifices
    yield "sacrifice", program.positive(beyond, len(given))


def ward_duties(program: Program) -> Iterator[list[Duty]]:
    """Yield the open duties of each ward, Monday to Saturday, where it has any."""
    for task in program.network.tasks.values():
        days = [d for d in program.week.duties if d.task == task.id and d.day.weekday() < SUNDAY]
        if task.kind == "ward" and days:
            yield days


def continuity(program: Program) -> Units:
    """Charge each ward that nobody is in charge of: all but one of three duties and more."""
    for duties in ward_duties(program):
        needed = len(duties) - 1 if len(duties) >= 3 else len(duties)
        leaders = [_has_most(program, p, duties, needed) for p in program.physicians]
        yield "ward", program.positive(1 - sum(leaders), 1)


def _has_most(program: Program, physician: str, duties: list[Duty], needed: int) -> IntVar:
    """Return a literal that can only hold if a physician has so many of these duties."""
    literals = [literal for duty, literal in program.of(physician) if duty in duties]
    if len(literals) < needed:
        return program.model.new_constant(0)
    in_charge = program.model.new_bool_var("")
    program.model.add(sum(literals) >= needed * in_charge)
    return in_charge


def ward_six(program: Program) -> Units:
    """Charge each ward none of whose physicians has all its duties."""
    for duties in ward_duties(program):
        complete = []
        for physician in program.physicians:
            literals = [literal for duty, literal in program.of(physician) if duty in duties]
            if len(literals) == len(duties):
                complete.append(program.all_of(literals))
        yield "ward", 1 - program.any_of(complete)


def stability(program: Program) -> Units:
    """Charge each duty that is not filled as it was published."""
    if program.week.published is None:
        return
    for duty in program.week.duties:
        soon = duty.start < program.week.now + SOON_MINUTES
        before = {row.physician for row in program.week.published if row.duty == duty.key}
        yield "soon" if soon else "later", _differs(program, duty, before)


def _differs(program: Program, duty: Duty, before: set[str]) -> LinearExprT:
    if program.is_fixed(duty):
        return int({p for p in program.physicians if (p, duty) in program.fixed} != before)
    if not before:
        return program.any_of(program.filling(duty))
    if len(before) > 1:
        return 1
    literal = program.x.get((next(iter(before)), duty))
    return 1 if literal is None else 1 - literal
