"""The auction: its prices against brute force, its truth, its budget, its cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest

from pysched.bank.amount import split
from pysched.conflicts import Conflict, ConflictError, ConflictRules, ConflictState, Decision
from pysched.conflicts.auction import Auction
from pysched.conflicts.decision import escrow_of
from pysched.conflicts.oracles import DayGraph, DayMatching
from tests.conflicts.worlds import (
    MONDAY,
    auction_of,
    conflict,
    days,
    feasible_sets,
    people,
    random_matching,
    seats,
    state,
)

UNIFORM = ConflictRules(price="uniform", distribution="pool")
CAVALLO = ConflictRules(price="cavallo")
FIRST = ConflictRules(price="first", distribution="pool")


def decided(
    bids: Mapping[str, int], known: ConflictState, rules: ConflictRules, seed: str = "s"
) -> Decision:
    """Return what is decided of bids on one day."""
    return Auction(rules).resolve(auction_of(bids), known, seed)


def gain(decision: Decision, name: str, value: int) -> int:
    """Return what a claimant has of a decision: the day if he wins, less what he pays."""
    return (value if name in decision.grants else 0) - decision.paid_cents(name)


def best_deviations(rules: ConflictRules, trials: int, seed: int) -> list[int]:
    """Return for so many trials what somebody gains by a false bid, all others being fixed."""
    rng = Random(seed)
    gains = []
    while len(gains) < trials:
        names = people(rng.randint(3, 6))
        known = state(names, random_matching(rng, len(names)), available_cents=10_000)
        if rng.random() < 0.5:
            known = replace(known, oracle=seats(rng.randint(1, len(names) - 1)))
        # Few values, so that ties and values under the least bid occur.
        values = {name: rng.choice((0, 50, 100, 200, rng.randint(1, 999))) for name in names}
        truth = decided(values, known, rules)
        for name in names:
            for bid in {rng.randint(0, 1_200), rng.choice(list(values.values())), 0}:
                false = decided(values | {name: bid}, known, rules)
                gains.append(gain(false, name, values[name]) - gain(truth, name, values[name]))
    return gains


def test_uniform_price_is_truthful_where_payments_leave_the_group() -> None:
    """Vickrey 1961: of 10,000 false bids none gains, whatever the day's limits and lots."""
    gains = best_deviations(UNIFORM, 10_000, 1)
    assert max(gains) == 0
    assert min(gains) < 0


def test_cavallo_is_truthful_too() -> None:
    """Cavallo 2006: a rebate that no own bid moves leaves nothing to gain; rounding aside, none."""
    gains = best_deviations(CAVALLO, 10_000, 2)
    assert max(gains) == 0
    assert min(gains) < 0


def test_first_price_is_not() -> None:
    """The same trials find that bidding less pays, as the design measured."""
    assert max(best_deviations(FIRST, 800, 3)) > 100


def test_cavallo_returns_much_and_never_more_than_there_is() -> None:
    """Bailey 1997, Guo and Conitzer: no deficit; the rest is a sink of the pool."""
    rng = Random(4)
    paid = returned = 0
    for number in range(600):
        names = people(8)
        oracle = random_matching(rng, 8) if number % 2 else seats(rng.randint(1, 4))
        known = state(names, oracle)
        bids = {name: rng.choice((0, rng.randint(50, 2_000))) for name in names}
        decision = decided(bids, known, CAVALLO, f"{number}")
        out = [p for p in decision.payments if p.payer == escrow_of("C1")]
        into = sum(p.cents for p in decision.payments if p.payee == escrow_of("C1"))
        back = sum(p.cents for p in out if p.payee != "pool:surplus")
        assert 0 <= back <= into == sum(p.cents for p in out)
        paid, returned = paid + into, returned + back
    assert Fraction(1, 2) < Fraction(returned, paid) < Fraction(95, 100)


def test_critical_values_are_what_others_lose() -> None:
    """Clarke: with bids above the least a winner pays what the others would have more without him.

    By brute force over all sets that may be away, on 300 random days.
    """
    rng = Random(5)
    priced = 0
    for _ in range(300):
        names = people(5)
        oracle = random_matching(rng, 5)
        bids = dict(zip(names, rng.sample(range(100, 999), 5), strict=True))
        decision = decided(bids, state(names, oracle), UNIFORM)
        family = feasible_sets(oracle, names)

        def most(
            without: str, family: list[frozenset[str]] = family, bids: Mapping[str, int] = bids
        ) -> int:
            return max(sum(bids[n] for n in s) for s in family if without not in s)

        best = max(family, key=lambda chosen: sum(bids[n] for n in chosen))
        assert set(decision.grants) == best
        for name in best:
            others = sum(bids[n] for n in best if n != name)
            assert decision.paid_cents(name) == most(name) - others
            priced += decision.paid_cents(name) > 0
    assert priced > 200


def test_prices_of_equal_places() -> None:
    """First: the own bid; uniform: the highest bid that has no place."""
    names = people(4)
    bids = dict(zip(names, (900, 700, 500, 300), strict=True))
    known = state(names, seats(2))
    assert [decided(bids, known, FIRST).paid_cents(n) for n in names] == [900, 700, 0, 0]
    assert [decided(bids, known, UNIFORM).paid_cents(n) for n in names] == [500, 500, 0, 0]


def test_a_bid_under_the_least_counts_as_none() -> None:
    """It stands after all bids, by lots; who displaces such a one pays the least, or nothing."""
    names = people(3)
    known = state(names, seats(1))
    winners = {
        tuple(decided(dict.fromkeys(names, 99), known, UNIFORM, f"{n}").grants) for n in range(40)
    }
    assert winners == {(name,) for name in names}
    prices = set()
    for number in range(40):
        decision = decided(dict(zip(names, (800, 0, 60), strict=True)), known, UNIFORM, f"{number}")
        assert list(decision.grants) == ["P00"]
        prices.add(decision.paid_cents("P00"))
    assert prices == {0, 100}


def test_nobody_pays_for_what_nobody_contests() -> None:
    """Nor does who is owed a day."""
    names = people(3)
    bids = dict.fromkeys(names, 500)
    for rules in (FIRST, UNIFORM, CAVALLO):
        assert decided(bids, state(names, seats(3)), rules).payments == ()
    known = state(names, seats(1))
    owed = {**known.members, "P02": replace(known.members["P02"], due=True)}
    decision = decided({**bids, "P02": 0}, replace(known, members=owed), FIRST)
    assert (list(decision.grants), decision.payments) == (["P02"], ())


@pytest.mark.parametrize("price", ["first", "uniform", "cavallo"])
@pytest.mark.parametrize("distribution", ["losers", "on_duty", "group", "pool"])
def test_all_that_is_paid_goes_somewhere(price: str, distribution: str) -> None:
    """To the cent, on random days; to losers alone, to all, or to nobody, as the rules say."""
    rng = Random(6)
    rules = ConflictRules(price=price, distribution=distribution)  # type: ignore[arg-type]
    total = 0
    for number in range(60):
        names = people(rng.randint(2, 7))
        bids = {name: rng.randint(0, 1_500) for name in names}
        known = state([*names, "Q1", "Q2"], seats(rng.randint(1, 3)))
        case = auction_of(bids, eligible=("Q1", "Q2"))
        decision = Auction(rules).resolve(case, known, f"{number}")
        into = sum(p.cents for p in decision.payments if p.payee == escrow_of("C1"))
        out = {p.payee: p.cents for p in decision.payments if p.payer == escrow_of("C1")}
        assert into == sum(out.values()) + sum(decision.pending_cents.values())
        total += into
        if price == "cavallo":
            continue
        losers = {f"person:{name}" for name in names if name not in decision.grants}
        allowed = {
            "losers": losers,
            "on_duty": set(),
            "pool": {"pool:surplus"},
            "group": {f"person:{name}" for name in (*names, "Q1", "Q2")},
        }[distribution]
        assert set(out) <= allowed
        assert set(decision.pending_cents) <= ({MONDAY} if distribution == "on_duty" else set())
    assert total > 0


def test_a_million_splits_lose_no_cent() -> None:
    """Largest remainders, of 1 to 7 parts with weights, of either sign."""
    names = people(7)
    weights = [
        {
            name: (number * 7 + k * k) % 5 + (k == 0)
            for k, name in enumerate(names[: number % 7 + 1])
        }
        for number in range(100)
    ]
    lost = 0
    for cents in range(-5_000, 5_000):
        for chosen in weights:
            lost += abs(sum(split(cents, chosen).values()) - cents)
    assert (len(weights) * 10_000, lost) == (1_000_000, 0)


def test_what_nobody_could_have_alone_is_no_contest() -> None:
    """Who claims a day that he can never have is refused, displaces nobody and is paid nothing."""
    able = {"P00": ("T1",), "P01": ("T1", "T2"), "P02": ("T2",), "P03": ("T3",)}
    known = state(people(4), DayMatching({MONDAY: DayGraph(able)}))
    bids = dict.fromkeys(people(4), 500)
    literal = Auction(ConflictRules.seed())
    decision = literal.resolve(auction_of(bids), known, "s")
    assert "P03" not in decision.grants
    assert decision.paid_cents("P03") == 0
    assert f"P03: {MONDAY} cannot be had, whoever else claims." in decision.sentences
    alone = literal.resolve(auction_of({"P03": 500}), known, "s")
    assert (alone.mechanism, alone.grants, alone.payments) == ("none", {}, ())
    assert alone.refused(auction_of({"P03": 500})) == {"P03": (MONDAY,)}


def test_the_order_of_bids_does_not_matter() -> None:
    """Equal ones are ordered by lots that do not know who entered first."""
    names = people(4)
    whole = auction_of(dict.fromkeys(names, 400))
    known = state(names, seats(2))
    first = Auction(UNIFORM).resolve(whole, known, "s")
    for order in permutations(whole.claims):
        assert (
            Auction(UNIFORM).resolve(Conflict("C1", "holiday", (MONDAY,), order), known, "s")
            == first
        )


def test_a_bid_on_several_days_is_paid_on_each() -> None:
    """And all of it must be there before."""
    names, dates = people(3), days(3)
    case = conflict(names, dates, "holiday", bid_cents=400)
    decision = Auction(FIRST).resolve(
        case, state(names, seats(1, dates), available_cents=1200), "s"
    )
    paid = {name: decision.paid_cents(name) for name in names}
    assert paid == {name: 400 * len(decision.grants.get(name, ())) for name in names}
    with pytest.raises(ConflictError, match="P00 bids 1200 cents in all, of 1199 available"):
        Auction(FIRST).resolve(case, state(names, seats(1, dates), available_cents=1199), "s")


def test_marginal_bids_are_compared() -> None:
    """A tie is between the last winner and the first loser, above 0."""
    names = people(3)
    known = state(names, seats(1))
    auction = Auction(UNIFORM)
    for bids, tied in (((500, 500, 100), True), ((500, 400, 400), False), ((0, 0, 0), False)):
        case = auction_of(dict(zip(names, bids, strict=True)))
        assert auction.is_tied(case, known, "s") == tied
