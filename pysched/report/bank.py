"""Tables of the bank: balances, histories and statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rich.table import Table

from pysched.bank.amount import credits_of
from pysched.bank.loan import Loan
from pysched.bank.lots import Lot
from pysched.bank.statement import Entry
from pysched.fairness.trend import Forecast

BALANCE_COLUMNS = ("balance", "limit", "expiring next", "on", "owed", "trust", "deviation")


def balances_table(rows: Iterable[tuple[str, ...]], title: str) -> Table:
    """Return balances as a table.

    Args:
        rows: physician and what is written in each of `BALANCE_COLUMNS`.
        title: of the table.
    """
    table = Table("physician", title=title, title_justify="left")
    for column in BALANCE_COLUMNS:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def entries_table(entries: Iterable[Entry], title: str) -> Table:
    """Return the lines of an account, each with its sentence."""
    table = Table("day", "kind", title=title, title_justify="left")
    table.add_column("credits", justify="right")
    table.add_column("balance", justify="right")
    table.add_column("why")
    for entry in entries:
        amounts = (f"{credits_of(entry.cents):+}", str(credits_of(entry.balance_cents)))
        table.add_row(str(entry.day), entry.kind, *amounts, entry.sentence)
    return table


def net_table(net: Mapping[str, int]) -> Table:
    """Return what came from each other less what went to him."""
    table = Table("from", title="Received less given", title_justify="left")
    table.add_column("credits", justify="right")
    for name, cents in net.items():
        table.add_row(name, f"{credits_of(cents):+}")
    return table


def lots_table(lots: Iterable[Lot]) -> Table:
    """Return open lots by the day on which they expire."""
    by_day: dict[date | None, int] = {}
    for lot in lots:
        by_day[lot.expires] = by_day.get(lot.expires, 0) + lot.left_cents
    table = Table("expires", title="Credits held", title_justify="left")
    table.add_column("credits", justify="right")
    for day, cents in by_day.items():
        table.add_row("never" if day is None else str(day), str(credits_of(cents)))
    return table


def loans_table(loans: Iterable[Loan]) -> Table:
    """Return open loans."""
    table = Table("lender", "borrower", "due", title="Open loans", title_justify="left")
    table.add_column("owed", justify="right")
    for loan in loans:
        table.add_row(loan.lender, loan.borrower, str(loan.due), str(credits_of(loan.owed_cents)))
    return table


def forecast_table(forecasts: Mapping[str, Forecast | None]) -> Table:
    """Return deviations some weeks ahead, with their intervals."""
    table = Table("physician", title="Forecast of deviations", title_justify="left")
    for column in ("weeks ahead", "deviation", "95 % interval"):
        table.add_column(column, justify="right")
    for name, row in forecasts.items():
        if row is not None:
            interval = f"{row.low:+.2f} to {row.high:+.2f}"
            table.add_row(name, str(row.weeks), f"{row.value:+.2f}", interval)
    return table
