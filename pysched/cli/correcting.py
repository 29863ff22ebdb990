"""The command correct: a past week as it was really worked."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pysched.bank.correction import Correction
from pysched.cli.arguments import (
    Folder,
    Format,
    FormatOption,
    parse_day,
    read_folder,
    weeks_from,
)
from pysched.cli.bank import DATABASE, DatabaseOption
from pysched.cli.db import database_url
from pysched.cli.printing import print_json, print_text
from pysched.department import correct_week
from pysched.department.database import has_database
from pysched.department.versions import KINDS, Versions
from pysched.instance import Scenario
from pysched.instance.agreed_file import read_agreed_file
from pysched.instance.schedule_file import read_schedule_file
from pysched.model import Network, Schedule
from pysched.report.wording import counted

WeekArgument = Annotated[
    date, typer.Argument(metavar="WEEK", parser=parse_day, help="Any day of the week.")
]
WorkedArgument = Annotated[
    str,
    typer.Argument(
        metavar="WORKED",
        help="The whole week as worked: CSV with day, task and physician; or a version: worked, "
        "published or its number.",
    ),
]
AgreedOption = Annotated[
    Path | None,
    typer.Option(
        "--agreed",
        metavar="FILE",
        help="Swaps and covers: CSV with request, kind, asker, asked_at, day, task, giver, taker.",
    ),
]
DayOption = Annotated[
    date | None,
    typer.Option("--day", metavar="YYYY-MM-DD", parser=parse_day, help="Else today."),
]


def correct(
    folder: Folder,
    week: WeekArgument,
    worked: WorkedArgument,
    database: DatabaseOption = DATABASE,
    agreed: AgreedOption = None,
    day: DayOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Correct a closed week that was worked otherwise: awards are reversed and made anew.

    Where the week has stored versions, days off and duties that were changed are told by these.
    The file holds the whole week, such as schedule.csv with its changes; a duty that is not in it
    was not worked. The same again changes nothing.
    Example: pysched correct toy 2024-04-15 worked.csv --db out/pysched.sqlite
    """
    scenario = read_folder(folder)
    (found,) = weeks_from(scenario, week, 1, "WEEK")
    schedule = _worked(scenario, worked, found.monday, database)
    rows = () if agreed is None else read_agreed_file(agreed, scenario.network)
    when = date.today() if day is None else day
    done = correct_week(scenario, found, schedule, database_url(database), when, rows)
    for row in done.strange:
        text = f"{row.day} {row.task} {row.physician}: the week has no such duty; it earns nothing"
        print(text, file=sys.stderr)
    if done.unworked:
        text = f"duties of the week that are not in {worked}, so were not worked: {done.unworked}"
        print(text, file=sys.stderr)
    _tell(done.correction, format_)


def _worked(scenario: Scenario, name: str, monday: date, database: str) -> Schedule:
    """Return the schedule of a file, or of a version where there is no such file.

    Raises:
        StoreError: there is no such version.
        BadParameter: neither is meant, or the file is of other weeks.
    """
    url = database_url(database)
    if Path(name).is_file():
        return _schedule(Path(name), scenario.network, monday)
    if (name in KINDS or name.isdecimal()) and has_database(url):
        with Versions(scenario, url) as versions:
            return versions.find(name, monday).schedule
    text = f"there is no file {name}, and a version is {', '.join(KINDS)} or a number"
    raise typer.BadParameter(text, param_hint="WORKED")


def _schedule(path: Path, network: Network, monday: date) -> Schedule:
    """Return the schedule of a week in a file.

    Raises:
        BadParameter: the file is of other weeks too, or only of others.
    """
    schedules = read_schedule_file(path, network).schedules
    mondays = [str(schedule.monday) for schedule in schedules]
    if mondays != [str(monday)]:
        text = f"{path} is of {', '.join(mondays)}, not of the week of {monday}"
        raise typer.BadParameter(text, param_hint="WORKED")
    return schedules[0]


def _tell(correction: Correction, format_: Format) -> None:
    taken = [row.sentence for row in correction.reversals]
    given = [row.sentence for row in correction.awards]
    if format_ is Format.JSON:
        print_json({"reversals": taken, "awards": given})
        return
    for sentence in (*taken, *given):
        print_text(sentence)
    which = counted(len(taken), "award")
    if taken:
        of_all = "all" if len(taken) == correction.stood else f"{len(taken)} of"
        which = f"{of_all} {counted(correction.stood, 'award')} of the week"
    print_text(f"{which} reversed, {len(given)} made anew")
