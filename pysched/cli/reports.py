"""The commands report and service: what people read, and what they compare it with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pysched.cli.arguments import Folder, Format, FormatOption, read_folder
from pysched.cli.db import database_url
from pysched.cli.known import KnownBankOption, known_to_bank
from pysched.cli.printing import print_json, print_table, print_text
from pysched.cli.source import DATABASE, WeekOfOption, is_version, read_source
from pysched.cli.standing import as_they_stand, of_version, tell_newer
from pysched.department import level_names
from pysched.department.database import has_database
from pysched.department.versions import KINDS
from pysched.instance import Scenario
from pysched.instance.generate import write_scenario
from pysched.instance.service import full_service, same_service
from pysched.report.comparison import Comparison
from pysched.report.comparison_page import overview_grid
from pysched.report.horizon_files import comparison_of, write_horizon_reports
from pysched.report.reported import ReportedWeek, read_reported
from pysched.report.week_files import write_week_reports

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="Database of the versions; else pysched.sqlite in the folder of the run.",
        show_default=False,
    ),
]


WhatArgument = Annotated[
    str,
    typer.Argument(
        metavar="OUT|SCHEDULE",
        help=f"Folder of a run, a schedule as JSON or CSV, or a version: {', '.join(KINDS)} "
        "or its number.",
    ),
]


class Service(StrEnum):
    """Which duties a scenario has."""

    SAME = "same"
    FULL = "full"


def report(
    folder: Folder,
    what: WhatArgument,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Folder for reports; else that of the run, for a CSV file out."
        ),
    ] = None,
    week: WeekOfOption = None,
    database: DatabaseOption = None,
    bank: KnownBankOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Write workbook, page and calendars of each week, and pages of all weeks together.

    A week of the folder that was published since is reported as its latest version says, priced
    by what the bank knew with --bank.
    With a by_hand.csv in the scenario also as-is against to-be. Entries of calendars that are
    there already keep their identity; those that are gone are cancelled.
    Example: pysched report ferrara out
    """
    scenario = read_folder(folder)
    weeks = _weeks(folder, scenario, what, week, database, bank)
    place = out or _place(Path(what), weeks)
    levels, stamp = level_names(scenario.network.rules), datetime.now(UTC)
    for shown in weeks:
        write_week_reports(place / str(shown.week.monday), scenario.network, shown, levels, stamp)
    written = [place / str(shown.week.monday) for shown in weeks]
    compared = comparison_of(scenario, weeks)
    if len(weeks) > 1 or Path(what).is_dir():
        written += write_horizon_reports(place, scenario.network, weeks, compared, levels, stamp)
    if format_ is Format.JSON:
        print_json(_as_json(written, compared))
        return
    if compared is not None:
        _print_overview(compared)
    for path in written[-5:]:
        print_text(f"written: {path}")


def service(
    kind: Annotated[Service, typer.Argument(help="same: what was served by hand; full: all.")],
    folder: Folder,
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder for the new scenario.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the scenario that is there.")
    ] = False,
) -> None:
    """Write the scenario with the service of its schedule by hand, or without any closure.

    A run of it and the schedule by hand then compare in the same service setting, or full service
    against what could be served by hand.
    Example: pysched service same ferrara ferrara_same
    """
    scenario = read_folder(folder)
    try:
        changed = same_service(scenario) if kind is Service.SAME else full_service(scenario)
        write_scenario(changed, new, overwrite=overwrite)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    print_text(
        f"written: {new}; closures: {len(scenario.closures)} before, {_closures(changed)} now"
    )
    print_text(f"next: pysched run {new} --out out_{kind} && pysched report {new} out_{kind}")


def _weeks(
    folder: str,
    scenario: Scenario,
    what: str,
    day: date | None,
    database: str | None,
    bank: str | None,
) -> tuple[ReportedWeek, ...]:
    """Return the weeks of a folder as they stand, that of a version, or those of a file."""
    if is_version(what):
        source = read_source(folder, what, day, database or DATABASE, bank=bank)
        return (of_version(source),)
    path = Path(what)
    if bank is not None and not path.is_dir():
        text = f"{path} is priced as it says itself; pysched check {folder} {path} --bank {bank}"
        raise typer.BadParameter(f"{text} prices it with the bank", param_hint="--bank")
    known_to_bank(scenario, (), bank)  # A bank that is not there is said, needed or not.
    weeks = read_reported(scenario, path)
    beside = _place(path, weeks) / "pysched.sqlite"
    url = database_url(str(beside) if database is None else database)
    if database is not None and not has_database(url):
        raise typer.BadParameter(f"no database {database}", param_hint="--db")
    if not path.is_dir():
        tell_newer(scenario, weeks, url, folder)
        return weeks
    return as_they_stand(scenario, weeks, url, bank)


def _closures(scenario: Scenario) -> int:
    return len(scenario.closures)


def _place(what: Path, weeks: tuple[ReportedWeek, ...]) -> Path:
    """Return where the reports of a folder or file go."""
    if what.is_dir():
        return what
    is_of_run = what.suffix == ".json" and what.parent.name == str(weeks[0].week.monday)
    return what.parent.parent if is_of_run else Path("out")


def _print_overview(compared: Comparison) -> None:
    grid = overview_grid(compared)
    table = Table(*grid.head, title=grid.caption, title_justify="left")
    for row in grid.rows:
        table.add_row(*row)
    print_table(table)


def _as_json(written: list[Path], compared: Comparison | None) -> dict[str, object]:
    sides = {} if compared is None else {"as_is": compared.as_is, "to_be": compared.to_be}
    return {
        "written": [str(path) for path in written],
        "comparison": None
        if compared is None
        else {
            "setting": compared.setting,
            **{
                name: [
                    {
                        "monday": _day(week.monday),
                        "duties": week.duties,
                        "filled": week.filled,
                        "open_essential": week.open_essential,
                        "skill_violations": len(week.unskilled),
                        "overlap_minutes": week.overlap_minutes,
                        "below_target": week.below,
                        "missing_minutes": week.missing_minutes,
                        "above_limit": week.above,
                        "balance_minutes": week.balances,
                    }
                    for week in side.weeks
                ]
                for name, side in sides.items()
            },
        },
    }


def _day(day: date) -> str:
    return day.isoformat()
