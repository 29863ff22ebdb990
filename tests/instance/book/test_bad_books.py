"""Workbooks as people leave them: all errors at once, each with its sheet, row and column."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pysched.instance import InstanceError, find_scenario, read_scenario
from pysched.instance.book import CellProblem, cells, export_book, import_book, read_book

TOY = read_scenario(find_scenario("toy"))


def changed(folder: Path, change: Callable[[Workbook], object]) -> Path:
    """Return the path of the toy's workbook after somebody changed it."""
    path = folder / "book.xlsx"
    export_book(TOY, path, overwrite=True)
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def place_of(sheet: Any, text: str) -> str:
    """Return the first cell of a sheet with a text."""
    return next(c.coordinate for row in sheet.iter_rows() for c in row if c.value == text)


def cells_of(error: InstanceError) -> set[tuple[str, str]]:
    """Return sheet and cell of each problem."""
    problems = [problem for problem in error.problems if isinstance(problem, CellProblem)]
    assert len(problems) == len(error.problems)
    return {(p.file, f"{p.column}{p.row or ''}") for p in problems}


def damage(book: Workbook) -> None:
    """Do what people do, in many places."""
    network = book["network"]
    kind = place_of(network, "On-site guard, afternoon").replace("B", "C")
    network[kind] = "on_sight"
    network[kind.replace("C", "E")] = "citty"
    network[kind.replace("C", "I")] = "=6*60"
    network[place_of(network, "major")] = "mayor"
    network[place_of(network, "[skills]").replace("A4", "C4")] = None
    book["absences"]["A2"] = "brunno"
    book["requests"]["F1"] = "wieght"
    book["pins"]["A2"] = "2024-04-15"
    book["pins"]["B2"] = "guard"
    book["pins"]["C2"] = "nobody"
    book["pins"]["E2"] = "beyond"


def test_all_errors_are_listed_at_once_with_their_cells(tmp_path: Path) -> None:
    """In the network and in tables; nothing is written."""
    path = changed(tmp_path, damage)
    with pytest.raises(InstanceError) as raised:
        import_book(path, tmp_path / "new")
    expected = {
        ("network", "C31"),
        ("network", "E31"),
        ("network", "I31"),
        ("network", "B22"),
        ("absences", "A2"),
        ("requests", "F1"),
        ("pins", "C2"),
        ("pins", "E2"),
    }
    assert expected <= cells_of(raised.value)
    assert len(cells_of(raised.value) - expected) == 1  # the minutes that the formula was to give
    assert not (tmp_path / "new").exists()


def test_a_problem_reads_like_a_spreadsheet(tmp_path: Path) -> None:
    """Book, sheet, cell, name, value and what was expected."""
    path = changed(tmp_path, lambda book: book["absences"].__setitem__("A2", "brunno"))
    with pytest.raises(InstanceError) as raised:
        read_book(path)
    assert str(raised.value) == (
        "book.xlsx, sheet absences A2: physician = 'brunno': "
        "expected a known physician; did you mean 'bruno'?"
    )


CHANGES: dict[str, tuple[Callable[[Any], object], str]] = {
    "block": (lambda s: s.__setitem__("A10", "[hospital]"), "A10"),
    "block twice": (lambda s: s.__setitem__("A20", "[travel]"), "A20"),
    "setting": (lambda s: s.__setitem__("A4", "horizon.firstday"), "B4"),
    "setting twice": (lambda s: s.__setitem__("A5", "horizon.first_day"), "A5"),
    "two values": (lambda s: s.__setitem__("C3", "more"), "C3"),
    "column": (lambda s: s.__setitem__("C11", "mian"), "C11"),
    "id twice": (lambda s: s.__setitem__("A13", "city"), "A13"),
    "minutes": (lambda s: s.__setitem__("C18", 40.5), "C18"),
    "second": (lambda s: s.__setitem__("G30", time(8, 0, 1)), "G30"),
    "mark": (lambda s: s.__setitem__("B45", "?"), "B45"),
    "task of a skill": (lambda s: s.__setitem__("A45", "wrad"), "A45"),
    "physician of a skill": (lambda s: s.__setitem__("B44", "ana"), "B44"),
    "yaml": (lambda s: s.__setitem__("B7", "{a: [b"), "B7"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_mistake_in_the_network_is_found_at_its_cell(name: str, tmp_path: Path) -> None:
    """The sheet of toy has its blocks at known rows."""
    change, cell = CHANGES[name]
    path = changed(tmp_path, lambda book: change(book["network"]))
    with pytest.raises(InstanceError) as raised:
        read_book(path)
    assert ("network", cell) in cells_of(raised.value)


def test_values_as_spreadsheets_keep_them_are_read(tmp_path: Path) -> None:
    """Days, times, numbers and truth; spaces, gaps, notes and other sheets do not
    matter, hidden ones are read."""

    def edit(book: Workbook) -> None:
        network = book["network"]
        network["G30"], network["H30"] = time(8), datetime(1899, 12, 30, 11)
        network["J30"], network["I30"] = True, 180.0
        network["F30"] = "mon, tue; wed thu,fri sat"
        network["A19"] = "# a note"
        book["absences"]["B2"] = datetime(2024, 4, 16)
        book["absences"]["C2"] = "18/04/2024"
        book["absences"]["A2"] = " bruno "
        book["requests"].insert_rows(2, 3)
        book["requests"]["XFD1048576"] = "  "
        book["requests"].sheet_state = "hidden"
        book.create_sheet("my notes")["A1"] = "anything"

    scenario = read_book(changed(tmp_path, edit))
    assert scenario.network == TOY.network
    assert (scenario.absences, scenario.requests) == (TOY.absences, TOY.requests)
    assert [str(warning) for warning in scenario.warnings] == [
        "book.xlsx, sheet my notes: sheet = 'my notes': "
        "expected a sheet of a scenario; it is not read"
    ]


def test_a_book_without_the_network_says_so(tmp_path: Path) -> None:
    """And which sheets there are."""
    path = changed(tmp_path, lambda book: book.remove(book["network"]))
    with pytest.raises(InstanceError, match="sheet network: sheet: expected a sheet of this name"):
        read_book(path)


@pytest.mark.parametrize("raw", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_what_is_no_workbook_is_refused(raw: bytes, tmp_path: Path) -> None:
    """In one line."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(raw)
    with pytest.raises(InstanceError, match=r"book.xlsx: .*expected a workbook \(.xlsx\)"):
        read_book(path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Whatever the parser makes of it."""
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<broken")
    with pytest.raises(InstanceError, match="that can be read"):
        read_book(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is unpacked."""
    path = changed(tmp_path, lambda book: None)
    monkeypatch.setattr(cells, "MOST_BYTES", 1000)
    with pytest.raises(InstanceError, match="at most 1,000 bytes"):
        read_book(path)
