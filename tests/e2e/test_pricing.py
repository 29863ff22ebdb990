"""Encodings and checker price the same schedule alike, whatever it breaks."""

from random import Random

import pytest

from .agreement import differences, report_on
from .pricing import Encoded
from .schedules import random_schedule
from .worlds import random_world

WORLDS = range(32)


def seeds_with_gap() -> list[int]:
    """Return the seeds whose state was not left by the week before."""
    worlds = {seed: random_world(seed) for seed in range(200)}
    return [
        seed
        for seed, world in worlds.items()
        if world.state.last_week is not None
        and (world.week.monday - world.state.last_week).days == 14
    ][:4]


@pytest.mark.parametrize("seed", WORLDS)
def test_schedules_that_may_break_rules_are_priced_alike(seed: int) -> None:
    """Costs by grade, breaches by rule; charged is what it costs; forbidden is what is refused."""
    world, rng = random_world(seed), Random(seed)
    tolerant, strict = Encoded(world, forbidding=False), Encoded(world, forbidding=True)
    for _ in range(8):
        schedule = random_schedule(rng, world)
        report, price = report_on(world, schedule), tolerant.price(schedule)
        assert price is not None
        assert differences(report, price) == []
        assert strict.price(schedule) == (price if report.ok else None)


@pytest.mark.parametrize("seed", WORLDS)
def test_schedules_that_keep_the_rules_are_priced_alike(seed: int) -> None:
    """What the whole program gives, without looking for the best, the checker passes."""
    world, rng = random_world(seed), Random(seed)
    strict = Encoded(world, forbidding=True)
    for _ in range(4):
        schedule = strict.any_schedule(rng)
        assert schedule is not None
        report, price = report_on(world, schedule), strict.price(schedule)
        assert report.ok
        assert price is not None
        assert differences(report, price) == []


def test_streaks_end_with_a_gap_for_both() -> None:
    """A task had before an idle week is no monotony any more."""
    for seed in seeds_with_gap():
        world = random_world(seed)
        schedule = random_schedule(Random(seed), world)
        price = Encoded(world, forbidding=False).price(schedule)
        assert price is not None
        assert differences(report_on(world, schedule), price) == []
