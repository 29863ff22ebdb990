"""Paying: what an escrow holds goes out to the cent, whatever was worked."""

from __future__ import annotations

from random import Random

import pytest

from pysched.conflicts import Claim, Conflict, ConflictRules, Decision
from pysched.conflicts.auction import Auction
from pysched.conflicts.paying import paid_in, paying_of
from tests.conflicts.worlds import MONDAY, auction_of, days, people, seats, state

BIDS = {"A": 900, "B": 700, "C": 500, "D": 301}


def decided(bids: dict[str, int], count: int, **rules: object) -> tuple[Conflict, Decision]:
    """Return an auction of one day and what it comes to."""
    conflict = auction_of(bids)
    mechanism = Auction(ConflictRules(**rules))  # type: ignore[arg-type]
    return conflict, mechanism.resolve(conflict, state(tuple(bids), seats(count)), "seed")


def test_those_refused_who_work_share_to_the_cent() -> None:
    """Two winners pay 5.00 each; of the two refused only one has a duty."""
    conflict, decision = decided(BIDS, 2)
    assert paid_in(decision) == {"A": 500, "B": 500}
    paying = paying_of(conflict, decision, {("C", MONDAY)}, ())
    assert (paying.refunds, paying.shares) == ({}, {"person:C": 1000})
    assert paying.compensation == {("C", MONDAY): 1000}
    both = paying_of(conflict, decision, {("C", MONDAY), ("D", MONDAY)}, ())
    assert both.shares == {"person:C": 500, "person:D": 500}


def test_what_nobody_earns_goes_to_the_pool() -> None:
    """None of those refused had to work."""
    conflict, decision = decided(BIDS, 2)
    paying = paying_of(conflict, decision, {("A", MONDAY)}, ())
    assert (paying.shares, paying.compensation) == ({"pool:surplus": 1000}, {})


def test_a_broken_day_is_paid_back() -> None:
    """To its winner in full; what the others share is less by so much."""
    conflict, decision = decided(BIDS, 2)
    broken = {("A", MONDAY)}
    paying = paying_of(conflict, decision, {("A", MONDAY), ("C", MONDAY)}, broken)
    assert paying.refunds == {"A": 500}
    assert paying.shares == {"person:C": 500}


@pytest.mark.parametrize("price", ["first", "uniform", "cavallo"])
@pytest.mark.parametrize("distribution", ["losers", "on_duty", "group", "pool"])
def test_an_escrow_is_empty_in_the_end(price: str, distribution: str) -> None:
    """Refunds and shares are what was paid in, for any bids, any work and any broken days."""
    random_ = Random(f"{price} {distribution}")
    for _ in range(40):
        names = people(random_.randint(2, 7))
        bids = {name: random_.choice((0, 100, 333, random_.randint(100, 999))) for name in names}
        count = random_.randint(1, len(names) - 1)
        conflict, decision = decided(bids, count, price=price, distribution=distribution)
        worked = {(name, MONDAY) for name in names if random_.random() < 0.5}
        granted = set(decision.grants)
        broken = {(name, day) for name, day in worked if name in granted}
        paying = paying_of(conflict, decision, worked, broken)
        total = sum(paying.refunds.values()) + sum(paying.shares.values())
        assert total == sum(paid_in(decision).values())
        assert min([*paying.refunds.values(), *paying.shares.values()], default=1) > 0
        assert paying.refunds == {
            name: cents for name, cents in paid_in(decision).items() if (name, MONDAY) in broken
        }


def test_of_a_block_the_part_that_was_lost_comes_back() -> None:
    """One day of three: a third of its price."""
    three = days(3)
    claims = tuple(Claim(name, three, bid_cents=cents, whole=True) for name, cents in BIDS.items())
    conflict = Conflict("C1", "vacation", three, claims)
    decision = Auction().resolve(conflict, state(tuple(BIDS), seats(1, three)), "seed")
    assert paid_in(decision) == {"A": 700}
    paying = paying_of(conflict, decision, {("B", three[2])}, {("A", three[1])})
    assert paying.refunds == {"A": 233}
    assert paying.shares == {"person:B": 467}


def test_a_block_that_nobody_contests_changes_nothing_of_what_comes_back() -> None:
    """Of linked days the proceeds are kept under the first contested one, not the first of all."""
    week = days(5)
    claims = (
        Claim("A", week[:1], whole=True),
        *(Claim(name, week[2:], bid_cents=BIDS[name], whole=True) for name in ("B", "C")),
    )
    conflict = Conflict("C1", "vacation", week, claims)
    decision = Auction().resolve(conflict, state(("A", "B", "C"), seats(1, week)), "seed")
    assert decision.free == {"A": week[:1]}
    assert paid_in(decision) == {"B": 500}
    paying = paying_of(conflict, decision, {("C", week[3])}, {("B", week[2])})
    assert paying.refunds == {"B": 167}
    assert paying.shares == {"person:C": 333}
