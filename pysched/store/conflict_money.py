"""What conflicts move on the ledger: holds, releases, transfers, and the end of an escrow."""

from __future__ import annotations

from datetime import date

from pysched.bank.ledger import RefusedError
from pysched.bank.lending_rules import LendingRules
from pysched.bank.standing import is_frozen
from pysched.bank.transaction import PERSON, name_of, person
from pysched.conflicts import escrow
from pysched.conflicts.decision import Decision, escrow_of
from pysched.conflicts.paying import Paying, paid_in
from pysched.store.conflict_rows import BidRow, ConflictRow
from pysched.store.loan_rows import read_loans
from pysched.store.writer import Writer


def hold(writer: Writer, row: ConflictRow, bid: BidRow) -> None:
    """Hold what a bid may cost.

    Raises:
        InsufficientError: its owner has less, what other bids hold taken off.
    """
    if bid.held_cents:
        day = writer.recorded.date()
        writer.post(escrow.hold(row.id, bid.physician, bid.held_cents, day, bid.revision))


def release(writer: Writer, row: ConflictRow, bid: BidRow, keep_cents: int, why: str) -> None:
    """Give back what a bid holds beyond what is to be paid.

    Args:
        writer: in a transaction.
        row: the conflict.
        bid: with what it holds.
        keep_cents: what stays.
        why: in words that follow "his bid:".
    """
    cents, day = bid.held_cents - keep_cents, writer.recorded.date()
    if cents > 0:
        writer.post(escrow.release(row.id, bid.physician, cents, day, why, bid.revision))


def post_decision(
    writer: Writer, row: ConflictRow, decision: Decision, lending: LendingRules
) -> None:
    """Post what a decision moves at once: what is not paid goes back, what was agreed is given.

    Prices stay in escrow until the week is worked, so that a day that is broken can be paid back.

    Raises:
        RefusedError: somebody has too little, or gives credits away that he owes since long.
    """
    into = paid_in(decision)
    for bid in row.bids:
        release(writer, row, bid, into.get(bid.physician, 0), "the conflict is decided")
    for payment in decision.payments:
        if payment.payer.startswith(PERSON) and payment.payee.startswith(PERSON):
            payer, payee = name_of(payment.payer), name_of(payment.payee)
            if is_frozen(read_loans(writer.connection), payer, writer.recorded.date(), lending):
                raise RefusedError(f"{payer} has a loan overdue and may give nothing away")
            text = f"{payer} gives {payee} credits for giving way in conflict {row.id}."
            key = f"agree|{row.id}|{payer}|{payee}"
            accounts, day = (payment.payer, payment.payee), writer.recorded.date()
            writer.post(escrow.moved("transfer", key, day, accounts, payment.cents, text))


def post_paying(writer: Writer, row: ConflictRow, paying: Paying, day: date) -> None:
    """Empty the escrow of a conflict: refunds first, then all shares in one transaction."""
    for transaction in escrow.settlement(row.id, paying, day):
        writer.post(transaction)


def refund(writer: Writer, row: ConflictRow, decision: Decision) -> None:
    """Give winners back what they paid by a decision in whose place another one comes."""
    for name, cents in paid_in(decision).items():
        text = f"{name} has his price back: {row.id} is decided again, as a loser objects."
        accounts = escrow_of(row.id), person(name)
        day, key = writer.recorded.date(), f"objection_refund|{row.id}|{name}"
        writer.post(escrow.moved("bid_release", key, day, accounts, cents, text))


def void(writer: Writer, row: ConflictRow, why: str) -> None:
    """Give back all that the bids of a conflict hold."""
    for bid in row.bids:
        release(writer, row, bid, 0, why)
