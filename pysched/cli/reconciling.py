"""The command reconcile: the review of balances, and its signature."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated, Any

import typer

from pysched.bank.amount import credits_of
from pysched.bank.reconciling import ReconcileError
from pysched.cli.arguments import Format, FormatOption, parse_day
from pysched.cli.bank import DATABASE, DatabaseOption
from pysched.cli.db import database_url
from pysched.cli.printing import print_json, print_table, print_text
from pysched.department import Review, reviews, sign
from pysched.report.dealings import review_table


def reconcile(
    database: DatabaseOption = DATABASE,
    signed_by: Annotated[
        str | None,
        typer.Option("--sign", metavar="NAME", help="Who signs: only then it is posted."),
    ] = None,
    week: Annotated[
        date | None,
        typer.Option(
            "--week",
            metavar="YYYY-MM-DD",
            parser=parse_day,
            help="Monday of the week at whose close it fell due; else the last.",
        ),
    ] = None,
    day: Annotated[
        date | None,
        typer.Option("--day", metavar="YYYY-MM-DD", parser=parse_day, help="Else today."),
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print the reconciliations that fell due, or sign one: who bore too little pays the others.

    Nobody pays more than he has. Signed once, it is posted once.
    Example: pysched reconcile --db out/pysched.sqlite --sign "Dr. Rossi"
    """
    url = database_url(database)
    if signed_by is None:
        found = [row for row in reviews(url) if week in (None, row.monday)]
    else:
        found = [_signed(url, signed_by, day or date.today(), week)]
    if format_ is Format.JSON:
        print_json([_json(row) for row in found])
        return
    if not found:
        print_text("no reconciliation fell due yet")
    for row in found:
        print_table(review_table(row.asked, row.amounts, _title(row)))


def _signed(url: str, signed_by: str, day: date, week: date | None) -> Review:
    """Sign a reconciliation.

    Raises:
        Exit: a rule refuses it.
    """
    try:
        return sign(url, signed_by, day, week)
    except ReconcileError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error


def _title(row: Review) -> str:
    if row.signed_by is None:
        return f"Reconciliation due with the week of {row.monday}, not signed"
    return f"Reconciliation of the week of {row.monday}, signed by {row.signed_by} {row.signed_on}"


def _json(row: Review) -> dict[str, Any]:
    return {
        "week": str(row.monday),
        "signed_by": row.signed_by,
        "signed_on": None if row.signed_on is None else str(row.signed_on),
        "asked": {name: str(credits_of(cents)) for name, cents in row.asked.items()},
        "amounts": {name: str(credits_of(cents)) for name, cents in row.amounts.items()},
    }
