"""Prices of changes are those of a whole check."""

from random import Random

import pytest
from e2e.schedules import random_schedule
from e2e.worlds import random_world

from pysched.check import Pricing, check
from pysched.model import Assignment, Schedule


def changed(rng: Random, names: list[str], schedule: Schedule) -> Schedule:
    """Return a schedule with a few assignments gone, given away or doubled."""
    rows = set(schedule.assignments)
    for row in rng.sample(sorted(rows), min(len(rows), rng.randint(1, 3))):
        if rng.random() < 0.8:
            rows.discard(row)
        if rng.random() < 0.8:
            rows.add(Assignment(row.day, row.task, rng.choice(names)))
    return Schedule(schedule.monday, frozenset(rows))


@pytest.mark.parametrize("seed", range(60))
def test_a_price_is_what_a_check_says(seed: int) -> None:
    """Breaches, costs with culprits, levels and rules, whatever was changed."""
    world, rng = random_world(seed), Random(seed)
    schedule = random_schedule(rng, world)
    place = world.network, world.week, world.state
    pricing = Pricing(*place, schedule)
    before = check(*place, schedule)
    assert before == pricing.report
    for _ in range(4):
        other = changed(rng, [*sorted(world.network.physicians), "stranger"], schedule)
        report = check(*place, other)
        assert report == pricing.price(other)
        new = {b for b in report.breaches if not b.accepted} - set(before.breaches)
        assert new == set(pricing.breaks(other))
