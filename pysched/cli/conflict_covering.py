"""The commands after the plan: who covers a duty that fell open, and who objects to an auction."""

from __future__ import annotations

from typing import Annotated

import typer

from pysched.bank.versions import Move
from pysched.cli import conflict_printing as shown
from pysched.cli.amending import (
    AbsentOption,
    ByOption,
    NoteOption,
    NowOption,
    amendment_of,
    parse_duty,
)
from pysched.cli.arguments import Folder, Format, FormatOption, StateOption, read_folder
from pysched.cli.conflict_arguments import (
    ConflictArgument,
    DatabaseOption,
    PhysicianArgument,
    opened,
)
from pysched.cli.differing import FileOption, keep, tell_closed
from pysched.cli.printing import print_json, print_text
from pysched.cli.refusing import one_line, refuse_unkept
from pysched.cli.replacing import DutyArgument
from pysched.cli.source import DATABASE, Source, moment, read_source
from pysched.department.conflict_views import decision_in, explain
from pysched.department.covering import Covered, Place
from pysched.department.covering import cover as cover_duty
from pysched.explain.chain import applied
from pysched.model import Network, Week

VolunteerOption = Annotated[
    list[str] | None,
    typer.Option("--volunteer", metavar="PHYSICIAN", help="Who offers to work; again for others."),
]
InForceOption = Annotated[
    str,
    typer.Option(
        "--schedule", metavar="SCHEDULE", help="A file, a kind of version or its number, in force."
    ),
]


def cover(
    folder: Folder,
    duty: DutyArgument,
    volunteers: VolunteerOption = None,
    absent: AbsentOption = None,
    now: NowOption = None,
    schedule: InForceOption = "published",
    by: ByOption = None,
    note: NoteOption = "",
    out: FileOption = None,
    state: StateOption = None,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Decide who works a duty that fell open: volunteers first, else who gave least is likelier.

    The same again decides nothing twice. --by puts it into the schedule as a version.
    Example: pysched conflicts cover ferrara T10@2023-06-01 --absent P4@2023-06-01 --by anna
    """
    key = parse_duty(duty)
    source = read_source(folder, schedule, key[1], database, state=state)
    refuse_unkept(source, out)
    source = source.with_amendment(amendment_of(absent))
    asked = moment(now, source.week)
    network, week = source.under_way(asked)
    place = Place(network, week, source.state, source.schedule)
    with opened(source.scenario, database) as found, one_line():
        covered = cover_duty(found, place, key, asked, volunteers or ())
        sentences = explain(decision_in(found.store, covered.outcome.row.id))
    _into_the_schedule(source, network, week, covered, by, note, out)
    if format_ is Format.JSON:
        print_json(_covered_json(covered, sentences))
    else:
        shown.print_outcome(covered.outcome, sentences)


def object_(
    folder: Folder,
    conflict: ConflictArgument,
    physician: PhysicianArgument,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Object to a lost auction over two dates or more, within 48 hours; resolve then bargains.

    Example: pysched conflicts object ferrara 2023-06-02.1 P4
    """
    with opened(read_folder(folder), database) as found:
        is_new = found.object_to(conflict, physician)
        row = found.store.conflict(conflict)
    if format_ is Format.JSON:
        print_json({"conflict": conflict, "physician": physician, "new": is_new})
        return
    verb = "objects" if is_new else "objected before"
    command = f"pysched conflicts resolve {folder} --week {row.monday} --conflict {conflict}"
    print_text(f"{physician} {verb} to the decision of conflict {conflict}")
    if row.status == "decided":
        print_text(f"to bargain over all its dates in its place: {command}")


def _into_the_schedule(
    source: Source,
    network: Network,
    week: Week,
    covered: Covered,
    by: str | None,
    note: str,
    out: FileOption,
) -> None:
    """Give the duty to who covers it, as far as that is asked for and not done yet."""
    is_done = covered.physician == covered.holder
    if by is None or is_done:
        tell_closed(source)
    if is_done:
        return
    key = covered.emergency.duty
    moves = (Move(*key, covered.holder, covered.physician),)
    keep(source, network, week, applied(source.schedule, moves), by, note, out)
    if by is None and out is None:
        typer.echo("the schedule is as it was: --by NAME stores it with the change", err=True)


def _covered_json(covered: Covered, sentences: tuple[str, ...]) -> dict[str, object]:
    task, day = covered.emergency.duty
    return shown.outcome_json(covered.outcome) | {
        "duty": f"{task}@{day}",
        "physician": covered.physician,
        "sentences": list(sentences),
    }
