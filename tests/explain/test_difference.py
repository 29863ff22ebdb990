"""The difference between two schedules adds up, both ways, and its sentences say all of it."""

from random import Random

import pytest
from e2e.schedules import random_schedule
from e2e.worlds import random_world

from pysched.check import check
from pysched.explain.difference import Difference, compare
from pysched.explain.sentences import cost_sentence, difference_sentences, duty_sentence
from pysched.model import Schedule


def random_difference(seed: int) -> tuple[Difference, Difference, Schedule, Schedule]:
    """Return the difference of two random schedules of a random week, there and back."""
    world, rng = random_world(seed), Random(seed)
    one, other = random_schedule(rng, world), random_schedule(rng, world)
    there = compare(world.network, world.week, world.state, one, other)
    back = compare(world.network, world.week, world.state, other, one)
    return there, back, one, other


@pytest.mark.parametrize("seed", range(30))
def test_a_difference_adds_up(seed: int) -> None:
    """Costs of culprits sum to rules and levels; duties of physicians to those that changed."""
    there, _, one, other = random_difference(seed)
    levels = dict.fromkeys(there.by_level, 0)
    for cost in there.costs:
        levels[cost.level] += cost.total
    assert there.by_level == levels
    assert sum(there.by_rule.values()) == sum(levels.values())
    assert there.before.by_level != there.after.by_level or not any(levels.values())
    gained = {(p, *duty) for p, row in there.physicians.items() for duty in row.gained}
    assert {(a.physician, *a.duty) for a in other.assignments - one.assignments} == gained
    after = dict.fromkeys(change.duty for change in there.duties)
    assert {a.duty for a in one.assignments ^ other.assignments} == set(after)


@pytest.mark.parametrize("seed", range(10))
def test_a_difference_can_be_read_backwards(seed: int) -> None:
    """What one gains the way there is lost the way back, and what costs more costs less."""
    there, back, _, _ = random_difference(seed)
    assert tuple(-cost for cost in there.vector) == back.vector
    assert there.broken == back.mended
    assert [(c.culprit, c.total) for c in there.costs] == [
        (c.culprit, -c.total) for c in back.costs
    ]
    assert {p: row.nights for p, row in there.physicians.items()} == {
        p: -row.nights for p, row in back.physicians.items()
    }


def test_the_same_schedule_differs_in_nothing() -> None:
    """No duty, no cost, no sentence."""
    world = random_world(3)
    schedule = random_schedule(Random(3), world)
    same = compare(world.network, world.week, world.state, schedule, schedule)
    assert same.duties == same.costs == difference_sentences(same) == ()
    assert {0} == set(same.vector)


def test_every_changed_duty_and_cost_has_its_sentence() -> None:
    """The sentences say what the parts say, none is lost."""
    there, _, _, _ = random_difference(5)
    said = difference_sentences(there)
    assert {duty_sentence(change) for change in there.duties} <= set(said)
    assert {cost_sentence(cost) for cost in there.costs} <= set(said)


def test_schedules_of_another_week_are_refused() -> None:
    """One line names both Mondays."""
    world = random_world(1)
    other = Schedule(world.week.days[1], frozenset())
    schedule = Schedule(world.week.monday, frozenset())
    with pytest.raises(ValueError, match=rf"{other.monday} is not of the week of"):
        compare(world.network, world.week, world.state, schedule, other)


def test_the_checker_gives_both_reports() -> None:
    """They are those of a check by itself."""
    world, rng = random_world(8), Random(8)
    one, other = random_schedule(rng, world), random_schedule(rng, world)
    found = compare(world.network, world.week, world.state, one, other)
    assert check(world.network, world.week, world.state, one) == found.before
    assert check(world.network, world.week, world.state, other) == found.after
