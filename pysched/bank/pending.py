"""Pending transfers: proposed by the payer or asked for by the payee, until the other answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from pysched.bank.amount import checked_cents, credits_of
from pysched.bank.book import Book
from pysched.bank.ledger import InsufficientError, RefusedError
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import HELD, Kind, Posting, Transaction, person

Status = Literal["open", "accepted", "withdrawn", "declined", "expired"]
Step = tuple["PendingTransfer", tuple[Transaction, ...]]
"""A transfer as it stands then, and what is to be posted with it."""


class TransferRefusedError(RefusedError):
    """A transfer that cannot be made, or an answer to one that is not open or not one's own."""


@dataclass(frozen=True, slots=True)
class PendingTransfer:
    """A transfer that waits for an answer, or what became of it.

    Args:
        number: 1, 2, 3 ... by which it is answered.
        payer: who gives.
        payee: who gets.
        asker: who opened it: the payer proposes, the payee asks.
        cents: the amount.
        opened: on which day.
        expires: the last day to answer.
        status: open, or how it ended.
        closed: when it did.
    """

    number: int
    payer: str
    payee: str
    asker: str
    cents: int
    opened: date
    expires: date
    status: Status = "open"
    closed: date | None = None

    @property
    def escrow(self) -> str:
        """The account that holds the amount while the payer's own proposal is open."""
        return f"{HELD}{self.number}"

    @property
    def is_held(self) -> bool:
        """Whether the amount is in escrow now."""
        return self.asker == self.payer and self.status == "open"

    @property
    def answerer(self) -> str:
        """Who has to answer."""
        return self.payee if self.asker == self.payer else self.payer


def open_transfer(pending: PendingTransfer, book: Book) -> Step:
    """Open a transfer; what a payer proposes is held from then on.

    What is given must be there: no overdraft is given away.

    Args:
        pending: as asked for.
        book: with the payer's account.

    Raises:
        AmountError: the amount is no whole number of cents, or too large.
        TransferRefusedError: it is not above 0, or the two are one.
        InsufficientError: the payer proposes more than he has.
    """
    if pending.payer == pending.payee:
        raise TransferRefusedError(f"{pending.payer} to himself is no transfer")
    if checked_cents(pending.cents) <= 0:
        raise TransferRefusedError(f"transfer of {credits_of(pending.cents)} credits is none")
    if not pending.is_held:
        return pending, ()
    _refuse_poor(pending, book)
    words = (
        f"{pending.payer} holds {_amount(pending)} for {pending.payee}: "
        f"proposed as transfer {pending.number}."
    )
    return pending, (_posted(pending, "bid_hold", "hold", pending.opened, words),)


def accept(pending: PendingTransfer, caller: str, day: date, book: Book) -> Step:
    """Make the transfer that the other side waits for; accepted already, it stays as it is.

    Args:
        pending: before.
        caller: who accepts.
        day: of the answer.
        book: with the payer's account.

    Raises:
        TransferRefusedError: it is not his to accept, or no longer open.
        InsufficientError: the payer has too little.
    """
    if caller != pending.answerer:
        raise TransferRefusedError(
            f"transfer {pending.number} is not for {caller} to accept, but for {pending.answerer}"
        )
    if pending.status == "accepted":
        return pending, ()
    _refuse_over(pending, day)
    if not pending.is_held:
        _refuse_poor(pending, book)
    words = f"{pending.payer} gives {_amount(pending)} to {pending.payee}."
    after = replace(pending, status="accepted", closed=day)
    return after, (_posted(pending, "transfer", "give", day, words),)


def withdraw(pending: PendingTransfer, caller: str, day: date) -> Step:
    """Take a transfer back, or decline one that is for oneself to answer.

    Done already, it stays as it is.

    Args:
        pending: before.
        caller: one of the two.
        day: on which.

    Raises:
        TransferRefusedError: he is neither of the two, or it ended otherwise.
    """
    if caller not in (pending.payer, pending.payee):
        raise TransferRefusedError(f"transfer {pending.number} is none of {caller}")
    status: Status = "withdrawn" if caller == pending.asker else "declined"
    if pending.status == status:
        return pending, ()
    if pending.status != "open":
        raise TransferRefusedError(f"transfer {pending.number} is {pending.status}")
    return _ended(pending, status, day)


def expire(pending: PendingTransfer, day: date) -> Step:
    """End an open transfer that nobody answered."""
    return _ended(pending, "expired", day)


def expired_at_close(
    pendings: Sequence[PendingTransfer], book: Book, rules: LedgerRules, sunday: date
) -> list[PendingTransfer]:
    """Return the open transfers that the close of a week ends.

    Those whose last day has come; and those that would keep credits from the close: that hold
    credits about to expire, or more than the cap leaves a payer.

    Args:
        pendings: open ones.
        book: of all accounts.
        rules: of the ledger.
        sunday: day of the close.
    """
    held: dict[str, int] = {}
    for row in pendings:
        if row.is_held:
            held[row.payer] = held.get(row.payer, 0) + row.cents
    return [
        row
        for row in pendings
        if row.expires <= sunday or (row.is_held and _shelters(row, book, held, rules, sunday))
    ]


def expiry_of(opened: date, rules: LedgerRules) -> date:
    """Return the last day on which a transfer can be answered."""
    return opened + timedelta(days=rules.transfer_days)


def _shelters(
    row: PendingTransfer, book: Book, held: dict[str, int], rules: LedgerRules, sunday: date
) -> bool:
    lots = book.open_lots(row.escrow)
    if any(lot.expires is not None and lot.expires <= sunday for lot in lots):
        return True
    total = book.balance(person(row.payer)) + held[row.payer]
    return rules.cap_cents is not None and total > rules.cap_cents


def _ended(pending: PendingTransfer, status: Status, day: date) -> Step:
    after = replace(pending, status=status, closed=day)
    if not pending.is_held:
        return after, ()
    words = f"{pending.payer} has {_amount(pending)} back: transfer {pending.number} is {status}."
    return after, (_posted(pending, "bid_release", "release", day, words),)


def _refuse_poor(pending: PendingTransfer, book: Book) -> None:
    has = max(0, book.balance(person(pending.payer)))
    if pending.cents > has:
        raise InsufficientError(
            f"{pending.payer} has {credits_of(has)} credits, not {credits_of(pending.cents)}"
        )


def _refuse_over(pending: PendingTransfer, day: date) -> None:
    if pending.status != "open":
        raise TransferRefusedError(f"transfer {pending.number} is {pending.status}")
    if day > pending.expires:
        raise TransferRefusedError(
            f"transfer {pending.number} could be accepted until {pending.expires}, not on {day}"
        )


def _posted(pending: PendingTransfer, kind: Kind, step: str, day: date, words: str) -> Transaction:
    giver, taker = {
        "hold": (person(pending.payer), pending.escrow),
        "release": (pending.escrow, person(pending.payer)),
        "give": (
            pending.escrow if pending.is_held else person(pending.payer),
            person(pending.payee),
        ),
    }[step]
    return Transaction(
        kind,
        f"transfer|{pending.number}|{step}",
        day,
        (Posting(giver, "CR", -pending.cents), Posting(taker, "CR", pending.cents)),
        {"between": [pending.payer, pending.payee], "sentence": words},
    )


def _amount(pending: PendingTransfer) -> str:
    return f"{credits_of(pending.cents)} credits"
