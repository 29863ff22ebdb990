"""The planning problem of a week, and the schedule that a solved one stands for."""

from __future__ import annotations

from collections.abc import Mapping

from pysched.model import Assignment, Schedule

from .company import spared, teams
from .domain import Slot, Timetable
from .facts import Person, Work
from .known import Known
from .people import people
from .singles import free_candidates
from .wishes import caps, preferred, rather
from .works import wards, works


def timetable(known: Known, start: Schedule | None) -> Timetable:
    """Return the problem of a week; assignments of the start that nobody may have are left out."""
    persons = people(known)
    open_wards = wards(known)
    duties = works(known, persons, open_wards)
    return Timetable(
        slots=_slots(known, persons, duties, start),
        people=list(persons.values()),
        wards=list(open_wards.values()),
        rather=list(rather(known, persons, duties)),
        preferred=list(preferred(known, persons, duties)),
        caps=list(caps(known, persons, duties)),
        spared=list(spared(known, persons, duties)),
        teams=list(teams(known, persons)),
    )


def taken(problem: Timetable) -> dict[tuple[str, int], str]:
    """Return who has which task on which day of the week, the last of them where they are many."""
    return {
        (slot.duty.task, slot.duty.day.number): slot.physician.id
        for slot in problem.slots
        if slot.physician is not None
    }


def schedule(known: Known, who: Mapping[tuple[str, int], str]) -> Schedule:
    """Return the schedule with what is fixed, and who has which task on which day of the week."""
    days = known.week.days
    rows = {Assignment(days[day], task, name) for (task, day), name in who.items()}
    duties = {duty.key for duty in known.week.duties}
    fixed = {row for row in known.week.fixed if row.duty in duties}
    return Schedule(known.week.monday, frozenset(rows | fixed))


def _slots(
    known: Known, persons: Mapping[str, Person], duties: list[Work], start: Schedule | None
) -> list[Slot]:
    begun = {row.duty: row.physician for row in start or ()}
    rows: list[tuple[Work, list[str], str | None]] = []
    for duty, work in zip(known.week.duties, duties, strict=True):
        if duty in known.holders:
            rows += [(work, [name], name) for name in known.holders[duty]]
            continue
        able, first = free_candidates(known, duty), begun.get(duty.key)
        rows.append((work, able, first if first in able else None))
    return [
        Slot(
            id=number,
            duty=work,
            candidates=[persons[name] for name in able],
            is_pinned=duty_is_fixed,
            physician=None if first is None else persons[first],
        )
        for number, (work, able, first) in enumerate(rows)
        for duty_is_fixed in [known.week.duties[work.index] in known.holders]
    ]
