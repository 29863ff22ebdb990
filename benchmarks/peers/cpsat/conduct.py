"""Rules of good conduct: mornings after on-call, tasks far apart, the rules of the house."""

from __future__ import annotations

from datetime import date, timedelta

from ortools.sat.python.cp_model import IntVar

from pysched.model import Duty
from pysched.model.network import AFTERNOON_STARTS

from .program import Program
from .service import Units

SATURDAY = 5


def morning_after_on_call(program: Program) -> Units:
    """Charge each day with work before 14:00 after an on-call night, last Sunday's included."""
    for physician in program.physicians:
        for day in program.week.days:
            night = _on_call_night(program, physician, day - timedelta(days=1))
            morning = program.any_of(
                literal
                for duty, literal in program.of(physician)
                if duty.day == day and _is_early(program, duty)
            )
            yield "day", program.all_of([night, morning])


def _is_early(program: Program, duty: Duty) -> bool:
    task = program.task(duty)
    return task.is_work and task.start < AFTERNOON_STARTS


def _on_call_night(program: Program, physician: str, day: date) -> IntVar:
    def is_that(duty: Duty) -> bool:
        task = program.task(duty)
        return duty.day == day and task.is_night and not task.is_work

    if any(is_that(duty) for duty in program.tail.get(physician, [])):
        return program.model.new_constant(1)
    return program.any_of(literal for duty, literal in program.of(physician) if is_that(duty))


def geography(program: Program) -> Units:
    """Charge each listed pair of tasks that one physician has on one day."""
    for pair in {(rule.task, rule.then_task): None for rule in program.network.geography}:
        for physician in program.physicians:
            for day in program.week.days:
                had = {
                    duty.task: literal for duty, literal in program.of(physician) if duty.day == day
                }
                if had.keys() >= set(pair):
                    yield "pair", program.all_of(had[task] for task in pair)


def house_rules(program: Program) -> Units:
    """Charge what the house would rather not see on holidays, at weekends and of the youngest."""
    yield from _seniors_on_holidays(program)
    yield from _residents_at_weekends(program)
    yield from _spared_first_years(program)


def _seniors_on_holidays(program: Program) -> Units:
    for physician, person in program.network.physicians.items():
        for day in sorted(program.week.major_holidays):
            if person.status == "senior":
                yield "senior_holiday", program.on_day(physician, day)


def _residents_at_weekends(program: Program) -> Units:
    for physician, person in program.network.physicians.items():
        last = any(duty.day.weekday() >= SATURDAY for duty in program.tail.get(physician, []))
        if person.status == "resident" and last:
            weekend = [x for duty, x in program.of(physician) if duty.day.weekday() >= SATURDAY]
            yield "resident_weekend", program.any_of(weekend)


def _spared_first_years(program: Program) -> Units:
    """Charge an unwanted duty that somebody has while a first-year who could has none that day."""
    for duty in program.week.duties:
        if not _is_unwanted(program, duty):
            continue
        given = program.any_of(program.filling(duty))
        spared = [
            program.any_of(_unwanted_on(program, p, duty.day)).negated()
            for p in sorted(program.may[duty])
            if _is_first_year(program, p) and program.week.is_present(p, duty.day)
        ]
        charged = program.model.new_bool_var("")
        for literal in spared:
            program.model.add_bool_or([given.negated(), literal.negated(), charged])
        yield "first_year", charged


def _is_first_year(program: Program, physician: str) -> bool:
    return program.network.physicians[physician].seniority_years < 1


def _is_unwanted(program: Program, duty: Duty) -> bool:
    return not program.network.categories[program.task(duty).category].wanted


def _unwanted_on(program: Program, physician: str, day: date) -> list[IntVar]:
    return [
        literal
        for duty, literal in program.of(physician)
        if duty.day == day and _is_unwanted(program, duty)
    ]
