"""Bounds, forced parts and proofs against optima that were found without them."""

import pytest

from pysched.solver import Level, Options, Result, solve

from .agreement import differences_of_result
from .optimum import counted_optimum, plain_optimum
from .worlds import World, small_world


def solved(world: World, conflicts: int) -> Result:
    """Return what is found within so many conflicts."""
    options = Options(None, conflicts, seed=1, threads=1)
    return solve(world.network, world.week, world.state, options)


def wrong_levels(levels: tuple[Level, ...], optimum: dict[int, int]) -> list[str]:
    """Return the levels whose bound or forced part the optimum is below.

    A bound only holds for schedules as good on the levels above, so none is judged below a level
    that could be better.
    """
    wrong = []
    for level in levels:
        best = optimum.get(level.level, 0)
        if not 0 <= level.forced <= level.bound <= min(best, level.cost):
            wrong.append(f"{level}, optimum {best}")
        if level.cost != best:
            break
    return wrong


def in_order(levels: tuple[Level, ...]) -> bool:
    """Return whether levels fall, and each bound lies between the forced part and the cost."""
    falling = [level.level for level in levels]
    return falling == sorted(falling, reverse=True) and all(
        0 <= level.forced <= level.bound <= level.cost for level in levels
    )


def nonzero(costs: dict[int, int]) -> dict[int, int]:
    """Return the levels that cost something."""
    return {level: cost for level, cost in costs.items() if cost}


@pytest.mark.parametrize("seed", range(100))
def test_bounds_are_no_higher_than_the_optimum(seed: int) -> None:
    """Cut off early and late; what is called optimal costs what the optimum costs."""
    world = small_world(seed, 12)
    optimum = plain_optimum(world)
    for conflicts in (4, 40):
        result = solved(world, conflicts)
        assert in_order(result.levels)
        assert wrong_levels(result.levels, optimum) == []
        if result.status == "optimal":
            assert nonzero(result.cost) == nonzero(optimum)
            assert result.bound == result.cost


@pytest.mark.parametrize("seed", range(25))
def test_a_proof_finds_the_optimum(seed: int) -> None:
    """With conflicts enough the status is optimal, at the cost of the plain optimum."""
    world = small_world(seed, 10)
    result = solved(world, 50_000)
    assert result.status == "optimal"
    assert nonzero(result.cost) == nonzero(plain_optimum(world))
    assert result.bound == result.cost
    assert set(result.gap.values()) <= {0.0}
    assert set(result.proven_seconds) >= set(nonzero(result.cost))


@pytest.mark.parametrize("seed", range(8))
def test_no_schedule_that_the_checker_passes_is_better(seed: int) -> None:
    """All schedules of a few duties are judged one by one, without clingo."""
    world = small_world(seed, 4)
    result = solved(world, 50_000)
    assert result.status == "optimal"
    assert nonzero(result.cost) == nonzero(counted_optimum(world))
    assert differences_of_result(world, result) == []
