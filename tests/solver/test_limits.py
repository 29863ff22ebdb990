"""A search ends at its limits or when it is told to, with the best found so far."""

import threading
import time

import pytest
from e2e.agreement import differences_of_result
from e2e.worlds import World, random_world

from pysched.solver import Options, Progress, Result, solve

from .weeks import generated_world, toy_world

LARGE = 28


def searched(world: World, options: Options, stop: threading.Event | None = None) -> Result:
    """Return the outcome of a search of a world."""
    return solve(world.network, world.week, world.state, options, stop=stop)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_time_limit_is_kept(threads: int) -> None:
    """From the first fact to the result, grounding included, but for a second."""
    limit = 4.0
    started = time.monotonic()
    result = searched(generated_world(LARGE), Options(limit, None, 1, threads))
    assert time.monotonic() - started < limit + 1.0
    assert result.schedule is not None
    assert result.status == "feasible"
    assert not result.interrupted
    assert differences_of_result(generated_world(LARGE), result) == []


def test_no_schedule_in_time_is_unknown() -> None:
    """Not infeasible: nothing was proven."""
    started = time.monotonic()
    result = searched(generated_world(LARGE), Options(0.05, None, 1, 2))
    assert time.monotonic() - started < 2.0
    assert (result.schedule, result.status, result.levels) == (None, "unknown", ())
    assert (result.cost, result.bound, result.gap, result.by_rule) == ({}, {}, {}, {})


@pytest.mark.parametrize("threads", [1, 2])
def test_a_stop_keeps_the_best_so_far(threads: int) -> None:
    """Within half a second of being asked to; a busy machine may be late twice, not always."""
    assert min(seconds_to_stop(threads) for _ in range(3)) < 0.5


def seconds_to_stop(threads: int) -> float:
    """Return how long a search goes on that is stopped at its first schedule."""
    asked: list[float] = []
    stop = threading.Event()

    def ask(_: Progress) -> None:
        if not asked:
            asked.append(time.monotonic())
            stop.set()

    world = generated_world(LARGE)
    options = Options(60.0, None, 1, threads)
    result = solve(world.network, world.week, world.state, options, ask, stop)
    seconds = time.monotonic() - asked[0]
    assert result.interrupted
    assert result.status == "feasible"
    assert differences_of_result(world, result) == []
    return seconds


def test_a_stop_before_the_start_ends_at_once() -> None:
    """There is no schedule yet to be kept."""
    stop = threading.Event()
    stop.set()
    result = searched(toy_world(), Options(60.0, None, 1, 1), stop)
    assert result.interrupted
    assert result.seconds < 1.0


def test_a_conflict_limit_alone_ends_a_search() -> None:
    """More conflicts, no worse a schedule, and bounds that never fall."""
    world = generated_world(7)
    few, many = (searched(world, Options(None, limit, 1, 1)) for limit in (50, 3000))
    assert [lv.cost for lv in many.levels] <= [lv.cost for lv in few.levels]
    assert [lv.bound for lv in many.levels] >= [lv.bound for lv in few.levels]


@pytest.mark.parametrize("seed", range(6))
def test_two_threads_end_with_what_one_proves(seed: int) -> None:
    """Side by side they find the same optimum."""
    world = random_world(seed, tasks=5)
    two = searched(world, Options(20.0, None, 1, 2))
    one = searched(world, Options(20.0, None, 1, 1))
    assert (one.status, two.status) == ("optimal", "optimal")
    assert one.cost == two.cost


def test_progress_only_gets_better() -> None:
    """Each report is of a cheaper schedule or of a higher bound; the last is the result."""
    world, seen = generated_world(7), list[Progress]()
    options = Options(None, 1500, 1, 1)
    result = solve(world.network, world.week, world.state, options, seen.append)
    costs = [[step.cost[level] for level in result.cost] for step in seen]
    assert costs == sorted(costs, reverse=True)
    assert seen[-1].cost == result.cost
    assert [step.seconds for step in seen] == sorted(step.seconds for step in seen)
    assert {step.monday for step in seen} == {world.week.monday}
    assert dict(result.trace[-1].cost) == result.cost


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((0.0, None, 1, 1), "time limit 0.0"),
        ((float("nan"), None, 1, 1), "time limit nan"),
        ((None, 0, 1, 1), "conflict limit 0"),
        ((None, None, 1, 1), "needs a time limit, a conflict limit or a stop"),
        ((1.0, None, 1, 3), "threads 3"),
    ],
)
def test_limits_out_of_range_are_refused(
    options: tuple[float | None, int | None, int, int], message: str
) -> None:
    """Each by name and value."""
    with pytest.raises(ValueError, match=message):
        Options(*options)


def test_what_goes_wrong_in_a_search_is_the_callers_to_know() -> None:
    """An error in a thread of the search, or in the caller's own report, is raised again."""

    def fail(_: Progress) -> None:
        raise LookupError("no such page")

    world = toy_world()
    with pytest.raises((LookupError, RuntimeError), match="no such page"):
        solve(world.network, world.week, world.state, Options(5.0, None, 1, 1), fail)
