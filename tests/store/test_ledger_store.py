"""The ledger as others use it: rows, lots, history, limits, reversals and refusals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pysched.bank.ledger import InsufficientError, ReversedError, mirror
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import Kind, Posting, Transaction, TransactionError
from pysched.store import Database, LedgerStore, StoreError, Writer
from tests.bank.making import DAY, earned, lent, moved, owed, spent, transferred

RULES = LedgerRules.recommended()
YEAR = timedelta(weeks=52)


@pytest.fixture
def ledger(url: str) -> LedgerStore:
    """A ledger in a new database of each kind."""
    return LedgerStore(Database(url), RULES)


def lots(ledger: LedgerStore, name: str) -> list[tuple[int, date | None]]:
    """Return what is left of the lots of a physician, and when it expires."""
    return [(lot.left_cents, lot.expires) for lot in ledger.lots(f"person:{name}")]


def test_lots_are_used_first_in_first_out_and_travel(ledger: LedgerStore) -> None:
    """The oldest first; what arrives keeps its expiry."""
    week = timedelta(days=7)
    ledger.post_all([earned("P1", 300, DAY + week), earned("P1", 500)])
    ledger.post(transferred("t", "P1", "P2", 600, DAY + 2 * week))
    assert lots(ledger, "P1") == [(200, DAY + week + YEAR)]
    assert lots(ledger, "P2") == [(500, DAY + YEAR), (100, DAY + week + YEAR)]


def test_a_reversal_gives_back_what_it_was(ledger: LedgerStore) -> None:
    """The lots return with their expiry; once only, and a reversal is not reversed."""
    ledger.post_all([earned("P1", 500), spent("leave", "P1", 400, DAY + YEAR)])
    undo = mirror(spent("leave", "P1", 400, DAY + YEAR), DAY + YEAR)
    ledger.post(undo)
    assert sum(cents for cents, _ in lots(ledger, "P1")) == 500
    assert {expires for _, expires in lots(ledger, "P1")} == {DAY + YEAR}
    again = Transaction("reverse", "again", DAY, undo.postings, reverses="leave")
    with pytest.raises(ReversedError, match="leave is reversed already by reverse"):
        ledger.post(again)
    with pytest.raises(ReversedError, match="cannot be reversed"):
        ledger.post(mirror(undo, DAY))
    with pytest.raises(ReversedError, match="cannot be reversed"):
        ledger.post(mirror(spent("unknown", "P1", 1), DAY))
    postings = (Posting("person:P1", "CR", -1), Posting("pool:mint", "CR", 1))
    wrong = Transaction("reverse", "r", DAY, postings, reverses=earned("P1", 500).key)
    with pytest.raises(TransactionError, match="does not mirror"):
        ledger.post(wrong)


def test_a_correction_is_not_refused_for_want_of_cover(ledger: LedgerStore) -> None:
    """The debt stands until it is earned back; meanwhile nothing more is spent."""
    ledger.post_all([earned("P1", 500), spent("leave", "P1", 500)])
    ledger.post(mirror(earned("P1", 500), DAY))
    assert ledger.balances()["person:P1"] == -500
    with pytest.raises(InsufficientError):
        ledger.post(spent("more", "P1", 1))
    ledger.post(earned("P1", 700, duty="T2"))
    assert lots(ledger, "P1") == [(200, DAY + YEAR)]
    assert ledger.verify() is None


def test_a_batch_is_posted_wholly_or_not_at_all(ledger: LedgerStore) -> None:
    """One refusal takes all with it."""
    with pytest.raises(InsufficientError):
        ledger.post_all([earned("P1", 100), spent("leave", "P1", 200)])
    assert ledger.balances() == {}
    assert ledger.head().seq == 0
    assert ledger.lots("person:P1") == []


def test_a_loan_moves_credits_and_what_is_owed(ledger: LedgerStore) -> None:
    """And comes back with interest."""
    ledger.post_all([earned("P1", 500), lent("loan", "P1", "P2", 300), earned("P2", 100)])
    assert ledger.balances("IOU") == {"person:P1": 300, "person:P2": -300}
    back = {"person:P2": -330, "person:P1": 300, "pool:interest": 30}
    ledger.post(owed("repay", "repaid", back))
    assert ledger.balances("IOU") == {"person:P1": 0, "person:P2": 30, "pool:interest": -30}
    assert ledger.balances()["person:P1"] == 500


def test_history_tells_balances_as_they_were(ledger: LedgerStore) -> None:
    """The oldest first, of one account."""
    ledger.post_all([earned("P1", 500), earned("P2", 1), spent("leave", "P1", 200)])
    found = [(row.kind, p.cents, p.balance_cents) for row, p in ledger.history("person:P1")]
    assert found == [("earn", 500, 500), ("spend", -200, 300)]
    row = ledger.row("leave")
    assert row is not None
    assert [p.floor_cents for p in row.postings] == [0, None]
    assert ledger.row("other") is None


def test_anchors_are_kept_once_for_each_head(ledger: LedgerStore) -> None:
    """None for an empty ledger."""
    ledger.add_anchor()
    assert ledger.anchors() == []
    ledger.post(earned("P1", 500))
    assert ledger.add_anchor("week 1") == ledger.add_anchor("week 1") == ledger.head()
    assert ledger.anchors() == [ledger.head()]


def test_a_week_end_that_fails_leaves_no_mark(ledger: LedgerStore) -> None:
    """It is done anew as if nothing had been."""

    def fail(writer: Writer) -> None:
        writer.post(earned("P1", 500))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ledger.close_week("2024-W01", fail)
    assert ledger.closed_week() is None
    assert ledger.close_week("2024-W01", lambda writer: None)
    assert ledger.closed_week() == "2024-W01"
    assert ledger.balances() == {}


def test_escrow_ends_empty(ledger: LedgerStore) -> None:
    """What is due back is released first; what nobody settles is found."""
    ledger.post_all([earned("P1", 500), moved("bid_hold", "b", "person:P1", "escrow:c", 500)])
    with pytest.raises(ValueError, match="would leave 100 cents in escrow:c"):
        ledger.post(moved("bid_settle", "s", "escrow:c", "pool:surplus", 400))
    finding = ledger.verify(open_escrows=["escrow:other"])
    assert finding is not None
    assert finding.place == "ledger_account escrow:c CR"
    assert ledger.verify(open_escrows=["escrow:c"]) is None
    ledger.post(moved("bid_release", "r", "escrow:c", "person:P1", 100))
    ledger.post(moved("bid_settle", "s", "escrow:c", "pool:surplus", 400))
    assert ledger.verify(open_escrows=[]) is None


@pytest.mark.parametrize(
    ("kind", "giver", "taker"),
    [
        ("spend", "pool:mint", "person:P1"),
        ("earn", "pool:surplus", "person:P1"),
        ("transfer", "person:P1", "pool:surplus"),
        ("transfer", "escrow:c", "person:P1"),
        ("bid_hold", "pool:mint", "escrow:c"),
        ("expire", "person:P1", "pool:mint"),
        ("write_off", "pool:mint", "person:P1"),
    ],
)
def test_a_kind_moves_its_accounts_only(
    ledger: LedgerStore, kind: Kind, giver: str, taker: str
) -> None:
    """The mint gives for awards, and so on."""
    with pytest.raises(TransactionError, match=r"does not move|is not earn"):
        ledger.post(moved(kind, "earn|holiday|P1|2024-01-01|T1", giver, taker, 100))


@pytest.mark.parametrize(
    ("postings", "text"),
    [
        ((), "at least two"),
        ((Posting("person:P1", "CR", 1), Posting("person:P1", "CR", -1)), "at least two"),
        ((Posting("person:P1", "CR", 1), Posting("person:P2", "CR", -2)), "sum to -1, not 0"),
        ((Posting("person:P1", "CR", 1), Posting("person:P2", "IOU", -1)), "sum to 1, not 0"),
    ],
)
def test_postings_balance_in_each_unit(postings: tuple[Posting, ...], text: str) -> None:
    """Or there is no transaction."""
    with pytest.raises(TransactionError, match=text):
        Transaction("transfer", "key", DAY, postings)


@pytest.mark.parametrize(
    "account", ["P1", "person:", "pool:other", "person: P1", "x:y", "person:\n"]
)
def test_accounts_are_known_by_their_beginning(account: str) -> None:
    """Others are refused."""
    with pytest.raises(TransactionError, match="account"):
        Posting(account, "CR", 1)


@pytest.mark.parametrize("limits", [{"pool:mint": 1}, {"person:P1": -1}, {"person:P1": 1.0}])
def test_limits_are_of_physicians_and_not_below_0(
    ledger: LedgerStore, limits: dict[str, int]
) -> None:
    """Whole cents."""
    with pytest.raises(ValueError, match="limit"):
        ledger.set_limits(limits)


def test_a_database_that_cannot_be_reached_is_named() -> None:
    """Without its password."""
    with pytest.raises(StoreError, match=r"postgresql.*cannot be used") as caught:
        Database("postgresql://me:secret@127.0.0.1:1/bank")
    assert "secret" not in str(caught.value)
