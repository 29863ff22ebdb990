"""The workbook of a week: grid, duties, counts, the reasons of its costs and a legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.cell import Cell as WrittenCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pysched.instance.workbook import FONT, book_bytes, new_book, put
from pysched.report.kinds import LOOKS
from pysched.report.week_view import Cell, DutyShown, WeekView
from pysched.report.wording import day_words

HEAD_ROW = 3
_THIN = Side(style="thin", color="999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E0E0E0")
_ABSENT = PatternFill("lightUp", fgColor="999999", bgColor="FFFFFF")
_TOP = Alignment(vertical="top", wrap_text=True)
_LINE_POINTS = 13


def week_book(view: WeekView) -> bytes:
    """Return the workbook of a week as the bytes of an .xlsx file, the same for the same week.

    The kind of a duty is told by its letter; the colour of a cell, which says the same of the
    longest duty of the day, is never needed.
    """
    created = datetime.combine(view.week.monday, time(0))
    book = new_book(f"{view.network.name}, {view.title}", created)
    _grid(book, view)
    _duties(book, view)
    _counts(book, view)
    _notes(book, view)
    _legend(book, view)
    return book_bytes(book)


def _grid(book: Workbook, view: WeekView) -> None:
    sheet = _sheet(book, "Week", view)
    days = [f"{day_words(day)}{_holiday(view, day)}" for day in view.week.days]
    _head(sheet, ["Physician", *days], [18, *[19] * 7])
    for number, row in enumerate(view.rows, HEAD_ROW + 1):
        _write(sheet, number, 1, row.physician.name).font = Font(name=FONT, bold=True)
        for column, cell in enumerate(row.cells, 2):
            written = _write(sheet, number, column, _cell_text(cell))
            if colour := _colour(cell):
                written.fill = PatternFill("solid", fgColor=colour)
            elif cell.is_absent:
                written.fill = _ABSENT
        most = max(1, *(len(cell.duties) for cell in row.cells))
        sheet.row_dimensions[number].height = _LINE_POINTS * most + 4
    last = HEAD_ROW + len(view.rows) + 1
    _write(sheet, last, 1, "Nobody").font = Font(name=FONT, bold=True, italic=True)
    height = _LINE_POINTS + 4
    for column, day in enumerate(view.week.days, 2):
        left = [duty for duty in view.open_duties if duty.duty.day == day]
        _write(sheet, last, column, "\n".join(map(_duty_text, left)))
        height = max(height, _LINE_POINTS * len(left) + 4)
    sheet.row_dimensions[last].height = height
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"


def _duties(book: Workbook, view: WeekView) -> None:
    sheet = _sheet(book, "Duties", view)
    names = ["Day", "Start", "End", "Hospital", "Task", "Name", "Kind", "Physician"]
    _head(sheet, names, [12, 8, 8, 26, 10, 34, 20, 18])
    for number, shown in enumerate((*view.duties, *view.open_duties), HEAD_ROW + 1):
        task = shown.task
        _write(sheet, number, 1, shown.duty.day).number_format = "yyyy-mm-dd"
        for column, clock in ((2, task.start), (3, task.end)):
            _write(sheet, number, column, clock).number_format = "hh:mm"
        look = LOOKS[task.kind]
        words = [shown.hospital, task.id, task.name, f"{look.letter} {look.words}"]
        for column, text in enumerate([*words, shown.physician or "nobody"], 4):
            _write(sheet, number, column, text)
    _filter(sheet, len(names))


def _counts(book: Workbook, view: WeekView) -> None:
    sheet = _sheet(book, "Counts", view)
    categories = list(view.network.categories)
    names = ["Physician", "Duties", "Nights", "Weekend and holiday"]
    names += ["Hours", "Target", "Week's balance", "Balance to date"]
    names += [category.replace("_", " ") for category in categories]
    _head(sheet, names, [18, *[11] * (len(names) - 1)])
    for number, row in enumerate(view.rows, HEAD_ROW + 1):
        counts = row.counts
        minutes = (
            counts.minutes,
            counts.target_minutes,
            counts.minutes - counts.target_minutes,
            counts.balance_minutes,
        )
        values: list[object] = [row.physician.name, counts.duties, counts.nights, counts.free_days]
        values += [value / 60 for value in minutes]
        values += [counts.by_category.get(category, 0) for category in categories]
        for column, value in enumerate(values, 1):
            written = _write(sheet, number, column, value)
            if 5 <= column <= 8:
                written.number_format = "0.0" if column <= 6 else "+0.0;-0.0;0.0"
    _filter(sheet, len(names))


def _notes(book: Workbook, view: WeekView) -> None:
    sheet = _sheet(book, "Notes", view)
    names = ["Level", "Compared", "Why", "Who and when", "How much", "Cost", "Rule", "Grade"]
    _head(sheet, names, [8, 18, 46, 50, 16, 8, 24, 18])
    for number, note in enumerate(view.notes, HEAD_ROW + 1):
        words = [note.level_name, note.reason, note.culprit, note.amount]
        values: list[object] = [note.level, *words, note.cost, note.rule, note.grade]
        for column, value in enumerate(values, 1):
            _write(sheet, number, column, value)
    _filter(sheet, len(names))


def _legend(book: Workbook, view: WeekView) -> None:
    sheet = _sheet(book, "Legend", view)
    _head(sheet, ["Letter or task", "Meaning", "Hospital", "Times"], [16, 44, 28, 14])
    number = HEAD_ROW
    for look in LOOKS.values():
        number += 1
        letter = _write(sheet, number, 1, look.letter)
        letter.fill = PatternFill("solid", fgColor=look.colour)
        _write(sheet, number, 2, look.words)
    for mark, meaning in (("absent", "not there"), ("*", "night"), ("!", "essential duty, open")):
        number += 1
        _write(sheet, number, 1, mark)
        _write(sheet, number, 2, meaning)
    for shown in _each_task((*view.duties, *view.open_duties)):
        number += 1
        for column, text in enumerate(
            (shown.task.id, shown.task.name, shown.hospital, shown.times), 1
        ):
            _write(sheet, number, column, text)


def _sheet(book: Workbook, name: str, view: WeekView) -> Worksheet:
    """Return a new sheet that prints on A4 across, as wide as the paper."""
    sheet: Worksheet = book.create_sheet(name)
    put(sheet, 1, 1, f"{view.network.name}: {view.title}").font = Font(
        name=FONT, bold=True, size=14
    )
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.right.text = "&P / &N"
    return sheet


def _head(sheet: Worksheet, names: Sequence[str], widths: Sequence[int]) -> None:
    for column, (name, width) in enumerate(zip(names, widths, strict=True), 1):
        cell = _write(sheet, HEAD_ROW, column, name)
        cell.font, cell.fill = Font(name=FONT, bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"


def _filter(sheet: Worksheet, columns: int) -> None:
    last = max(HEAD_ROW + 1, sheet.max_row)
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(columns)}{last}"


def _write(sheet: Worksheet, row: int, column: int, value: object) -> WrittenCell:
    cell = put(sheet, row, column, value)
    cell.border, cell.alignment = _BOX, _TOP
    return cell


def _holiday(view: WeekView, day: object) -> str:
    return " (holiday)" if day in view.week.holidays else ""


def _cell_text(cell: Cell) -> str:
    lines = [_duty_text(duty) for duty in cell.duties]
    return "\n".join([*lines, *(["absent"] if cell.is_absent else [])])


def _duty_text(shown: DutyShown) -> str:
    night = "*" if shown.task.is_night else ""
    alarm = "! " if shown.task.essential and not shown.physician else ""
    look = LOOKS[shown.task.kind]
    return f"{alarm}{look.letter}{night} {shown.task.id} {shown.times} {shown.task.hospital}"


def _colour(cell: Cell) -> str:
    longest = max(cell.duties, key=lambda d: d.duty.end - d.duty.start, default=None)
    return "" if longest is None else LOOKS[longest.task.kind].colour


def _each_task(duties: Iterable[DutyShown]) -> list[DutyShown]:
    """Return one duty of each task, in the order in which tasks come."""
    return list({shown.task.id: shown for shown in duties}.values())
