"""Workbooks (.xlsx): text that no spreadsheet takes for a formula, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as WrittenCell
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Calibri"
"""The font that workbooks begin with; bold text of no named one falls out of it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def new_book(title: str, created: datetime) -> Workbook:
    """Return a workbook without a sheet.

    Args:
        title: of the document.
        created: what it says of its making; no clock is read, so that equal books are equal files.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = _UNPRINTABLE.sub(" ", title)
    book.properties.creator = "pysched"
    book.properties.created = created
    return book


def put(sheet: Worksheet, row: int, column: int, value: object) -> WrittenCell:
    """Write a value into a cell and return the cell; text stays text, whatever it begins with.

    Raises:
        ValueError: the cell was merged into another one.
    """
    cell = sheet.cell(row, column)
    if not isinstance(cell, WrittenCell):
        raise ValueError(f"cell {cell.coordinate} is a part of a larger one")
    if isinstance(value, str):
        cell.value = _UNPRINTABLE.sub("\ufffd", value)
        cell.data_type = "s"
        # Without it a spreadsheet makes a formula of the text when somebody edits the cell.
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value  # type: ignore[assignment]
    return cell


def is_printable(text: str) -> bool:
    """Return whether a workbook can hold a text as it is."""
    return _UNPRINTABLE.search(text) is None


def book_bytes(book: Workbook) -> bytes:
    """Return a workbook as the bytes of a file, the same for equal workbooks."""
    raw = io.BytesIO()
    book.save(raw)
    created = book.properties.created.isoformat(timespec="seconds").encode() + b"Z"
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + created + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return packed.getvalue()
