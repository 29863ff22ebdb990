"""The duties of a week as facts, with all that can be known of them beforehand."""

from __future__ import annotations

from collections import Counter

from pysched.model import Duty

from .facts import Day, Person, Place, Ward, Work
from .known import RANKS, Known
from .pairs import pairings
from .singles import open_cost, single_costs
from .wishes import is_call, is_early

SUNDAY = 6


def wards(known: Known) -> dict[str, Ward]:
    """Return the wards with open duties from Monday to Saturday."""
    counted = Counter(duty.task for duty in known.week.duties if _is_ward_day(known, duty))
    return {
        task: Ward(days, days - 1 if days >= 3 else days) for task, days in sorted(counted.items())
    }


def works(known: Known, people: dict[str, Person], open_wards: dict[str, Ward]) -> list[Work]:
    """Return the facts of every duty, in the order of the week."""
    single = single_costs(known)
    days = [Day(number, 1 << number) for number in range(len(known.week.days))]
    places = _places(known)
    found = []
    for index, duty in enumerate(known.week.duties):
        costs = {people[p].index: cost for p, cost in single[duty].items()}
        by_rank = tuple(
            tuple(costs[i][rank] if i in costs else 0 for i in range(len(people)))
            for rank in range(RANKS)
        )
        ward = open_wards[duty.task] if _is_ward_day(known, duty) else None
        found.append(_work(known, index, days, places[duty], ward, by_rank))
    for (i, j), pairing in pairings(known).items():
        found[i].later[found[j]] = pairing
    return found


def _work(
    known: Known,
    index: int,
    days: list[Day],
    place: Place | None,
    ward: Ward | None,
    single: tuple[tuple[int, ...], ...],
) -> Work:
    duty = known.week.duties[index]
    task, number = known.task(duty), known.number(duty.day)
    day, next_day = days[number], [*days, None][number + 1]
    is_unwanted = not known.network.categories[task.category].wanted
    return Work(
        index=index,
        task=task.id,
        day=day,
        start=duty.start,
        minutes=task.credited_minutes,
        is_work=task.is_work,
        is_night=task.is_night,
        is_sacrifice=duty.key in known.week.sacrifices,
        call_ends=next_day if is_call(known, duty) else None,
        morning=day if is_early(known, duty) else None,
        unwanted=day if is_unwanted else None,
        place=place,
        ward=ward,
        single=single,
        open=open_cost(known, duty),
    )


def _places(known: Known) -> dict[Duty, Place | None]:
    """Return the half-day and hospital of each work duty, None for on-call ones."""
    places: dict[tuple[object, ...], Place] = {}
    found = {}
    for duty in known.week.duties:
        task = known.task(duty)
        key = duty.day, task.half_day, task.hospital
        found[duty] = places.setdefault(key, Place(len(places))) if task.is_work else None
    return found


def _is_ward_day(known: Known, duty: Duty) -> bool:
    return known.task(duty).kind == "ward" and duty.day.weekday() != SUNDAY
