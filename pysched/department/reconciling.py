"""The review of balances: what a reconciliation would pay, and its signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

from pysched.bank.chain import Row
from pysched.bank.kept import KeptWeek
from pysched.bank.reconciling import (
    ReconcileError,
    payable,
    reconcile_key,
    reconciliation,
)
from pysched.bank.transaction import PERSON, name_of
from pysched.department.database import existing
from pysched.store import BankStore, Writer, dealings, utc_now


@dataclass(frozen=True)
class Review:
    """A reconciliation that fell due.

    Args:
        monday: of the week at whose close it did.
        asked: physician -> cents that would settle his deviation within the limits.
        amounts: what he gets, negative if he pays; what was posted once it is signed.
        signed_by: who signed it, None before.
        signed_on: when.
    """

    monday: date
    asked: Mapping[str, int]
    amounts: Mapping[str, int]
    signed_by: str | None = None
    signed_on: date | None = None


def reviews(url: str) -> list[Review]:
    """Return the reconciliations that fell due, the oldest first.

    Raises:
        StoreError: the database is not there or not up to date.
    """
    with closing(existing(url)) as database:
        store = BankStore(database, database.read(dealings.read_profile))
        book = store.ledger.book()
        return [
            _review(week, payable(week, book), store.ledger.row(reconcile_key(week.monday)))
            for week in store.kept()
            if week.reconciliation
        ]


def sign(
    url: str,
    signed_by: str,
    day: date,
    monday: date | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Review:
    """Sign a reconciliation: it is posted as one transaction; signed already, it stays as it is.

    Args:
        url: of the database.
        signed_by: who takes it upon himself.
        day: of the signature.
        monday: of the week at whose close it fell due; None for the last.
        clock: gives the time that rows are recorded at.

    Raises:
        ReconcileError: none fell due, nobody can pay anything, or nobody signs.
        StoreError: the database is not there or not up to date.
    """
    with closing(existing(url)) as database:
        store = BankStore(database, database.read(dealings.read_profile), clock)
        due = [week for week in store.kept() if week.reconciliation]
        chosen = [week for week in due if monday in (None, week.monday)][-1:]
        if not chosen:
            known = ", ".join(str(week.monday) for week in due) or "none"
            raise ReconcileError(f"no reconciliation fell due in {monday or 'any week'}: {known}")
        (week,) = chosen

        def work(writer: Writer) -> Row:
            before = writer.row_of(reconcile_key(week.monday))
            if before is not None:
                return before
            amounts = payable(week, writer.book())
            return writer.post(reconciliation(week.monday, amounts, day, signed_by))

        return _review(week, {}, store.ledger.write(work))


def _review(week: KeptWeek, amounts: Mapping[str, int], row: Row | None) -> Review:
    if row is None:
        return Review(week.monday, week.reconciliation, amounts)
    posted = {name_of(p.account): p.cents for p in row.postings if p.account.startswith(PERSON)}
    return Review(
        week.monday, week.reconciliation, posted, str(row.metadata.get("signed_by")), row.day
    )
