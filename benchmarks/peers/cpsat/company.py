"""Who works with whom, and how each likes his week laid out."""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python.cp_model import IntVar

from .program import Program
from .service import Units

STEADY_MINUTES = 8 * 60
INTENSE_MINUTES = 12 * 60


def team(program: Program) -> Units:
    """Charge meetings of pairs who avoid each other, and weeks without one of those who do not."""
    # A pair has no first and second, so one that is listed both ways is still one pair.
    pairs = {(pair.kind, *sorted((pair.physician, pair.other))) for pair in program.network.pairs}
    for kind, one, other in sorted(pairs):
        meetings = list(_meetings(program, one, other))
        if kind == "avoid":
            yield from (("avoid", meeting) for meeting in meetings)
        elif _both_present(program, one, other):
            yield "like", 1 - program.any_of(meetings)
    for physician, person in program.network.physicians.items():
        mentor = person.mentor if person.status == "resident" else None
        if mentor is not None and _both_present(program, physician, mentor):
            yield "mentor", 1 - program.any_of(_meetings(program, physician, mentor))


def _both_present(program: Program, one: str, other: str) -> bool:
    week = program.week
    return any(week.is_present(one, day) and week.is_present(other, day) for day in week.days)


def _meetings(program: Program, one: str, other: str) -> Iterator[IntVar]:
    """Yield, for each half-day and hospital, whether two physicians both work there then."""
    here, there = _presences(program, one), _presences(program, other)
    for key in here:
        if key in there:
            yield program.all_of([program.any_of(here[key]), program.any_of(there[key])])


def _presences(program: Program, physician: str) -> dict[tuple[object, ...], list[IntVar]]:
    found: dict[tuple[object, ...], list[IntVar]] = {}
    for duty in program.own[physician]:
        task = program.task(duty)
        if task.is_work:
            key = duty.day, task.half_day, task.hospital
            found.setdefault(key, []).append(program.x[physician, duty])
    return found


def workload_style(program: Program) -> Units:
    """Charge long days of the steady and scattered days of the intense."""
    for physician, person in program.network.physicians.items():
        if person.style == "steady":
            yield from _long_days(program, physician)
        elif person.style == "intense":
            yield from _scattered_days(program, physician)


def _long_days(program: Program, physician: str) -> Units:
    for day in program.week.days:
        duties = [duty for duty in program.own[physician] if duty.day == day]
        most = sum(program.task(duty).credited_minutes for duty in duties)
        if most > STEADY_MINUTES:
            is_long = program.model.new_bool_var("")
            beyond = (most - STEADY_MINUTES) * is_long
            program.model.add(program.worked(physician, day) <= STEADY_MINUTES + beyond)
            yield "steady", is_long


def _scattered_days(program: Program, physician: str) -> Units:
    """Count the days with work beyond those that the worked time needs at twelve hours each."""
    days = [
        program.any_of(
            literal
            for duty, literal in program.of(physician)
            if duty.day == day and program.task(duty).is_work
        )
        for day in program.week.days
    ]
    # The number of days needed is only held from above: a high one is what lowers the cost.
    needed = program.model.new_int_var(0, len(days), "")
    program.model.add(INTENSE_MINUTES * needed <= program.worked(physician) + INTENSE_MINUTES - 1)
    yield "intense", program.positive(sum(days) - needed, len(days))
