"""Small worlds written by hand: tasks and physicians as short strings, in any time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from check.builders import network, physician, task

from pysched.instance import Scenario, weeks_of
from pysched.model import Assignment, Calendar, Physician, State, Task
from pysched.solver import Options, Result, solve

from .agreement import differences_of_result
from .worlds import World

MONDAY = date(2023, 6, 5)
ROME, NEW_YORK = Calendar(), Calendar("America/New_York", "US", "NY")


def on(weekdays: Iterable[int], name: str, kind: str, hours: str, **changes: Any) -> Task:
    """Return a task of some weekdays; hours are written 08:00-14:00."""
    made = task(name, kind, hours, **changes)  # type: ignore[arg-type]
    return replace(made, weekdays=frozenset(weekdays))


def world_of(
    tasks: Iterable[Task],
    people: Iterable[Physician] | str = "ann",
    *,
    monday: date = MONDAY,
    calendar: Calendar = ROME,
    state: State | None = None,
    without_skills: str = "",
    changes: dict[str, Any] | None = None,
    **facts: Any,
) -> World:
    """Return a world where all may do all tasks but those listed as "ann ward".

    Args:
        tasks: each yields its duties of the week.
        people: physicians, or the names of full-time experts.
        monday: first day of the week.
        calendar: time zone and public holidays.
        state: what the weeks before hand on.
        without_skills: (physician, task) pairs that are no skills.
        changes: further fields of the network.
        facts: further fields of the week.
    """
    if isinstance(people, str):
        people = [physician(name) for name in people.split()]
    own = {t.id: t for t in tasks}
    net = network(people, without_skills)
    lacking = {tuple(pair.split()) for pair in without_skills.split(",") if pair.strip()}
    skills = frozenset((p, t) for p in net.physicians for t in own if (p, t) not in lacking)
    net = replace(net, tasks=own, skills=skills, calendar=calendar, **(changes or {}))
    week = weeks_of(Scenario(net, monday, monday + timedelta(days=6)))[0]
    return World(net, replace(week, **facts), state or State())


def solved(world: World) -> Result:
    """Return the optimal schedule of a world, which the checker agrees with."""
    result = solve(world.network, world.week, world.state, Options(None, 200_000, 1, 1))
    assert result.status == "optimal"
    assert differences_of_result(world, result) == []
    return result


def filled(world: World) -> set[Assignment]:
    """Return the assignments of the optimal schedule of a world."""
    schedule = solved(world).schedule
    assert schedule is not None
    return set(schedule.assignments)


def row(name: str, task_id: str, offset: int, monday: date = MONDAY) -> Assignment:
    """Return an assignment so many days after Monday."""
    return Assignment(monday + timedelta(days=offset), task_id, name)
