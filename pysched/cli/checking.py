"""The command check: a schedule against every rule, whoever made it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import typer

from pysched.check import Report
from pysched.check import check as check_schedule
from pysched.cli.arguments import (
    Folder,
    Format,
    FormatOption,
    ProfileName,
    RulesOption,
    StateOption,
    WithoutOption,
    names_of,
    read_folder,
    starting_state,
    under_policy,
    weeks_from,
)
from pysched.cli.known import KnownBankOption, known_to_bank
from pysched.cli.printing import print_json, print_table, print_text
from pysched.cli.source import (
    DATABASE,
    ScheduleArgument,
    VersionsOption,
    WeekOfOption,
    is_version,
    read_source,
)
from pysched.department import level_names
from pysched.instance import Scenario
from pysched.instance.schedule_file import (
    ScheduleFile,
    ScheduleRecord,
    read_schedule_file,
)
from pysched.model import Schedule, State, Week
from pysched.report import breaches_table, by_rule_table
from pysched.settle import apply, settle

MOST_NAMED = 10
"""How many open duties are named."""


class Case(NamedTuple):
    """Schedules, the scenario and the weeks that they are judged by, and the state before."""

    scenario: Scenario
    weeks: list[Week]
    found: ScheduleFile
    before: State


def check(
    folder: Folder,
    schedule: ScheduleArgument,
    state: StateOption = None,
    rules: RulesOption = None,
    without: WithoutOption = "",
    week: WeekOfOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Check a schedule against every hard rule and compute its cost, without the solver.

    The state is read from state.json beside the schedule, if it is there, and the rules are those
    that a schedule.json or a version names. A CSV file may hold several weeks. A week planned with
    a bank costs what the burdens before it say, which the bank knows. Exits with 1 if a rule is
    broken or the file states another cost.
    Example: pysched check ferrara out/2023-05-29/schedule.json
    """
    policy = rules, without
    if is_version(schedule):
        case = _version(folder, schedule, week, database, bank, *policy)
    else:
        case = _file(folder, Path(schedule), state, database, bank, *policy)
    reports, found = list(_reports(*case)), case.found
    faults = [] if found.record is None else _differences(found.record, reports[0][1])
    is_ok = not faults and all(report.ok for _, report in reports)
    opened = [_open(row, part) for row, part in zip(case.weeks, found.schedules, strict=True)]
    if format_ is Format.JSON:
        rows = [_as_json(*r) | {"open": left} for r, left in zip(reports, opened, strict=True)]
        print_json({"ok": is_ok, "differences": faults, "weeks": rows})
    else:
        for (of_week, report), left in zip(reports, opened, strict=True):
            _print(case.scenario, of_week, report, left)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults and bank is None:
        print(_hint(Path(schedule)), file=sys.stderr)
    if not is_ok:
        raise typer.Exit(1)


def _version(
    folder: str,
    name: str,
    day: date | None,
    database: str,
    bank: str | None,
    rules: ProfileName | None,
    without: str,
) -> Case:
    """Return a version with what came up until then."""
    source = read_source(folder, name, day, database, rules=rules, without=without, bank=bank)
    network, week = source.judged()
    scenario = replace(source.scenario, network=network)
    return Case(scenario, [week], ScheduleFile((source.schedule,)), source.state)


def _file(
    folder: str,
    schedule: Path,
    state: Path | None,
    database: str,
    bank: str | None,
    rules: ProfileName | None,
    without: str,
) -> Case:
    """Return the schedules of a file, under the rules that were asked for or that it names."""
    scenario = read_folder(folder)
    found = read_schedule_file(schedule, scenario.network)
    if found.record is not None:
        rules = rules or ProfileName(found.record.rules)
        without = without or ",".join(found.record.without)
    scenario = under_policy(scenario, rules, names_of(without))
    weeks = [weeks_from(scenario, part.monday, 1, "SCHEDULE")[0] for part in found.schedules]
    weeks = known_to_bank(scenario, weeks, bank, found, database)
    beside = schedule.with_name("state.json")
    file = beside if state is None and beside.is_file() else state
    return Case(scenario, weeks, found, starting_state(scenario, weeks[0], file))


def _open(week: Week, schedule: Schedule) -> list[str]:
    """Return the duties that nobody fills, by time."""
    filled = {assignment.duty for assignment in schedule.assignments}
    return [f"{duty.task}@{duty.day}" for duty in week.duties if duty.key not in filled]


def _reports(
    scenario: Scenario, weeks: list[Week], found: ScheduleFile, state: State
) -> Iterator[tuple[Week, Report]]:
    """Yield the report of each week, each from the state that the one before leaves."""
    for week, schedule in zip(weeks, found.schedules, strict=True):
        yield week, check_schedule(scenario.network, week, state, schedule)
        state = apply(state, settle(scenario.network, week, schedule))


def _print(scenario: Scenario, week: Week, report: Report, opened: list[str]) -> None:
    names = level_names(scenario.network.rules)
    print_text(f"week of {week.monday}: {'every hard rule holds' if report.ok else 'BROKEN'}")
    if report.breaches:
        print_table(breaches_table(report.breaches))
    print_text(_said_of_open(opened, len(week.duties)))
    for level, cost in report.by_level.items():
        print_text(f"level {level}, {names.get(level, '-')}: {cost:,}")
    if report.costs:
        print_table(by_rule_table([report.costs]))


def _said_of_open(opened: list[str], duties: int) -> str:
    named = ", ".join(opened[:MOST_NAMED])
    more = len(opened) - MOST_NAMED
    tail = f", and {more} more" if more > 0 else ""
    return f"open duties: {len(opened)} of {duties}{': ' if opened else ''}{named}{tail}"


def _differences(record: ScheduleRecord, report: Report) -> list[str]:
    """Return where the file says another cost than the check."""
    said = record.cost
    return [
        f"the file says level {level} costs {said.get(level, 0)}, recomputed {cost}"
        for level, cost in report.by_level.items()
        if said.get(level, 0) != cost
    ]


def _hint(schedule: Path) -> str:
    """Say what makes the costs of a file other ones, if nobody changed it."""
    beside = schedule.parent.parent / "pysched.sqlite"
    url = beside if beside.is_file() else "URL"
    return f"a week planned with a bank costs what that knew: the same with --bank {url}"


def _as_json(week: Week, report: Report) -> dict[str, object]:
    return {
        "monday": str(week.monday),
        "ok": report.ok,
        "breaches": [
            {"rule": b.rule, "culprit": b.culprit, "accepted": b.accepted} for b in report.breaches
        ],
        "cost": {str(level): cost for level, cost in report.by_level.items()},
        "by_rule": {
            f"{rule}/{grade}": cost for (rule, grade), cost in report.by_rule.items() if cost
        },
        "costs": [
            {"rule": c.rule, "grade": c.grade, "culprit": c.culprit, "units": c.units}
            for c in report.costs
        ],
    }
