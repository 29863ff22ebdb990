"""The files of a week, each there wholly or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from pysched.instance.beside import beside
from pysched.instance.records import state_to_json
from pysched.instance.schedule_file import DutyRow, ScheduleRecord
from pysched.model import State

_COLUMNS = ("day", "start", "end", "hospital", "task", "physician")


class InputError(ValueError):
    """What is to be written over is read for what is written."""


def refuse_inputs(path: Path, inputs: Iterable[Path]) -> None:
    """Raise if a file to be written is one of those that are read, by whatever name.

    Args:
        path: to be written.
        inputs: read as something else than what is written; they need not be there.

    Raises:
        InputError: it is.
    """
    if path.exists() and any(file.exists() and path.samefile(file) for file in inputs):
        text = f"{path} is read here, and writing over it would lose it"
        raise InputError(f"{text}: name another file")


def write_week(folder: Path, record: ScheduleRecord, before: State, after: State) -> Path:
    """Write the files of a week that are not there yet as they should be.

    Args:
        folder: gets a folder named after the week's Monday.
        record: schedule, cost and how it came about.
        before: the state the week was planned from.
        after: the state it hands on.

    Returns:
        The folder of the week.
    """
    place = folder / record.monday.isoformat()
    place.mkdir(parents=True, exist_ok=True)
    # The schedule comes last: where it is, the states it is checked with are too.
    write_text(place / "state.json", state_to_json(before))
    write_text(place / "next_state.json", state_to_json(after))
    write_text(place / "schedule.csv", schedule_csv(record))
    write_text(place / "schedule.json", record.to_json())
    return place


def write_text(path: Path, text: str) -> None:
    """Write a text file beside its place and then move it there, unless it is there already."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, raw: bytes) -> None:
    """Write a file beside its place and then move it there, unless it is there already."""
    if path.is_file() and path.read_bytes() == raw:
        return
    with beside(path) as hidden:
        hidden.write_bytes(raw)
        hidden.replace(path)


def schedule_csv(record: ScheduleRecord) -> str:
    """Return the duties as CSV in local times; those that nobody fills stand at the end."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_cells(row) for row in (*record.assignments, *record.open_duties))
    return buffer.getvalue()


def _cells(row: DutyRow) -> list[object]:
    return [getattr(row, column) for column in _COLUMNS]
