"""The commands of the parties of a conflict: stated needs, sealed bids and agreements."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from pysched.bank.amount import credits_of
from pysched.cli import conflict_printing as shown
from pysched.cli.arguments import Folder, Format, FormatOption, read_folder
from pysched.cli.conflict_arguments import (
    DATABASE,
    ConflictArgument,
    DatabaseOption,
    MechanismOption,
    Need,
    PhysicianArgument,
    cents_in,
    opened,
    week_of,
)
from pysched.cli.conflict_words import days_off_of, transfers_of
from pysched.cli.printing import print_json, print_text

NONCE_BYTES = 16


def need(
    folder: Folder,
    conflict: ConflictArgument,
    physician: PhysicianArgument,
    urgency: Annotated[
        Need, typer.Argument(help="How much he needs it; above none a token is set aside.")
    ],
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """State how much a party needs its claim; all parties see it.

    Above none it sets one of the few tokens of the quarter aside, which a lottery takes.

    Example: pysched conflicts need ferrara 2023-06-02.1 P4 high
    """
    with opened(read_folder(folder), database) as found:
        row = found.state_need(conflict, physician, urgency.value)
    if format_ is Format.JSON:
        print_json(shown.row_json(row))
        return
    stated = "no" if urgency is Need.NONE else urgency
    print_text(f"{physician} states {stated} need in conflict {conflict}")
    if urgency is not Need.NONE:
        print_text(
            "the other parties see it; one token is set aside, and is taken only if a lottery "
            "decides, which gives the better chance for it: no other mechanism looks at needs"
        )


def bid(
    folder: Folder,
    conflict: ConflictArgument,
    physician: PhysicianArgument,
    amount: Annotated[str, typer.Argument(metavar="CREDITS", help="For each day, such as 5.00.")],
    nonce: Annotated[
        str | None, typer.Option("--nonce", help="Secret text; one is made without it.")
    ] = None,
    hold: Annotated[
        str | None,
        typer.Option("--hold", metavar="CREDITS", help="Hold more, so that it tells nothing."),
    ] = None,
    mechanism: MechanismOption = "hybrid",
    reveal: Annotated[bool, typer.Option("--reveal", help="Open the bid that was sealed.")] = False,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Seal a bid and hold what it may cost; with --reveal and its nonce, open it later.

    Example: pysched conflicts bid ferrara 2023-06-02.1 P4 5.00
    """
    if reveal and nonce is None:
        raise typer.BadParameter("a bid is opened with its nonce", param_hint="--nonce")
    cents, secret = cents_in(amount), nonce or secrets.token_hex(NONCE_BYTES)
    with opened(read_folder(folder), database) as found:
        if reveal:
            row = found.reveal(conflict, physician, cents, secret)
        else:
            held = None if hold is None else cents_in(hold)
            row = found.bid(conflict, physician, cents, secret, held, mechanism)
    sealed = row.bid_of(physician)
    if format_ is Format.JSON:
        print_json(shown.row_json(row) | {"bid": shown.bid_json(sealed), "nonce": secret})
        return
    if reveal:
        print_text(f"the bid of {physician} in conflict {conflict} is open: {amount}")
        return
    if sealed is not None:
        print_text(f"sealed: {sealed.commitment}; {credits_of(sealed.held_cents)} credits held")
    print_text(f"{shown.until_of(row)}; to reveal it: --reveal --nonce {secret}")


def agree(
    folder: Folder,
    conflict: ConflictArgument,
    physician: PhysicianArgument,
    off: Annotated[
        list[str] | None,
        typer.Option(
            "--off", metavar="WHO[@DAY]", help="Propose who is off, all his days or one; repeat it."
        ),
    ] = None,
    pay: Annotated[
        list[str] | None,
        typer.Option("--pay", metavar="FROM:TO:CREDITS", help="Propose who gives whom what."),
    ] = None,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Propose how to settle a conflict, or agree to what is proposed; all must, then it is decided.

    Example: pysched conflicts agree ferrara 2023-06-02.1 P4 --off P4 --pay P4:P5:3.00
    """
    scenario = read_folder(folder)
    week = week_of(scenario, conflict)
    with opened(scenario, database) as found:
        grants = None
        if off or pay:
            row = found.store.conflict(conflict)
            grants = days_off_of(off or [], {c.physician: c.days for c in row.claims})
        one = found.agree(week, conflict, physician, grants, transfers_of(pay or []))
    if one.decision is None and format_ is Format.TABLE:
        missing = [c.physician for c in one.row.claims if c.agreed_to is None]
        print_text(f"{physician} agrees; still to agree: {', '.join(missing)}")
        for term in shown.terms_in(one.row):
            print_text(f"  {term}")
        return
    shown.print_outcomes([one], format_ is Format.JSON)
