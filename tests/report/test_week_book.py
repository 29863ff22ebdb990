"""The workbook of a week, read back."""

from __future__ import annotations

import io
from dataclasses import replace

from openpyxl import load_workbook

from pysched.report.kinds import LOOKS
from pysched.report.week_book import HEAD_ROW, week_book
from pysched.report.week_view import WeekView
from tests.report.shown import view_of
from tests.report.weeks import SCENARIO


def rows_of(view: WeekView, sheet: str) -> list[tuple[object, ...]]:
    """Return the rows of a sheet below its head."""
    book = load_workbook(io.BytesIO(week_book(view)))
    return list(book[sheet].iter_rows(min_row=HEAD_ROW + 1, values_only=True))


def test_the_grid_has_every_duty_with_its_letter() -> None:
    """Physicians by days; the letter of the kind tells what the colour does."""
    view = view_of(0)
    rows = rows_of(view, "Week")
    assert [row[0] for row in rows] == ["Anna", "Bruno", "Carla", "Dario", "Nobody"]
    lines = [
        line for row in rows[:-1] for cell in row[1:] if cell for line in str(cell).split("\n")
    ]
    duties = [line for line in lines if line != "absent"]
    assert len(duties) == 16
    letters = {LOOKS[task.kind].letter for task in SCENARIO.network.tasks.values()}
    assert {duty[0] for duty in duties} == letters
    assert lines.count("absent") == 3
    assert sum("H* night 20–08 city" in duty for duty in duties) == 3


def test_colours_say_the_kind_and_black_text_can_be_read_on_them() -> None:
    """A contrast of at least 7 to 1, as WCAG 2 computes it."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert len({look.letter for look in LOOKS.values()}) == len(LOOKS)
    for look in LOOKS.values():
        assert (light(look.colour) + 0.05) / 0.05 >= 7


def test_duties_counts_and_notes_are_those_of_the_week() -> None:
    """A row a duty, a physician and a cost."""
    view = view_of(1)
    assert len(rows_of(view, "Duties")) == len(view.duties) + len(view.open_duties) == 15
    hours = {row[0]: row[4] for row in rows_of(view, "Counts")}
    assert hours == {row.physician.name: row.counts.minutes / 60 for row in view.rows}
    costs = [row[5] for row in rows_of(view, "Notes")]
    assert costs == [note.cost for note in view.notes]


def test_text_is_never_a_formula() -> None:
    """A name that begins like one stays a name."""
    view = view_of(0)
    bad = '=HYPERLINK("http://example.org","click")'
    rows = tuple(
        replace(row, physician=replace(row.physician, name=f"{bad}{n}"))
        for n, row in enumerate(view.rows)
    )
    book = load_workbook(io.BytesIO(week_book(replace(view, rows=rows))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not {"f", "e"} & {cell.data_type for cell in cells}
    assert book["Week"].cell(HEAD_ROW + 1, 1).value == f"{bad}0"


def test_a_book_is_the_same_for_the_same_week() -> None:
    """No clock is in it."""
    assert week_book(view_of(0)) == week_book(view_of(0))
