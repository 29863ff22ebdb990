"""Weeks that were published: what their stored versions say takes the place of a search."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from pysched.bank.versions import Version as PublishedVersion
from pysched.check import Report, check
from pysched.department.database import existing, has_database
from pysched.department.record import record_of
from pysched.department.versions import Version, in_force, read_versions
from pysched.department.week import Order, PlannedWeek, faults_of
from pysched.explain.amendment import AmendmentError, amend
from pysched.instance import Scenario
from pysched.model import Network, Schedule, State, Week
from pysched.settle import apply, settle
from pysched.solver import Level, Result
from pysched.store import Database, StoreError


@dataclass(frozen=True)
class Told:
    """What the versions of a published week come to.

    Args:
        week: with all that came up since it was planned.
        schedule: as it was worked, else as it was published last.
        versions: as published, in order; changes are told by them.
        is_worked: whether somebody said what was worked.
    """

    week: Week
    schedule: Schedule
    versions: tuple[PublishedVersion, ...]
    is_worked: bool

    @property
    def standing(self) -> Week:
        """The week for a checker: what was worked is fixed, whatever rule it breaks."""
        if not self.is_worked:
            return self.week
        return replace(self.week, worked=self.schedule.assignments, pins=frozenset())

    @property
    def status(self) -> str:
        """How its schedule came about, in a word."""
        return "worked" if self.is_worked else "published"


def told_of(network: Network, week: Week, database: Database) -> Told | None:
    """Return what the stored versions say of a week; None if it was not published.

    Args:
        network: whose names are known.
        week: as it was planned.
        database: of the versions.

    Raises:
        StoreError: a version is damaged or does not fit the week.
    """
    rows = read_versions(database, network, week.monday)
    last = in_force(rows)
    if last is None:
        return None
    published = [row for row in rows if row.kind == "published"]
    amended = _amended(network, week, last)
    for row in (*published, last):
        _refuse_strangers(network, row)
    told = tuple(row.to_bank() for row in published)
    return Told(amended, last.schedule, told, last.kind == "worked")


def weeks_as_told(scenario: Scenario, weeks: Iterable[Week], url: str) -> list[Week]:
    """Return weeks as they were settled by their versions, where a database has any.

    Raises:
        StoreError: it is not up to date, or a version is damaged or does not fit its week.
    """
    if not has_database(url):
        return list(weeks)
    with closing(existing(url)) as database:
        pairs = [(week, told_of(scenario.network, week, database)) for week in weeks]
    return [week if told is None else told.standing for week, told in pairs]


def take_week(order: Order, told: Told, state: State) -> PlannedWeek:
    """Return a published week as settled by its versions; nothing is searched.

    What was worked is a fact, whatever rule it breaks; what was only published has to keep them.

    Args:
        order: gives the network, the rules and the options of the run.
        told: what the versions say.
        state: what the weeks before hand on.
    """
    network, schedule, week = order.network, told.schedule, told.standing
    report = check(network, week, state, schedule)
    result = _result(week.monday, schedule, report)
    record = record_of(network, week, order.options, order.without, result, report)
    search = record.search.model_copy(update={"status": told.status})
    faults = faults_of(report, result)
    return PlannedWeek(
        record.model_copy(update={"search": search}),
        before=state,
        after=apply(state, settle(network, week, schedule)),
        faults=faults,
        is_settled=not faults,
        week=told.week,
    )


def _result(monday: date, schedule: Schedule, report: Report) -> Result:
    """Return a schedule as if it were found: its costs are known, and no bound but 0."""
    levels = tuple(Level(level, cost, 0, 0, "data") for level, cost in report.by_level.items())
    return Result(monday, schedule, "feasible", levels, report.costs)


def _amended(network: Network, week: Week, version: Version) -> Week:
    try:
        return amend(network, week, version.amendment)[1]
    except AmendmentError as error:
        raise StoreError(f"{_name(version)} does not fit the scenario: {error}") from error


def _refuse_strangers(network: Network, version: Version) -> None:
    for row in version.schedule:
        if row.physician not in network.physicians or row.task not in network.tasks:
            text = f"{row.task}@{row.day} of {row.physician} is not of {network.name}"
            raise StoreError(f"{_name(version)} does not fit the scenario: {text}")


def _name(version: Version) -> str:
    return f"version {version.number} of the week of {version.schedule.monday}"
