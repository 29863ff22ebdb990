"""Scenario to workbook: a sheet for each file, with cells that people can edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pysched.instance.beside import beside
from pysched.instance.book.blocks import network_rows
from pysched.instance.findings import Findings
from pysched.instance.generate.network_text import network_text
from pysched.instance.generate.write import COLUMNS, scenario_tables
from pysched.instance.network_file import FILE
from pysched.instance.row_reader import MODELS, columns_of
from pysched.instance.scenario import InstanceError, Scenario
from pysched.instance.workbook import FONT, book_bytes, is_printable, new_book, put
from pysched.instance.yaml_lines import read_yaml

NETWORK = "network"
_HEAD = PatternFill("solid", fgColor="E0E0E0")
_WIDEST = 40


def sheet_of(file: str) -> str:
    """Return the name of the sheet of a file."""
    return file.partition(".")[0]


def export_book(scenario: Scenario, path: Path, *, overwrite: bool = False) -> None:
    """Write a scenario as a workbook, wholly or not at all.

    Args:
        scenario: what to write. It goes with the kinds of absences: the book is the planner's.
        path: of the .xlsx file.
        overwrite: replace the file that is there.

    Raises:
        InstanceError: a text cannot stand in a workbook; it lists all such texts.
        ValueError: the file is there already, or its name is not that of a workbook.
    """
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"{path} does not end in .xlsx")
    if path.exists() and not overwrite:
        raise ValueError(f"{path} is there already")
    raw = scenario_book(scenario)
    with beside(path) as hidden:
        hidden.write_bytes(raw)
        hidden.replace(path)


def scenario_book(scenario: Scenario) -> bytes:
    """Return a scenario as the bytes of an .xlsx file, the same for the same scenario.

    Raises:
        InstanceError: a text cannot stand in a workbook; it lists all such texts.
        ValueError: the network says something that network.yaml cannot.
    """
    book = new_book(scenario.network.name, datetime.combine(scenario.first_day, time(0)))
    findings = Findings()
    sheet: Worksheet = book.create_sheet(NETWORK)
    yaml = read_yaml(network_text(scenario), FILE, findings)
    if yaml is None:
        raise InstanceError(findings.problems)
    for number, row in enumerate(network_rows(yaml.data), 1):
        for column, text in enumerate(row, 1):
            _put(sheet, number, column, text, findings)
        if row and row[0].startswith("["):
            sheet.cell(number, 1).font = Font(name=FONT, bold=True)
            sheet.cell(number, 1).fill = _HEAD
    _widths(sheet)
    tables = scenario_tables(scenario)
    for file, columns in COLUMNS.items():
        _table(book, file, columns, tables.get(file, []), findings)
    if findings.problems:
        raise InstanceError(findings.problems)
    return book_bytes(book)


def _table(
    book: Workbook,
    file: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    findings: Findings,
) -> None:
    sheet: Worksheet = book.create_sheet(sheet_of(file))
    days = columns_of(MODELS[file]).days
    for column, name in enumerate(columns, 1):
        cell = put(sheet, 1, column, name)
        cell.font, cell.fill = Font(name=FONT, bold=True), _HEAD
    for number, row in enumerate(rows, 2):
        for column, (name, value) in enumerate(zip(columns, row, strict=True), 1):
            if name in days and isinstance(value, date):
                put(sheet, number, column, value).number_format = "yyyy-mm-dd"
            else:
                _put(sheet, number, column, str(value), findings)
    sheet.freeze_panes = "A2"
    _widths(sheet)


def _put(sheet: Worksheet, row: int, column: int, text: str, findings: Findings) -> None:
    """Write a text, as a number where reading gives the very same text back."""
    if not text:
        return
    if not is_printable(text) or not text.strip():
        place = f"sheet {sheet.title}"
        findings.problem(place, row, f"column {column}", text, "text that a workbook can hold")
        return
    number = _number(text)
    put(sheet, row, column, text if number is None else number)
    if number is None:
        sheet.cell(row, column).number_format = "@"


def _number(text: str) -> int | float | None:
    """Return the number that a text is, if that is written in just this way."""
    digits = text.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        return None
    number = float(text) if "." in text else int(text)
    return number if str(number) == text and not text.endswith(".0") else None


def _widths(sheet: Worksheet) -> None:
    """Make columns as wide as what is in them, within reason; notes may run over."""
    for number, column in enumerate(sheet.iter_cols(values_only=True), 1):
        texts = (str(value) for value in column if value is not None)
        longest = max((len(text) for text in texts if not text.startswith("#")), default=0)
        width = max(6, min(_WIDEST, longest + 2))
        sheet.column_dimensions[get_column_letter(number)].width = width
