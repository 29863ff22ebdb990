"""Clingo alone finds what CP-SAT finds, and says no more than it knows."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.peers.plain_clingo import run

from .agreed import SEEDS, Run, agreed_world, all_better, overstated, run_on
from .optimum import optimum

every_seed = pytest.mark.parametrize("seed", SEEDS)


@cache
def solved(seed: int) -> Run:
    """Return what clingo makes of a world in more time than it needs."""
    return run_on(agreed_world(seed), run, 60)


@every_seed
def test_the_optimum_is_that_of_cpsat(seed: int) -> None:
    """Level by level, and it is proven."""
    assert solved(seed).status == "optimal"
    assert optimum(seed) == solved(seed).costs[-1]
    assert optimum(seed) == solved(seed).bound


@every_seed
def test_every_schedule_is_allowed_and_better_than_the_one_before(seed: int) -> None:
    """By the checker's rules and costs."""
    assert all(solved(seed).allowed)
    assert all_better(seed, solved(seed))


@pytest.mark.parametrize("seed", [19, 33])
@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.4])
def test_a_search_cut_short_says_what_it_knows(seed: int, seconds: float) -> None:
    """Of worlds that take it long to prove: no bound is above the optimum, however far it got."""
    cut = run_on(agreed_world(seed), run, seconds)
    assert all(cut.allowed)
    assert (cut.status == "unknown") == (cut.costs == [])
    if cut.costs:
        assert overstated(seed, cut, optimum(seed)) == []
    if cut.status == "optimal":
        assert optimum(seed) == cut.costs[-1] == cut.bound


def test_without_time_nothing_is_said() -> None:
    """No schedule, no bound."""
    cut = run_on(agreed_world(SEEDS[0]), run, 0)
    assert cut == Run([], [], {}, "unknown")
