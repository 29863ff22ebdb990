"""The commands of conflicts: who contends for which day, and how it is decided."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from pysched.bank.amount import AmountError, cents_of, credits_of
from pysched.bank.ledger import RefusedError
from pysched.cli import conflict_printing as shown
from pysched.cli.arguments import (
    Folder,
    Format,
    FormatOption,
    WeekOption,
    parse_day,
    read_folder,
    weeks_from,
)
from pysched.cli.conflict_words import days_off_of, pairs_of, transfers_of
from pysched.cli.db import database_url
from pysched.cli.printing import print_json, print_text
from pysched.conflicts import MECHANISMS, ConflictError
from pysched.department.conflict_views import (
    Supposed,
    all_decided,
    decision_in,
    listed,
    replay_stored,
    stored_conflicts,
)
from pysched.department.conflict_views import explain as explained
from pysched.department.conflict_views import simulate as simulated
from pysched.department.conflicts import ConflictRow, Conflicts
from pysched.instance import Scenario
from pysched.model import Week

DATABASE = "out/pysched.sqlite"
NONCE_BYTES = 16

conflicts = typer.Typer(
    name="conflicts",
    help="Days off that cannot all be granted: list, negotiate, bid, resolve, explain, replay.",
    no_args_is_help=True,
)


class Need(StrEnum):
    """How much a claim is needed."""

    NONE = "none"
    SOME = "some"
    HIGH = "high"


DatabaseOption = Annotated[
    str,
    typer.Option("--db", metavar="URL", help="FILE, sqlite:///FILE or postgresql://..."),
]
ConflictArgument = Annotated[
    str, typer.Argument(metavar="CONFLICT", help="Id of a conflict, such as 2023-06-02.1.")
]
PhysicianArgument = Annotated[str, typer.Argument(metavar="PHYSICIAN", help="Id of a physician.")]


@conflicts.command("list")
def list_(
    folder: Folder,
    week: Annotated[
        date | None,
        typer.Option("--week", metavar="YYYY-MM-DD", parser=parse_day, help="Any day of a week."),
    ] = None,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print who contends for which days off, what they say they need, and what was decided.

    Stores nothing. Example: pysched conflicts list ferrara --week 2023-05-29
    """
    scenario = read_folder(folder)
    weeks = weeks_from(scenario, week, None if week is None else 1, "--week")
    with _opened(scenario, database, write=False) as found:
        rows = [listed(found, one) for one in weeks]
    shown.print_listed(rows, folder, format_ is Format.JSON)


@conflicts.command()
def resolve(
    folder: Folder,
    week: WeekOption,
    names: Annotated[
        list[str] | None,
        typer.Option("--conflict", metavar="ID", help="Decide these alone; may be repeated."),
    ] = None,
    mechanism: Annotated[
        str, typer.Option("--mechanism", metavar="NAME", help=f"One of {', '.join(MECHANISMS)}.")
    ] = "hybrid",
    early: Annotated[
        bool, typer.Option("--early", help="Decide now, bids that are not revealed left out.")
    ] = False,
    bid_hours: Annotated[
        int, typer.Option("--bid-hours", min=1, help="Hours for needs, agreements and bids.")
    ] = 48,
    reveal_hours: Annotated[
        int, typer.Option("--reveal-hours", min=1, help="Hours after them to reveal bids.")
    ] = 24,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Grant what nobody contests, open conflicts, and decide those whose time is over.

    The same again decides nothing twice. Example: pysched conflicts resolve ferrara
    --week 2023-05-29 --early
    """
    scenario = read_folder(folder)
    (chosen,) = weeks_from(scenario, week, 1, "--week")
    times = timedelta(hours=bid_hours), timedelta(hours=reveal_hours)
    with _opened(scenario, database) as found:
        outcomes = found.resolve(chosen, names or (), mechanism, early, *times)
    shown.print_outcomes(outcomes, format_ is Format.JSON)


@conflicts.command()
def simulate(
    folder: Folder,
    conflict: ConflictArgument,
    bids: Annotated[
        list[str] | None,
        typer.Option("--bid", metavar="WHO=CREDITS", help="Suppose a bid; may be repeated."),
    ] = None,
    needs: Annotated[
        list[str] | None,
        typer.Option("--need", metavar="WHO=URGENCY", help="Suppose a need: none, some, high."),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", min=1, max=10_000, help="Seeds behind the chances.")
    ] = 100,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print what each mechanism would decide on the same claims, and everybody's chance.

    Stores nothing. Example: pysched conflicts simulate ferrara 2023-06-02.1 --bid P4=5
    """
    scenario = read_folder(folder)
    week = _week_of(scenario, conflict)
    with _told(), _opened(scenario, database, write=False) as found:
        row = _row_of(found, week, conflict)
        supposed = Supposed(
            {who: _cents(text) for who, text in pairs_of(bids, "--bid")},
            {who: Need(text).value for who, text in pairs_of(needs, "--need", tuple(Need))},
        )
        trials = simulated(found, week, row, supposed, draws)
    shown.print_trials(row, trials, draws, format_ is Format.JSON)


@conflicts.command()
def explain(
    conflict: ConflictArgument,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say why who was granted what, a sentence each.

    Example: pysched conflicts explain 2023-06-02.1
    """
    with stored_conflicts(database_url(database)) as store:
        sentences = explained(decision_in(store, conflict))
    if format_ is Format.JSON:
        print_json({"conflict": conflict, "sentences": list(sentences)})
        return
    for sentence in sentences:
        print_text(sentence)


@conflicts.command()
def replay(
    conflict: Annotated[
        str | None, typer.Argument(metavar="CONFLICT", help="Id; all decisions without it.")
    ] = None,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Decide once more from what is stored and compare every byte; exits with 1 if any differs.

    Example: pysched conflicts replay 2023-06-02.1
    """
    with stored_conflicts(database_url(database)) as store:
        rows = all_decided(store) if conflict is None else [decision_in(store, conflict)]
        replays = [replay_stored(store, row) for row in rows]
    shown.print_replays(replays, format_ is Format.JSON)
    if any(one.findings for one in replays):
        raise typer.Exit(1)


@conflicts.command()
def need(
    folder: Folder,
    conflict: ConflictArgument,
    physician: PhysicianArgument,
    urgency: Annotated[Need, typer.Argument(help="How much he needs it; above none: a token.")],
    database: DatabaseOption = DATABASE,
) -> None:
    """State how much a party needs its claim; all parties see it. Tokens are few a quarter.

    Example: pysched conflicts need ferrara 2023-06-02.1 P4 high
    """
    with _told(), _opened(read_folder(folder), database) as found:
        found.state_need(conflict, physician, urgency.value)
    print_text(f"{physician} states {urgency} need in conflict {conflict}")


@conflicts.command()
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
    reveal: Annotated[bool, typer.Option("--reveal", help="Open the bid that was sealed.")] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Seal a bid and hold what it may cost; with --reveal and its nonce, open it later.

    Example: pysched conflicts bid ferrara 2023-06-02.1 P4 5.00
    """
    if reveal and nonce is None:
        raise typer.BadParameter("a bid is opened with its nonce", param_hint="--nonce")
    cents, secret = _cents(amount), nonce or secrets.token_hex(NONCE_BYTES)
    with _told(), _opened(read_folder(folder), database) as found:
        if reveal:
            found.reveal(conflict, physician, cents, secret)
            print_text(f"the bid of {physician} in conflict {conflict} is open: {amount}")
            return
        held = None if hold is None else _cents(hold)
        row = found.bid(conflict, physician, cents, secret, held)
    sealed = row.bid_of(physician)
    if sealed is not None:
        print_text(f"sealed: {sealed.commitment}; {credits_of(sealed.held_cents)} credits held")
    print_text(f"{shown.until_of(row)}; to reveal it: --reveal --nonce {secret}")


@conflicts.command()
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
    week = _week_of(scenario, conflict)
    with _told(), _opened(scenario, database) as found:
        grants = None
        if off or pay:
            row = found.store.conflict(conflict)
            grants = days_off_of(off or [], {c.physician: c.days for c in row.claims})
        one = found.agree(week, conflict, physician, grants, transfers_of(pay or []))
    if one.decision is None and format_ is Format.TABLE:
        missing = [c.physician for c in one.row.claims if c.agreed_to is None]
        print_text(f"{physician} agrees; still to agree: {', '.join(missing)}")
        return
    shown.print_outcomes([one], format_ is Format.JSON)


@contextmanager
def _told() -> Iterator[None]:
    """End with a line where a rule refuses what was asked for.

    Raises:
        Exit: a rule refuses it.
    """
    try:
        yield
    except (ConflictError, RefusedError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error


@contextmanager
def _opened(scenario: Scenario, database: str, write: bool = True) -> Iterator[Conflicts]:
    with _told(), Conflicts(scenario, database_url(database), write) as found:
        yield found


def _week_of(scenario: Scenario, conflict: str) -> Week:
    """Return the week of a conflict by its id, which begins with its day.

    Raises:
        BadParameter: it does not, or the horizon has no such week.
    """
    try:
        day = date.fromisoformat(conflict[:10])
    except ValueError as error:
        text = f"{conflict!r} is no id of a conflict, such as 2023-06-02.1"
        raise typer.BadParameter(text, param_hint="CONFLICT") from error
    return weeks_from(scenario, day, 1, "CONFLICT")[0]


def _row_of(found: Conflicts, week: Week, name: str) -> ConflictRow:
    """Return a conflict of a week, opened or not.

    Raises:
        ConflictError: there is none of that id.
    """
    rows = {row.id: row for row in listed(found, week).rows}
    if name not in rows:
        known = ", ".join(rows) or "none"
        raise ConflictError(f"there is no conflict {name!r} in the week of {week.monday}: {known}")
    return rows[name]


def _cents(text: str) -> int:
    """Return an amount of an argument.

    Raises:
        BadParameter: it is none.
    """
    try:
        return cents_of(text)
    except AmountError as error:
        raise typer.BadParameter(str(error)) from error
