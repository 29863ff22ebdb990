"""What dealings between weeks read and write, within a writer's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from pysched.bank.lending import Repaid, RepaymentError
from pysched.bank.loan import Loan
from pysched.bank.profile import BankProfile
from pysched.store import ledger_tables
from pysched.store.bank_rows import last_closed, read_graph
from pysched.store.kept_profile import read_profile
from pysched.store.loan_rows import FREE_CENTS, loan_row, read_loans
from pysched.store.once import once
from pysched.store.pending import (
    Audited,
    audited,
    end_overdue,
    next_number,
    pending_transfer,
    pending_transfers,
    save_pending,
)
from pysched.store.social import known_physicians, save_loans, save_rating
from pysched.store.writer import Writer

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph

__all__ = [
    "Audited",
    "audited",
    "end_overdue",
    "graph_and_loans",
    "known_physicians",
    "last_closed",
    "loan_of",
    "next_loan",
    "next_number",
    "once",
    "payments_of",
    "pending_transfer",
    "pending_transfers",
    "post_payment",
    "read_loans",
    "read_profile",
    "save_loan",
    "save_pending",
    "save_rating",
]


def graph_and_loans(
    connection: Connection, profile: BankProfile
) -> tuple[TrustGraph, tuple[Loan, ...]]:
    """Return the graph of trust after the last week closed, and all loans."""
    names = known_physicians(connection)
    graph = read_graph(connection, names, last_closed(connection), profile.trust)
    return graph, read_loans(connection)


def next_loan(loans: Iterable[Loan]) -> str:
    """Return the id of the next loan: L1, L2, ...; the writer's lock keeps it unique."""
    ids = {loan.id for loan in loans}
    number = len(ids) + 1
    while f"L{number}" in ids:
        number += 1
    return f"L{number}"


def loan_of(connection: Connection, name: str) -> Loan:
    """Return the loan of an id.

    Raises:
        RepaymentError: there is none.
    """
    for loan in read_loans(connection):
        if loan.id == name:
            return loan
    raise RepaymentError(f"there is no loan {name!r}")


def save_loan(connection: Connection, loan: Loan) -> None:
    """Save a loan as it is now."""
    save_loans(connection, [loan_row(loan)])


def payments_of(connection: Connection, name: str) -> int:
    """Return how often a borrower has paid for a loan himself."""
    key = ledger_tables.txn.c.key
    start = f"repay|{name}|payment "
    query = select(func.count()).where(key.startswith(start, autoescape=True))
    return int(connection.execute(query).scalar() or 0)


def post_payment(writer: Writer, paid: Repaid) -> None:
    """Post a payment and save its loan; what counts for trust is told to the week's end."""
    free = 0 if paid.event is None else paid.event.cents
    posted = paid.transaction
    writer.post(replace(posted, metadata={**posted.metadata, FREE_CENTS: free}))
    save_loan(writer.connection, paid.loan)
