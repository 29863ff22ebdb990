"""Conflicts of a toy week: found, decided, kept, and the same after a restart."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text

from pysched.bank.ledger import RefusedError
from pysched.conflicts import ConflictError
from pysched.conflicts.negotiation import Transfer
from pysched.department import StoreError
from pysched.department.conflict_views import (
    Supposed,
    all_decided,
    explain,
    listed,
    replay_stored,
    simulate,
)
from pysched.store import ConflictStore, Database
from pysched.store.conflict_seen import read_granted
from pysched.store.dump import dump
from tests.department.conflict_world import (
    ENDOWED,
    HOLIDAY,
    PEOPLE,
    SATURDAY,
    World,
    week_of,
    wishing,
)
from tests.department.long_toy import SCENARIO

WEDNESDAY = date(2024, 4, 24)
WISHES = {HOLIDAY: PEOPLE, SATURDAY: ("anna", "carla", "dario"), WEDNESDAY: ("bruno",)}


@pytest.fixture
def world(url: str) -> Iterator[World]:
    """Four who want the holiday off, three the Saturday and one a Wednesday; two databases."""
    world = World(url, wishing(WISHES))
    yield world
    world.conflicts.__exit__()


def by_day(world: World) -> dict[date, Any]:
    """Return the outcome of the conflicts by day."""
    return {one.row.day: one for one in world.conflicts.resolve(world.week)}


def test_what_is_not_contested_is_granted_at_once(world: World) -> None:
    """Nothing moves: no credits, no wheel; the others wait, and nothing is decided twice."""
    outcomes = by_day(world)
    free = outcomes[WEDNESDAY]
    assert free.status == "decided"
    assert free.decision.grants == free.decision.free == {"bruno": (WEDNESDAY,)}
    assert (free.decision.moved, free.decision.payments) == ((), ())
    assert [outcomes[day].status for day in (HOLIDAY, SATURDAY)] == ["waits", "waits"]
    assert [outcomes[day].row.kind for day in (HOLIDAY, SATURDAY)] == ["holiday", "day_off"]
    assert by_day(world)[WEDNESDAY].status == "before"
    rows = list(dump(world.conflicts.store.database))
    assert by_day(world)[HOLIDAY].status == "waits"
    assert list(dump(world.conflicts.store.database)) == rows


def test_a_week_is_decided_once_its_time_is_over(world: World) -> None:
    """The holiday by auction, the Saturday by the wheel; no more are off than can be."""
    world.auctioned({"anna": 500, "bruno": 700, "carla": 300})
    outcomes = by_day(world)
    holiday, saturday = outcomes[HOLIDAY].decision, outcomes[SATURDAY].decision
    assert (holiday.mechanism, saturday.mechanism) == ("auction", "wheel")
    assert set(holiday.grants) == {"anna", "bruno"}
    assert len(saturday.grants) == 2
    balances = world.ledger.balances()
    name = outcomes[HOLIDAY].row.id
    assert balances[f"escrow:{name}"] == 600
    paid = {who: ENDOWED - balances[f"person:{who}"] for who in PEOPLE}
    assert paid == {"anna": 300, "bruno": 300, "carla": 0, "dario": 0}
    assert world.ledger.verify() is None
    granted = world.conflicts.store.database.read(lambda c: read_granted(c, world.week.monday))
    assert len(granted) == 5


def test_the_wheel_goes_round(url: str) -> None:
    """Who won a Saturday comes after the others on the next; the order is that of the events."""
    days = [date(2024, 4, 27), date(2024, 5, 4), date(2024, 5, 11), date(2024, 5, 18)]
    scenario = wishing(dict.fromkeys(days, ("anna", "carla", "dario")))
    scenario = dataclasses.replace(scenario, last_day=date(2024, 5, 19))
    world = World(url, scenario)
    winners = []
    for day in days:
        (one,) = world.again().resolve(week_of(scenario, day), early=True)
        assert one.decision is not None
        winners.append(set(one.decision.grants))
    for before, after in pairwise(winners):
        assert {"anna", "carla", "dario"} - before <= after
    world.conflicts.__exit__()


def test_decisions_are_the_same_after_a_restart(world: World, tmp_path: object) -> None:
    """Every byte: read again, decided again, and decided in another database from the same."""
    world.auctioned({"anna": 500, "bruno": 700, "carla": 300})
    store = world.conflicts.store
    rows = all_decided(store)
    assert len(rows) == 3
    again = world.again()
    assert all_decided(again.store) == rows
    for row in rows:
        assert replay_stored(again.store, row).findings == ()
    other = World(f"sqlite:///{tmp_path}/other.sqlite", world.scenario)
    other.auctioned({"anna": 500, "bruno": 700, "carla": 300})
    assert all_decided(other.conflicts.store) == rows
    order = [row for row in explain(rows[-1]) if "the order of the wheel" in row]
    assert len(order) == 1
    again.__exit__()
    other.conflicts.__exit__()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE decision SET result = replace(result, 'anna', 'dario')", "come"),
        ("UPDATE decision SET inputs = replace(inputs, '\"bid\":700', '\"bid\":100')", "inputs"),
        ("UPDATE decision SET number = 1 WHERE number = 2", "the seed is not the one"),
    ],
)
def test_a_changed_decision_is_found(tmp_path: object, change: str, words: str) -> None:
    """Its result, what it was made from, or which seed it used."""
    world = World(f"sqlite:///{tmp_path}/x.sqlite", wishing({HOLIDAY: PEOPLE}))
    world.auctioned({"anna": 500, "bruno": 700, "carla": 300})
    (row,) = all_decided(world.conflicts.store)
    assert row.number == 1
    change = change.replace("number = 1 WHERE number = 2", "number = 2 WHERE number = 1")
    with world.conflicts.store.database.transaction() as connection:
        connection.execute(text("DROP TRIGGER decision_no_update"))
        connection.exec_driver_sql(change)
    (row,) = all_decided(world.conflicts.store)
    assert words in "; ".join(replay_stored(world.conflicts.store, row).findings)
    world.conflicts.__exit__()


def test_attack_5_at_this_layer(world: World) -> None:
    """Neither a bid nor a need nor an agreement comes in after the close, whoever asks."""
    name = by_day(world)[HOLIDAY].row.id
    world.clock.move(48)
    for late in (
        lambda: world.conflicts.bid(name, "anna", 100, "a nonce"),
        lambda: world.conflicts.state_need(name, "anna", "high"),
        lambda: world.conflicts.agree(world.week, name, "anna", {"anna": (HOLIDAY,)}),
    ):
        with pytest.raises(ConflictError, match="could come until 2024-04-03 08:00:00 UTC"):
            late()
    world.clock.move(24)
    by_day(world)
    with pytest.raises(ConflictError, match="is decided already"):
        world.conflicts.bid(name, "anna", 100, "a nonce")


def test_attack_18_the_same_twice_is_once(world: World) -> None:
    """Bids, reveals, agreements and decisions sent again change no row of the database."""
    name = by_day(world)[SATURDAY].row.id
    steps = [
        lambda: world.conflicts.state_need(name, "anna", "some"),
        lambda: world.conflicts.bid(name, "anna", 100, "a nonce", 250),
        lambda: world.conflicts.agree(world.week, name, "anna", {"anna": (SATURDAY,)}),
        lambda: world.conflicts.agree(world.week, name, "carla"),
        lambda: world.clock.move(48 - world.clock.now.hour + 8),
        lambda: world.conflicts.reveal(name, "anna", 100, "a nonce"),
        lambda: world.conflicts.resolve(world.week, early=True),
    ]
    for step in steps:
        step()
        before = list(dump(world.conflicts.store.database))
        if step is not steps[4]:
            step()
        assert list(dump(world.conflicts.store.database)) == before


def test_a_bid_that_is_not_revealed_counts_as_none(world: World) -> None:
    """It comes back, and its owner has used a token."""
    name = by_day(world)[HOLIDAY].row.id
    world.conflicts.bid(name, "dario", 900, "a nonce")
    world.sealed(name, {"anna": 500, "bruno": 700, "carla": 300})
    world.clock.move(24)
    decision = by_day(world)[HOLIDAY].decision
    assert set(decision.grants) == {"anna", "bruno"}
    assert decision.tokens == {"dario": 1}
    assert world.ledger.balances()["person:dario"] == ENDOWED
    saturday = listed(world.conflicts, world.week)
    assert saturday.decisions[name] == decision


def test_parties_settle_by_agreement(world: World) -> None:
    """One proposes, the others agree; the credits go over with the decision, and no mechanism."""
    name = by_day(world)[SATURDAY].row.id
    grants = {"anna": (SATURDAY,), "dario": (SATURDAY,)}
    gifts = (Transfer("anna", "carla", 300), Transfer("dario", "carla", 150))
    assert world.conflicts.agree(world.week, name, "anna", grants, gifts).decision is None
    assert world.conflicts.agree(world.week, name, "carla").decision is None
    assert world.ledger.balances()["person:carla"] == ENDOWED
    decision = world.conflicts.agree(world.week, name, "dario").decision
    assert decision is not None
    assert decision.mechanism == "agreement"
    balances = world.ledger.balances()
    assert [balances[f"person:{who}"] for who in ("anna", "carla", "dario")] == [1700, 2450, 1850]
    row = world.conflicts.store.decision(name)
    assert row is not None
    assert (row.mechanism, row.chain, row.number) == ("agreement", None, None)
    assert replay_stored(world.conflicts.store, row).findings == ()
    assert "anna gives carla 3.00 credits." in explain(row)
    assert by_day(world)[SATURDAY].status == "before"


def test_a_new_proposal_voids_what_was_agreed_to(world: World) -> None:
    """Whoever agreed to the first has to agree again."""
    name = by_day(world)[SATURDAY].row.id
    world.conflicts.agree(world.week, name, "anna", {"anna": (SATURDAY,)})
    world.conflicts.agree(world.week, name, "carla")
    world.conflicts.agree(world.week, name, "dario", {"dario": (SATURDAY,)})
    row = world.conflicts.store.conflict(name)
    assert [c.physician for c in row.claims if c.agreed_to] == ["dario"]


def test_an_agreement_that_cannot_be_paid_leaves_nothing(world: World) -> None:
    """Not even the last consent's decision; the conflict stays open."""
    name = by_day(world)[SATURDAY].row.id
    gift = (Transfer("anna", "carla", ENDOWED),)
    world.conflicts.agree(world.week, name, "anna", {"anna": (SATURDAY,)}, gift)
    world.conflicts.agree(world.week, name, "carla")
    holiday = by_day(world)[HOLIDAY].row.id
    world.conflicts.bid(holiday, "anna", 100, "a nonce")
    with pytest.raises((ConflictError, RefusedError)):
        world.conflicts.agree(world.week, name, "dario")
    assert world.conflicts.store.decision(name) is None
    assert world.conflicts.store.conflict(name).status == "open"
    assert world.ledger.balances()["person:carla"] == ENDOWED


def test_simulate_tries_every_mechanism_and_stores_nothing(world: World) -> None:
    """On the same claims, stored or not; winners, payments and chances."""
    before = list(dump(world.conflicts.store.database))
    rows = {row.day: row for row in listed(world.conflicts, world.week).rows}
    supposed = Supposed({"anna": 500, "bruno": 700, "carla": 300}, {"dario": "high"})
    trials = {
        one.asked: one for one in simulate(world.conflicts, world.week, rows[HOLIDAY], supposed, 20)
    }
    assert set(trials) == {
        "hybrid", "lottery", "wheel", "auction", "nash", "seniority", "round_robin",
    }  # fmt: skip
    for one in trials.values():
        assert one.decision is not None
        assert len(one.decision.grants) == 2
        assert sum(one.chances.values()) == pytest.approx(2_000_000, abs=9)
    auction = trials["auction"]
    assert auction.decision is not None
    assert set(auction.decision.grants) == {"anna", "bruno"}
    assert auction.chances["anna"] == 1_000_000
    assert auction.decision.paid_cents("anna") == 300
    assert trials["hybrid"].decision.mechanism == "auction"  # type: ignore[union-attr]
    assert trials["lottery"].chances["dario"] > 0
    assert list(dump(world.conflicts.store.database)) == before


def test_simulate_refuses_what_cannot_be_supposed(world: World) -> None:
    """A stranger's bid, and one that is more than he has."""
    rows = {row.day: row for row in listed(world.conflicts, world.week).rows}
    for bids, words in (({"zeno": 1}, "'zeno' claims nothing"), ({"anna": 10**6}, "bids 1000000")):
        with pytest.raises(ConflictError, match=words):
            simulate(world.conflicts, world.week, rows[HOLIDAY], Supposed(bids, {}), 1)


def test_explain_says_why_who_got_what(world: World) -> None:
    """Bids and prices of an auction, the order of a wheel, what was free."""
    world.auctioned({"anna": 500, "bruno": 700, "carla": 300})
    told = {row.mechanism: explain(row) for row in all_decided(world.conflicts.store)}
    auction = "\n".join(told["auction"])
    assert "the bids were bruno 7.00, anna 5.00, carla 3.00, dario 0.00" in auction
    assert "anna bid 5.00 and pays 3.00" in auction
    assert "carla is refused 2024-04-25" in auction
    assert "6.00 credits go to those refused who then work on 2024-04-25" in auction
    assert "the order of the wheel was" in "\n".join(told["wheel"])
    assert "bruno is off on 2024-04-24: nobody's claim stands against it." in told["none"]


def test_a_list_shows_needs_and_stores_nothing(world: World) -> None:
    """Before and after a conflict is opened."""
    found = listed(world.conflicts, world.week)
    assert found.opened == frozenset()
    assert [w.physician for w in found.free] == ["bruno"]
    name = by_day(world)[HOLIDAY].row.id
    world.conflicts.state_need(name, "dario", "high")
    found = listed(world.conflicts, world.week)
    seen = {need.physician: (need.urgency, need.tokens) for need in found.needs[name]}
    assert seen == {
        "anna": ("none", 2), "bruno": ("none", 2), "carla": ("none", 2), "dario": ("high", 2),
    }  # fmt: skip
    (saturday,) = (row for row in found.rows if row.day == SATURDAY)
    assert {need.physician: need.tokens for need in found.needs[saturday.id]}["dario"] == 1
    assert (found.free, len(found.decisions)) == ((), 1)


def test_a_closed_week_is_not_decided(url: str) -> None:
    """What was worked stays."""
    from tests.department.long_toy import close_all

    assert len(list(close_all(url, 2))) == 2
    world = World(url, wishing(WISHES))
    with pytest.raises(StoreError, match="week 2024-W17 is closed"):
        world.conflicts.resolve(world.week)
    assert ConflictStore(Database(url), world.conflicts.profile).conflicts() == []
    world.conflicts.__exit__()


def test_the_network_says_the_numbers_of_conflicts() -> None:
    """By key; what is unknown is named."""
    from pysched.department.bank import bank_of, conflict_rules_of
    from pysched.instance import InstanceError

    asked = dataclasses.replace(SCENARIO, bank={"conflicts": {"tokens_a_quarter": "3"}})
    assert conflict_rules_of(asked).tokens_a_quarter == 3
    assert bank_of(asked).name == "recommended"
    seed = dataclasses.replace(SCENARIO, bank={"profile": "seed"})
    assert conflict_rules_of(seed).price == "first"
    for wrong in ({"song": 1}, "song"):
        scenario = dataclasses.replace(SCENARIO, bank={"conflicts": wrong})
        with pytest.raises(InstanceError, match="song"):
            conflict_rules_of(scenario)
