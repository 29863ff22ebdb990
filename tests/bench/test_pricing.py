"""What runs are worth: in time, sound, at the cost that the checker says."""

from functools import cache

import pytest

from pysched.bench import own
from pysched.bench.child import Outcome
from pysched.bench.engine import Answer, Job
from pysched.bench.journal import Ended, Found
from pysched.bench.pricing import Worth, worth
from pysched.check import check
from pysched.model import Schedule
from tests.bench.making import run_engine, toy_cases


@cache
def reached(engine: str) -> Worth:
    """Return what a run of a second is worth."""
    return worth(toy_cases()[0], 1.0, run_engine(engine))


def test_costs_are_those_of_the_checker() -> None:
    """Each schedule at its time; the last in time counts at a checkpoint."""
    case, found = toy_cases()[0], reached("parrot")
    report = check(case.network, case.week, case.state, case.start)
    assert found.cost == report.by_level
    assert [when for when, _ in found.trace] == sorted(when for when, _ in found.trace)
    first, second, _ = found.trace
    assert found.cost_at(first[0] - 0.01) == {}
    assert found.cost_at(second[0] - 0.01) == first[1]
    assert found.first_seconds == found.trace[-1][0]


def test_what_comes_too_late_does_not_count() -> None:
    """The schedule before it does."""
    found = reached("late")
    assert (len(found.trace), found.late) == (1, 1)
    assert found.trace[0][0] < 0.5
    assert found.first_seconds == found.trace[0][0]


@pytest.mark.parametrize(
    ("engine", "fault"),
    [
        ("breaking", "ghost"),
        ("boasting", "level 3: bound 1000000 is above the cost"),
        ("half_bound", "level 3: bound 0.5 is no whole number"),
        ("misquoting", "the engine says cost"),
    ],
)
def test_a_run_that_is_not_sound_is_worth_nothing(engine: str, fault: str) -> None:
    """Its faults are named."""
    found = reached(engine)
    assert (found.trace, found.cost) == ((), {})
    assert any(fault in said for said in found.faults)


def test_a_crash_is_worth_what_was_found() -> None:
    """And so is a failure."""
    assert reached("crashing").cost == reached("failing").cost == reached("parrot").cost


def test_the_own_search_gives_the_costs_on_the_way() -> None:
    """And its last schedule, whose cost is the last of them; the week is proven optimal."""
    case = toy_cases()[0]
    schedules: list[Schedule] = []
    job = Job(case.network, case.week, case.state, None, 20.0, 1, 2)
    answer = own.run(job, schedules.append)
    ended = Ended(1.0, 1.0, answer)
    found = worth(case, 20.0, Outcome((Found(1.0, schedules[-1]),), ended, 1.0, 1.0))
    assert (len(schedules), answer.status, found.faults) == (1, "optimal", ())
    assert found.cost == answer.bound
    assert set(answer.proven_seconds) == set(answer.bound) == set(answer.forced)
    assert found.first_seconds is not None
    assert found.first_seconds <= found.trace[-1][0]


def test_a_bound_of_a_schedule_that_came_too_late_is_not_held_against_the_one_before() -> None:
    """It holds for other costs."""
    case = toy_cases()[0]
    half = Schedule(case.week.monday, frozenset(sorted(case.start.assignments)[:3]))
    answer = Answer({1: 10**6})
    outcome = Outcome((Found(0.1, half), Found(9.0, case.start)), Ended(9, 1, answer), 9, 1)
    found = worth(case, 1.0, outcome)
    assert (found.faults, found.late) == ((), 1)
