"""The reports of a week and of a horizon as files: workbook, page and calendars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pysched.instance import InstanceError, Problem
from pysched.model import Network, Schedule, Week
from pysched.report.calendars import CalendarError, calendars
from pysched.report.files import write_bytes, write_text
from pysched.report.reported import ReportedWeek
from pysched.report.week_book import week_book
from pysched.report.week_page import week_page
from pysched.report.week_view import week_view

CALENDARS = "calendars"


def write_week_reports(
    place: Path,
    network: Network,
    shown: ReportedWeek,
    levels: Mapping[int, str],
    stamp: datetime,
) -> None:
    """Write schedule.xlsx, schedule.html and a calendar a physician; what is right stays as it is.

    Args:
        place: folder of the week; made if it is not there.
        network: physicians, tasks and rules.
        shown: the week.
        levels: what is compared at each level, where the week itself does not say.
        stamp: the moment of this version, for what changes in the calendars.

    Raises:
        InstanceError: a calendar that is there is none.
    """
    place.mkdir(parents=True, exist_ok=True)
    names = shown.levels or levels
    view = week_view(network, shown.week, shown.schedule, shown.before, shown.costs, names)
    write_bytes(place / "schedule.xlsx", week_book(view))
    write_text(place / "schedule.html", week_page(view, shown.broken, shown.origin))
    write_calendars(place, network, [(shown.week, shown.schedule)], stamp)


def write_calendars(
    folder: Path, network: Network, weeks: Iterable[tuple[Week, Schedule]], stamp: datetime
) -> None:
    """Write a calendar a physician; those that are there are the versions before.

    Args:
        folder: gets a folder `calendars`.
        network: physicians, tasks and hospitals.
        weeks: with their schedules.
        stamp: the moment of this version.

    Raises:
        InstanceError: a calendar that is there is none.
    """
    place = folder / CALENDARS
    place.mkdir(parents=True, exist_ok=True)
    earlier = {path.stem: _text(path) for path in sorted(place.glob("*.ics"))}
    try:
        found = calendars(network, weeks, stamp, earlier)
    except CalendarError as error:
        expected = f"a calendar of pysched, or no file: {error}"
        raise InstanceError([Problem(str(place), None, "calendar", "", expected)]) from error
    for physician, text in found.items():
        write_bytes(place / f"{physician}.ics", text.encode())


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        problem = Problem(str(path), None, "calendar", "", f"text in UTF-8: {error.reason}")
        raise InstanceError([problem]) from error


def week_pages(folder: Path, weeks: Sequence[ReportedWeek]) -> dict[str, str]:
    """Return Monday -> relative link of the pages of weeks that are in a folder."""
    names = (shown.week.monday.isoformat() for shown in weeks)
    return {
        name: f"{name}/schedule.html"
        for name in names
        if (folder / name / "schedule.html").is_file()
    }
