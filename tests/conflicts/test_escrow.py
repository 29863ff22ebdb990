"""The postings of an auction on the real ledger: held, given back, paid out, nothing left."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from pysched.bank.ledger import InsufficientError
from pysched.bank.ledger_rules import LedgerRules
from pysched.conflicts import Claim, ConflictError, ConflictRules
from pysched.conflicts.auction import Auction
from pysched.conflicts.escrow import escrow_of, hold, payouts, releases, settlement
from pysched.store import Database, LedgerStore
from tests.bank.making import DAY, earned
from tests.conflicts.worlds import MONDAY, auction_of, people, seats, state


@pytest.fixture
def ledger(tmp_path: Path) -> LedgerStore:
    """A ledger in a new file."""
    return LedgerStore(Database(f"sqlite:///{tmp_path / 'bank.sqlite'}"), LedgerRules.recommended())


def test_an_escrow_is_empty_in_the_end_whatever_the_rules(ledger: LedgerStore) -> None:
    """Every price and distribution, on random bids; all credits are somewhere, to the cent."""
    rng = Random(1)
    names = people(6)
    ledger.post_all([earned(name, 10_000) for name in names])
    for number, (price, distribution) in enumerate(
        (p, d)
        for p in ("first", "uniform", "cavallo")
        for d in ("losers", "on_duty", "group", "pool")
    ):
        rules = ConflictRules(price=price, distribution=distribution)  # type: ignore[arg-type]
        balances = ledger.balances()
        bids = {name: rng.randint(0, min(900, balances[f"person:{name}"])) for name in names}
        case = auction_of(bids)
        case = type(case)(f"C{number}", "holiday", case.days, case.claims)
        for claim in case.claims:
            if (held := hold(case.id, claim, DAY)) is not None:
                ledger.post(held)
        assert ledger.balances().get(escrow_of(case.id), 0) == sum(bids.values())
        known = state(names, seats(rng.randint(1, 4)), available_cents=900)
        decision = Auction(rules).resolve(case, known, f"{number}")
        ledger.post_all(releases(case, decision, DAY))
        worked = {day: [n for n in names if n not in decision.grants][:2] for day in case.days}
        last = settlement(decision, worked, DAY + timedelta(days=7))
        if last is not None:
            ledger.post(last)
        after = ledger.balances()
        assert after.get(escrow_of(case.id), 0) == 0
        for name in names:
            pending = sum(
                p.cents
                for p in payouts(decision, worked)
                if p.payee == f"person:{name}" and p not in decision.payments
            )
            change = after[f"person:{name}"] - balances[f"person:{name}"]
            assert change == pending - decision.paid_cents(name)
    assert ledger.verify() is None
    assert sum(ledger.balances().values()) == 0


def test_those_who_work_share_what_waits() -> None:
    """Equal shares among them; the pool has it where nobody worked; unknown is an error."""
    names = people(4)
    case = auction_of(dict(zip(names, (900, 501, 300, 200), strict=True)))
    decision = Auction(ConflictRules()).resolve(case, state(names, seats(1)), "s")
    assert decision.pending_cents == {MONDAY: 501}
    shares = {p.payee: p.cents for p in payouts(decision, {MONDAY: ["P02", "P01"]})}
    assert shares == {"person:P01": 251, "person:P02": 250}
    assert [p.payee for p in payouts(decision, {MONDAY: []})] == ["pool:surplus"]
    with pytest.raises(ConflictError, match=f"nobody knows who worked on {MONDAY}"):
        settlement(decision, {}, DAY)


def test_nothing_is_held_without_a_bid() -> None:
    """And nothing settled where nobody pays."""
    assert hold("C1", Claim("P00", (MONDAY,)), DAY) is None
    names = people(2)
    case = auction_of(dict.fromkeys(names, 500))
    free = Auction(ConflictRules()).resolve(case, state(names, seats(2)), "s")
    assert settlement(free, {}, DAY) is None
    assert [t.postings[1].cents for t in releases(case, free, DAY)] == [500, 500]


def test_a_bid_on_several_days_holds_all(ledger: LedgerStore) -> None:
    """What is not there cannot be held."""
    dates: tuple[date, ...] = (MONDAY, MONDAY + timedelta(days=1))
    ledger.post_all([earned("P00", 1000)])
    with pytest.raises(InsufficientError, match="person:P00 would have -200"):
        ledger.post(hold("C1", Claim("P00", dates, bid_cents=600), DAY))  # type: ignore[arg-type]
    ledger.post(hold("C2", Claim("P00", dates, bid_cents=600, whole=True), DAY))  # type: ignore[arg-type]
    assert ledger.balances()[escrow_of("C2")] == 600
