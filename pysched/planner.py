"""Plan a week, roll over many: pure, without storage."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pysched.instance import Scenario, weeks_of
from pysched.model import Network, Schedule, State, Week
from pysched.settle import Settlement, apply, settle
from pysched.solver import Options, Progress, Result, solve


@dataclass(frozen=True)
class Step:
    """A rolled week: the state it was solved from, its result, its settlement, the next state."""

    week: Week
    before: State
    result: Result
    settlement: Settlement
    after: State


def plan(
    network: Network,
    week: Week,
    state: State,
    *,
    time_limit_seconds: float | None = 60.0,
    conflict_limit: int | None = None,
    seed: int = 1,
    threads: int = 2,
    on_improvement: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Result:
    """Return the best schedule of a week found within the limits.

    With the same inputs, seed, one thread, no time limit and a conflict limit it returns the same
    schedule. It never prints and never reads the environment.

    Args:
        network: hospitals, tasks, physicians and rules.
        week: what is known of the week.
        state: what the weeks before hand on.
        time_limit_seconds: wall-clock limit, None for none.
        conflict_limit: limit on clasp's conflicts, None for none; one of the two is needed.
        seed: of every random choice.
        threads: 1 or 2.
        on_improvement: called from other threads at each better schedule or bound.
        stop: set it to end the search and have the best schedule so far.

    Raises:
        ValueError: limits out of range, or a week that does not fit the network.
    """
    options = Options(time_limit_seconds, conflict_limit, seed, threads)
    return solve(network, week, state, options, on_improvement, stop)


def roll(
    network: Network,
    weeks: Iterable[Week],
    state: State,
    options: Options | None = None,
    on_improvement: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Iterator[Step]:
    """Plan week after week, each from the state that the one before hands on.

    Ends early, without a step, at a week for which no schedule was found in time, and after one
    whose search was stopped.
    """
    for week in weeks:
        result = solve(network, week, state, options, on_improvement, stop)
        if result.schedule is None:
            return
        settlement = settle(network, week, result.schedule)
        after = apply(state, settlement)
        yield Step(week, state, result, settlement, after)
        if result.interrupted:
            return
        state = after


def initial_state(scenario: Scenario, monday: date | None = None) -> State:
    """Return the state that the worked past of a scenario leaves.

    Loads, streaks and the tail of the last week come from it. Hour balances start at 0: the rows
    need not be all that was worked, and a few duties would leave the rest of a week owed. A past
    week without any worked duty is one that nothing is known of, and is left out.

    Args:
        scenario: its history is settled week by week.
        monday: the week to be scheduled from the state, the first of the horizon if None.
    """
    first = monday or scenario.first_day
    worked = [item for item in scenario.history if item.day < first]
    state = State()
    if not worked:
        return state
    earliest = min(item.day for item in worked)
    past = replace(
        scenario,
        first_day=earliest - timedelta(days=earliest.weekday()),
        last_day=first - timedelta(days=1),
    )
    for week in weeks_of(past):
        done = frozenset(item for item in worked if item.day in week.days)
        if done:
            settlement = settle(scenario.network, week, Schedule(week.monday, done))
            state = apply(state, settlement)
    return replace(state, balance_minutes={}, month=None, month_minutes={})
