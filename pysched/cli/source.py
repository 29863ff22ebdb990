"""A schedule named on the command line: a file or a version, with all that it is judged by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from pysched.cli.arguments import (
    ProfileName,
    names_of,
    parse_day,
    read_folder,
    starting_state,
    under_policy,
    weeks_from,
)
from pysched.cli.db import database_url
from pysched.cli.known import known_to_bank
from pysched.department import bank_of
from pysched.department.database import file_of, has_database
from pysched.department.versions import KINDS, Version, Versions
from pysched.explain.amendment import Amendment, AmendmentError, amend
from pysched.explain.earnings import Earnings
from pysched.explain.published import minute_of, under_way
from pysched.instance import Scenario, find_scenario
from pysched.instance.schedule_file import read_schedule_file
from pysched.instance.weeks import monday_of
from pysched.model import Network, Schedule, State, Week

DATABASE = "out/pysched.sqlite"

ScheduleArgument = Annotated[
    str,
    typer.Argument(
        metavar="SCHEDULE",
        help=f"A schedule.json or CSV file, or a version: {', '.join(KINDS)} or its number.",
    ),
]
VersionsOption = Annotated[
    str, typer.Option("--db", metavar="URL", help="Database of the versions.")
]
WeekOfOption = Annotated[
    date | None,
    typer.Option(
        "--week",
        metavar="YYYY-MM-DD",
        parser=parse_day,
        help="Any day of the week, where several have versions.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Source:
    """A schedule with all that it is judged by.

    Args:
        scenario: under the rules in force, before any amendment.
        week: as the scenario has it.
        state: what the weeks before handed over.
        schedule: of the week.
        amendment: what came up since it was planned.
        version: where it came from; None for a file.
        without: rules that were switched off.
        url: of the database of the versions.
        files: what it was read from, but for a schedule that is CSV already.
    """

    scenario: Scenario
    week: Week
    state: State
    schedule: Schedule
    amendment: Amendment
    version: Version | None
    without: tuple[str, ...]
    url: str
    files: tuple[Path, ...]

    def with_amendment(self, more: Amendment) -> Source:
        """Return it with more that came up.

        Raises:
            BadParameter: something to be changed is not there.
        """
        both = replace(self, amendment=self.amendment + more)
        both.amended()
        return both

    def amended(self) -> tuple[Network, Week]:
        """Return the network and the week with all that came up.

        Raises:
            BadParameter: something to be changed is not there.
        """
        try:
            return amend(self.scenario.network, self.week, self.amendment)
        except AmendmentError as error:
            raise typer.BadParameter(str(error)) from error

    def judged(self) -> tuple[Network, Week]:
        """Return the network and the week for a checker: what was worked is a fact.

        Raises:
            BadParameter: something to be changed is not there.
        """
        network, week = self.amended()
        if self.version is not None and self.version.kind == "worked":
            week = replace(week, worked=self.schedule.assignments, pins=frozenset())
        return network, week

    def earnings(self, network: Network, week: Week) -> Earnings:
        """Return what changes of the schedule earn, the week standing as it does."""
        rules, told = bank_of(self.scenario).values, []
        if self.version is not None:
            with Versions(self.scenario, self.url) as versions:
                rows = versions.all(week.monday)
            upto = [row for row in rows if row.number <= self.version.number]
            told = [row.to_bank() for row in upto if row.kind == "published"]
        return Earnings(network, week, self.schedule, rules, told)

    def under_way(self, now: datetime) -> tuple[Network, Week]:
        """Return the network and the week as they stand at a moment.

        Of a draft nobody was told, so that changes of it cost nothing.
        """
        network, week = self.amended()
        if self.version is not None and self.version.kind == "draft":
            network = replace(network, rules=network.rules.without("stability"))
        return network, under_way(week, self.schedule, minute_of(week, now))


def read_source(
    folder: str,
    name: str,
    day: date | None,
    database: str,
    *,
    rules: ProfileName | None = None,
    without: str = "",
    state: Path | None = None,
    bank: str | None = None,
    scenario: Scenario | None = None,
) -> Source:
    """Return the schedule of a file, or the version of a name where there is no such file.

    The scenario is that of the folder, where it was read before. With a bank the week is as it was
    planned with that: what the burdens so far say, and granted days off.

    Raises:
        InstanceError: the folder or the file is wrong.
        StoreError: there is no such version, or no such bank.
        BadParameter: the file holds several weeks, or no such file or version is meant.
    """
    files = _files_of(folder, database, bank)
    scenario = scenario or read_folder(folder)
    if Path(name).is_file():
        return _of_file(scenario, Path(name), day, database, rules, without, state, bank, files)
    if is_version(name):
        return _of_version(folder, scenario, name, day, database, rules, without, bank, files)
    text = f"there is no file {name}, and a version is {', '.join(KINDS)} or a number"
    raise typer.BadParameter(text, param_hint="SCHEDULE")


def is_version(name: str) -> bool:
    """Return whether a schedule is named as a version, and no file has that name."""
    return (name in KINDS or name.isdecimal()) and not Path(name).exists()


def moment(now: datetime | None, week: Week) -> datetime:
    """Return the time of an option, else that of the clock if the week is not over by then.

    Raises:
        BadParameter: it is over.
    """
    if now is not None:
        return now
    clock = datetime.now().astimezone()
    if minute_of(week, clock) >= week.midnight(week.monday + timedelta(days=7)):
        text = f"the week of {week.monday} is over; to look back: --now {week.monday}T00:00"
        raise typer.BadParameter(text, param_hint="--now")
    return clock


def _files_of(folder: str, *databases: str | None) -> tuple[Path, ...]:
    """Return the files of a scenario and of databases."""
    place = find_scenario(folder)
    known = (*place.glob("*.yaml"), *place.glob("*.csv"))
    files = (file_of(database_url(url)) for url in databases if url is not None)
    return (*known, *(file for file in files if file is not None))


def _of_file(
    scenario: Scenario,
    path: Path,
    day: date | None,
    database: str,
    rules: ProfileName | None,
    without: str,
    state: Path | None,
    bank: str | None,
    files: tuple[Path, ...],
) -> Source:
    found = read_schedule_file(path, scenario.network)
    if found.record is not None:
        rules = rules or ProfileName(found.record.rules)
        without = without or ",".join(found.record.without)
    off = names_of(without)
    scenario = under_policy(scenario, rules, off)
    monday = None if day is None else monday_of(day)
    schedules = [row for row in found.schedules if monday in (None, row.monday)]
    if len(schedules) != 1:
        weeks = ", ".join(str(row.monday) for row in found.schedules)
        text = f"{path} holds {len(found.schedules)} weeks, {weeks}: say which one"
        raise typer.BadParameter(text, param_hint="--week")
    planned = weeks_from(scenario, schedules[0].monday, 1, "SCHEDULE")
    (week,) = known_to_bank(scenario, planned, bank, found, database)
    beside = path.with_name("state.json")
    file = beside if state is None and beside.is_file() else state
    before = starting_state(scenario, week, file)
    if found.record is None:
        files = tuple(one for one in files if not (one.exists() and one.samefile(path)))
    else:
        files += (path,)
    files += () if file is None else (file,)
    url = database_url(database)
    return Source(scenario, week, before, schedules[0], Amendment(), None, off, url, files)


def _of_version(
    folder: str,
    scenario: Scenario,
    name: str,
    day: date | None,
    database: str,
    rules: ProfileName | None,
    without: str,
    bank: str | None,
    files: tuple[Path, ...],
) -> Source:
    url = database_url(database)
    if not has_database(url):
        text = f"no database {database}; pysched publish {folder} FILE --by NAME makes one"
        raise typer.BadParameter(text, param_hint="--db")
    monday = None if day is None else monday_of(day)
    with Versions(scenario, url) as versions:
        found = versions.find(name, monday)
    found = replace(
        found,
        profile=found.profile if rules is None else rules.value,
        without=names_of(without) or found.without,
    )
    return source_of(scenario, found, url, bank, files)


def source_of(
    scenario: Scenario,
    found: Version,
    url: str,
    bank: str | None = None,
    files: tuple[Path, ...] = (),
) -> Source:
    """Return a version with all that it is judged by.

    Args:
        scenario: as its folder has it.
        found: the version.
        url: of its database.
        bank: database of the bank its week was planned with; None without a bank.
        files: that it was read from.

    Raises:
        BadParameter: the horizon has no such week.
        StoreError: there is no such bank.
    """
    profile = None if found.profile is None else ProfileName(found.profile)
    scenario = under_policy(scenario, profile, found.without)
    weeks = weeks_from(scenario, found.schedule.monday, 1, "SCHEDULE")
    (week,) = known_to_bank(scenario, weeks, bank)
    told, off = found.amendment, found.without
    return Source(scenario, week, found.state, found.schedule, told, found, off, url, files)
