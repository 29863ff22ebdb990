"""The rotating wheel: its order, its events, and how long anybody can lose."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from pysched.conflicts import Claim, Conflict, ConflictError, ConflictRules, ConflictState
from pysched.conflicts.wheel import Wheel, WheelEvent, most_losses, turns_of, wheel_order
from tests.conflicts.worlds import MONDAY, conflict, days, people, seats, state

WHEEL = Wheel(ConflictRules())


def rolled(known: ConflictState, events: list[WheelEvent]) -> ConflictState:
    """Return the state after events."""
    return replace(known, wheels={"day_off": turns_of(events)})


def won(events: list[WheelEvent], *names: str) -> WheelEvent:
    """Return the event that some won."""
    return WheelEvent(len(events), "day_off", "win", names)


@pytest.mark.parametrize(("places", "bound"), [(1, 13), (3, 4), (6, 2), (13, 1), (14, 0)])
def test_who_always_claims_loses_at_most_so_often_in_a_row(places: int, bound: int) -> None:
    """ceil(n / c) - 1 of n = 14, by the argument of a queue; it is reached, whoever else claims."""
    names = people(14)
    assert most_losses(14, places) == bound
    worst = 0
    for chance in (1.0, 0.7):
        rng = Random(places)
        events: list[WheelEvent] = []
        losses = 0
        for number in range(60):
            others = [name for name in names[:-1] if rng.random() < chance]
            known = rolled(state(names, seats(places)), events)
            decision = WHEEL.resolve(conflict([*others, names[-1]]), known, f"{number}")
            losses = 0 if names[-1] in decision.grants else losses + 1
            worst = max(worst, losses)
            if decision.moved:
                events.append(won(events, *decision.moved))
    assert worst == bound


def test_winners_go_to_the_back_in_their_order() -> None:
    """And come again in it."""
    names = people(4)
    events = [won([], "P02", "P00")]
    assert wheel_order(turns_of(events), names, "s", "C")[2:] == ("P02", "P00")
    events.append(won(events, "P01", "P03"))
    assert wheel_order(turns_of(events), names, "s", "C") == ("P02", "P00", "P01", "P03")


def test_what_nobody_contests_moves_nobody() -> None:
    """A free day costs no place."""
    names = people(3)
    decision = WHEEL.resolve(conflict(names), state(names, seats(3)), "s")
    assert (decision.mechanism, decision.moved) == ("none", ())
    assert decision.free == decision.grants == dict.fromkeys(names, (MONDAY,))


def test_new_members_join_at_the_back_and_tie_by_lots() -> None:
    """After all who won before they came, and before those who win later."""
    events = [won([], "P00")]
    events.append(WheelEvent(1, "day_off", "join", ("P08", "P09")))
    events.append(won(events, "P01"))
    orders = {
        wheel_order(turns_of(events), (*people(2), "P08", "P09"), f"{n}", "C") for n in "abcd"
    }
    assert {(order[0], order[3]) for order in orders} == {("P00", "P01")}
    assert {order[1:3] for order in orders} == {("P08", "P09"), ("P09", "P08")}


def test_a_wheel_is_built_again_from_its_events() -> None:
    """In any order; a gap, a second wheel or a reset is seen."""
    rng = Random(1)
    events: list[WheelEvent] = []
    for _ in range(30):
        events.append(won(events, *rng.sample(people(6), rng.randint(1, 3))))
    turns = turns_of(events)
    rng.shuffle(events)
    assert turns_of(events) == turns
    with pytest.raises(ConflictError, match="not gapless from 0"):
        turns_of([event for event in events if event.number != 7])
    with pytest.raises(ConflictError, match="wheels"):
        turns_of([won([], "P00"), WheelEvent(1, "holiday", "win", ("P00",))])
    assert turns_of([*events, WheelEvent(30, "day_off", "reset")]) == {}


def test_days_of_one_conflict_turn_the_wheel_one_after_the_other() -> None:
    """Over fourteen days with one place each of fourteen has one."""
    names, dates = people(14), days(14)
    decision = WHEEL.resolve(conflict(names, dates), state(names, seats(1, dates)), "s")
    assert sorted(map(len, decision.grants.values())) == [1] * 14
    assert sorted(decision.moved) == list(names)


def test_linked_days_are_given_as_a_whole() -> None:
    """Or not at all."""
    names, dates = people(3), days(3)
    claims = tuple(Claim(name, dates, whole=True) for name in names)
    known = state(names, seats(1, dates))
    decision = WHEEL.resolve(Conflict("C", "vacation", dates, claims), known, "s")
    assert list(decision.grants.values()) == [dates]
    with pytest.raises(ConflictError, match="linked in some claims only"):
        Conflict("C", "vacation", dates, (claims[0], Claim("P9", dates)))
