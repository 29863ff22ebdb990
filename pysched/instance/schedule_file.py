"""Schedules as files: what is written of a week, and schedules read from CSV or JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import FiniteFloat, ValidationError, ValidationInfo

from pysched.instance.fields import (
    Day,
    HospitalId,
    Reader,
    Section,
    TaskId,
    check_known,
    pattern,
)
from pysched.instance.findings import Findings
from pysched.instance.json_text import FORMAT, known_of, parse_json
from pysched.instance.records import read_file
from pysched.instance.scenario import InstanceError, Problem
from pysched.instance.tables import Columns, read_table
from pysched.instance.weeks import monday_of
from pysched.model import Assignment, Network, Schedule


def _physician(value: str, info: ValidationInfo) -> str:
    return check_known("physician", value, info) if value else ""


Clock = Annotated[str, pattern("([01][0-9]|2[0-3]):[0-5][0-9]", "a clock time as HH:MM")]
Filler = Annotated[str, Reader(_physician, "a known physician", {"type": "string"})]


class DutyRow(Section):
    """A duty with local clock times; nobody fills one without a physician."""

    day: Day
    start: Clock | None = None
    end: Clock | None = None
    hospital: HospitalId | None = None
    task: TaskId
    physician: Filler


class LevelRow(Section):
    """What a level costs, and what is proven about it."""

    level: int
    name: str
    cost: int
    bound: int
    forced: int
    gap: FiniteFloat
    proven_seconds: FiniteFloat | None


class CostRow(Section):
    """Units of a rule with their culprit."""

    rule: str
    grade: str
    culprit: str
    units: int
    weight: int
    level: int


class BreachRow(Section):
    """A breach that is accepted: it lies wholly among pinned or worked assignments."""

    rule: str
    culprit: str


class Uncovered(Section):
    """How many duties nobody fills."""

    essential: int
    other: int


UNSEARCHED = ("published", "worked")
"""How a schedule came about that was taken from the versions of its week."""


class Search(Section):
    """How a schedule came about."""

    status: str
    seconds: FiniteFloat
    first_seconds: FiniteFloat | None
    interrupted: bool
    seed: int
    threads: int
    time_limit_seconds: FiniteFloat | None
    conflict_limit: int | None
    versions: dict[str, str]
    digest: str


class ScheduleRecord(Section):
    """The schedule of a week with all that is known of it, as a JSON file holds it."""

    kind: Literal["schedule"] = "schedule"
    format: int = FORMAT
    scenario: str
    monday: Day
    rules: Literal["paper", "recommended", "weighted"]
    without: list[str]
    levels: list[LevelRow]
    by_rule: dict[str, int]
    uncovered: Uncovered
    accepted: list[BreachRow]
    search: Search
    assignments: list[DutyRow]
    open_duties: list[DutyRow]
    costs: list[CostRow]

    def to_json(self) -> str:
        """Return it as the text of a JSON file."""
        return self.model_dump_json(indent=1) + "\n"

    @property
    def schedule(self) -> Schedule:
        """The schedule itself."""
        rows = self.assignments
        found = frozenset(Assignment(row.day, row.task, row.physician) for row in rows)
        return Schedule(self.monday, found)

    @property
    def cost(self) -> dict[int, int]:
        """Cost by level."""
        return {row.level: row.cost for row in self.levels}


@dataclass(frozen=True)
class ScheduleFile:
    """The schedules of a file, one a week in order; `record` is what a JSON file says besides."""

    schedules: tuple[Schedule, ...]
    record: ScheduleRecord | None = None


def read_schedule_file(path: Path, network: Network) -> ScheduleFile:
    """Return the schedules that a .json file, or a CSV file of any other name, holds.

    Times and hospitals are optional; where they stand, they must be those of the task.

    Raises:
        InstanceError: the file cannot be read or something is wrong; it lists all that is.
    """
    text = read_file(path)
    try:
        return _file_of(path, text, network)
    except InstanceError as error:
        unknown = [p for p in error.problems if p.expected.startswith("a known ")]
        if len(unknown) < _FOREIGN or 2 * len(unknown) < len(error.problems):
            raise
        first = unknown[0]
        expected = f"a schedule of {network.name}; {len(unknown)} names in it are not known there"
        problem = Problem(path.name, None, first.field, first.value, expected)
        raise InstanceError([problem]) from error


_FOREIGN = 10
"""So many unknown names make a schedule one of another scenario."""


def _file_of(path: Path, text: str, network: Network) -> ScheduleFile:
    if path.suffix.lower() == ".json":
        record = record_from_json(text, path.name, network)
        return ScheduleFile((record.schedule,), record)
    return ScheduleFile(tuple(_schedules(_csv_rows(text, path.name, network))))


def record_from_json(text: str, file: str, network: Network) -> ScheduleRecord:
    """Return what the JSON text of a week's schedule says.

    Raises:
        InstanceError: something is wrong; it lists all that is.
    """
    record = parse_json(text, file, ScheduleRecord, known_of(network))
    findings = Findings()
    if record.monday.weekday() != 0:
        findings.problem(file, None, "monday", str(record.monday), "a Monday")
    for position, row in enumerate(record.assignments):
        place = f"assignments.{position}"
        _check_task(row, network, file, None, findings, f"{place}.")
        if monday_of(row.day) != record.monday:
            expected = f"a day of the week of {record.monday}"
            findings.problem(file, None, f"{place}.day", str(row.day), expected)
        if not row.physician:
            findings.problem(file, None, f"{place}.physician", "", "a known physician")
    if findings.problems:
        raise InstanceError(findings.problems)
    return record


def _csv_rows(text: str, file: str, network: Network) -> list[DutyRow]:
    fields = DutyRow.model_fields
    required = frozenset(name for name, field in fields.items() if field.is_required())
    columns = Columns(frozenset(fields), required, frozenset(("day",)))
    findings, rows = Findings(), []
    for line in read_table(text, file, columns, findings):
        cells = {name: cell for name, cell in line.cells.items() if cell or name in required}
        try:
            row = DutyRow.model_validate(cells, context=known_of(network))
        except ValidationError as error:
            findings.invalid(file, error, lambda _, row=line.row: row)  # type: ignore[misc]
            continue
        _check_task(row, network, file, line.row, findings)
        rows.append(row)
    if not rows and not findings.problems:
        findings.problem(file, None, "file", "", "at least one row")
    if findings.problems:
        raise InstanceError(findings.problems)
    return rows


def _check_task(
    row: DutyRow, network: Network, file: str, line: int | None, findings: Findings, at: str = ""
) -> None:
    """Check that times and hospital are those of the task: to edit them moves no duty."""
    task = network.tasks[row.task]
    said = {"start": row.start, "end": row.end, "hospital": row.hospital}
    true = {"start": f"{task.start:%H:%M}", "end": f"{task.end:%H:%M}", "hospital": task.hospital}
    for field, value in said.items():
        if value is not None and value != true[field]:
            expected = f"{true[field]}, as {task.id} has it"
            findings.problem(file, line, f"{at}{field}", value, expected)


def _schedules(rows: Iterable[DutyRow]) -> Iterable[Schedule]:
    weeks: dict[date, set[Assignment]] = defaultdict(set)
    for row in rows:
        of_week = weeks[monday_of(row.day)]
        if row.physician:
            of_week.add(Assignment(row.day, row.task, row.physician))
    for monday, assignments in sorted(weeks.items()):
        yield Schedule(monday, frozenset(assignments))
