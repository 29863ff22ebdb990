"""Workbook to scenario: every sheet, and all that is wrong in any of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from pysched.instance.book.cells import CellProblem, Sheets, read_sheets
from pysched.instance.book.network_sheet import BEYOND, NetworkSheet, read_network_sheet
from pysched.instance.book.write import NETWORK, sheet_of
from pysched.instance.fields import Known, with_hint
from pysched.instance.findings import Findings
from pysched.instance.generate.write import write_scenario
from pysched.instance.network_file import FILE
from pysched.instance.network_reader import NetworkText, checked_network
from pysched.instance.oddities import oddities
from pysched.instance.reader import scenario_of
from pysched.instance.row_reader import MODELS, Table, columns_of, rows_of
from pysched.instance.scenario import InstanceError, Problem, Scenario
from pysched.instance.tables import table_lines

FILES: Mapping[str, str] = {sheet_of(file): file for file in MODELS}
"""Sheet -> file of its rows."""
_LETTERS = re.compile("[A-Z]{1,3}")
"""A field that is the letter of a column: what stands there has no name."""


def import_book(path: Path, folder: Path, *, overwrite: bool = False) -> Scenario:
    """Write the scenario of a workbook into a folder and return it.

    Args:
        path: of the .xlsx file.
        folder: made if it is not there.
        overwrite: replace the scenario that is there; files that are not a scenario's stay.

    Raises:
        InstanceError: something in the book is wrong; it lists all that is, and nothing is written.
        ValueError: the folder holds something else.
    """
    scenario = read_book(path)
    write_scenario(scenario, folder, overwrite=overwrite)
    return scenario


def read_book(path: Path) -> Scenario:
    """Return the scenario that a workbook holds, with its warnings.

    Raises:
        InstanceError: something is wrong; it lists all that is, with sheet, row and column.
    """
    findings = Findings()
    sheets = read_sheets(path, findings)
    _check_names(sheets, findings)
    network = read_network_sheet(sheets.get(NETWORK, []), NETWORK, findings)
    text = NetworkText(None, {}, network.yaml)
    if NETWORK in sheets:
        text = checked_network(network.yaml, findings)
    tables = {
        file: _table(sheets[sheet], sheet, file, text.known, findings)
        for sheet, file in FILES.items()
        if sheets.get(sheet)
    }
    if findings.problems or text.content is None:
        raise InstanceError(list(_placed(findings.problems, path, sheets, network)))
    scenario = scenario_of(text.content, tables, _lines(network, tables))
    warnings = (*findings.warnings, *oddities(scenario))
    return replace(scenario, warnings=tuple(_placed(warnings, path, sheets, network)))


def _check_names(sheets: Sheets, findings: Findings) -> None:
    known = frozenset((NETWORK, *FILES))
    if NETWORK not in sheets:
        findings.problem(
            NETWORK, None, "sheet", "", f"a sheet of this name; there are {list(sheets)}"
        )
    for name in sheets.keys() - known:
        expected = with_hint("a sheet of a scenario; it is not read", name, known)
        findings.warning(name, None, "sheet", name, expected)


def _table(
    rows: list[tuple[int, list[str]]], sheet: str, file: str, known: Known, findings: Findings
) -> Table[Any]:
    """Return the checked rows of a sheet; cells beyond its columns are problems."""
    width = len(rows[0][1])
    even = []
    for number, cells in rows:
        for column, text in enumerate(cells[width:], width + 1):
            if text:
                findings.problem(sheet, number, get_column_letter(column), text, BEYOND)
        even.append(
            (number, [cell.strip() for cell in cells[:width]] + [""] * (width - len(cells)))
        )
    lines = table_lines(iter(even), sheet, columns_of(MODELS[file]), findings)
    return rows_of(lines, sheet, MODELS[file], known, findings)


def _lines(
    network: NetworkSheet, tables: Mapping[str, Table[Any]]
) -> dict[tuple[str, int | str], int]:
    lines: dict[tuple[str, int | str], int] = {
        (FILE, ".".join(map(str, path))): row
        for path, row in network.yaml.lines.items()
        if len(path) == 2
    }
    for file, table in tables.items():
        lines |= {(file, position): line for position, line in enumerate(table.lines)}
    return lines


def _placed(
    problems: Iterable[Problem], path: Path, sheets: Sheets, network: NetworkSheet
) -> Iterable[CellProblem]:
    """Yield problems with the letter of their column."""
    for problem in problems:
        sheet = sheet_of(problem.file)
        if sheet == NETWORK:
            column = _of_network(problem.field, network)
        else:
            head = sheets[sheet][0][1] if sheets.get(sheet) else []
            names = [name.strip() for name in head]
            column = (
                get_column_letter(names.index(problem.field) + 1) if problem.field in names else ""
            )
        name = problem.field
        if not column and _LETTERS.fullmatch(name):
            column, name = name, "cell"
        yield CellProblem(
            sheet, problem.row, name, problem.value, problem.expected, column, path.name
        )


def _of_network(field: str, network: NetworkSheet) -> str:
    """Return the column of a field of the network, or of what is around it."""
    while field and field not in network.columns:
        field = field.rpartition(".")[0]
    return network.columns.get(field, "")
