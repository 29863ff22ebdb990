"""What others reached on the instances: the file published.csv beside the data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Published:
    """Costs that others reached on an instance, and the time they had.

    Args:
        best_dynamic: least cost known when weeks are solved one after the other.
        finalist_average: mean cost of the competition's finalists.
        seconds_per_week: the competition's limit.
    """

    best_dynamic: float
    finalist_average: float
    seconds_per_week: float


def read_published(file: Path) -> dict[str, Published]:
    """Read the rows, by instance.

    Raises:
        ValueError: the file cannot be read, or a row lacks a field or number.
    """
    rows: dict[str, Published] = {}
    try:
        with file.open(newline="", encoding="utf-8") as stream:
            for line, row in enumerate(csv.DictReader(stream), 2):
                rows[row.get("instance") or ""] = _row(f"{file}, line {line}", row)
    except OSError as error:
        raise ValueError(f"{file}: {error.strerror}") from error
    return rows


def _row(place: str, row: dict[str, str]) -> Published:
    values = []
    for field in ("best_dynamic", "finalist_average", "seconds_per_week"):
        try:
            values.append(float(row.get(field) or ""))
        except ValueError as error:
            raise ValueError(f"{place}: {field} {row.get(field)!r} is not a number") from error
    return Published(*values)
