"""Loans as rows, and what of loans and ratings a week's end tells to trust."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from pysched.bank.lending_rules import Terms
from pysched.bank.loan import Loan
from pysched.store import ledger_tables
from pysched.store.bank_rows import last_closed
from pysched.store.ledger_rows import read_rows
from pysched.store.social import LoanRow, loans, ratings
from pysched.trust.events import Event, LoanEvent, Rating

FREE_CENTS = "free_cents"
"""Metadata of payments that a borrower made himself: the principal that counts for trust."""


def read_loans(connection: Connection) -> tuple[Loan, ...]:
    """Return all loans, closed ones too."""
    return tuple(_loan(row) for row in loans(connection))


def loan_row(loan: Loan) -> LoanRow:
    """Return a loan as it is stored."""
    terms = loan.terms
    metadata = {
        "interest_paid_cents": loan.interest_paid_cents,
        "terms_charged": loan.terms_charged,
        "defaulted": _day(loan.defaulted),
        "closed": _day(loan.closed),
        "months": terms.months,
    }
    return LoanRow(
        id=loan.id,
        lender=loan.lender,
        borrower=loan.borrower,
        principal_cents=loan.principal_cents,
        outstanding_cents=loan.outstanding_cents,
        interest_cents=loan.interest_cents,
        made=loan.made,
        due=loan.due,
        level=terms.level,
        days=terms.days,
        limit_cents=terms.limit_cents,
        interest_percent=terms.interest_percent,
        metadata=metadata,
    )


def events_of(connection: Connection, monday: date, all_loans: Sequence[Loan]) -> list[Event]:
    """Return the ratings given, the loans made and what was repaid since the last week closed.

    What happened in a week that nobody closed counts in the next one that is.
    """
    last = last_closed(connection)
    first, end = (last + timedelta(days=7) if last else monday), monday + timedelta(days=7)
    given = {(i, j): stars for i, j, day, stars in ratings(connection) if first <= day < end}
    lent: list[Event] = [
        LoanEvent(monday, loan.lender, loan.borrower, "lent", loan.principal_cents)
        for loan in all_loans
        if first <= loan.made < end
    ]
    rated = (Rating(monday, i, j, stars) for (i, j), stars in sorted(given.items()))
    return [*rated, *lent, *_repaid(connection, first, end, monday, all_loans)]


def _repaid(
    connection: Connection, first: date, end: date, monday: date, all_loans: Sequence[Loan]
) -> Iterator[LoanEvent]:
    """Yield what borrowers repaid of their own will, which is what recommends them."""
    txn, by_id = ledger_tables.txn.c, {loan.id: loan for loan in all_loans}
    for row in read_rows(connection, (txn.kind == "repay") & (txn.day >= first) & (txn.day < end)):
        loan, cents = by_id.get(str(row.metadata.get("loan"))), row.metadata.get(FREE_CENTS)
        if loan is not None and isinstance(cents, int) and cents:
            yield LoanEvent(monday, loan.lender, loan.borrower, "repaid", cents)


def _loan(row: LoanRow) -> Loan:
    if row.due is None:
        raise ValueError(f"loan {row.id} has no day on which it is due")
    said = row.metadata
    words = (row.level, row.days, row.limit_cents, row.interest_percent)
    return Loan(
        id=row.id,
        lender=row.lender,
        borrower=row.borrower,
        principal_cents=row.principal_cents,
        outstanding_cents=row.outstanding_cents,
        interest_cents=row.interest_cents,
        made=row.made,
        due=row.due,
        terms=Terms(*words, months=said.get("months")),
        interest_paid_cents=said.get("interest_paid_cents", 0),
        terms_charged=said.get("terms_charged", 1),
        defaulted=_parsed(said.get("defaulted")),
        closed=_parsed(said.get("closed")),
    )


def _parsed(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)
