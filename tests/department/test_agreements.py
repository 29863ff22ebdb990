"""What parties see of conflicts and do about them: lists, trials, reasons, agreements."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pysched.bank.ledger import RefusedError
from pysched.conflicts import ConflictError
from pysched.conflicts.negotiation import Transfer
from pysched.department.conflict_views import (
    Supposed,
    all_decided,
    decision_in,
    explain,
    listed,
    replay_stored,
    simulate,
)
from pysched.store.conflict_seen import result_of
from pysched.store.dump import dump
from tests.department.conflict_world import (
    ENDOWED,
    HOLIDAY,
    SATURDAY,
    WISHES,
    World,
    by_day,
    wishing,
)


@pytest.fixture
def world(url: str) -> Iterator[World]:
    """Four who want the holiday off, three the Saturday and one a Wednesday; two databases."""
    world = World(url, wishing(WISHES))
    yield world
    world.conflicts.__exit__()


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


def test_an_agreement_that_was_cut_short_is_decided_by_the_next_resolve(world: World) -> None:
    """All have agreed, and the process died before it was decided."""
    name = by_day(world)[SATURDAY].row.id
    world.conflicts.agree(world.week, name, "anna", {"anna": (SATURDAY,)})
    row = world.conflicts.agree(world.week, name, "carla").row
    digest = row.claim_of("anna").agreed_to
    assert digest is not None
    world.conflicts.store.agree(name, "dario", digest)
    assert world.conflicts.store.decision(name) is None
    decision = by_day(world)[SATURDAY].decision
    assert (decision.mechanism, set(decision.grants)) == ("agreement", {"anna"})


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
    assert by_day(world)[SATURDAY].status == "waits"
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


def test_simulate_answers_the_same_once_it_is_decided(world: World) -> None:
    """The chances that there were, not those of a week in which the days off are granted."""
    rows = {day: one.row for day, one in by_day(world).items()}
    nothing = Supposed({}, {})
    before = simulate(world.conflicts, world.week, rows[SATURDAY], nothing, 20, ("lottery",))
    world.conflicts.resolve(world.week, [rows[SATURDAY].id], early=True)
    rows = {row.day: row for row in listed(world.conflicts, world.week).rows}
    after = simulate(world.conflicts, world.week, rows[SATURDAY], nothing, 20, ("lottery",))
    assert (rows[SATURDAY].status, before[0].is_past, after[0].is_past) == ("decided", False, True)
    assert after[0].chances == before[0].chances
    assert max(after[0].chances.values()) < 1_000_000


@pytest.mark.parametrize(
    ("mechanism", "words", "tokens"),
    [
        ("hybrid", "no chance depended on it, and it cost no token", {}),
        ("lottery", "at a token, and was likelier to be drawn", {"anna": 1}),
    ],
)
def test_a_reader_is_told_what_a_need_counted_for(
    world: World, mechanism: str, words: str, tokens: dict[str, int]
) -> None:
    """The lottery takes a token for it, and nothing else looks at it."""
    name = by_day(world)[SATURDAY].row.id
    world.conflicts.state_need(name, "anna", "high")
    world.conflicts.resolve(world.week, [name], mechanism, early=True)
    row = decision_in(world.conflicts.store, name)
    assert any("anna stated high need" in s and words in s for s in explain(row))
    assert result_of(row.result).tokens == tokens


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
