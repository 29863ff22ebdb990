"""The table of the proposal: which mechanism decides what, and what takes its place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pysched.conflicts import (
    MECHANISMS,
    Claim,
    Conflict,
    ConflictError,
    ConflictRules,
    chances_of,
    mechanism_of,
    replay,
    resolve,
)
from pysched.conflicts.hybrid import Hybrid
from tests.conflicts.worlds import MONDAY, auction_of, conflict, days, people, seats, state

RULES = ConflictRules()
HYBRID = Hybrid(RULES)


def holiday(bids: tuple[int, ...], objects: int | None = None, count: int = 2) -> Conflict:
    """Return bids on linked dates, to which one may object."""
    dates = days(count)
    claims = tuple(
        Claim(name, dates, bid_cents=bid, objects=number == objects)
        for number, (name, bid) in enumerate(zip(people(len(bids)), bids, strict=True))
    )
    return Conflict("H1", "holiday", dates, claims)


def test_each_kind_has_its_mechanism() -> None:
    """Wheel, auction, coverage, seniority."""
    names = people(3)
    known = state(names, seats(1, days(2)))
    members = {**known.members, "P01": replace(known.members["P01"], seniority_years=Decimal(9))}
    known = replace(known, members=members)
    cases = {
        "wheel": conflict(names, days(2)),
        "auction": holiday((900, 700, 500)),
        "coverage": conflict(names, days(2), "coverage"),
        "seniority": conflict(names, days(2), "vacation", whole=True),
        "none": conflict(names[:1], days(2)),
    }
    decided = {name: HYBRID.resolve(case, known, "s") for name, case in cases.items()}
    assert {name: decision.mechanism for name, decision in decided.items()} == {
        name: name for name in cases
    }
    assert {decision.fallback for decision in decided.values()} == {""}


def test_equal_bids_at_the_margin_are_bargained_over() -> None:
    """And nobody pays."""
    decision = HYBRID.resolve(holiday((900, 900, 100)), state(people(3), seats(1, days(2))), "s")
    assert (decision.mechanism, decision.payments) == ("nash", ())
    assert decision.fallback == "the auction is disputed: marginal bids are equal"
    assert decision.sentences[1] == "The auction is disputed: marginal bids are equal."


def test_a_loser_of_linked_dates_may_object() -> None:
    """Not a winner, and not over a single date."""
    known = state(people(3), seats(1, days(2)))
    loser = HYBRID.resolve(holiday((900, 700, 500), objects=2), known, "s")
    assert loser.mechanism == "nash"
    assert loser.fallback == "the auction is disputed: P02 objects over linked dates"
    winner = HYBRID.resolve(holiday((900, 700, 500), objects=0), known, "s")
    single = HYBRID.resolve(holiday((900, 700, 500), objects=2, count=1), known, "s")
    assert {winner.mechanism, single.mechanism} == {"auction"}


def test_a_bargain_that_takes_too_long_is_replaced_by_turns() -> None:
    """Both reasons are said; the decision is found again on a machine that is faster."""
    hurried = ConflictRules(limit_seconds=0)
    case, known = holiday((900, 900, 900)), state(people(3), seats(1, days(2)))
    decision = resolve("hybrid", case, known, "s", hurried)
    assert decision.mechanism == "round_robin"
    assert decision.fallback == (
        "the auction is disputed: marginal bids are equal; no bargain was proven within 0 s"
    )
    assert replay(decision, case, known, hurried) == decision
    slow = replace(decision, fallback=decision.fallback.replace("0 s", "120 s"))
    again = replay(slow, case, known, RULES)
    assert (again.mechanism, again.grants) == ("round_robin", decision.grants)


def test_close_scores_are_auctioned() -> None:
    """A block of vacation between two with the same score goes to the higher bid."""
    names, dates = people(2), days(5)
    claims = tuple(
        Claim(name, dates, bid_cents=bid, whole=True)
        for name, bid in zip(names, (300, 800), strict=True)
    )
    case = Conflict("V1", "vacation", dates, claims)
    decision = HYBRID.resolve(case, state(names, seats(1, dates)), "s")
    assert (decision.mechanism, decision.grants) == ("auction", {"P01": dates})
    assert decision.paid_cents("P01") == 300
    assert decision.pending_cents == {dates[0]: 300}
    assert decision.fallback == "scores at the margin differ by less than 5 %"


def test_a_mechanism_has_a_name() -> None:
    """Each is made by it; others are refused."""
    for name in MECHANISMS:
        assert mechanism_of(name, RULES).name == name
    with pytest.raises(ConflictError, match="mechanism 'dice' is none of hybrid, lottery"):
        mechanism_of("dice", RULES)


def test_chances_are_those_of_other_seeds() -> None:
    """Even among equals in a lottery; certain in an auction; part of a decision if asked for."""
    names = people(4)
    known = state(names, seats(1))
    even = chances_of(mechanism_of("lottery", RULES), conflict(names), known, "s", 400)
    assert sum(even.values()) == 1_000_000
    assert all(abs(chance - 250_000) < 80_000 for chance in even.values())
    bids = auction_of(dict(zip(names, (900, 700, 500, 300), strict=True)))
    sure = resolve("auction", bids, known, "s", ConflictRules(chance_draws=5))
    assert sure.chances == {"P00": 1_000_000, "P01": 0, "P02": 0, "P03": 0}
    assert resolve("auction", bids, known, "s", RULES).chances == {}


def test_a_decision_says_everything_in_words() -> None:
    """Who has what, who has not, who pays, and what waits."""
    names = people(2)
    bids = auction_of(dict(zip(names, (900, 700), strict=True)))
    decision = resolve("hybrid", bids, state(names, seats(1)), "s", RULES)
    assert decision.sentences == (
        "C1: 2 claims on 1 day, by auction.",
        f"P00: {MONDAY} granted.",
        f"P01: {MONDAY} refused.",
        "P00 pays 7.00.",
        f"7.00 wait for those refused who work on {MONDAY}.",
    )
    assert decision.refused(bids) == {"P01": (MONDAY,)}
    assert decision.contested("P00") == (MONDAY,)
