"""Loads of a worked week, and the shares of those who could have worked it."""

from dataclasses import replace
from random import Random

import pytest
from check.builders import MONDAY, day, given, network, physician, week_of
from e2e.schedules import random_schedule
from e2e.worlds import random_world

from pysched.fairness.memory import loads_of
from pysched.model import Load, Schedule

PEOPLE = (physician("ann", hours=38), physician("bob", hours=19), physician("cat", hours=38))


def scheduled(rows: str) -> Schedule:
    """Return the schedule written as "ann ward 0"."""
    return Schedule(MONDAY, given(rows))


def test_a_duty_nobody_could_have_had_is_his_who_had_it() -> None:
    """A swap with somebody unskilled is not shared out over nobody."""
    week = week_of("guard 0")
    net = network(PEOPLE, without_skills="ann guard, bob guard, cat guard")
    loads = loads_of(net, week, scheduled("ann guard 0"))
    assert loads == {("ann", "guard"): Load(1, 360, 1000, 360_000)}


def test_loads_of_a_week_by_hand() -> None:
    """Two guards of six hours, both worked by one: counts, minutes and thousandths of each."""
    loads = loads_of(network(PEOPLE), week_of("guard 0 1"), scheduled("ann guard 0 1"))
    assert loads == {
        ("ann", "guard"): Load(2, 720, 800, 288_000),
        ("bob", "guard"): Load(0, 0, 400, 144_000),
        ("cat", "guard"): Load(0, 0, 800, 288_000),
    }


def test_thirds_are_summed_before_they_are_rounded() -> None:
    """Three thirds are one duty, not 999 thousandths."""
    people = tuple(replace(person, weekly_hours=PEOPLE[0].weekly_hours) for person in PEOPLE)
    week = week_of("guard 0 1 2")
    loads = loads_of(network(people), week, scheduled("ann guard 0 1 2"))
    assert {load.count_share for load in loads.values()} == {1000}


def test_open_duties_and_unknown_ones_add_nothing() -> None:
    """Only what was worked is shared out."""
    loads = loads_of(network(PEOPLE), week_of("guard 0"), scheduled("ann guard 3"))
    assert loads == {}


def test_minutes_are_real_ones() -> None:
    """A night over the change to winter time is thirteen hours long."""
    monday = day(140)
    week = week_of("night 5", monday=monday)
    schedule = Schedule(monday, given("ann night 5", monday))
    assert loads_of(network(PEOPLE), week, schedule)["ann", "guard"].minutes == 13 * 60


@pytest.mark.parametrize("seed", range(20))
def test_shares_sum_to_what_was_worked(seed: int) -> None:
    """By category, but for half a thousandth of rounding for each physician."""
    world = random_world(seed)
    schedule = random_schedule(Random(seed), world)
    loads = loads_of(world.network, world.week, schedule)
    tolerance = len(world.network.physicians) / 2
    for category in world.network.categories:
        rows = [load for (_, c), load in loads.items() if c == category]
        worked = [a for a in schedule if world.network.tasks[a.task].category == category]
        assert sum(row.count for row in rows) == len(worked)
        assert abs(sum(row.count_share for row in rows) - 1000 * len(worked)) <= tolerance
        minutes = sum(row.minutes for row in rows)
        assert abs(sum(row.minutes_share for row in rows) - 1000 * minutes) <= tolerance
