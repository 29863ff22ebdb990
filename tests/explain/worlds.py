"""Small published weeks with something that comes up, for repairs and replacements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from e2e.worlds import World, random_world

from pysched.explain.amendment import Amendment, amend
from pysched.explain.published import under_way
from pysched.model import Absence, Schedule
from pysched.solver import Options, solve

QUICK = Options(20.0, None, 1, 1)
PLAN = Options(None, 1_500, 1, 1)


@dataclass(frozen=True)
class SickWeek:
    """A published week in which somebody falls sick.

    `world` has the amended week under way.
    """

    world: World
    schedule: Schedule
    sick: str


def planned(seed: int, people: int = 5, tasks: int = 4) -> tuple[World, Schedule]:
    """Return an unpublished week of a random small world with a schedule."""
    world = random_world(seed, people, tasks)
    week = replace(world.week, published=None, worked=frozenset(), pins=frozenset(), now=0)
    world = replace(world, week=week)
    found = solve(world.network, week, world.state, PLAN)
    assert found.schedule is not None
    return world, found.schedule


def sick_week(seed: int, people: int = 5, tasks: int = 4) -> SickWeek | None:
    """Return a week with one sick call, None where nobody has anything to be sick from."""
    rng = Random(seed)
    world, schedule = planned(seed, people, tasks)
    week = world.week
    rows = sorted(schedule.assignments)
    if not rows:
        return None
    chosen = rng.choice(rows)
    first = chosen.day
    last = min(week.days[-1], rng.choice([d for d in week.days if d >= first]))
    absence = Absence(chosen.physician, first, last, "sick")
    network, amended = amend(world.network, week, Amendment(absences=(absence,)))
    now = week.midnight(first) - rng.choice((60, 600, 2000))
    amended = under_way(amended, schedule, now)
    return SickWeek(World(network, amended, world.state), schedule, chosen.physician)
