"""The commands of conflicts: who contends for which day, and how it is decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from pysched.cli import conflict_covering, conflict_parties
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
from pysched.cli.conflict_arguments import (
    DATABASE,
    ConflictArgument,
    DatabaseOption,
    MechanismOption,
    Need,
    cents_in,
    opened,
    week_of,
)
from pysched.cli.conflict_words import pairs_of
from pysched.cli.db import database_url
from pysched.cli.printing import print_json, print_text
from pysched.conflicts import ConflictError
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
from pysched.model import Week

conflicts = typer.Typer(
    name="conflicts",
    help="Days off that cannot all be granted, and duties that fall open: who is off, who works.",
    no_args_is_help=True,
)


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
    with opened(scenario, database, write=False) as found:
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
    mechanism: MechanismOption = "hybrid",
    early: Annotated[
        bool, typer.Option("--early", help="End bidding now; decide what has no bids to reveal.")
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
    with opened(scenario, database) as found:
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
    week = week_of(scenario, conflict)
    with opened(scenario, database, write=False) as found:
        row = _row_of(found, week, conflict)
        supposed = Supposed(
            {who: cents_in(text) for who, text in pairs_of(bids, "--bid")},
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


for command in (conflict_parties.need, conflict_parties.bid, conflict_parties.agree):
    conflicts.command()(command)
conflicts.command()(conflict_covering.cover)
conflicts.command("object")(conflict_covering.object_)


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
