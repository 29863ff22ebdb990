"""Planning a week and rolling over many, without storage."""

import threading
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from pysched.instance import Scenario, find_scenario, read_scenario, weeks_of
from pysched.model import Assignment, Load, State
from pysched.planner import initial_state, plan, roll
from pysched.settle import apply, settle
from pysched.solver import Options, Progress

SCENARIO = read_scenario(find_scenario("toy"))
NETWORK, WEEKS = SCENARIO.network, weeks_of(SCENARIO)
OPTIONS = Options(None, 3000, 1, 1)
FORTNIGHT = timedelta(days=14)


def with_history(*rows: Assignment) -> Scenario:
    """Return the toy with duties worked in the past."""
    return replace(SCENARIO, history=rows)


def test_planning_leaves_its_inputs_untouched() -> None:
    """And gives the same schedule again."""
    inputs = NETWORK, WEEKS[0], State()
    before = deepcopy(inputs)
    results = [
        plan(*inputs, time_limit_seconds=None, conflict_limit=3000, threads=1) for _ in range(2)
    ]
    assert before == inputs
    assert results[0].schedule == results[1].schedule
    assert results[0].cost == results[1].cost


def test_planning_needs_a_limit() -> None:
    """Without one it might never end."""
    with pytest.raises(ValueError, match="needs a time limit, a conflict limit or a stop"):
        plan(NETWORK, WEEKS[0], State(), time_limit_seconds=None)


def test_rolling_hands_the_state_on() -> None:
    """Each step starts from the settlement of the one before."""
    steps = list(roll(NETWORK, WEEKS, State(), OPTIONS))
    assert [step.week.monday for step in steps] == [week.monday for week in WEEKS]
    state = State()
    for step in steps:
        assert step.result.schedule is not None
        assert step.before == state
        assert step.settlement == settle(NETWORK, step.week, step.result.schedule)
        state = apply(state, step.settlement)
        assert step.after == state


def test_rolling_ends_after_a_stop() -> None:
    """The week that was stopped is kept, the next one is not begun."""
    stop = threading.Event()

    def on_improvement(_: Progress) -> None:
        stop.set()

    steps = list(roll(NETWORK, WEEKS, State(), OPTIONS, on_improvement, stop))
    assert [step.week.monday for step in steps] == [WEEKS[0].monday]
    assert steps[0].result.interrupted


def test_rolling_ends_without_a_schedule() -> None:
    """No step is made of nothing."""
    stop = threading.Event()
    stop.set()
    assert list(roll(NETWORK, WEEKS, State(), Options(0.001, None, 1, 1), None, stop)) == []


def test_a_scenario_without_a_past_starts_empty() -> None:
    """Nothing is known of the weeks before."""
    assert initial_state(SCENARIO) == State()


def test_a_worked_past_is_settled_week_by_week() -> None:
    """An idle week between two worked ones is one that nothing is known of."""
    first = WEEKS[0].monday
    rows = (
        Assignment(first - 3 * FORTNIGHT / 2, "guard", "carla"),
        Assignment(first - FORTNIGHT / 2, "guard", "carla"),
        Assignment(first - FORTNIGHT / 2, "ward", "dario"),
    )
    state = initial_state(with_history(*rows))
    assert state.last_week == first - FORTNIGHT / 2
    assert state.tail == frozenset(rows[1:])
    assert state.streaks == {("carla", "guard"): 1, ("dario", "ward"): 1}
    category = NETWORK.tasks["guard"].category
    assert state.loads["carla", category].count == 2
    assert isinstance(state.loads["carla", category], Load)


def test_a_few_rows_of_the_past_leave_no_hours_owed() -> None:
    """Memory has them; balances of hours begin with the first week that is planned."""
    first = WEEKS[0].monday
    state = initial_state(with_history(Assignment(first - FORTNIGHT / 2, "guard", "carla")))
    assert state.loads
    assert (state.balance_minutes, state.month_minutes, state.month) == ({}, {}, None)


def test_a_later_monday_takes_the_horizon_up_to_it_into_the_past() -> None:
    """History of the horizon's own first week counts for its second."""
    first = WEEKS[0].monday
    scenario = with_history(Assignment(first, "guard", "carla"))
    assert initial_state(scenario) == State()
    assert initial_state(scenario, WEEKS[1].monday).last_week == first
