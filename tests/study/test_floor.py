"""The floor of the variance, against every way to give out a few duties."""

from collections import Counter
from itertools import product
from random import Random

import numpy as np
import pytest
from e2e.schedules import random_schedule
from e2e.worlds import World, random_world

from benchmarks.study.floor import least_variance
from benchmarks.study.measures import skilled
from benchmarks.study.rolls import RolledWeek
from pysched.facts.hours import candidates
from pysched.model import Schedule
from pysched.settle import apply, settle


def rolled(world: World, schedule: Schedule) -> RolledWeek:
    """Return a week with a given schedule as if it had been solved."""
    settlement = settle(world.network, world.week, schedule)
    after = apply(world.state, settlement)
    return RolledWeek(
        world.network, world.week, world.state, schedule, settlement, after, after, {}
    )


def tried(one: RolledWeek, category: str, shares: dict[str, int]) -> float | None:
    """Return the least variance over all ways to give out the covered duties, if they are few."""
    able = {duty.key: set(who) for duty, who in candidates(one.network, one.week).items()}
    names = skilled(one.network, category)
    choices = [
        sorted(able[row.duty] & set(names))
        for row in one.schedule
        if one.network.tasks[row.task].category == category and row.physician in names
    ]
    if not choices or not 1 <= np.prod([len(c) for c in choices]) <= 5000:
        return None
    tallies = (Counter(given) for given in product(*choices))
    return min(
        float(np.var([tally[name] - shares.get(name, 0) / 1000 for name in names]))
        for tally in tallies
    )


@pytest.mark.parametrize("seed", range(25))
def test_the_floor_is_the_least_of_all_ways(seed: int) -> None:
    """With shares and without, for every category of a random week."""
    world = random_world(seed)
    one = rolled(world, random_schedule(Random(seed), world))
    for category in world.network.categories:
        names = skilled(world.network, category)
        shares = {name: 250 * n for n, name in enumerate(names)}
        for owed in ({}, shares):
            expected = tried(one, category, owed)
            if expected is not None:
                assert least_variance([one], category, owed) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(25))
def test_no_schedule_is_below_the_floor(seed: int) -> None:
    """Whoever was put on a duty by hand, too."""
    world = random_world(seed)
    one = rolled(world, random_schedule(Random(seed), world))
    for category in world.network.categories:
        had = Counter(
            row.physician
            for row in one.schedule
            if world.network.tasks[row.task].category == category
        )
        counts = [had[name] for name in skilled(world.network, category)]
        if counts:
            assert least_variance([one], category) <= np.var(counts) + 1e-9


def test_enough_weeks_are_tried() -> None:
    """The comparison is not empty."""
    found = 0
    for seed in range(25):
        world = random_world(seed)
        one = rolled(world, random_schedule(Random(seed), world))
        found += sum(tried(one, c, {}) is not None for c in world.network.categories)
    assert found > 25
