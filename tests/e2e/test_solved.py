"""What is solved passes the checker, at the cost and with the breaches it was said to have."""

from dataclasses import replace

import pytest

from pysched.instance import weeks_of
from pysched.instance.generate import generate
from pysched.model import Limits, State, profile_rules
from pysched.model.rules import Profile, Rules
from pysched.planner import roll
from pysched.solver import Options, solve

from .agreement import differences_of_result
from .worlds import World, random_world

POLICIES: dict[str, Rules] = {
    "paper": profile_rules("paper"),
    "recommended": profile_rules("recommended"),
    "weighted": profile_rules("weighted"),
    "minutes": profile_rules("recommended", measure="minutes", normalise="none"),
    "limits": profile_rules(
        "recommended", limits=Limits(rest_hours=12, max_nights=2, days_in_a_row=5)
    ),
}


@pytest.mark.parametrize("seed", range(40))
def test_random_weeks_are_solved_as_the_checker_says(seed: int) -> None:
    """Pins, pasts, publications and decisions of all kinds, and pins that break every rule."""
    world = random_world(seed)
    result = solve(world.network, world.week, world.state, Options(None, 1000, seed, 1))
    assert result.schedule is not None
    assert result.schedule.assignments >= world.week.fixed
    assert differences_of_result(world, result) == []


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", [0, 3])
def test_generated_weeks_roll_as_the_checker_says(policy: str, seed: int) -> None:
    """Each week is solved from the state that the one before hands on."""
    scenario = generate(5 + seed % 4, 3, seed)
    network, weeks = replace(scenario.network, rules=POLICIES[policy]), list(weeks_of(scenario))
    steps = list(roll(network, weeks, State(), Options(None, 1000, seed, 1)))
    assert [step.week for step in steps] == weeks
    for step in steps:
        assert differences_of_result(World(network, step.week, step.before), step.result) == []


@pytest.mark.parametrize(
    ("profile", "levels"),
    [("paper", {6, 5, 4, 3, 2, 1}), ("recommended", {6, 5, 4, 3, 2, 1}), ("weighted", {6, 5, 1})],
)
def test_levels_are_those_of_the_profile(profile: Profile, levels: set[int]) -> None:
    """The weighted profile adds the four lower levels up."""
    world = random_world(1)
    network = replace(world.network, rules=profile_rules(profile))
    result = solve(network, world.week, world.state, Options(None, 500, 1, 1))
    assert set(result.cost) <= levels
    assert {cost.level for cost in result.costs} <= levels
