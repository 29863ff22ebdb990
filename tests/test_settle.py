"""The week-end update: what a worked week adds, and that it takes nothing away."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from check.builders import MONDAY, given, network, physician, week_of
from e2e.schedules import random_schedule
from e2e.worlds import random_world

from pysched.facts.hours import month_of, target_hours
from pysched.model import Assignment, Load, Schedule, State
from pysched.settle import Settlement, apply, settle

WEEK = timedelta(days=7)


def settlement(monday: date, rows: str = "", **balance: int) -> Settlement:
    """Return a settlement of a week with some assignments and balances."""
    return Settlement(monday, {}, balance, given(rows, monday))


@pytest.mark.parametrize("seed", range(15))
def test_inputs_are_left_as_they_were(seed: int) -> None:
    """Network, week, schedule and state are the same before and after, part by part."""
    world = random_world(seed)
    schedule = random_schedule(Random(seed), world)
    given_in = (world.network, world.week, schedule, world.state)
    before = deepcopy(given_in)
    apply(replace(world.state, last_week=None), settle(world.network, world.week, schedule))
    assert before == given_in


@pytest.mark.parametrize("seed", range(15))
def test_the_order_of_physicians_is_irrelevant(seed: int) -> None:
    """As is that of tasks, duties and absences."""
    world = random_world(seed)
    schedule = random_schedule(Random(seed), world)
    other = replace(
        world.network,
        physicians=dict(reversed(world.network.physicians.items())),
        tasks=dict(reversed(world.network.tasks.items())),
    )
    week = replace(world.week, duties=world.week.duties[::-1], absences=world.week.absences[::-1])
    state = replace(world.state, last_week=None)
    one = apply(state, settle(world.network, world.week, schedule))
    assert one == apply(state, settle(other, week, schedule))


@pytest.mark.parametrize("seed", range(15))
def test_a_state_sums_up_its_weeks(seed: int) -> None:
    """Loads, shares and balances after are those before plus those of the week."""
    world = random_world(seed)
    state = replace(world.state, last_week=world.week.monday - WEEK)
    added = settle(world.network, world.week, random_schedule(Random(seed), world))
    after = apply(state, added)
    for key in {*state.loads, *added.loads}:
        expected = state.loads.get(key, Load()) + added.loads.get(key, Load())
        assert expected == after.loads[key]
    for name in world.network.physicians:
        expected_minutes = state.balance_minutes.get(name, 0) + added.balance_minutes[name]
        assert expected_minutes == after.balance_minutes[name]


def test_a_balance_is_worked_minus_target() -> None:
    """Who works nothing owes his target; a part-timer's is fractional before it is rounded."""
    people = (physician("ann"), physician("bob", hours=19))
    week, net = week_of("ward 0 1, night 2"), network(people)
    added = settle(net, week, Schedule(MONDAY, given("ann ward 0 1, ann night 2")))
    assert (target_hours(net, week, "ann"), target_hours(net, week, "bob")) == (38, 19)
    assert added.balance_minutes == {"ann": 360 * 2 + 720 - 38 * 60, "bob": -19 * 60}


def test_a_schedule_of_another_week_is_refused() -> None:
    """The message names both weeks."""
    with pytest.raises(ValueError, match=r"2023-06-12 .*2023-06-05"):
        settle(network(), week_of("ward 0"), Schedule(MONDAY + WEEK, frozenset()))


@pytest.mark.parametrize("weeks", [0, -1])
def test_a_week_is_settled_once_and_in_order(weeks: int) -> None:
    """Neither the last week again nor one before it."""
    state = apply(State(), settlement(MONDAY))
    with pytest.raises(ValueError, match="not after 2023-06-05"):
        apply(state, settlement(MONDAY + weeks * WEEK))


def test_a_month_starts_anew_with_the_week_of_its_first_thursday() -> None:
    """26 June still has a Thursday in June; 3 July begins the next month."""
    state = State()
    seen = []
    for monday in (date(2023, 6, 26) - WEEK, date(2023, 6, 26), date(2023, 7, 3)):
        state = apply(state, settlement(monday, ann=-60))
        seen.append((state.month, state.month_minutes["ann"], state.balance_minutes["ann"]))
    june, july = date(2023, 6, 1), date(2023, 7, 1)
    assert seen == [(june, -60, -60), (june, -120, -120), (july, -60, -180)]


def test_the_month_of_new_year_is_that_of_thursday() -> None:
    """30 December 2024 is a Monday of January 2025."""
    assert month_of(date(2024, 12, 30)) == date(2025, 1, 1)


def test_streaks_grow_and_end() -> None:
    """A task had each week counts its weeks, whatever the number of duties; one left out ends."""
    state = apply(State(), settlement(MONDAY, "ann ward 0 1, ann guard 2"))
    assert state.streaks == {("ann", "ward"): 1, ("ann", "guard"): 1}
    state = apply(state, settlement(MONDAY + WEEK, "ann ward 0, bob guard 1"))
    assert state.streaks == {("ann", "ward"): 2, ("bob", "guard"): 1}


def test_a_gap_ends_streaks_but_no_sums() -> None:
    """A week that was not settled is not part of any row of weeks."""
    state = apply(State(), settlement(MONDAY, "ann ward 0", ann=-60))
    state = apply(state, settlement(MONDAY + 2 * WEEK, "ann ward 0", ann=-60))
    assert state.streaks == {("ann", "ward"): 1}
    assert state.balance_minutes == {"ann": -120}
    assert state.month_minutes == {"ann": -120}


def test_the_tail_is_the_week_as_worked() -> None:
    """The week before it is forgotten."""
    state = apply(State(), settlement(MONDAY, "ann ward 0"))
    state = apply(state, settlement(MONDAY + WEEK, "bob ward 6"))
    assert state.tail == {Assignment(MONDAY + 2 * WEEK - timedelta(days=1), "ward", "bob")}
    assert state.last_week == MONDAY + WEEK


def test_a_stranger_is_refused() -> None:
    """Who worked has to be in the network."""
    net, week = network(), week_of("ward 0")
    row = next(iter(given("ann ward 0")))
    stranger = Schedule(MONDAY, frozenset({replace(row, physician="zoe")}))
    with pytest.raises(ValueError, match="zoe"):
        settle(net, week, stranger)
