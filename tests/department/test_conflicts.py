"""Conflicts of a toy week: found, decided, kept, and the same after a restart."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import text

from pysched.conflicts import ConflictError
from pysched.department import StoreError
from pysched.department.conflict_views import (
    all_decided,
    explain,
    listed,
    replay_stored,
)
from pysched.store import ConflictStore, Database
from pysched.store.conflict_seen import read_granted
from pysched.store.dump import dump
from tests.department.conflict_world import (
    ENDOWED,
    HOLIDAY,
    PEOPLE,
    SATURDAY,
    WEDNESDAY,
    WISHES,
    World,
    by_day,
    nonce_of,
    week_of,
    wishing,
)
from tests.department.long_toy import SCENARIO


@pytest.fixture
def world(url: str) -> Iterator[World]:
    """Four who want the holiday off, three the Saturday and one a Wednesday; two databases."""
    world = World(url, wishing(WISHES))
    yield world
    world.conflicts.__exit__()


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
    name = by_day(world)[HOLIDAY].row.id
    steps = [
        lambda: world.conflicts.state_need(name, "anna", "some"),
        lambda: world.conflicts.bid(name, "anna", 100, "a nonce", 250),
        lambda: world.conflicts.agree(world.week, name, "anna", {"anna": (HOLIDAY,)}),
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


def test_early_gives_sealed_bids_their_time(world: World) -> None:
    """Bidding ends at once, nobody loses a token before he could show his bid; others wait not."""
    name = by_day(world)[HOLIDAY].row.id
    for who, cents in (("anna", 500), ("carla", 700)):
        world.conflicts.bid(name, who, cents, nonce_of(who))
    world.clock.move(1)
    outcomes = {o.row.day: o for o in world.conflicts.resolve(world.week, early=True)}
    assert [outcomes[day].status for day in (HOLIDAY, SATURDAY)] == ["waits", "decided"]
    assert "sealed bids to be revealed yet: anna, carla" in outcomes[HOLIDAY].note
    with pytest.raises(ConflictError, match="could come until 2024-04-01 09:00:00 UTC"):
        world.conflicts.bid(name, "dario", 900, "late")
    world.conflicts.reveal(name, "carla", 700, nonce_of("carla"))
    outcomes = {o.row.day: o for o in world.conflicts.resolve(world.week, early=True)}
    still = outcomes[HOLIDAY]
    assert (still.status, "revealed yet: anna;" in still.note) == ("waits", True)
    world.clock.move(24)
    decision = by_day(world)[HOLIDAY].decision
    assert decision.tokens == {"anna": 1}
    assert "carla" in decision.grants
    (row,) = [row for row in all_decided(world.conflicts.store) if row.conflict == name]
    told = " ".join(explain(row))
    assert "counted as none: the bid of anna." in told
    assert "anna 0.00" not in told


def test_early_decides_at_once_what_is_revealed(world: World) -> None:
    """No token is lost, and the highest bids win."""
    name = by_day(world)[HOLIDAY].row.id
    world.conflicts.bid(name, "carla", 700, nonce_of("carla"))
    world.clock.move(1)
    world.conflicts.resolve(world.week, early=True)
    world.conflicts.reveal(name, "carla", 700, nonce_of("carla"))
    outcomes = {o.row.day: o for o in world.conflicts.resolve(world.week, early=True)}
    assert "carla" in outcomes[HOLIDAY].decision.grants
    assert outcomes[HOLIDAY].decision.tokens == {}


def test_nobody_bids_where_bids_do_not_count(world: World) -> None:
    """A day off goes by the wheel; a nonce alone is taken, as lots are drawn with it,
    and a bid for an auction that is agreed on."""
    name = by_day(world)[SATURDAY].row.id
    with pytest.raises(
        ConflictError, match="by the wheel, which takes no bids; mechanism auction does"
    ):
        world.conflicts.bid(name, "anna", 100, "a nonce")
    with pytest.raises(
        ConflictError, match="by the wheel, which takes no bids; mechanism auction does"
    ):
        world.conflicts.bid(name, "anna", 0, "a nonce", 100)
    world.conflicts.bid(name, "anna", 100, "a nonce", mechanism="auction")
    world.conflicts.bid(name, "anna", 0, "a nonce")
    assert world.ledger.balances()["person:anna"] == ENDOWED


def test_equal_bids_at_the_margin_are_bargained_over(world: World) -> None:
    """All bid the same: Nash; nobody bids: lots."""
    world.auctioned(dict.fromkeys(PEOPLE, 500))
    assert by_day(world)[HOLIDAY].decision.mechanism == "nash"


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
