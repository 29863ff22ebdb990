"""Commands for the care of a database: upgrade, verify, backup, restore, export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pysched.cli.arguments import Format, FormatOption
from pysched.cli.printing import print_json, print_text
from pysched.department.database import (
    Verification,
    back_up_database,
    export_beancount,
    export_lines,
    read_anchors,
    refuse_database,
    restore_database,
    upgrade_database,
    verify_database,
)
from pysched.report import write_text
from pysched.report.wording import counted

db = typer.Typer(
    name="db",
    help="Care of a database: upgrade, verify, backup, restore, export.",
    no_args_is_help=True,
)

DatabaseArgument = Annotated[
    str,
    typer.Argument(metavar="DATABASE", help="FILE, sqlite:///FILE or postgresql://..."),
]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="File of the backup.")]


class ExportFormat(StrEnum):
    """What an export is written as."""

    BEANCOUNT = "beancount"
    JSONL = "jsonl"


@db.command()
def upgrade(database: DatabaseArgument) -> None:
    """Bring a database up to date, without loss; an empty one gets its tables.

    One of another program, or of a newer version of this one, is left alone (exit code 1).
    Example: pysched db upgrade out/pysched.sqlite
    """
    before, after = upgrade_database(database_url(database))
    if before == after:
        print_text(f"{database} is up to date, at migration {after}")
    else:
        print_text(f"{database}: from {before or 'empty'} to migration {after}")


@db.command()
def verify(
    database: DatabaseArgument,
    anchors: Annotated[
        Path | None,
        typer.Option(
            "--anchors",
            metavar="FILE",
            help="Published heads, one a line: NUMBER HASH, as this command prints them.",
        ),
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Replay the ledger; say the first row that is wrong (exit code 1), or the head to publish.

    Example: pysched db verify out/pysched.sqlite
    """
    published = [] if anchors is None else read_anchors(anchors)
    _tell(verify_database(database_url(database), published), format_)


@db.command()
def backup(database: DatabaseArgument, file: FileArgument) -> None:
    """Write a backup into a new file: for SQLite a database, for PostgreSQL lines of JSON.

    Example: pysched db backup out/pysched.sqlite backup.sqlite
    """
    back_up_database(database_url(database), file)
    print_text(f"backup: {file}")


@db.command()
def restore(
    database: DatabaseArgument, file: FileArgument, format_: FormatOption = Format.TABLE
) -> None:
    """Restore a backup into a database that is empty or not there yet, and verify it.

    One that is not as it must be is not restored (exit code 1).
    Example: pysched db restore new.sqlite backup.sqlite
    """
    found = restore_database(database_url(database), file)
    if found.finding is not None:
        print(f"{file} is not restored", file=sys.stderr)
    _tell(found, format_)


@db.command()
def export(
    database: DatabaseArgument,
    as_: Annotated[
        ExportFormat,
        typer.Option("--as", help="The ledger for accountants, or every row of the database."),
    ] = ExportFormat.BEANCOUNT,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Else to stdout.")
    ] = None,
) -> None:
    """Write the ledger as beancount text, or the database as lines of JSON.

    Example: pysched db export out/pysched.sqlite -o ledger.beancount
    """
    url = database_url(database)
    lines = export_beancount(url) if as_ is ExportFormat.BEANCOUNT else export_lines(url)
    if out is None:
        _print_lines(lines)
    else:
        refuse_database(out)
        write_text(out, "".join(f"{line}\n" for line in lines))
        print_text(f"export: {out}")


def database_url(database: str) -> str:
    """Return the URL of a database, which a file may be named for."""
    return database if "://" in database else f"sqlite:///{database}"


def _print_lines(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _tell(found: Verification, format_: Format) -> None:
    """Print what an audit found.

    Raises:
        Exit: something is wrong.
    """
    if format_ is Format.JSON:
        finding = found.finding
        print_json(
            {
                "ok": finding is None,
                "place": None if finding is None else finding.place,
                "reason": None if finding is None else finding.reason,
                "rows": found.rows,
                "anchors": found.anchors,
                "head": str(found.head),
            }
        )
    elif found.finding is None:
        rows, anchors = counted(found.rows, "transaction"), counted(found.anchors, "anchor")
        print_text(f"ok: {rows}, held against {anchors}")
        print_text(f"head: {found.head}")
    else:
        print_text(f"wrong: {found.finding}")
    if found.finding is not None:
        raise typer.Exit(1)
