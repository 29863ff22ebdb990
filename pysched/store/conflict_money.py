"""What conflicts move on the ledger: holds, releases, transfers, and the end of an escrow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pysched.bank.ledger import RefusedError
from pysched.bank.lending_rules import LendingRules
from pysched.bank.standing import is_frozen
from pysched.bank.transaction import PERSON, Json, Kind, Posting, Transaction, name_of, person
from pysched.conflicts.decision import Decision
from pysched.conflicts.escrow import escrow_of
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
        key = f"bid_hold|{row.id}|{bid.physician}|{bid.revision}"
        text = f"{bid.physician} seals a bid in conflict {row.id}."
        accounts = person(bid.physician), escrow_of(row.id)
        writer.post(_moved("bid_hold", key, writer.recorded.date(), accounts, bid.held_cents, text))


def release(writer: Writer, row: ConflictRow, bid: BidRow, keep_cents: int, why: str) -> None:
    """Give back what a bid holds beyond what is to be paid.

    Args:
        writer: in a transaction.
        row: the conflict.
        bid: with what it holds.
        keep_cents: what stays.
        why: in words that follow "his bid:".
    """
    if bid.held_cents > keep_cents:
        key = f"bid_release|{row.id}|{bid.physician}|{bid.revision}"
        text = f"{bid.physician} has {row.id} give back what his bid held: {why}."
        accounts = escrow_of(row.id), person(bid.physician)
        cents, day = bid.held_cents - keep_cents, writer.recorded.date()
        writer.post(_moved("bid_release", key, day, accounts, cents, text))


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
            writer.post(_moved("transfer", key, day, accounts, payment.cents, text))


def post_paying(writer: Writer, row: ConflictRow, paying: Paying, day: date) -> None:
    """Empty the escrow of a conflict: refunds first, then all shares in one transaction."""
    escrow = escrow_of(row.id)
    for name, cents in paying.refunds.items():
        text = f"{name} has his price back: the day off that he won in {row.id} was broken."
        key = f"bid_refund|{row.id}|{name}"
        writer.post(_moved("bid_release", key, day, (escrow, person(name)), cents, text))
    total = sum(paying.shares.values())
    if total:
        postings = [Posting(escrow, "CR", -total)]
        postings += [Posting(account, "CR", cents) for account, cents in paying.shares.items()]
        text = f"The prices paid in conflict {row.id} are shared."
        received: list[Json] = [
            [name, str(one), cents] for (name, one), cents in paying.compensation.items()
        ]
        metadata: dict[str, Json] = {"compensation": received, "sentence": text}
        key = f"bid_settle|{row.id}"
        writer.post(Transaction("bid_settle", key, day, tuple(postings), metadata))


def refund(writer: Writer, row: ConflictRow, decision: Decision) -> None:
    """Give winners back what they paid by a decision in whose place another one comes."""
    for name, cents in paid_in(decision).items():
        text = f"{name} has his price back: {row.id} is decided again, as a loser objects."
        accounts = escrow_of(row.id), person(name)
        day, key = writer.recorded.date(), f"objection_refund|{row.id}|{name}"
        writer.post(_moved("bid_release", key, day, accounts, cents, text))


def void(writer: Writer, row: ConflictRow, why: str) -> None:
    """Give back all that the bids of a conflict hold."""
    for bid in row.bids:
        release(writer, row, bid, 0, why)


def _moved(
    kind: Kind, key: str, day: date, accounts: tuple[str, str], cents: int, sentence: str
) -> Transaction:
    payer, payee = accounts
    postings = (Posting(payer, "CR", -cents), Posting(payee, "CR", cents))
    metadata: Mapping[str, str] = {"sentence": sentence}
    return Transaction(kind, key, day, postings, metadata)
