"""Which accounts each kind of transaction takes from and gives to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pysched.bank.transaction import HELD, Posting, Transaction, TransactionError, name_of

_SINK = ("pool:surplus",)
_PEOPLE = ("person:",)


@dataclass(frozen=True)
class Shape:
    """What the postings of a kind look like.

    Args:
        payers: beginnings of the accounts that credits leave.
        payees: beginnings of the accounts that they go to.
        debt: whether it moves what is owed: "never", "mirror" (the postings in IOU are those in
            CR with the other sign) or "free".
        payees_at_most: how many accounts may receive credits.
        payers_at_most: how many may give them.
    """

    payers: tuple[str, ...]
    payees: tuple[str, ...]
    debt: str = "never"
    payees_at_most: int = 1
    payers_at_most: int = 1


SHAPES: Mapping[str, Shape] = {
    "earn": Shape(("pool:mint", "person:"), _PEOPLE),
    "spend": Shape(_PEOPLE, _SINK),
    "transfer": Shape(("person:", HELD), _PEOPLE),
    "bid_hold": Shape(_PEOPLE, ("escrow:",)),
    "bid_release": Shape(("escrow:",), _PEOPLE),
    "bid_settle": Shape(("escrow:",), ("person:", *_SINK), payees_at_most=1000),
    "loan": Shape(_PEOPLE, _PEOPLE, debt="mirror"),
    "repay": Shape(_PEOPLE, ("person:", "pool:interest"), debt="mirror", payees_at_most=2),
    "interest": Shape(_PEOPLE, ("person:", "pool:interest"), debt="free"),
    "expire": Shape(_PEOPLE, ("pool:expiry",)),
    "decay": Shape(_PEOPLE, ("pool:decay",)),
    "cap": Shape(_PEOPLE, ("pool:cap",)),
    "reset": Shape(_PEOPLE, ("pool:reset",)),
    "reconcile": Shape(_PEOPLE, _PEOPLE, payees_at_most=1000, payers_at_most=1000),
    "write_off": Shape(("pool:write_off",), _PEOPLE, debt="free"),
}
"""By kind; a reversal has the shape of what it mirrors, the other way round."""


def check_shape(transaction: Transaction) -> None:
    """Refuse a transaction whose accounts do not fit its kind.

    Raises:
        TransactionError: an account may not give or take, or an award's key does not say for what.
    """
    shape = SHAPES.get(transaction.kind)
    if shape is None:
        return
    credits = [p for p in transaction.postings if p.unit == "CR"]
    debts = [p for p in transaction.postings if p.unit == "IOU"]
    if shape.debt != "free" and not credits:
        raise TransactionError(f"{transaction.key}: {transaction.kind} without credits")
    _check_sides(transaction, shape, credits)
    if shape.debt == "never" and debts:
        raise TransactionError(f"{transaction.key}: {transaction.kind} does not move debts")
    if shape.debt == "mirror" and _sides(debts, -1) != _sides(credits, 1):
        raise TransactionError(f"{transaction.key}: postings in IOU do not mirror those in CR")
    if transaction.kind == "earn":
        _check_claim(transaction)


def claim_of(transaction: Transaction) -> str | None:
    """Return what an award is for: `earn|rule|physician|date|duty`, the head of its key.

    A second award for the same after a reversal has more parts in its key.
    """
    return claim_of_row(transaction.kind, transaction.key)


def claim_of_row(kind: str, key: str) -> str | None:
    """Return what a row of a kind and key is an award for, None if it is none."""
    return "|".join(key.split("|")[:5]) if kind == "earn" else None


def _check_sides(transaction: Transaction, shape: Shape, credits: list[Posting]) -> None:
    payers = [p.account for p in credits if p.cents < 0]
    payees = [p.account for p in credits if p.cents > 0]
    for account, allowed in (
        *((a, shape.payers) for a in payers),
        *((a, shape.payees) for a in payees),
    ):
        if not account.startswith(allowed):
            raise TransactionError(
                f"{transaction.key}: {transaction.kind} does not move credits of {account} that way"
            )
    if len(payers) > shape.payers_at_most or len(payees) > shape.payees_at_most:
        raise TransactionError(
            f"{transaction.key}: {transaction.kind} with {len(payers)} payers and "
            f"{len(payees)} payees"
        )


def _check_claim(transaction: Transaction) -> None:
    parts = transaction.key.split("|")
    (payee,) = (name_of(p.account) for p in transaction.postings if p.cents > 0)
    if len(parts) < 5 or parts[0] != "earn" or parts[2] != payee or not all(parts[:5]):
        raise TransactionError(
            f"key {transaction.key!r} of an award to {payee} is not earn|rule|{payee}|date|duty"
        )


def _sides(postings: list[Posting], sign: int) -> dict[str, int]:
    return {p.account: sign * p.cents for p in postings}
