"""The commands for versions of a week: publish, versions, lock and diff."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pysched.check import check
from pysched.cli.amending import NoteOption
from pysched.cli.arguments import (
    Folder,
    Format,
    FormatOption,
    RulesOption,
    StateOption,
    WeekOption,
    WithoutOption,
    read_folder,
    weeks_from,
)
from pysched.cli.db import database_url
from pysched.cli.differing import (
    as_csv,
    difference_json,
    print_difference,
    schedule_text,
    tell_closed,
)
from pysched.cli.known import KnownBankOption
from pysched.cli.printing import print_json, print_table, print_text
from pysched.cli.source import (
    DATABASE,
    ScheduleArgument,
    Source,
    VersionsOption,
    WeekOfOption,
    read_source,
)
from pysched.department.database import has_database
from pysched.department.versions import Version, Versions
from pysched.explain.amendment_json import amendment_to_json
from pysched.explain.difference import changed_duties, compare
from pysched.instance import Scenario
from pysched.instance.weeks import monday_of
from pysched.model import Network, Week
from pysched.report import write_text
from pysched.report.repairs import VersionRow, versions_table

AuthorOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it.")]


WhichOption = Annotated[
    str,
    typer.Option("--version", metavar="VERSION", help="Which one -o writes: a kind or a number."),
]
WriteOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write a version, as CSV.", callback=as_csv),
]


KNOWN = "both sides: by what is known with the second one, without what telling a change costs"


class Kind(StrEnum):
    """What a version is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WORKED = "worked"


KindOption = Annotated[
    Kind, typer.Option("--as", help="A draft, the published schedule, or as it was worked.")
]


def publish(
    folder: Folder,
    schedule: ScheduleArgument,
    by: AuthorOption,
    as_: KindOption = Kind.PUBLISHED,
    note: NoteOption = "",
    state: StateOption = None,
    rules: RulesOption = None,
    without: WithoutOption = "",
    week: WeekOfOption = None,
    database: VersionsOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Store a schedule as a version of its week, with who did so, when and why.

    One that breaks a hard rule is refused, unless it was worked so.
    Example: pysched publish ferrara out/2023-05-29/schedule.json --by anna
    """
    source = read_source(
        folder, schedule, week, database, rules=rules, without=without, state=state
    )
    stored = _publish(source, as_, by, note)
    tell_closed(source)
    if format_ is Format.JSON:
        print_json(_version_json(stored, None))
    else:
        of_week = f"of the week of {stored.schedule.monday}"
        print_text(f"{stored.kind} as version {stored.number} {of_week}, by {by}")


def versions(
    folder: Folder,
    week: WeekOfOption = None,
    which: WhichOption = "published",
    out: WriteOption = None,
    database: VersionsOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """List the versions of a week, or of all: who made which when and why, and what it changed.

    With -o one of them is written to a file instead.
    Example: pysched versions ferrara --week 2023-05-29
    """
    if out is not None:
        source = read_source(folder, which, week, database)
        write_text(out, schedule_text(*source.amended(), source.schedule))
        print_text(f"written: {out}")
        return
    with _opened(folder, database) as store:
        monday = None if week is None else monday_of(week)
        rows, locked = store.all(monday), store.locked()
    locks = [text for day, text in locked.items() if monday in (None, day)]
    before: dict[date, Version] = {}
    pairs = []
    for row in rows:
        pairs.append((row, before.get(row.schedule.monday)))
        before[row.schedule.monday] = row
    if format_ is Format.JSON:
        print_json([_listed(row, last, locked) for row, last in pairs])
        return
    for day in sorted(before):
        lines = [_row(row, last) for row, last in pairs if row.schedule.monday == day]
        print_table(versions_table(lines, f"Versions of the week of {day}"))
    for text in locks or ([] if rows else ["no versions"]):
        print_text(text)


def lock(
    folder: Folder,
    week: WeekOption,
    by: AuthorOption,
    open_: Annotated[bool, typer.Option("--open", help="Open it again.")] = False,
    note: NoteOption = "",
    database: VersionsOption = DATABASE,
) -> None:
    """Lock a week, so that no change of it is sought or stored any more, or open it again.

    Example: pysched lock ferrara --week 2023-05-29 --by anna
    """
    scenario, url = _place(folder, database)
    monday = monday_of(week)
    if not open_:
        weeks_from(scenario, monday, 1, "--week")
    with Versions(scenario, url) as store:
        store.set_lock(monday, locked=not open_, author=by, made=datetime.now(UTC), note=note)
    print_text(f"week of {monday} {'is open' if open_ else 'is locked'}, by {by}")


def diff(
    folder: Folder,
    before: ScheduleArgument,
    after: ScheduleArgument,
    week: WeekOfOption = None,
    state: StateOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say what a second schedule changes of a first one: duties, physicians, rules and levels.

    Both are judged by what is known with the second one.
    Example: pysched diff ferrara 1 published --week 2023-05-29
    """
    scenario = read_folder(folder)
    first, second = (
        read_source(folder, name, week, database, state=state, bank=bank, scenario=scenario)
        for name in (before, after)
    )
    network, standing = second.amended()
    if first.schedule.monday != second.schedule.monday:
        text = f"{before} is of {first.schedule.monday}, {after} of {second.schedule.monday}"
        raise typer.BadParameter(f"two weeks: {text}")
    told = replace(standing, published=None)
    found = compare(network, told, second.state, first.schedule, second.schedule)
    if format_ is Format.JSON:
        print_json(difference_json(found))
    else:
        print_difference(network, found, KNOWN)


def _publish(source: Source, kind: Kind, by: str, note: str) -> Version:
    """Store a schedule as a version.

    Raises:
        Exit: it breaks a hard rule, and was not worked so.
        StoreError: the week is locked.
    """
    network, standing = source.amended()
    if kind is not Kind.WORKED:
        _refuse_broken(source, network, standing)
    version = Version(
        schedule=source.schedule,
        kind=kind.value,
        author=by,
        made=datetime.now(UTC),
        state=source.state,
        note=note,
        profile=network.rules.profile,
        without=source.without,
        amendment=source.amendment,
    )
    with Versions(source.scenario, source.url) as store:
        return store.add(version)


def _refuse_broken(source: Source, network: Network, week: Week) -> None:
    """Raise if a schedule breaks a hard rule.

    Raises:
        Exit: it does.
    """
    report = check(network, week, source.state, source.schedule)
    broken = [breach for breach in report.breaches if not breach.accepted]
    for breach in broken:
        print(f"not stored, it breaks {breach.rule}: {breach.culprit}", file=sys.stderr)
    if broken:
        raise typer.Exit(1)


def _opened(folder: str, database: str) -> Versions:
    return Versions(*_place(folder, database))


def _place(folder: str, database: str) -> tuple[Scenario, str]:
    """Return a scenario and the URL of the database of its versions.

    Raises:
        BadParameter: there is no such database.
    """
    url = database_url(database)
    if not has_database(url):
        text = f"no database {database}; pysched publish {folder} FILE --by NAME makes one"
        raise typer.BadParameter(text, param_hint="--db")
    return read_folder(folder), url


def _row(row: Version, last: Version | None) -> VersionRow:
    changed = 0 if last is None else _changes(row, last)
    made = f"{row.made:%Y-%m-%d %H:%M}"
    return VersionRow(row.number, row.kind, made, row.author, changed, row.note)


def _listed(row: Version, last: Version | None, locked: Mapping[date, str]) -> dict[str, Any]:
    return _version_json(row, last) | {"locked": row.schedule.monday in locked}


def _changes(row: Version, last: Version) -> int:
    return len(changed_duties(last.schedule.assignments, row.schedule.assignments))


def _version_json(row: Version, last: Version | None) -> dict[str, Any]:
    return {
        "monday": str(row.schedule.monday),
        "number": row.number,
        "kind": row.kind,
        "made": row.made.isoformat(),
        "by": row.author,
        "note": row.note,
        "changed_duties": None if last is None else _changes(row, last),
        "amendment": amendment_to_json(row.amendment),
        "hash": row.hash,
    }
