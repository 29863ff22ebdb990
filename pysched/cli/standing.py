"""Weeks as they stand: where versions are stored, the latest one takes the place of a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pysched.cli.db import database_url
from pysched.cli.source import Source, source_of
from pysched.department import Run, level_names
from pysched.department.database import has_database
from pysched.department.versions import Version, Versions, in_force
from pysched.instance import Scenario
from pysched.model import Week
from pysched.report.reported import ReportedWeek, judged


def as_they_stand(
    scenario: Scenario, weeks: Sequence[ReportedWeek], url: str, bank: str | None = None
) -> tuple[ReportedWeek, ...]:
    """Return weeks, each as its latest version says where that is another schedule, and say so.

    Args:
        scenario: whose weeks they are.
        weeks: as files have them.
        url: of the database of the versions.
        bank: database of the bank that the weeks were planned with; None without a bank.

    Raises:
        StoreError: there is no such bank.
    """
    newer = {version.schedule.monday: version for version, _ in _others(scenario, weeks, url)}
    standing = []
    for shown in weeks:
        version = newer.get(shown.week.monday)
        if version is not None:
            print(f"{named(version)}, takes the place of the file's schedule", file=sys.stderr)
            shown = of_version(source_of(scenario, version, url, bank))
        standing.append(shown)
    return tuple(standing)


def tell_newer(scenario: Scenario, weeks: Sequence[ReportedWeek], url: str, folder: str) -> None:
    """Say which weeks have a version that differs from a file's schedule, and how to report it."""
    for version, database in _others(scenario, weeks, url):
        name = f"{version.number} --week {version.schedule.monday}"
        command = f"pysched report {folder} {name} --db {database}"
        print(f"{named(version)}, is another schedule: {command}", file=sys.stderr)


def tell_versions(run: Run) -> None:
    """Say on stderr what stored versions mean for the weeks of a run, before it begins."""
    versions, locked = run.versions(), run.locked()
    for week in run.order.weeks:
        version = versions.get(week.monday)
        if version is None and week.monday not in locked:
            continue
        settled = run.settled(week)
        if version is None:
            if settled is None:
                print(f"{locked[week.monday]}; none was published: it is planned", file=sys.stderr)
        elif settled is None:
            is_other = week.monday in run.replaced
            more = " in place of what was settled; the weeks after follow from it"
            print(f"{named(version)}, is taken{more if is_other else ''}", file=sys.stderr)
        elif settled != version.schedule:
            text = "is not what the bank closed it with: pysched correct settles that, if not yet"
            print(f"{named(version)}, {text}", file=sys.stderr)


def tell_published(scenario: Scenario, week: Week, out: Path, folder: str) -> None:
    """Say on stderr that a week that is about to be solved was published, if it was.

    Args:
        scenario: whose week it is.
        week: to be solved.
        out: folder of the files, with the database of a run if there is one.
        folder: the scenario, as it was named.
    """
    url = database_url(str(out / "pysched.sqlite"))
    if not has_database(url):
        return
    with Versions(scenario, url) as versions:
        version = in_force(versions.all(week.monday))
    if version is not None:
        text = f"{named(version)}, stays in force, whatever is solved now"
        print(f"{text}: pysched report {folder} {out} shows it", file=sys.stderr)


def of_version(source: Source) -> ReportedWeek:
    """Return a stored version as reports take it."""
    network, week = source.judged()
    origin = "" if source.version is None else f"{_capital(named(source.version))}."
    shown = judged(network, week, source.state, source.schedule, origin)
    return replace(shown, levels=level_names(network.rules))


def named(version: Version) -> str:
    """Name a version with who made it when."""
    name = f"version {version.number} of the week of {version.schedule.monday}"
    return f"{name}, {version.kind} by {version.author} on {version.made:%Y-%m-%d %H:%M} UTC"


def _others(
    scenario: Scenario, weeks: Sequence[ReportedWeek], url: str
) -> Iterator[tuple[Version, str]]:
    """Yield versions in force that are other schedules, with the database as it is named."""
    if not has_database(url):
        return
    with Versions(scenario, url) as versions:
        for shown in weeks:
            version = in_force(versions.all(shown.week.monday))
            if version is not None and version.schedule != shown.schedule:
                yield version, versions.url


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
