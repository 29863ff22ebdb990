"""What physicians wish for in the weeks of a scenario."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from random import Random

from pysched.instance.calendar import mondays
from pysched.instance.scenario import Scenario
from pysched.instance.view import View
from pysched.instance.weeks import monday_of
from pysched.model import Request

_WISHES, _WISHES_WEIGHTS = (0, 1, 2), (45, 45, 10)
"""How many wishes a physician has in a week."""
_KINDS, _KIND_WEIGHTS = ("day_off", "shift_off", "avoid_task", "prefer_task"), (55, 17, 20, 8)
_HALF_DAYS = ("morning", "afternoon", "night")


def wishes_of(
    scenario: Scenario, view: View, closed: Collection[tuple[str, date]], rng: Random
) -> list[Request]:
    """Return wishes by week, none of a time of absence or for a task that does not run.

    Args:
        scenario: without wishes.
        view: of that scenario.
        closed: (task, day) of the view's duties that will not take place.
        rng: where chance comes from.
    """
    running: dict[date, set[str]] = defaultdict(set)
    for task, day in view.duties.keys() - set(closed):
        running[monday_of(day)].add(task)
    able: dict[str, list[str]] = defaultdict(list)
    for physician, task in sorted(scenario.network.skills):
        able[physician].append(task)
    wishes: dict[tuple[str, date, str, str], Request] = {}
    for monday in mondays(scenario.first_day, scenario.last_day):
        for wish in _of_week(monday, scenario, view, running, able, rng):
            wishes.setdefault((wish.physician, wish.day, wish.kind, wish.what), wish)
    return list(wishes.values())


def _of_week(
    monday: date,
    scenario: Scenario,
    view: View,
    running: Mapping[date, set[str]],
    able: Mapping[str, list[str]],
    rng: Random,
) -> Iterator[Request]:
    for physician in scenario.network.physicians:
        count = rng.choices(_WISHES, _WISHES_WEIGHTS)[0]
        week = (monday + timedelta(days=n) for n in range(7))
        days = [day for day in week if (physician, day) not in view.absent]
        tasks = [task for task in able[physician] if task in running[monday]]
        if days and tasks:
            yield from (_wish(physician, monday, days, tasks, rng) for _ in range(count))


def _wish(physician: str, monday: date, days: list[date], tasks: list[str], rng: Random) -> Request:
    kind = rng.choices(_KINDS, _KIND_WEIGHTS)[0]
    if kind == "day_off":
        return Request(physician, rng.choice(days), "day_off", "", rng.choice((3, 5, 8)))
    weight = rng.choice((2, 4))
    if kind == "shift_off":
        return Request(physician, rng.choice(days), "shift_off", rng.choice(_HALF_DAYS), weight)
    # A wish about a task holds for its whole week, so it bears the week's Monday.
    what = rng.choice(tasks)
    if kind == "avoid_task":
        return Request(physician, monday, "avoid_task", what, weight)
    return Request(physician, monday, "prefer_task", what, weight)
