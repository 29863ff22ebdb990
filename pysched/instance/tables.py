"""Reading of CSV files as spreadsheets write them, into rows of text with their lines."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pysched.instance.fields import with_hint
from pysched.instance.findings import Findings

DELIMITERS = ",;\t"
MONTHS = 12
_DAY_OR_MONTH_FIRST = re.compile("([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile("([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")


@dataclass(frozen=True)
class Columns:
    """What a file may hold: its columns, those that must be there and those that hold days."""

    all: frozenset[str]
    required: frozenset[str]
    days: frozenset[str]


@dataclass(frozen=True)
class Line:
    """A row of a table: its line in the file and its cells by column."""

    row: int
    cells: dict[str, str]


def read_text(path: Path, findings: Findings) -> str | None:
    """Return the text of a UTF-8 file without its BOM, or None if it is not one."""
    if not path.is_file():
        findings.problem(path.name, None, "file", path.name, "a file")
        return None
    try:
        raw = path.read_bytes()
    except OSError as error:
        findings.problem(path.name, None, "file", path.name, f"a readable file: {error.strerror}")
        return None
    text = _decoded(raw, path.name, findings)
    if text is None:
        return None
    if not text.strip():
        findings.problem(path.name, None, "file", "", "a file that is not empty")
        return None
    if not text.endswith(("\n", "\r")):
        row = text.count("\n") + 1
        expected = "an end of line; the file may be cut off"
        findings.warning(path.name, row, "last line", "", expected)
    return text


def _decoded(raw: bytes, file: str, findings: Findings) -> str | None:
    """Return the text, or say which byte of which line is not UTF-8."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        position, value = 0, "UTF-16"
    elif b"\0" in raw:
        position, value = raw.index(b"\0"), "NUL byte"
    else:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            position, value = error.start, f"byte 0x{raw[error.start]:02x}"
    row = raw.count(b"\n", 0, position) + 1
    findings.problem(file, row, "encoding", value, "text in UTF-8")
    return None


def read_table(text: str, file: str, columns: Columns, findings: Findings) -> list[Line]:
    """Return the rows of a CSV text whose cells could be told apart.

    Days written DD/MM/YYYY are rewritten YYYY-MM-DD where nothing is guessed by it.

    Args:
        text: the text, delimited by commas, semicolons or tabs.
        file: what to call it in problems.
        columns: what it may hold.
        findings: takes what is wrong with the form of the file.
    """
    return table_lines(_records(text, file, findings), file, columns, findings)


def table_lines(
    rows: Iterator[tuple[int, list[str]]], file: str, columns: Columns, findings: Findings
) -> list[Line]:
    """Return the rows of a table, its header first, whose cells could be told apart.

    Args:
        rows: number and cells of each row that is not blank.
        file: what to call it in problems.
        columns: what it may hold.
        findings: takes what is wrong with the form of the table.
    """
    header_row, header = next(rows, (1, []))
    if not _is_header(header, header_row, file, columns, findings):
        return []
    lines = []
    seen: dict[tuple[str, ...], int] = {}
    for row, cells in rows:
        first = seen.setdefault(tuple(cells), row)
        if len(cells) != len(header):
            expected = f"{len(header)} cells, as in the header"
            findings.problem(file, row, "row", f"{len(cells)} cells", expected)
        elif first != row:
            findings.problem(file, row, "row", ",".join(cells), f"no row twice; see row {first}")
        else:
            lines.append(Line(row, dict(zip(header, cells, strict=True))))
    for column in sorted(columns.days & set(header)):
        _rewrite_days(lines, column)
    return lines


def _records(text: str, file: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Yield line and stripped cells of each row that is not blank."""
    start = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=start.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield row, cells
            row = reader.line_num + 1
    except csv.Error as error:
        findings.problem(file, row, "row", "", f"a row whose quotes are closed: {error}")


def _is_header(
    header: list[str], row: int, file: str, columns: Columns, findings: Findings
) -> bool:
    """Say what is wrong with the header; return whether nothing is."""
    before = len(findings.problems)
    for position, name in enumerate(header):
        field = name or f"column {position + 1}"
        if name in header[:position]:
            findings.problem(file, row, field, name, "each column once")
        elif name not in columns.all:
            known = f"one of the columns {', '.join(sorted(columns.all))}"
            findings.problem(file, row, field, name, with_hint(known, name, columns.all))
    for name in sorted(columns.required - set(header)):
        findings.problem(file, row, name, "", "this column, which is required")
    return len(findings.problems) == before


def _rewrite_days(lines: list[Line], column: str) -> None:
    """Rewrite the days of a column; leave as they are those that would have to be guessed."""
    shapes = [_DAY_OR_MONTH_FIRST.fullmatch(line.cells[column]) for line in lines]
    firsts = [(int(shape[1]), int(shape[2])) for shape in shapes if shape]
    shows_day = any(a > MONTHS >= b for a, b in firsts)
    shows_month = any(b > MONTHS >= a for a, b in firsts)
    for line, shape in zip(lines, shapes, strict=True):
        if shape:
            day, month, year = map(int, shape.groups())
            is_certain = day > MONTHS or day == month or (shows_day and not shows_month)
        elif shape := _YEAR_FIRST.fullmatch(line.cells[column]):
            year, month, day = map(int, shape.groups())
            is_certain = True
        else:
            continue
        # An impossible day stays as it was written, for the row model to refuse it.
        with suppress(ValueError):
            if is_certain:
                line.cells[column] = date(year, month, day).isoformat()
