"""The commands for loans and ratings between physicians."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pysched.bank.amount import cents_of, credits_of
from pysched.bank.loan import Loan
from pysched.cli.arguments import Format, FormatOption
from pysched.cli.bank import DATABASE, DatabaseOption, PhysicianArgument
from pysched.cli.dealings import AllOption, AmountArgument, DayOption, KeyOption, day_of, dealing
from pysched.cli.printing import print_json, print_table, print_text
from pysched.report.dealings import loans_table

loan = typer.Typer(
    name="loan", help="Loans between physicians: made, repaid, listed.", no_args_is_help=True
)


@loan.command()
def make(
    lender: Annotated[str, typer.Argument(metavar="LENDER", help="Who lends.")],
    borrower: Annotated[str, typer.Argument(metavar="BORROWER", help="To whom.")],
    amount: AmountArgument,
    database: DatabaseOption = DATABASE,
    day: DayOption = None,
    key: KeyOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Lend credits, at the terms that the lender's trust in the borrower gives.

    Example: pysched loan make anna bruno 5 --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.lend(lender, borrower, cents_of(amount), day_of(bank, day), key)
    _tell_loan(found, format_)


@loan.command()
def repay(
    borrower: Annotated[str, typer.Argument(metavar="BORROWER", help="Who pays.")],
    name: Annotated[str, typer.Argument(metavar="LOAN", help="Its id, such as L1.")],
    amount: Annotated[
        str | None, typer.Argument(metavar="[CREDITS]", help="Else all that is owed.")
    ] = None,
    database: DatabaseOption = DATABASE,
    day: DayOption = None,
    key: KeyOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Repay a loan wholly or in part, first the principal and then its interest.

    Example: pysched loan repay bruno L1 2.50 --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        cents = None if amount is None else cents_of(amount)
        found = bank.repay(borrower, name, cents, day_of(bank, day), key)
    _tell_loan(found, format_)


@loan.command("list")
def list_loans(
    physician: PhysicianArgument,
    database: DatabaseOption = DATABASE,
    all_: AllOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print the loans that a physician gave or took and that are owed.

    Example: pysched loan list anna --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.loans(physician, only_open=not all_)
    if format_ is Format.JSON:
        print_json([_loan_json(row) for row in found])
    else:
        print_table(loans_table(found, f"Loans of {physician}"))


def rate(
    rater: Annotated[str, typer.Argument(metavar="FROM", help="Who rates.")],
    rated: Annotated[str, typer.Argument(metavar="TO", help="Whom.")],
    stars: Annotated[int, typer.Argument(metavar="RATING", help="1 to 5.")],
    database: DatabaseOption = DATABASE,
    day: DayOption = None,
    caller: Annotated[
        str | None,
        typer.Option("--as", metavar="PHYSICIAN", help="Who says so, if not FROM: he is refused."),
    ] = None,
) -> None:
    """Rate a colleague with 1 to 5 stars; trust follows at the end of the week.

    Example: pysched rate anna bruno 4 --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.rate(caller or rater, rater, rated, stars, day_of(bank, day))
    print_text(f"{found.rater} rates {found.rated} {found.stars} in the week of {found.week}")


def _tell_loan(found: Loan, format_: Format) -> None:
    if format_ is Format.JSON:
        print_json(_loan_json(found))
        return
    amount = f"{credits_of(found.principal_cents)} credits from {found.lender} to {found.borrower}"
    owed = credits_of(found.owed_cents)
    rest = f"{owed} owed until {found.due}" if found.owed_cents else f"repaid on {found.closed}"
    print_text(f"loan {found.id}: {amount}, {rest}")


def _loan_json(row: Loan) -> dict[str, Any]:
    return {
        "id": row.id,
        "lender": row.lender,
        "borrower": row.borrower,
        "principal": str(credits_of(row.principal_cents)),
        "owed": str(credits_of(row.owed_cents)),
        "interest": str(credits_of(row.interest_cents)),
        "made": str(row.made),
        "due": str(row.due),
        "level": row.terms.level,
        "closed": None if row.closed is None else str(row.closed),
    }
