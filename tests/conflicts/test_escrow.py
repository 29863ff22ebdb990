"""The postings of an auction on the real ledger: held, given back, paid out, nothing left."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from pysched.bank.ledger import InsufficientError
from pysched.bank.ledger_rules import LedgerRules
from pysched.conflicts import Claim, ConflictRules
from pysched.conflicts.auction import Auction
from pysched.conflicts.decision import escrow_of
from pysched.conflicts.escrow import hold, release, settlement
from pysched.conflicts.paying import paid_in, paying_of
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
            if claim.hold_cents:
                ledger.post(hold(case.id, claim.physician, claim.hold_cents, DAY))
        assert ledger.balances().get(escrow_of(case.id), 0) == sum(bids.values())
        known = state(names, seats(rng.randint(1, 4)), available_cents=900)
        decision = Auction(rules).resolve(case, known, f"{number}")
        into = paid_in(decision)
        for name in names:
            if bids[name] > into.get(name, 0):
                rest = bids[name] - into.get(name, 0)
                ledger.post(release(case.id, name, rest, DAY, "the conflict is decided"))
        refused = [name for name in names if name not in decision.grants]
        broken = {(name, MONDAY) for name in decision.grants if rng.random() < 0.3}
        worked = {(name, MONDAY) for name in refused[:2]} | broken
        paying = paying_of(case, decision, worked, broken)
        ledger.post_all(settlement(case.id, paying, DAY + timedelta(days=7)))
        after = ledger.balances()
        assert after.get(escrow_of(case.id), 0) == 0
        for name in names:
            change = after[f"person:{name}"] - balances[f"person:{name}"]
            got = paying.refunds.get(name, 0) + paying.shares.get(f"person:{name}", 0)
            assert change == got - into.get(name, 0)
    assert ledger.verify() is None
    assert sum(ledger.balances().values()) == 0


def test_those_who_work_share_what_waits() -> None:
    """Equal shares among them; the pool has it where nobody worked."""
    names = people(4)
    case = auction_of(dict(zip(names, (900, 501, 300, 200), strict=True)))
    decision = Auction(ConflictRules()).resolve(case, state(names, seats(1)), "s")
    assert decision.pending_cents == {MONDAY: 501}
    shares = paying_of(case, decision, {("P02", MONDAY), ("P01", MONDAY)}, ()).shares
    assert shares == {"person:P01": 251, "person:P02": 250}
    assert paying_of(case, decision, (), ()).shares == {"pool:surplus": 501}


def test_nothing_is_settled_where_nobody_pays() -> None:
    """An escrow without prices has been emptied by the releases."""
    names = people(2)
    case = auction_of(dict.fromkeys(names, 500))
    free = Auction(ConflictRules()).resolve(case, state(names, seats(2)), "s")
    assert paid_in(free) == {}
    assert settlement(case.id, paying_of(case, free, (), ()), DAY) == ()


def test_a_bid_on_several_days_holds_all(ledger: LedgerStore) -> None:
    """What is not there cannot be held."""
    dates: tuple[date, ...] = (MONDAY, MONDAY + timedelta(days=1))
    ledger.post_all([earned("P00", 1000)])
    with pytest.raises(InsufficientError, match=r"P00 has 10\.00 .* 12\.00 cannot be held"):
        ledger.post(hold("C1", "P00", Claim("P00", dates, bid_cents=600).hold_cents, DAY))
    block = Claim("P00", dates, bid_cents=600, whole=True)
    ledger.post(hold("C2", "P00", block.hold_cents, DAY))
    assert ledger.balances()[escrow_of("C2")] == 600
