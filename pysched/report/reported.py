"""Weeks to report on: read from a folder of a run or a file, costs and balances included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pysched.check import Breach, check
from pysched.instance import InstanceError, Problem, Scenario, weeks_of
from pysched.instance.records import read_state
from pysched.instance.schedule_file import (
    UNSEARCHED,
    BreachRow,
    ScheduleRecord,
    read_schedule_file,
)
from pysched.model import Network, Schedule, State, Week
from pysched.planner import initial_state
from pysched.report.week_view import Costs
from pysched.settle import apply, settle

WEEKS = "????-??-??/schedule.json"


@dataclass(frozen=True)
class ReportedWeek:
    """A week with its schedule and what is known of that.

    Args:
        week: what was known before.
        schedule: of it.
        before: the state it was planned from.
        costs: of soft rules.
        broken: hard rules that do not hold.
        origin: where the schedule comes from, in a sentence.
        levels: what was compared at each level, where the schedule says so.
    """

    week: Week
    schedule: Schedule
    before: State
    costs: Costs
    broken: Sequence[Breach | BreachRow]
    origin: str
    levels: Mapping[int, str] | None = None


def reported(week: Week, record: ScheduleRecord, before: State) -> ReportedWeek:
    """Return a planned week as reports take it."""
    levels = {row.level: row.name for row in record.levels}
    schedule, costs, broken = record.schedule, record.costs, record.accepted
    return ReportedWeek(week, schedule, before, costs, broken, _origin(record), levels)


def read_reported(scenario: Scenario, path: Path) -> tuple[ReportedWeek, ...]:
    """Return the weeks of a folder that a run wrote, or of one schedule as JSON or CSV.

    The weeks of a CSV are checked one after another, from the worked past of the scenario.

    Raises:
        InstanceError: nothing is there, or something in it is wrong; it lists all that is.
    """
    if path.is_dir():
        return _of_folder(scenario, path)
    found = read_schedule_file(path, scenario.network)
    if found.record is not None:
        beside = path.with_name("state.json")
        monday = found.record.monday
        week = _week(scenario, monday, path)
        return (reported(week, found.record, _before(scenario, beside, monday)),)
    return tuple(checked(scenario, found.schedules, f"Read from {path.name}."))


def checked(
    scenario: Scenario, schedules: Sequence[Schedule], origin: str
) -> Iterator[ReportedWeek]:
    """Yield schedules without a record, in order, with what the checker finds in each.

    Args:
        scenario: whose schedules they are.
        schedules: in order of their weeks.
        origin: where they come from, in a sentence.

    Raises:
        InstanceError: the horizon has no such week.
    """
    state = State() if not schedules else initial_state(scenario, schedules[0].monday)
    for schedule in schedules:
        week = _week(scenario, schedule.monday, Path(origin))
        yield judged(scenario.network, week, state, schedule, origin)
        state = apply(state, settle(scenario.network, week, schedule))


def judged(
    network: Network, week: Week, before: State, schedule: Schedule, origin: str
) -> ReportedWeek:
    """Return a schedule with what the checker finds in it.

    Args:
        network: under the rules in force.
        week: what was known of it.
        before: the state it was planned from.
        schedule: of the week.
        origin: where it comes from, in a sentence.
    """
    report = check(network, week, before, schedule)
    return ReportedWeek(week, schedule, before, report.costs, report.breaches, origin)


def by_hand_schedules(scenario: Scenario) -> tuple[Schedule, ...]:
    """Return the schedules made by hand, one for each week that has any of them."""
    schedules = []
    for week in weeks_of(scenario):
        rows = frozenset(row for row in scenario.by_hand if row.day in week.days)
        if rows:
            schedules.append(Schedule(week.monday, rows))
    return tuple(schedules)


def _of_folder(scenario: Scenario, folder: Path) -> tuple[ReportedWeek, ...]:
    weeks: list[ReportedWeek] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob(WEEKS)):
        try:
            weeks += read_reported(scenario, path)
        except InstanceError as error:
            problems += error.problems
    if not weeks and not problems:
        expected = f"a folder that a run wrote, with files such as {WEEKS}"
        problems.append(Problem(str(folder), None, "folder", str(folder), expected))
    if problems:
        raise InstanceError(problems)
    return tuple(weeks)


def _week(scenario: Scenario, monday: date, path: Path) -> Week:
    for week in weeks_of(scenario):
        if week.monday == monday:
            return week
    expected = f"a week of the horizon, {scenario.first_day} to {scenario.last_day}"
    raise InstanceError([Problem(str(path), None, "monday", str(monday), expected)])


def _before(scenario: Scenario, path: Path, monday: date) -> State:
    if path.is_file():
        return read_state(path, scenario.network, monday)
    return initial_state(scenario, monday)


def _origin(record: ScheduleRecord) -> str:
    search = record.search
    if search.status in UNSEARCHED:
        return f"Schedule of {record.scenario}, as {search.status}; rules {record.rules}."
    status = "proven optimal" if search.status == "optimal" else "the best found in time"
    programs = ", ".join(f"{name} {number}" for name, number in sorted(search.versions.items()))
    without = f" without {', '.join(record.without)}" if record.without else ""
    return (
        f"Schedule of {record.scenario}, {status}; rules {record.rules}{without}; "
        f"seed {search.seed}; {programs}; input {search.digest[:16]}."
    )


def mondays_between(weeks: Sequence[ReportedWeek]) -> list[date]:
    """Return the Mondays missing between the first and the last of some weeks."""
    have = {reported.week.monday for reported in weeks}
    day, missing = min(have), []
    while day < max(have):
        day += timedelta(days=7)
        if day not in have:
            missing.append(day)
    return missing
