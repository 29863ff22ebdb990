"""Attacks on the ledger, by the numbers they have in the design; one test each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pysched.bank.amount import AmountError, cents_of, split
from pysched.bank.chain import anchors_of
from pysched.bank.ledger import ClaimedError, InsufficientError, mirror
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import Posting, Transaction, TransactionError
from pysched.bank.week_end import week_end, week_name
from pysched.store import Database, KeyReuseError, LedgerStore, WeekClosedError, Writer
from tests.bank.making import DAY, earned, moved, spent, transferred
from tests.store.test_tampering import unguard

RULES = LedgerRules.recommended()


@pytest.fixture
def ledger(tmp_path: Path) -> LedgerStore:
    """A ledger in a new file."""
    return LedgerStore(Database(f"sqlite:///{tmp_path / 'bank.sqlite'}"), RULES)


def test_attack_4_bids_over_budget_in_two_auctions(ledger: LedgerStore) -> None:
    """What is held for one cannot be bid in another, and comes back to its owner alone."""
    ledger.post_all([earned("P1", 1000), earned("P2", 1000)])
    ledger.post(moved("bid_hold", "a", "person:P1", "escrow:a", 800))
    with pytest.raises(InsufficientError, match=r"P1 has 2\.00 credits .* 8\.00 cannot be held"):
        ledger.post(moved("bid_hold", "b", "person:P1", "escrow:b", 800))
    ledger.post(moved("bid_hold", "c", "person:P2", "escrow:a", 100))
    with pytest.raises(InsufficientError, match="does not hold 200 of person:P2"):
        ledger.post(moved("bid_release", "d", "escrow:a", "person:P2", 200))
    with pytest.raises(InsufficientError, match=r"escrow:a has 9\.00 .* 12\.00 cannot"):
        ledger.post(moved("bid_settle", "e", "escrow:a", "pool:surplus", 1200))
    assert ledger.balances()["escrow:a"] == 900
    assert ledger.verify() is None


def test_attack_12_old_credits_are_not_washed_by_circulation(ledger: LedgerStore) -> None:
    """After many rounds, loans and bids all of it still expires on the day it always did."""
    ledger.post_all([earned("P1", 1000), earned("P2", 700, DAY + timedelta(days=7))])
    before = expiries(ledger)
    for number in range(30):
        giver, taker = f"P{1 + number % 3}", f"P{1 + (number + 1) % 3}"
        held = ledger.balances().get(f"person:{giver}", 0)
        day = DAY + timedelta(days=7 + number)
        if held:
            ledger.post(transferred(f"round {number}", giver, taker, held, day))
            escrow, owner = "escrow:x", f"person:{taker}"
            ledger.post(moved("bid_hold", f"bid {number}", owner, escrow, held, day))
            ledger.post(moved("bid_release", f"back {number}", escrow, owner, held, day))
    assert expiries(ledger) == before
    assert ledger.verify() is None


def test_attack_12_nor_by_an_overdraft(ledger: LedgerStore) -> None:
    """What is given away must be there; an overdraft pays for leave, not for friends."""
    ledger.set_limits({"person:P1": 2500})
    with pytest.raises(InsufficientError):
        ledger.post(transferred("gift", "P1", "P2", 100))
    ledger.post(spent("leave", "P1", 2500))
    with pytest.raises(
        InsufficientError, match=r"P1 has -25\.00 credits and may go down to -25\.00"
    ):
        ledger.post(spent("more", "P1", 1))


def expiries(ledger: LedgerStore) -> dict[date | None, int]:
    """Return how much expires when, whosever it is."""
    total: dict[date | None, int] = {}
    for lots in ledger.book().lots.values():
        for lot in lots.values():
            total[lot.expires] = total.get(lot.expires, 0) + lot.left_cents
    return total


def test_attack_18_a_submission_twice_is_one_transaction(ledger: LedgerStore) -> None:
    """The same key gives the same row; with another body it is an error of its own."""
    first = ledger.post(earned("P1", 1000))
    assert ledger.post(earned("P1", 1000)) == first
    with pytest.raises(KeyReuseError, match="was used for another transaction"):
        ledger.post(earned("P1", 2000))
    assert ledger.balances()["person:P1"] == 1000
    assert ledger.head().seq == 1


def test_attack_19_a_week_end_twice_awards_once(ledger: LedgerStore) -> None:
    """Natural keys, and one award for one duty until it is reversed."""

    def end(writer: Writer) -> None:
        writer.post(earned("P1", 2000))
        writer.post_all(week_end(writer.book(), RULES, DAY + timedelta(days=6)))

    assert ledger.close_week("2024-W01", end)
    assert not ledger.close_week("2024-W01", end)
    with pytest.raises(ClaimedError):
        ledger.post(earned("P1", 2000, more="|again"))
    ledger.post(mirror(earned("P1", 2000), DAY))
    ledger.post(earned("P1", 1500, more="|corrected"))
    assert ledger.balances()["person:P1"] == 1500


def test_attack_20_rounding_gives_nobody_a_cent(ledger: LedgerStore) -> None:
    """Shares of a compensation add up to what is paid (a million splits: test_amount)."""
    ledger.post(earned("P1", 1000))
    ledger.post(moved("bid_hold", "bid", "person:P1", "escrow:c", 1000))
    parts = split(1000, {"person:P2": 1, "person:P3": 1, "person:P4": 1})
    postings = [Posting(account, "CR", cents) for account, cents in parts.items()]
    postings.append(Posting("escrow:c", "CR", -1000))
    ledger.post(Transaction("bid_settle", "settle", DAY, tuple(postings)))
    assert sum(parts.values()) == 1000
    assert sum(ledger.balances().values()) == 0
    assert ledger.verify(open_escrows=()) is None


def test_attack_21_an_edit_by_the_owner_of_the_database(ledger: LedgerStore) -> None:
    """Found by the audit; what the chain cannot show, a published anchor does."""
    ledger.post_all([earned("P1", 1000), earned("P2", 1000)])
    published = anchors_of(str(ledger.add_anchor("in the schedule of the week")))
    with ledger.database.transaction() as connection:
        unguard(connection)
        change = "UPDATE ledger_posting SET cents = 9000 WHERE account = 'person:P1'"
        connection.exec_driver_sql(change)
    finding = ledger.verify(published)
    assert finding is not None
    assert finding.place == "ledger_txn 1"


def test_attack_22_a_clock_that_is_set_back(tmp_path: Path) -> None:
    """A closed week stays closed, and rows keep their order in time."""
    now = [datetime(2024, 1, 8, tzinfo=UTC)]
    database = Database(f"sqlite:///{tmp_path / 'bank.sqlite'}")
    ledger = LedgerStore(database, RULES, lambda: now[0])
    ledger.close_week(week_name(date(2024, 1, 7)), lambda writer: None)
    first = ledger.post(earned("P1", 100))
    now[0] = datetime(2023, 1, 1, tzinfo=UTC)
    with pytest.raises(WeekClosedError, match="2023-W52 is before 2024-W01"):
        ledger.close_week("2023-W52", lambda writer: None)
    second = ledger.post(earned("P2", 100))
    assert second.recorded == first.recorded
    assert ledger.verify() is None


@pytest.mark.parametrize(
    "cents", [0, 1.0, float("nan"), float("inf"), Decimal("1"), True, "100", None, 10**10, 10**30]
)
def test_attack_25_amounts_that_are_none(ledger: LedgerStore, cents: Any) -> None:
    """Nothing but a whole number of cents is a posting; negative ones go the other way."""
    with pytest.raises((AmountError, TransactionError)):
        Posting("person:P1", "CR", cents)
    with pytest.raises(AmountError):
        cents_of(float("nan") if cents is None else float(cents))
    with pytest.raises(TransactionError, match="does not move credits"):
        ledger.post(earned("P1", -100))
    with pytest.raises(TransactionError, match="not exact JSON"):
        moved("spend", "k", "person:P1", "pool:surplus", 100, DAY, share=0.5)
    assert ledger.head().seq == 0
