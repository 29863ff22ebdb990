"""Tables of what physicians deal with each other: transfers and loans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.table import Table

from pysched.bank.amount import credits_of
from pysched.bank.loan import Loan
from pysched.bank.pending import PendingTransfer


def transfers_table(rows: Iterable[PendingTransfer], title: str) -> Table:
    """Return transfers by number, with who has to answer those that are open."""
    table = Table("number", "payer", "payee", title=title, title_justify="left")
    table.add_column("credits", justify="right")
    for column in ("opened", "until", "status", "waits for"):
        table.add_column(column)
    for row in rows:
        waits = row.answerer if row.status == "open" else ""
        table.add_row(
            str(row.number),
            row.payer,
            row.payee,
            str(credits_of(row.cents)),
            str(row.opened),
            str(row.expires),
            row.status,
            waits,
        )
    return table


def review_table(asked: Mapping[str, int], amounts: Mapping[str, int], title: str) -> Table:
    """Return what a reconciliation asks for and what it really pays, by physician."""
    table = Table("physician", title=title, title_justify="left")
    for column in ("asked", "gets"):
        table.add_column(column, justify="right")
    for name, cents in sorted(asked.items()):
        table.add_row(name, f"{credits_of(cents):+}", f"{credits_of(amounts.get(name, 0)):+}")
    return table


def loans_table(rows: Iterable[Loan], title: str) -> Table:
    """Return loans by the day they were made."""
    table = Table("loan", "lender", "borrower", "made", "due", title=title, title_justify="left")
    for column in ("lent", "interest", "owed"):
        table.add_column(column, justify="right")
    for row in rows:
        cents = (row.principal_cents, row.interest_cents, row.owed_cents)
        names = (row.id, row.lender, row.borrower, str(row.made), str(row.due))
        table.add_row(*names, *(str(credits_of(amount)) for amount in cents))
    return table
