"""Duties that a physician should rather have, or not have: leave, wishes, rules of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

from pysched.model import Duty, Request
from pysched.model.network import AFTERNOON_STARTS

from .facts import Cap, Person, Preferred, Rather, Work
from .known import Known

MORNING, AFTERNOON, EVENING = time(6), time(14), time(20)
SATURDAY = 5


Group = tuple[str, tuple[int, ...], Callable[[Duty], bool]]
"""A physician, what it costs by rank that he has any of some duties, and which these are."""


def rather(known: Known, people: dict[str, Person], works: list[Work]) -> Iterator[Rather]:
    """Yield the groups of duties of which a physician should have none."""
    for name, cost, concerns in _groups(known):
        duties = _those(known, works, concerns)
        if name in people and duties and any(cost):
            yield Rather(people[name], duties, cost)


def _groups(known: Known) -> Iterator[Group]:
    for name, day in sorted(known.week.granted):
        yield name, known.cost("granted_leave", "day", 1), _on(known.number(day), known)
    for request in known.week.requests:
        if request.kind != "prefer_task":
            cost = known.cost("wishes", request.kind, request.weight)
            yield request.physician, cost, _wished_off(known, request)
    for (name, day), units in known.week.day_costs.items():
        yield name, known.cost("equalization", "day", max(0, units)), _counted(known, day)
    yield from _of_the_house(known)


def _of_the_house(known: Known) -> Iterator[Group]:
    """Yield what holidays, last weekend and last Sunday's on-call night have to say."""
    for name in known.physicians:
        status = known.network.physicians[name].status
        if status == "senior":
            for day in sorted(known.week.major_holidays):
                cost = known.cost("house_rules", "senior_holiday", 1)
                yield name, cost, _on(known.number(day), known)
        if status == "resident" and any(known.number(d.day) >= -2 for d in known.tail[name]):
            cost = known.cost("house_rules", "resident_weekend", 1)
            yield name, cost, lambda duty: duty.day.weekday() >= SATURDAY
        if any(is_call(known, duty) and known.number(duty.day) == -1 for duty in known.tail[name]):
            cost = known.cost("morning_after_on_call", "day", 1)
            yield name, cost, lambda duty: known.number(duty.day) == 0 and is_early(known, duty)


def preferred(known: Known, people: dict[str, Person], works: list[Work]) -> Iterator[Preferred]:
    """Yield the wishes for a task of which a physician may have some duty, and days to be lost."""
    for (name, day), units in known.week.day_costs.items():
        cost = known.cost("equalization", "day", max(0, -units))
        if any(cost):
            yield Preferred(people[name], _those(known, works, _counted(known, day)), cost)
    for request in known.week.requests:
        cost = known.cost("wishes", "prefer_task", request.weight)
        if request.kind != "prefer_task" or request.physician not in people or not any(cost):
            continue
        duties = [duty for duty in known.week.duties if duty.task == request.what]
        if any(request.physician in known.may[duty] for duty in duties):
            wanted = _those(known, works, duties.__contains__)
            yield Preferred(people[request.physician], wanted, cost)


def caps(known: Known, people: dict[str, Person], works: list[Work]) -> Iterator[Cap]:
    """Yield the agreed numbers of duties of a category; what is fixed may exceed them."""
    for row in known.network.agreements:
        if row.kind != "max_per_week":
            continue
        wanted = _those(known, works, _in_category(known, row.value))
        fixed = sum(known.task(d).category == row.value for d in known.fixed[row.physician])
        yield Cap(people[row.physician], wanted, max(row.limit, fixed))


def is_call(known: Known, duty: Duty) -> bool:
    """Return whether a duty is an on-call night."""
    task = known.task(duty)
    return task.is_night and not task.is_work


def is_early(known: Known, duty: Duty) -> bool:
    """Return whether a duty is work that starts before 14:00."""
    task = known.task(duty)
    return task.is_work and task.start < AFTERNOON_STARTS


def _on(day: int, known: Known) -> Callable[[Duty], bool]:
    return lambda duty: known.number(duty.day) == day


def _counted(known: Known, day: date) -> Callable[[Duty], bool]:
    """Return whether a duty lies on a day that is counted by another, a weekend's first."""
    return lambda duty: known.week.sacrifice_days.get(duty.day) == day


def _in_category(known: Known, category: str) -> Callable[[Duty], bool]:
    return lambda duty: known.task(duty).category == category


def _wished_off(known: Known, request: Request) -> Callable[[Duty], bool]:
    if request.kind == "avoid_task":
        return lambda duty: duty.task == request.what
    if request.kind == "day_off":
        return lambda duty: duty.day == request.day
    return lambda duty: (
        duty.day == request.day and _part_of_day(known.task(duty).start) == request.what
    )


def _part_of_day(start: time) -> str:
    if MORNING <= start < AFTERNOON:
        return "morning"
    return "afternoon" if AFTERNOON <= start < EVENING else "night"


def _those(known: Known, works: list[Work], concerns: Callable[[Duty], bool]) -> frozenset[Work]:
    rows = zip(known.week.duties, works, strict=True)
    return frozenset(work for duty, work in rows if concerns(duty))
