"""Reconciliation as a transaction: who bore too little pays those who bore too much, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pysched.bank.amount import credits_of
from pysched.bank.book import Book
from pysched.bank.kept import KeptWeek
from pysched.bank.ledger import RefusedError
from pysched.bank.transaction import Posting, Transaction, person
from pysched.bank.week_end import week_name
from pysched.fairness.reconcile import affordable


class ReconcileError(RefusedError):
    """A reconciliation that is not due, or that nothing can be paid for."""


def reconcile_key(monday: date) -> str:
    """Return the natural key of the reconciliation that fell due with the close of a week."""
    return f"reconcile|{week_name(monday)}"


def payable(week: KeptWeek, book: Book) -> dict[str, int]:
    """Return what each physician gets or pays, nobody more than he has.

    Args:
        week: at whose close a reconciliation fell due.
        book: with the balances of all.

    Raises:
        ReconcileError: none fell due then.
    """
    if not week.reconciliation:
        raise ReconcileError(f"no reconciliation fell due in the week of {week.monday}")
    able = {name: book.balance(person(name)) for name in week.reconciliation}
    return affordable(week.reconciliation, able)


def reconciliation(
    monday: date, amounts: Mapping[str, int], day: date, signed_by: str
) -> Transaction:
    """Return the one transaction of a reconciliation.

    The credits that are paid keep their expiry, as those of every transfer do.

    Args:
        monday: of the week at whose close it fell due.
        amounts: physician -> cents that he gets, negative if he pays; they sum to 0.
        day: of the signature.
        signed_by: who takes it upon himself.

    Raises:
        ReconcileError: nobody pays anything, or nobody signs.
    """
    paid = {name: cents for name, cents in amounts.items() if cents}
    if not paid:
        raise ReconcileError(f"nothing to pay for the reconciliation of {week_name(monday)}")
    if not signed_by.strip():
        raise ReconcileError("a reconciliation is signed by somebody")
    total = credits_of(sum(cents for cents in paid.values() if cents > 0))
    words = f"Reconciliation of {week_name(monday)}: {total} credits, signed by {signed_by}."
    postings = tuple(Posting(person(name), "CR", cents) for name, cents in sorted(paid.items()))
    said = {"week": str(monday), "signed_by": signed_by, "sentence": words}
    return Transaction("reconcile", reconcile_key(monday), day, postings, said)
