"""Two models of the week by different hands, and the checker, cost the same and forbid the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

import pytest

from benchmarks.peers.cpsat import Outcome, price, solve
from pysched.model import WEIGHTS, Assignment, Schedule
from pysched.model.rules import NOT_IN_PAPER, Profile
from pysched.solver import Options, Result
from pysched.solver import solve as solve_by_clingo

from .agreed_worlds import (
    DAYS,
    PEOPLE,
    PROFILES,
    agreed_world,
    broken_rules,
    open_days,
    tried_schedules,
)
from .agreement import report_on

Key = TypeVar("Key")

SEEDS = (*range(105), 124, 138, 153)
"""Each mix of days, people and profile, and worlds whose fixed duties break what others do not."""
OPTIMAL = 95
"""Of the worlds, how many clingo proves within its conflicts at least."""

HARD_RULES = {
    "absence",
    "agreement",
    "days",
    "duty",
    "hours",
    "nights",
    "overlap",
    "pin",
    "rest",
    "skill",
    "travel",
}

every_seed = pytest.mark.parametrize("seed", SEEDS)


@cache
def solved(seed: int) -> tuple[Result, Outcome]:
    """Return what clingo and CP-SAT make of a world."""
    world = agreed_world(seed)
    case = world.network, world.week, world.state
    result = solve_by_clingo(*case, Options(None, 200_000, 1, 1))
    return result, solve(*case, time_limit_seconds=None, threads=1)


def nonzero(costs: Mapping[Key, int]) -> dict[Key, int]:
    """Return what costs something."""
    return {key: cost for key, cost in costs.items() if cost}


def in_order(costs: Mapping[int, int], levels: Iterable[int]) -> list[int]:
    """Return the costs of levels, the highest first, so that lists compare as weeks do."""
    return [costs.get(level, 0) for level in sorted(levels, reverse=True)]


@every_seed
def test_both_find_the_same_optimum(seed: int) -> None:
    """On every level, where clingo has a proof; where it has none it is no better."""
    result, outcome = solved(seed)
    assert all(outcome.proven.values())
    assert outcome.bound == outcome.cost
    if result.status == "optimal":
        assert nonzero(result.cost) == nonzero(outcome.cost)
    else:
        assert in_order(result.cost, outcome.cost) >= in_order(outcome.cost, outcome.cost)


@every_seed
def test_the_checker_allows_what_both_found_at_their_cost(seed: int) -> None:
    """Rule by rule and grade by grade."""
    world = agreed_world(seed)
    result, outcome = solved(seed)
    assert result.schedule is not None
    for schedule, cost in ((result.schedule, result.cost), (outcome.schedule, outcome.cost)):
        report = report_on(world, schedule)
        assert report.ok
        assert nonzero(report.by_level) == nonzero(cost)
    assert nonzero(report.units) == nonzero(outcome.units)


@pytest.mark.parametrize("seed", range(0, 105, 4))
@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.1])
def test_a_search_cut_short_says_what_it_knows(seed: int, seconds: float) -> None:
    """A schedule there always is, at its cost; no bound is above the optimum it is for."""
    world = agreed_world(seed)
    best = solved(seed)[1].cost
    outcome = solve(world.network, world.week, world.state, time_limit_seconds=seconds, threads=1)
    report = report_on(world, outcome.schedule)
    assert report.ok
    assert nonzero(report.by_level) == nonzero(outcome.cost)
    for level, cost in outcome.cost.items():
        assert outcome.proven[level] == (outcome.bound[level] == cost)
        assert outcome.bound[level] <= min(best[level], cost)
        if cost != best[level]:
            break


@pytest.mark.parametrize("seed", range(0, 105, 21))
def test_a_search_starts_from_its_hint(seed: int) -> None:
    """Without any time it is what is returned; one that is forbidden is left aside."""
    world = agreed_world(seed)
    case = world.network, world.week, world.state
    best = solved(seed)[1]
    again = solve(*case, time_limit_seconds=0, hint=best.schedule)
    assert again.cost == best.cost
    nowhere = Schedule(world.week.monday, frozenset({Assignment(world.week.monday, "none", "p0")}))
    assert solve(*case, time_limit_seconds=0, hint=nowhere).schedule.assignments == world.week.fixed


def test_nearly_all_optima_are_proven_by_both() -> None:
    """So that equal costs say something."""
    assert sum(solved(seed)[0].status == "optimal" for seed in SEEDS) >= OPTIMAL


@every_seed
def test_any_schedule_is_priced_as_the_checker_says(seed: int) -> None:
    """Sparse, crowded and spoiled ones; what the checker refuses has no price."""
    world = agreed_world(seed)
    for schedule in tried_schedules(seed, world):
        report = report_on(world, schedule)
        units = price(world.network, world.week, world.state, schedule)
        assert (units is not None) == report.ok
        if units is not None:
            assert nonzero(units) == nonzero(report.units)


def test_no_rule_goes_untried() -> None:
    """Under each profile every grade costs somewhere, and every hard rule alone refuses."""
    charged: dict[Profile, set[tuple[str, str]]] = defaultdict(set)
    refused: dict[Profile, set[str]] = defaultdict(set)
    for seed in SEEDS:
        world = agreed_world(seed)
        profile = world.network.rules.profile
        for schedule in tried_schedules(seed, world):
            broken = broken_rules(world, schedule)
            if len(broken) == 1:
                refused[profile] |= broken
            if not broken:
                charged[profile] |= nonzero(report_on(world, schedule).units).keys()
    for profile in PROFILES:
        left_out = NOT_IN_PAPER if profile == "paper" else frozenset()
        assert charged[profile] == {key for key in WEIGHTS if key[0] not in left_out}
        assert refused[profile] == HARD_RULES


def test_weeks_of_all_lengths_and_groups_are_tried() -> None:
    """One to seven days with duties, four to eight physicians, each profile."""
    worlds = [agreed_world(seed) for seed in SEEDS]
    assert {len(open_days(world.week)) for world in worlds} == set(DAYS)
    assert {len(world.network.physicians) for world in worlds} == set(PEOPLE)
    assert {world.network.rules.profile for world in worlds} == set(PROFILES)
