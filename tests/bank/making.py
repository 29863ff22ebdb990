"""Transactions to test with, in few words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pysched.bank.transaction import Kind, Posting, Transaction

DAY = date(2024, 1, 1)


def moved(
    kind: Kind, key: str, giver: str, taker: str, cents: int, day: date = DAY, **metadata: object
) -> Transaction:
    """Return a transaction of credits from one account to another."""
    postings = (Posting(giver, "CR", -cents), Posting(taker, "CR", cents))
    return Transaction(kind, key, day, postings, metadata)  # type: ignore[arg-type]


def earned(name: str, cents: int, day: date = DAY, duty: str = "T1", more: str = "") -> Transaction:
    """Return an award to a physician from the pool."""
    key = f"earn|holiday|{name}|{day}|{duty}{more}"
    return moved("earn", key, "pool:mint", f"person:{name}", cents, day, type="holiday")


def transferred(key: str, giver: str, taker: str, cents: int, day: date = DAY) -> Transaction:
    """Return a transfer between physicians."""
    return moved("transfer", key, f"person:{giver}", f"person:{taker}", cents, day)


def spent(key: str, name: str, cents: int, day: date = DAY) -> Transaction:
    """Return an expense of a physician."""
    return moved("spend", key, f"person:{name}", "pool:surplus", cents, day)


def lent(key: str, lender: str, borrower: str, cents: int, day: date = DAY) -> Transaction:
    """Return a loan."""
    return owed("loan", key, {f"person:{lender}": -cents, f"person:{borrower}": cents}, day)


def owed(kind: Kind, key: str, credits: Mapping[str, int], day: date = DAY) -> Transaction:
    """Return a transaction whose postings in IOU mirror those in CR."""
    postings = [Posting(account, "CR", cents) for account, cents in credits.items()]
    postings += [Posting(account, "IOU", -cents) for account, cents in credits.items()]
    return Transaction(kind, key, day, tuple(postings))
