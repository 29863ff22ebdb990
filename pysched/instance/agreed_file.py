"""Agreed changes as a CSV file: which duty went from whom to whom, and at whose request."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ValidationError, ValidationInfo

from pysched.instance.fields import (
    Day,
    Id,
    PhysicianId,
    Reader,
    Section,
    TaskId,
    check_known,
    choice,
)
from pysched.instance.findings import Findings
from pysched.instance.json_text import known_of
from pysched.instance.records import read_file
from pysched.instance.scenario import InstanceError
from pysched.instance.tables import Columns, read_table
from pysched.model import Network


def _moment(value: str, _: ValidationInfo) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(_MOMENT)
    return moment.astimezone(UTC)


def _giver(value: str, info: ValidationInfo) -> Any:
    return check_known("physician", value, info) if value else ""


_MOMENT = "a time with its offset, such as 2024-04-19T18:30+02:00"
Moment = Annotated[datetime, Reader(_moment, _MOMENT, {"type": "string", "format": "date-time"})]
Giver = Annotated[str, Reader(_giver, "a known physician or nobody", {"type": "string"})]


class AgreedRow(Section):
    """A duty that a request moved; rows with one request belong together."""

    request: Id
    kind: Annotated[Literal["swap", "cover", "voluntary"], choice("swap", "cover", "voluntary")]
    asker: PhysicianId
    asked_at: Moment
    day: Day
    task: TaskId
    giver: Giver = ""
    taker: PhysicianId


def read_agreed_file(path: Path, network: Network) -> list[AgreedRow]:
    """Return the rows of a CSV file of agreed changes.

    Raises:
        InstanceError: the file cannot be read or something is wrong; it lists all that is.
    """
    fields = AgreedRow.model_fields
    required = frozenset(name for name, field in fields.items() if field.is_required())
    columns = Columns(frozenset(fields), required, frozenset(("day",)))
    findings, rows = Findings(), []
    heads: dict[str, tuple[str, str, datetime]] = {}
    for line in read_table(read_file(path), path.name, columns, findings):
        try:
            row = AgreedRow.model_validate(line.cells, context=known_of(network))
        except ValidationError as error:
            findings.invalid(path.name, error, lambda _, row=line.row: row)  # type: ignore[misc]
            continue
        head = (row.kind, row.asker, row.asked_at)
        if heads.setdefault(row.request, head) != head:
            expected = "the kind, asker and asked_at that its first row has"
            findings.problem(path.name, line.row, "request", row.request, expected)
        rows.append(row)
    if findings.problems:
        raise InstanceError(findings.problems)
    return rows
