"""The reports over several weeks as files: page, calendars, and as-is against to-be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pysched.instance import Scenario, weeks_of
from pysched.model import Network
from pysched.report.comparison import Comparison, compare_schedules
from pysched.report.comparison_page import comparison_page
from pysched.report.files import write_text
from pysched.report.horizon_page import horizon_page
from pysched.report.reported import ReportedWeek, by_hand_schedules
from pysched.report.week_files import CALENDARS, week_pages, write_calendars
from pysched.report.wording import counted

HORIZON, COMPARISON = "horizon.html", "as-is-to-be.html"


class OtherScenarioError(ValueError):
    """A folder holds the run of another scenario."""


def picture_of(folder: Path, scenario: str) -> Path:
    """Return where the picture of a run goes, the scenario being known by its name."""
    return folder / f"{scenario}.svg"


def refuse_other_runs(folder: Path, scenario: str) -> None:
    """Raise if a folder holds a run of another scenario, whose pages one of this would replace.

    Raises:
        OtherScenarioError: it does.
        OSError: a file of it cannot be read.
    """
    names = {_scenario_of(path) for path in sorted(folder.glob("????-??-??/schedule.json"))}
    for name in sorted(names - {scenario, ""}):
        if picture_of(folder, name).is_file():
            text = f"{folder} holds a run of {name}, whose pages one of {scenario} would replace"
            raise OtherScenarioError(f"{text}: name another folder")


def _scenario_of(schedule: Path) -> str:
    """Return the name of the scenario of a schedule; what is none has none."""
    try:
        record = json.loads(schedule.read_bytes())
    except ValueError:
        return ""
    name = record.get("scenario") if isinstance(record, dict) else None
    return name if isinstance(name, str) else ""


def write_horizon_reports(
    folder: Path,
    network: Network,
    weeks: Sequence[ReportedWeek],
    compared: Comparison | None,
    levels: Mapping[int, str],
    stamp: datetime,
) -> list[Path]:
    """Write the page of some weeks, calendars over all of them and a comparison if there is one.

    Args:
        folder: for the files; the pages of weeks in it are linked to.
        network: whose weeks they are.
        weeks: at least one, in order.
        compared: what they are against the schedule by hand; None without one.
        levels: what is compared at each level, where the weeks themselves do not say.
        stamp: the moment of this version, for what changes in the calendars.

    Returns:
        What is there now.

    Raises:
        InstanceError: a calendar that is there is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names, links = weeks[0].levels or levels, week_pages(folder, weeks)
    page = horizon_page(network, weeks, names, links)
    write_text(folder / HORIZON, page)
    pairs = [(shown.week, shown.schedule) for shown in weeks]
    write_calendars(folder, network, pairs, stamp)
    written = [folder / HORIZON, folder / CALENDARS]
    if compared is not None:
        write_text(folder / COMPARISON, comparison_page(compared))
        written.append(folder / COMPARISON)
    return written


def comparison_of(scenario: Scenario, weeks: Sequence[ReportedWeek]) -> Comparison | None:
    """Return schedules by hand against those of some weeks; None where no week has both.

    Args:
        scenario: whose weeks they are, with the schedules of by_hand.csv.
        weeks: the to-be, in order.
    """
    schedules = by_hand_schedules(scenario)
    mondays = {schedule.monday for schedule in schedules}
    if not any(shown.week.monday in mondays for shown in weeks):
        return None
    return compare_schedules(
        scenario.network,
        weeks_of(scenario),
        schedules,
        [shown.schedule for shown in weeks],
        names=("the schedule by hand", f"{counted(len(weeks), 'week')} as planned"),
        origins=("As-is: by_hand.csv of the scenario.", f"To-be: {weeks[-1].origin}"),
    )
