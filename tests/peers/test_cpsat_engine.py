"""The CP-SAT engine tells of its schedules on the way and of its bounds in the end."""

from __future__ import annotations

import pytest

from benchmarks.peers.cpsat.engine import run

from .agreed import SEEDS, agreed_world, overstated, run_on
from .optimum import optimum, solved


@pytest.mark.parametrize("seed", SEEDS)
def test_the_optimum_is_found_and_proven_whatever_the_settings(seed: int) -> None:
    """The settings of the benchmark change the way alone."""
    result = run_on(agreed_world(seed), run, 60)
    assert result.status == "optimal"
    assert all(result.allowed)
    assert optimum(seed) == result.costs[-1] == result.bound


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_a_search_begins_with_its_hint(seed: int) -> None:
    """An optimal one is the only schedule it tells of."""
    result = run_on(agreed_world(seed), run, 60, solved(seed).schedule)
    assert [optimum(seed)] == result.costs


@pytest.mark.parametrize("seed", SEEDS)
def test_a_search_cut_short_says_what_it_knows(seed: int) -> None:
    """No bound is above the optimum."""
    result = run_on(agreed_world(seed), run, 0.1)
    assert all(result.allowed)
    assert overstated(seed, result, optimum(seed)) == []
