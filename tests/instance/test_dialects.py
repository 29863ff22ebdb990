"""What spreadsheets write is read as what it means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pysched.instance import InstanceError, read_scenario
from pysched.model import Absence
from tests.instance.builders import TEXTS, bent, warnings_of, write

PLAIN = """\
physician,first_day,last_day,kind
P1,2023-06-05,2023-06-06,à l'aise
P2,2023-06-08,2023-06-13,congress
"""
ABSENCES = (
    Absence("P1", date(2023, 6, 5), date(2023, 6, 6), "à l'aise"),
    Absence("P2", date(2023, 6, 8), date(2023, 6, 13), "congress"),
)
DIALECTS = {
    "semicolons": PLAIN.replace(",", ";"),
    "tabs": PLAIN.replace(",", "\t"),
    "byte order mark": "\ufeff" + PLAIN,
    "carriage returns": PLAIN.replace("\n", "\r\n"),
    "only carriage returns": PLAIN.replace("\n", "\r"),
    "blank lines": "\n  \n" + PLAIN.replace("\n", "\n\n"),
    "rows of empty cells": PLAIN.replace("\n", "\n,,,\n"),
    "blanks around": PLAIN.replace(",", " , ").replace("\n", " \n "),
    "no-break spaces around": PLAIN.replace(",", "\u00a0,"),
    "quotes": "\n".join('"' + line.replace(",", '","') + '"' for line in PLAIN.splitlines()) + "\n",
    "other order": "kind,last_day,physician,first_day\n"
    "à l'aise,2023-06-06,P1,2023-06-05\ncongress,2023-06-13,P2,2023-06-08\n",
    "year first with slashes": PLAIN.replace("2023-06-0", "2023/6/").replace("-06-", "/06/"),
}


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_dialects_of_spreadsheets_are_read(tmp_path: Path, dialect: str) -> None:
    """The rows are the same as in plain CSV."""
    scenario = read_scenario(write(tmp_path, TEXTS | {"absences.csv": DIALECTS[dialect]}))
    assert scenario.absences == ABSENCES


@pytest.mark.parametrize(
    ("first_days", "read"),
    [
        (("13/06/2023", "05/07/2023"), (date(2023, 6, 13), date(2023, 7, 5))),
        (("5.7.2023", "13.6.2023"), (date(2023, 7, 5), date(2023, 6, 13))),
        (("06/06/2023", "2023-07-05"), (date(2023, 6, 6), date(2023, 7, 5))),
        (("13-06-2023", "07-07-2023"), (date(2023, 6, 13), date(2023, 7, 7))),
    ],
)
def test_days_are_read_day_first_where_that_is_certain(
    tmp_path: Path, first_days: tuple[str, str], read: tuple[date, date]
) -> None:
    """A day above 12, day equal to month, or another day of the column tells."""
    text = "task;first_day;last_day\n"
    text += "".join(f"T1;{day};2023-08-01\n" for day in first_days)
    scenario = read_scenario(write(tmp_path, TEXTS | {"closures.csv": text}))
    assert tuple(closure.first_day for closure in scenario.closures) == read


@pytest.mark.parametrize(
    ("first_days", "refused"),
    [
        (("05/07/2023", "06/07/2023"), [2, 3]),
        (("05/07/2023", "06/06/2023"), [2]),
        (("05/07/2023", "06/13/2023"), [2, 3]),
        (("13/06/2023", "05/07/2023", "06/13/2023"), [3, 4]),
        (("05/07/23",), [2]),
    ],
)
def test_days_are_never_guessed(
    tmp_path: Path, first_days: tuple[str, ...], refused: list[int]
) -> None:
    """What may be day or month first is refused, and so is month first."""
    text = "task;first_day;last_day\n"
    text += "".join(f"T1;{day};2023-08-01\n" for day in first_days)
    with pytest.raises(InstanceError) as raised:
        read_scenario(write(tmp_path, TEXTS | {"closures.csv": text}))
    assert [problem.row for problem in raised.value.problems] == refused
    assert {problem.field for problem in raised.value.problems} == {"first_day"}


def test_another_column_does_not_show_that_days_come_first(tmp_path: Path) -> None:
    """The columns of one file may come from two sheets."""
    text = "task,first_day,last_day\nT1,05/06/2023,13/06/2023\n"
    with pytest.raises(InstanceError) as raised:
        read_scenario(write(tmp_path, TEXTS | {"closures.csv": text}))
    [problem] = raised.value.problems
    assert (problem.row, problem.field, problem.value) == (2, "first_day", "05/06/2023")


def test_cells_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    """Rows after a cell of two lines are still numbered as in the file."""
    text = 'task,first_day,last_day,reason\nT1,2023-06-05,2023-06-05,"works,\nloud"\nT9,x,,\n'
    with pytest.raises(InstanceError) as raised:
        read_scenario(write(tmp_path, TEXTS | {"closures.csv": text}))
    assert {problem.row for problem in raised.value.problems} == {4}


def test_a_last_line_without_its_end_is_a_warning(tmp_path: Path) -> None:
    """The file may have been cut off, yet every row of it is read."""
    [warning] = warnings_of(tmp_path, "pairs.csv", "P3,like\n", "P3,like")
    assert (warning.file, warning.row, warning.field) == ("pairs.csv", 3, "last line")


@pytest.mark.parametrize("name", ["absence.csv", "Absences.CSV"])
def test_an_unknown_file_of_rows_is_a_warning(tmp_path: Path, name: str) -> None:
    """It would silently be left out otherwise."""
    write(tmp_path, TEXTS)
    before = read_scenario(tmp_path).warnings
    (tmp_path / name).write_text("any\n")
    [warning] = set(read_scenario(tmp_path).warnings) - set(before)
    assert (warning.file, warning.row) == (name, None)
    assert "did you mean 'absences.csv'" in warning.expected


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """A README belongs into the folder."""
    write(tmp_path, TEXTS)
    before = read_scenario(tmp_path).warnings
    (tmp_path / "README.md").write_text("# Small\n")
    assert read_scenario(tmp_path).warnings == before


def test_values_of_yaml_are_not_typed(tmp_path: Path) -> None:
    """A clock time is no number of seconds and `no` is a name like any other."""
    texts = bent("network.yaml", 'start: "08:00"', "start: 08:30")
    texts["network.yaml"] = texts["network.yaml"].replace("name: Piera", "name: no")
    network = read_scenario(write(tmp_path, texts)).network
    assert f"{network.tasks['T1'].start:%H:%M}" == "08:30"
    assert network.physicians["P2"].name == "no"
    assert network.physicians["P1"].name == "P1"
