"""The postings of conflicts: bids held in escrow, given back, and all paid out to the last cent."""

from __future__ import annotations

from datetime import date

from pysched.bank.transaction import Json, Kind, Posting, Transaction, person
from pysched.conflicts.decision import escrow_of
from pysched.conflicts.paying import Paying


def hold(conflict: str, physician: str, cents: int, day: date, revision: int = 1) -> Transaction:
    """Return the transaction that puts what a bid may cost into escrow.

    The ledger refuses it where less is available, so that nobody bids the same credits twice.

    Args:
        conflict: its id.
        physician: the bidder.
        cents: above 0.
        day: of the entry.
        revision: number of the bid, from 1.
    """
    text = f"{physician} seals a bid in conflict {conflict}."
    key = f"bid_hold|{conflict}|{physician}|{revision}"
    return moved("bid_hold", key, day, (person(physician), escrow_of(conflict)), cents, text)


def release(
    conflict: str, physician: str, cents: int, day: date, why: str, revision: int = 1
) -> Transaction:
    """Return the transaction that gives back what a bid holds beyond what is to be paid.

    Args:
        conflict: its id.
        physician: the bidder.
        cents: above 0.
        day: of the entry.
        why: in words that follow "his bid:".
        revision: number of the bid, from 1.
    """
    text = f"{physician} has {conflict} give back what his bid held: {why}."
    key = f"bid_release|{conflict}|{physician}|{revision}"
    return moved("bid_release", key, day, (escrow_of(conflict), person(physician)), cents, text)


def settlement(conflict: str, paying: Paying, day: date) -> tuple[Transaction, ...]:
    """Return what empties an escrow after the releases: refunds, then all shares in one.

    Args:
        conflict: its id.
        paying: how it is emptied.
        day: of the entry.
    """
    escrow = escrow_of(conflict)
    rows = []
    for name, cents in paying.refunds.items():
        text = f"{name} has his price back: the day off that he won in {conflict} was broken."
        key = f"bid_refund|{conflict}|{name}"
        rows.append(moved("bid_release", key, day, (escrow, person(name)), cents, text))
    total = sum(paying.shares.values())
    if total:
        postings = [Posting(escrow, "CR", -total)]
        postings += [Posting(account, "CR", cents) for account, cents in paying.shares.items()]
        text = f"The prices paid in conflict {conflict} are shared."
        received: list[Json] = [
            [name, str(one), cents] for (name, one), cents in paying.compensation.items()
        ]
        metadata: dict[str, Json] = {"compensation": received, "sentence": text}
        key = f"bid_settle|{conflict}"
        rows.append(Transaction("bid_settle", key, day, tuple(postings), metadata))
    return tuple(rows)


def moved(
    kind: Kind, key: str, day: date, accounts: tuple[str, str], cents: int, sentence: str
) -> Transaction:
    """Return the transaction that moves cents from the first account to the second."""
    payer, payee = accounts
    postings = (Posting(payer, "CR", -cents), Posting(payee, "CR", cents))
    return Transaction(kind, key, day, postings, {"sentence": sentence})
