"""Stop criteria, alone and combined, and what a stopped search leaves behind."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from pysched.check import check
from pysched.solver import (
    Asked,
    Conflicts,
    Gap,
    NoImprovement,
    Options,
    Seen,
    Stop,
    Time,
    When,
    solve,
)

from .weeks import generated_world

SEEN = Seen(10.0, 4.0, 500, {2: 20, 1: 100}, {2: 20, 1: 80}, {1: 20})


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (Time(10), True),
        (Time(10.5), False),
        (Conflicts(500), True),
        (Conflicts(501), False),
        (NoImprovement(4), True),
        (NoImprovement(5), False),
        (Gap(0.25), True),
        (Gap(0.24), False),
        (Gap(0.0, level=2), True),
        (When(lambda seen: seen.cost[1] == 100), True),
        (When(lambda seen: seen.cost[1] == 99), False),
        (Time(99) | Conflicts(1), True),
        (Time(99) & Conflicts(1), False),
        (Time(1) & (Conflicts(999) | Gap(0.25)), True),
    ],
)
def test_a_criterion_looks_at_what_is_seen(criterion: Stop, expected: bool) -> None:
    """The gap of level 1 is 20 of the 80 units that can be decided."""
    assert expected == criterion(SEEN)


def test_nothing_found_is_no_standstill_and_no_gap() -> None:
    """A search without a schedule goes on."""
    empty = replace(SEEN, cost={}, bound={})
    assert [NoImprovement(0)(empty), Gap(1.0)(empty)] == [False, False]


def test_an_event_is_a_criterion() -> None:
    """From whatever thread it is set."""
    event = threading.Event()
    assert not Asked(event)(SEEN)
    event.set()
    assert Asked(event)(SEEN)


@pytest.mark.parametrize("make", [Time, Conflicts, NoImprovement, Gap])
def test_a_criterion_refuses_a_negative_number(make: type[Stop]) -> None:
    """With its name and the value."""
    with pytest.raises(ValueError, match=r"stop criterion: .* -1 is not a number"):
        make(-1)  # type: ignore[call-arg]


def test_a_criterion_alone_ends_a_search_and_no_thread_is_left() -> None:
    """The best schedule so far is returned, whole and right."""
    world = generated_world(14)
    before = set(threading.enumerate())
    started = time.monotonic()
    ends = NoImprovement(0.5) | Time(8)
    options = Options(time_limit_seconds=None, stop=ends)
    result = solve(world.network, world.week, world.state, options)
    assert time.monotonic() - started < 20
    assert result.schedule is not None
    assert check(world.network, world.week, world.state, result.schedule).ok
    deadline = time.monotonic() + 10
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert set() == set(threading.enumerate()) - before


def test_a_search_begins_from_an_earlier_schedule() -> None:
    """So that its first schedule is no worse than a whole one that is given."""
    world = generated_world(14)
    case = world.network, world.week, world.state
    earlier = solve(*case, Options(None, 4000, 1, 1))
    assert earlier.schedule is not None
    again = solve(*case, Options(None, 50, 2, 1), start=earlier.schedule)
    assert list(again.cost.values()) <= list(earlier.cost.values())
