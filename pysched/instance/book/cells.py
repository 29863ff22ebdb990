"""Cells of workbooks as text, and where each stands."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from pysched.instance.findings import Findings
from pysched.instance.scenario import InstanceError, Problem

MOST_BYTES = 300_000_000
"""An unpacked workbook is not larger; those that are may be meant to do harm."""
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class CellProblem(Problem):
    """Something wrong in a workbook: `file` is the sheet, `row` the row in it.

    Args:
        column: its letter, empty where the whole row or sheet is meant.
        book: name of the file.
    """

    column: str = ""
    book: str = ""

    def __str__(self) -> str:
        """Say it in one line, with the cell as spreadsheets name it."""
        row = "" if self.row is None else str(self.row)
        cell = f" {self.column}{row}" if self.column else f" row {row}" if row else ""
        place = f"{self.book}, sheet {self.file}{cell}"
        found = f"{self.field} = {self.value!r}" if self.value else self.field
        return f"{place}: {found}: expected {self.expected}"


Sheets = dict[str, list[tuple[int, list[str]]]]
"""Sheet -> number and cells of each row that is not blank."""


def read_sheets(path: Path, findings: Findings) -> Sheets:
    """Return the cells of a workbook as text.

    Days become YYYY-MM-DD, times HH:MM, truth yes or no; formulas and errors are problems.

    Raises:
        InstanceError: the file is no workbook that can be read.
    """
    _refuse_unreadable(path)
    try:
        book = load_workbook(path, read_only=True, data_only=False)
    except Exception as error:  # a broken part of a workbook raises whatever its parser meets
        raise _no_book(path, f"a workbook (.xlsx) that can be read: {error}") from error
    try:
        return {sheet.title: list(_rows(sheet, findings)) for sheet in book.worksheets}
    except InstanceError:
        raise
    except Exception as error:
        raise _no_book(path, f"a workbook (.xlsx) that can be read: {error}") from error
    finally:
        book.close()


def _refuse_unreadable(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        expected = "a workbook (.xlsx); old .xls files and those with a password are not read"
        raise _no_book(path, expected) from error
    except OSError as error:
        raise _no_book(path, f"a file that can be read: {error.strerror}") from error
    if size > MOST_BYTES:
        raise _no_book(path, f"at most {MOST_BYTES:,} bytes when unpacked, not {size:,}")


def _no_book(path: Path, expected: str) -> InstanceError:
    return InstanceError([Problem(path.name, None, "file", path.name, expected)])


def _rows(sheet: Any, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    # Some programs write wrong sizes of sheets; without them the rows themselves count.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_text(sheet.title, number, cell, findings) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _text(sheet: str, row: int, cell: Any, findings: Findings) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        noun = "a formula" if cell.data_type == "f" else "an error"
        expected = f"a value, not {noun}; paste it as a value"
        findings.problem(sheet, row, get_column_letter(cell.column), str(value)[:80], expected)
        return ""
    return text_of(value)


def text_of(value: object) -> str:
    """Return the value of a cell as the text that a file would have."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        if value.date() <= _DAY_ZERO + timedelta(days=1):
            return text_of(value.time())
        return str(value.date()) if value.time() == time(0) else str(value)
    if isinstance(value, time):
        return f"{value:%H:%M}" if value.second == 0 and value.microsecond == 0 else str(value)
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{Decimal(repr(value)):f}"
    return str(value)
