"""Reading of one CSV file into checked rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from pysched.instance.fields import Known, Section
from pysched.instance.findings import Findings
from pysched.instance.rows import (
    AbsenceRow,
    AgreementRow,
    AssignmentRow,
    ClosureRow,
    GeographyRow,
    PairRow,
    RequestRow,
    SuitabilityRow,
)
from pysched.instance.tables import Columns, Line, read_table

Row = TypeVar("Row", bound=Section)


@dataclass(frozen=True)
class Table(Generic[Row]):
    """The rows of a file with the line of each."""

    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


MODELS: Mapping[str, type[Section]] = {
    "absences.csv": AbsenceRow,
    "closures.csv": ClosureRow,
    "requests.csv": RequestRow,
    "pins.csv": AssignmentRow,
    "history.csv": AssignmentRow,
    "by_hand.csv": AssignmentRow,
    "agreements.csv": AgreementRow,
    "suitability.csv": SuitabilityRow,
    "pairs.csv": PairRow,
    "geography.csv": GeographyRow,
}
"""The files of a scenario besides network.yaml."""

_IDENTITIES: Mapping[type[Section], Callable[[Any], Hashable]] = {
    ClosureRow: lambda row: (row.task, row.first_day, row.last_day),
    RequestRow: lambda row: (row.physician, row.day, row.kind, row.what),
    AssignmentRow: lambda row: (row.day, row.task, row.physician),
    AgreementRow: lambda row: (row.physician, row.kind, row.value.partition(":")[0]),
    SuitabilityRow: lambda row: (row.physician, row.task),
    PairRow: lambda row: frozenset((row.physician, row.other)),
    GeographyRow: lambda row: frozenset((row.task, row.then_task)),
}
"""What two rows of a file must not have in common."""


def read_rows(
    text: str, file: str, model: type[Row], known: Known, findings: Findings
) -> Table[Row]:
    """Return the rows of a CSV text that are right, and say what is wrong with the others."""
    return rows_of(
        read_table(text, file, columns_of(model), findings), file, model, known, findings
    )


def rows_of(
    lines: Iterable[Line], file: str, model: type[Row], known: Known, findings: Findings
) -> Table[Row]:
    """Return the lines of a table that are right, and say what is wrong with the others."""
    table: Table[Row] = Table()
    for line in lines:
        try:
            table.rows.append(model.model_validate(line.cells, context=known))
            table.lines.append(line.row)
        except ValidationError as error:
            row = line.row
            findings.invalid(file, error, lambda _, row=row: row)  # type: ignore[misc]
    if model is AbsenceRow:
        _check_overlaps(table, file, findings)
    else:
        _check_identities(table, file, _IDENTITIES[model], findings)
    return table


def columns_of(model: type[Section]) -> Columns:
    """Return the columns of the table of a model."""
    fields = model.model_fields
    return Columns(
        all=frozenset(fields),
        required=frozenset(name for name, info in fields.items() if info.is_required()),
        days=frozenset(name for name, info in fields.items() if info.annotation is date),
    )


def _check_identities(
    table: Table[Any], file: str, identity: Callable[[Any], Hashable], findings: Findings
) -> None:
    seen: dict[Hashable, int] = {}
    for row, line in zip(table.rows, table.lines, strict=True):
        first = seen.setdefault(identity(row), line)
        if first != line:
            value = ",".join(str(cell) for cell in row.model_dump().values())
            findings.problem(file, line, "row", value, f"something not yet said in row {first}")


def _check_overlaps(table: Table[Any], file: str, findings: Findings) -> None:
    """Say which absence starts before an earlier one of the same physician has ended."""
    latest: dict[str, tuple[date, int]] = {}
    by_start = sorted(
        zip(table.rows, table.lines, strict=True), key=lambda pair: (pair[0].first_day, pair[1])
    )
    for row, line in by_start:
        end, other = latest.get(row.physician, (date.min, 0))
        if row.first_day <= end:
            expected = f"a day after {end}, when the absence of {row.physician} in row {other} ends"
            findings.problem(file, line, "first_day", str(row.first_day), expected)
        latest[row.physician] = max((end, other), (row.last_day, line))
