"""The tasks of a cluster: essential ones by its size, elective ones up to its hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from random import Random

from pysched.instance.generate.activities import ELECTIVE, ESSENTIAL, Activity, Reach
from pysched.instance.generate.sites import Cluster
from pysched.model import Task

_TASKS_PER_PHYSICIAN = 3
_WEEKDAYS = range(5)
_ROOM_WEIGHT = 3
"""How much likelier than other activities an operating room runs on one more day."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A task and how many shall have the skill for it."""

    task: Task
    reach: Reach


def tasks_of(cluster: Cluster, first: int, hours: float, rng: Random) -> tuple[Planned, ...]:
    """Return the tasks of a cluster.

    Args:
        cluster: what they are for.
        first: number of its first task in the network.
        hours: what a full week of its duties shall count as worked; essential tasks may exceed it.
        rng: where chance comes from.
    """
    essential = [activity for activity in ESSENTIAL if cluster.size >= activity.least_size]
    count = max(cluster.size, cluster.size * _TASKS_PER_PHYSICIAN - len(essential))
    left = hours - sum(activity.credited_hours * len(activity.days) for activity in essential)
    elective = _elective(count, left, rng)
    rows = [(activity, list(activity.days)) for activity in essential] + elective
    names: Counter[str] = Counter()
    planned = []
    for number, (activity, days) in enumerate(rows, first):
        task = _task(f"T{number}", activity, days, cluster)
        names[task.name] += 1
        planned.append(Planned(_numbered(task, names[task.name]), activity.reach))
    return tuple(planned)


def _elective(count: int, hours: float, rng: Random) -> list[tuple[Activity, list[int]]]:
    """Return elective activities with their weekdays; some at least, however few the hours."""
    fewest = count // 3
    activities: list[Activity] = []
    while len(activities) < count:
        activity = ELECTIVE[len(activities) % len(ELECTIVE)]
        if hours < activity.credited_hours and len(activities) >= fewest:
            break
        activities.append(activity)
        hours -= activity.credited_hours
    return _with_days(activities, hours, rng)


def _with_days(
    activities: Sequence[Activity], hours: float, rng: Random
) -> list[tuple[Activity, list[int]]]:
    """Give each activity a weekday, and more to some until their hours are reached."""
    load: Counter[tuple[bool, int]] = Counter()
    rows = [(activity, [_emptiest_day(activity, (), load, rng)]) for activity in activities]
    while hours > 0:
        open_rows = [row for row in rows if len(row[1]) < len(_WEEKDAYS)]
        if not open_rows:
            rows.append((ELECTIVE[len(rows) % len(ELECTIVE)], []))
            open_rows = rows[-1:]
        weights = [
            _ROOM_WEIGHT if _is_room(row[0]) else _common_weight(row[0]) for row in open_rows
        ]
        activity, days = rng.choices(open_rows, weights)[0]
        days.append(_emptiest_day(activity, days, load, rng))
        hours -= activity.credited_hours
    return rows


def _is_room(activity: Activity) -> bool:
    return activity.category == "operating_room"


def _common_weight(activity: Activity) -> float:
    """Return less for what few can do: they could not do it every day."""
    return 1.0 if activity.reach == "common" else 0.2


def _emptiest_day(
    activity: Activity, taken: Sequence[int], load: Counter[tuple[bool, int]], rng: Random
) -> int:
    """Take a weekday on which few elective duties start in the same half of the day."""
    is_late = activity.hours[0] >= 14
    free = [day for day in _WEEKDAYS if day not in taken]
    fewest = min(load[is_late, day] for day in free)
    day = rng.choice([day for day in free if load[is_late, day] == fewest])
    load[is_late, day] += 1
    return day


def _task(id_: str, activity: Activity, days: list[int], cluster: Cluster) -> Task:
    # A cluster with few hospitals has all activities, only nearer to each other.
    hospital = cluster.hospitals[activity.site % len(cluster.hospitals)]
    start, end = activity.hours
    return Task(
        id=id_,
        name=f"{activity.label}, {hospital.name}",
        kind=activity.kind,
        category=activity.category,
        hospital=hospital.id,
        weekdays=frozenset(days),
        start=time(start),
        end=time(end),
        credited_minutes=activity.credited_hours * 60,
        essential=activity.reach == "core",
        public_holidays=activity.public_holidays,
    )


def _numbered(task: Task, count: int) -> Task:
    return task if count == 1 else replace(task, name=f"{task.name} ({count})")
