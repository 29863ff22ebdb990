"""What is odd but workable is a warning with its file and row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pysched.instance import oddities, read_scenario
from tests.instance.builders import TEXTS, bent, warnings_of, write

# File, what is replaced by what; then row, field, value and a part of what was expected.
CASES = [
    ("pins.csv", "05-29,T1,P1", "05-29,T3,P1", (2, "task", "T3", "a duty on 2023-05-29")),
    ("pins.csv", "2023-05-29,T1,P1", "2023-06-03,T3,P2", (2, "physician", "P2", "skill for T3")),
    ("pins.csv", "05-29,T1,P1", "06-05,T1,P1", (2, "physician", "P1", "present on 2023-06-05")),
    ("pins.csv", "05-29,T1,P1", "06-02,T2,P1", (2, "physician", "P1", "agreements allow")),
    ("pins.csv", "05-29,T1,P1", "06-02,T2,P2", (2, "physician", "P2", "agreements allow")),
    ("pins.csv", "30,T1,P2", "29,T1,P2", (3, "physician", "P2", "P1, as in pins.csv row 2")),
    ("pins.csv", "2023-05-29", "2023-06-12", (2, "day", "2023-06-12", "2023-06-11; the row is")),
    ("history.csv", "05-26", "05-29", (2, "task", "T2", "a duty on 2023-05-29")),
    ("history.csv", "05-26", "07-26", (2, "day", "2023-07-26", "the row is ignored")),
    ("by_hand.csv", "05-29", "07-29", (2, "day", "2023-07-29", "the row is ignored")),
    ("requests.csv", "06-02", "08-02", (3, "day", "2023-08-02", "the row is ignored")),
    (
        "absences.csv",
        "congress\n",
        "congress\nP2,2022-06-05,2022-06-06,vacation\n",
        (4, "first_day", "2022-06-05", "the row is ignored"),
    ),
    (
        "closures.csv",
        "works\n",
        "works\nT1,2024-06-05,2024-06-06,paint\n",
        (3, "first_day", "2024-06-05", "the row is ignored"),
    ),
    ("requests.csv", "P2,2023-06-01", "P1,2023-06-05", (2, "day", "2023-06-05", "P1 is not abs")),
    (
        "requests.csv",
        "P3,2023-05-29,avoid_task,T1",
        "P2,2023-06-05,prefer_task,T2",
        (4, "what", "T2", "runs in the week of 2023-06-05"),
    ),
    (
        "requests.csv",
        "P3,2023-05-29,avoid_task,T1",
        "P3,2023-05-31,prefer_task,T2",
        (4, "what", "T2", "P3 has the skill for"),
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), CASES)
def test_odd_rows_are_named(
    tmp_path: Path, file: str, old: str, new: str, said: tuple[int, str, str, str]
) -> None:
    """The one new warning is at the row and field that is odd."""
    row, name, value, expected = said
    [warning] = warnings_of(tmp_path, file, old, new)
    assert (file, row, name, value) == (warning.file, warning.row, warning.field, warning.value)
    assert expected in warning.expected


def test_a_pin_against_what_was_worked_is_named(tmp_path: Path) -> None:
    """The warning is about the pin, as the other can no longer be changed."""
    [warning] = warnings_of(tmp_path, "history.csv", "05-26,T2,P1", "05-29,T1,P3")
    assert (warning.file, warning.row, warning.value) == ("pins.csv", 2, "P1")
    assert warning.expected == "P3, as in history.csv row 2"


def test_a_pin_of_what_was_worked_is_not_odd(tmp_path: Path) -> None:
    """What was pinned is what was worked."""
    assert warnings_of(tmp_path, "history.csv", "05-26,T2,P1", "05-29,T1,P1") == []


def test_the_scenario_before_it_is_bent_has_no_warnings(tmp_path: Path) -> None:
    """No case passes because of something else that is odd."""
    assert read_scenario(write(tmp_path, TEXTS)).warnings == ()


def test_a_task_that_nobody_can_do_is_named(tmp_path: Path) -> None:
    """Its duties are not named one by one as well."""
    texts = bent("network.yaml", "P1: [T1, T2, T3]", "P1: [T1, T3]")
    texts["network.yaml"] = texts["network.yaml"].replace("P2: [T1, T2]", "P2: [T1]")
    [warning] = read_scenario(write(tmp_path, texts)).warnings
    assert (warning.file, warning.row, warning.field) == ("network.yaml", 27, "tasks.T2")
    assert "somebody has the skill" in warning.expected


@pytest.mark.parametrize(
    ("new", "row", "name"), [("  P3: []\n", 38, "skills"), ("", 34, "physicians")]
)
def test_a_physician_who_can_do_nothing_is_named(
    tmp_path: Path, new: str, row: int, name: str
) -> None:
    """An empty row of skills, or none at all."""
    found = warnings_of(tmp_path, "network.yaml", "  P3: [T1, T3]\n", new)
    [warning] = [found_ for found_ in found if found_.file == "network.yaml"]
    assert (warning.row, warning.field, warning.value) == (row, f"{name}.P3", "P3")


def test_a_task_without_days_never_runs(tmp_path: Path) -> None:
    """Unless it runs on public holidays."""
    found = warnings_of(tmp_path, "network.yaml", "days: [fri]", "days: []")
    [warning] = [found_ for found_ in found if found_.value == "no days"]
    assert (warning.file, warning.row, warning.field) == ("network.yaml", 27, "tasks.T2")
    assert warnings_of(tmp_path, "network.yaml", "days: [sat]", "days: []") == []


def test_a_duty_that_nobody_present_can_fill_is_named(tmp_path: Path) -> None:
    """P2 and P1 alone may do the night of 2 June; one is away that day, one the morning after."""
    rows = "P2,2023-06-02,2023-06-02,sick\nP1,2023-06-03,2023-06-03,sick\n"
    found = warnings_of(tmp_path, "absences.csv", "kind\n", f"kind\n{rows}")
    [warning] = [found_ for found_ in found if found_.file == "network.yaml"]
    assert (warning.row, warning.field, warning.value) == (27, "tasks.T2", "2023-06-02")
    assert "who is present" in warning.expected


def test_the_night_of_the_last_sunday_reaches_into_the_monday_after(tmp_path: Path) -> None:
    """An absence of that Monday alone matters."""
    texts = bent("network.yaml", "days: [fri]", "days: [sun]")
    texts["absences.csv"] = "physician,first_day,last_day,kind\n" + "".join(
        f"{physician},2023-06-12,2023-06-12,vacation\n" for physician in ("P1", "P2")
    )
    warnings = read_scenario(write(tmp_path, texts)).warnings
    assert [warning.value for warning in warnings if warning.field == "tasks.T2"] == ["2023-06-11"]
    assert [warning for warning in warnings if warning.file == "absences.csv"] == []


def test_a_wish_for_a_task_is_odd_during_leave_of_a_whole_week(tmp_path: Path) -> None:
    """Leave on the day that stands for the week does not make it so."""
    wish = "P1,2023-06-05,prefer_task,T1"
    assert warnings_of(tmp_path, "requests.csv", "P3,2023-05-29,avoid_task,T1", wish) == []
    texts = bent("requests.csv", "P3,2023-05-29,avoid_task,T1", wish)
    texts["absences.csv"] = "physician,first_day,last_day,kind\nP1,2023-06-05,2023-06-11,sick\n"
    found = read_scenario(write(tmp_path, texts)).warnings
    assert ("requests.csv", 4, "day") in {(w.file, w.row, w.field) for w in found}


def test_a_scenario_that_was_not_read_from_files_has_no_rows(tmp_path: Path) -> None:
    """Oddities of a scenario made in memory are the same, without lines."""
    texts = bent("pins.csv", "2023-05-30,T1,P2", "2023-05-29,T1,P2")
    scenario = read_scenario(write(tmp_path, texts))
    [warning] = oddities(replace(scenario, lines={}))
    assert (warning.row, warning.value) == (None, "P2")
