"""Objections on real databases: the bargain in the place of an auction, and nothing lost by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pysched.conflicts import ConflictError
from pysched.department import StoreError
from pysched.department.conflict_views import all_decided, decision_in, explain, replay_stored
from pysched.store.dump import dump
from tests.department.conflict_world import ENDOWED, HOLIDAY, PEOPLE, World, wishing

BIDS = {"anna": 500, "bruno": 700, "carla": 300}
LONG = {date(2024, 4, day): PEOPLE for day in (24, 25, 26)}


@pytest.fixture
def world(url: str) -> Iterator[World]:
    """All four want three days in a row off, a holiday among them; two databases."""
    world = World(url, wishing(LONG))
    yield world
    world.conflicts.__exit__()


def lost(world: World) -> tuple[str, str]:
    """Auction the days; return the id of the conflict and one who was refused some."""
    (name,) = [o.row.id for o in world.conflicts.resolve(world.week) if o.row.kind == "holiday"]
    world.sealed(name, BIDS)
    world.clock.move(24)
    world.conflicts.resolve(world.week)
    decision = world.conflicts.decision(name)
    assert decision is not None
    assert decision.mechanism == "auction"
    losers = [who for who in PEOPLE if len(decision.grants.get(who, ())) < len(LONG)]
    return name, losers[-1]


def again(world: World) -> dict[str, Any]:
    """Resolve the week; return outcome by id."""
    return {one.row.id: one for one in world.conflicts.resolve(world.week)}


def test_a_loser_has_a_bargain(world: World) -> None:
    """The first decision stays to be read, its prices come back, the second one holds."""
    name, who = lost(world)
    first = decision_in(world.conflicts.store, name)
    assert world.conflicts.object_to(name, who)
    outcomes = again(world)
    new = outcomes[f"{name}.again"]
    assert new.status == "decided"
    assert new.decision.mechanism in ("nash", "round_robin")
    assert f"{who} objects over linked dates" in new.decision.fallback
    assert outcomes[name].row.status == "overruled"
    assert decision_in(world.conflicts.store, name) == first
    balances = world.ledger.balances()
    assert {who: balances[f"person:{who}"] for who in PEOPLE} == dict.fromkeys(PEOPLE, ENDOWED)
    assert balances[f"escrow:{name}"] == 0
    assert world.ledger.verify() is None
    granted, _ = world.conflicts.store.decided(world.week.monday)
    assert granted == {(w, day) for w, days in new.decision.grants.items() for day in days}


def test_both_decisions_are_found_again(world: World) -> None:
    """Each from its own inputs and seed, after a restart; the second says why it was made."""
    name, who = lost(world)
    world.conflicts.object_to(name, who)
    again(world)
    other = world.again()
    rows = all_decided(other.store)
    assert [row.conflict for row in rows] == [name, f"{name}.again"]
    assert [row.number for row in rows] == [1, 2]
    assert [replay_stored(other.store, row).findings for row in rows] == [(), ()]
    assert f"{who} objects" in " ".join(explain(rows[1]))
    other.__exit__()


def test_the_same_again_changes_nothing(world: World) -> None:
    """Neither an objection nor what follows it."""
    name, who = lost(world)
    for step in (lambda: world.conflicts.object_to(name, who), lambda: again(world)):
        step()
        before = list(dump(world.conflicts.store.database))
        step()
        assert list(dump(world.conflicts.store.database)) == before


def test_an_overruled_win_is_none(world: World) -> None:
    """It counts in no weight, and moved nobody on the wheel."""
    name, who = lost(world)
    world.conflicts.object_to(name, who)
    decision = again(world)[f"{name}.again"].decision
    row = world.conflicts.store.conflict(f"{name}.again")
    seen = world.conflicts.store.seen(row, PEOPLE)
    assert seen.overruled == {name}
    assert {result.conflict for result in seen.contests} == {f"{name}.again"}
    turned = [event for event in seen.turned("holiday") if event.kind == "win"]
    assert {p for event in turned for p in event.physicians} == set(decision.moved)


def test_a_late_or_groundless_objection_is_refused(world: World) -> None:
    """After 48 hours, by who lost nothing, by a stranger, or before anything is decided."""
    rows = [one.row.id for one in world.conflicts.resolve(world.week)]
    with pytest.raises(ConflictError, match="is open: nothing is decided"):
        world.conflicts.object_to(rows[0], "anna")
    name, who = lost(world)
    with pytest.raises(StoreError, match="'zeno' claims nothing"):
        world.conflicts.object_to(name, "zeno")
    world.clock.move(48)
    with pytest.raises(ConflictError, match="objections could come until"):
        world.conflicts.object_to(name, who)
    assert list(again(world)) == [name]


def test_a_single_date_is_not_objected_to(url: str) -> None:
    """The table asks for two linked dates or more; and for an auction of a holiday."""
    world = World(url, wishing({HOLIDAY: PEOPLE}))
    name = world.auctioned(BIDS)
    with pytest.raises(ConflictError, match="dario claims 1 date; objections are over 2 linked"):
        world.conflicts.object_to(name, "dario")
    with pytest.raises(ConflictError, match="anna was refused nothing"):
        world.conflicts.object_to(name, "anna")
    world.conflicts.__exit__()
