"""Wishes: of days and times off, of tasks; and who suits a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from types import MappingProxyType

from ortools.sat.python.cp_model import LinearExprT

from pysched.model import Duty, Request

from .program import Program
from .service import Units

AFTERNOON = time(14)
EVENING = time(20)
MORNING = time(6)


def wishes(program: Program) -> Units:
    """Charge the weight of each wish that is not met, once."""
    for request in program.week.requests:
        if request.physician in program.own:
            yield request.kind, request.weight * _unmet(program, request)


def _unmet(program: Program, request: Request) -> LinearExprT:
    concerns = _CONCERNS[request.kind]
    having = [
        literal
        for duty, literal in program.of(request.physician)
        if concerns(program, request, duty)
    ]
    if request.kind != "prefer_task":
        return program.any_of(having)
    may_have = any(
        duty.task == request.what and request.physician in program.may[duty]
        for duty in program.week.duties
    )
    return 1 - program.any_of(having) if may_have else 0


def _on_that_day(program: Program, request: Request, duty: Duty) -> bool:
    return duty.day == request.day


def _at_that_time(program: Program, request: Request, duty: Duty) -> bool:
    return duty.day == request.day and _time_of_day(program.task(duty).start) == request.what


def _of_that_task(program: Program, request: Request, duty: Duty) -> bool:
    return duty.task == request.what


_CONCERNS: Mapping[str, Callable[[Program, Request, Duty], bool]] = MappingProxyType(
    {
        "day_off": _on_that_day,
        "shift_off": _at_that_time,
        "avoid_task": _of_that_task,
        "prefer_task": _of_that_task,
    }
)


def _time_of_day(start: time) -> str:
    if MORNING <= start < AFTERNOON:
        return "morning"
    return "afternoon" if AFTERNOON <= start < EVENING else "night"


def suitability(program: Program) -> Units:
    """Charge a tenth of what an assignment lacks to full suitability."""
    for (physician, duty), literal in program.x.items():
        lacking = 100 - program.network.suitability.get((physician, duty.task), 100)
        if lacking >= 10:
            yield "tenth", lacking // 10 * literal
