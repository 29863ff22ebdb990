"""The commands for transfers between physicians, and what dealings on the command line share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

import typer

from pysched.bank.amount import cents_of, credits_of
from pysched.bank.ledger import RefusedError
from pysched.bank.lending import LoanRefusedError, RepaymentError
from pysched.bank.pending import PendingTransfer
from pysched.cli.arguments import Format, FormatOption, parse_day
from pysched.cli.bank import DATABASE, DatabaseOption, PhysicianArgument
from pysched.cli.db import database_url
from pysched.cli.printing import print_json, print_table, print_text
from pysched.department import Dealings
from pysched.report.dealings import transfers_table
from pysched.trust import NotOwnerError

transfer = typer.Typer(
    name="transfer",
    help="Credits from one to another: proposed or asked for, then accepted or withdrawn.",
    no_args_is_help=True,
)
CallerArgument = Annotated[str, typer.Argument(metavar="PHYSICIAN", help="Who says so.")]
PayerArgument = Annotated[str, typer.Argument(metavar="PAYER", help="Who gives.")]
PayeeArgument = Annotated[str, typer.Argument(metavar="PAYEE", help="Who gets.")]
AmountArgument = Annotated[str, typer.Argument(metavar="CREDITS", help="Such as 12.50.")]
NumberArgument = Annotated[int, typer.Argument(metavar="NUMBER", help="Of the transfer.", min=1)]
DayOption = Annotated[
    date | None,
    typer.Option(
        "--day",
        metavar="YYYY-MM-DD",
        parser=parse_day,
        help="Business day; else today, or the first day after the last week closed if later.",
        show_default=False,
    ),
]
KeyOption = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="TEXT",
        help="The same command under the same key is done once, however often it is given.",
        show_default=False,
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Those that are over as well.")]


@contextmanager
def dealing(database: str) -> Iterator[Dealings]:
    """Open a bank to deal with; what it refuses is said in a line.

    Raises:
        BadParameter: a name, an amount or a day is none.
        Exit: a rule refuses it.
    """
    try:
        with Dealings(database_url(database)) as bank:
            yield bank
    except (RefusedError, LoanRefusedError, RepaymentError, NotOwnerError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def day_of(bank: Dealings, day: date | None) -> date:
    """Return the business day of an option; without it today, or the first day not closed."""
    return bank.open_day(date.today()) if day is None else day


@transfer.command()
def propose(
    payer: PayerArgument,
    payee: PayeeArgument,
    amount: AmountArgument,
    database: DatabaseOption = DATABASE,
    day: DayOption = None,
    key: KeyOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Propose to give credits; they are held until PAYEE answers, seven days at most.

    Example: pysched transfer propose anna bruno 2.50 --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.propose(payer, payee, cents_of(amount), day_of(bank, day), key)
    _tell_transfer(found, format_)


@transfer.command("ask")
def ask_for(
    payee: PayeeArgument,
    payer: PayerArgument,
    amount: AmountArgument,
    database: DatabaseOption = DATABASE,
    day: DayOption = None,
    key: KeyOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Ask PAYER for credits; nothing is held until he accepts.

    Example: pysched transfer ask bruno anna 2.50 --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.ask(payee, payer, cents_of(amount), day_of(bank, day), key)
    _tell_transfer(found, format_)


@transfer.command()
def accept(
    physician: CallerArgument,
    number: NumberArgument,
    database: DatabaseOption = DATABASE,
    day: DayOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Accept a transfer that waits for one's answer.

    Example: pysched transfer accept bruno 1 --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.accept(physician, number, day_of(bank, day))
    _tell_transfer(found, format_)


@transfer.command()
def withdraw(
    physician: CallerArgument,
    number: NumberArgument,
    database: DatabaseOption = DATABASE,
    day: DayOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Take a transfer back, or decline one that waits for one's answer.

    Example: pysched transfer withdraw anna 1 --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.withdraw(physician, number, day_of(bank, day))
    _tell_transfer(found, format_)


@transfer.command()
def expire(
    database: DatabaseOption = DATABASE,
    day: DayOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """End all transfers that nobody answered in time; the end of a week does that too.

    Example: pysched transfer expire --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.expire(day_of(bank, day))
    _tell_transfers(found, format_, "Expired transfers")


@transfer.command("list")
def list_transfers(
    physician: PhysicianArgument,
    database: DatabaseOption = DATABASE,
    all_: AllOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print the transfers of a physician that wait for an answer, his own or another's.

    Example: pysched transfer list anna --db out/pysched.sqlite
    """
    with dealing(database) as bank:
        found = bank.transfers(physician, only_open=not all_)
    _tell_transfers(found, format_, f"Transfers of {physician}")


def _tell_transfer(found: PendingTransfer, format_: Format) -> None:
    if format_ is Format.JSON:
        print_json(_transfer_json(found))
        return
    amount = f"{credits_of(found.cents)} credits from {found.payer} to {found.payee}"
    until = f"; {found.answerer} answers until {found.expires}" if found.status == "open" else ""
    print_text(f"transfer {found.number}: {amount}, {found.status}{until}")


def _tell_transfers(found: list[PendingTransfer], format_: Format, title: str) -> None:
    if format_ is Format.JSON:
        print_json([_transfer_json(row) for row in found])
    else:
        print_table(transfers_table(found, title))


def _transfer_json(row: PendingTransfer) -> dict[str, Any]:
    return {
        "number": row.number,
        "payer": row.payer,
        "payee": row.payee,
        "asker": row.asker,
        "credits": str(credits_of(row.cents)),
        "opened": str(row.opened),
        "expires": str(row.expires),
        "status": row.status,
        "closed": None if row.closed is None else str(row.closed),
    }
