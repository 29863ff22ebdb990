"""What is odd but workable is a warning with its file and row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pysched.instance import oddities, read_scenario
from tests.instance.builders import TEXTS, bent, warnings_of, write

# File, what is replaced by what; then row, field, value and a part of what was expected.
CASES = [
    ("network.yaml", ", T3]\n  P2", "]\n  P2", None),
    ("pins.csv", "05-29,T1,P1", "05-29,T3,P1", (2, "task", "T3", "a duty on 2023-05-29")),
    ("pins.csv", "2023-05-29,T1,P1", "2023-06-03,T3,P2", (2, "physician", "P2", "skill for T3")),
    ("pins.csv", "05-29,T1,P1", "06-05,T1,P1", (2, "physician", "P1", "present on 2023-06-05")),
    ("pins.csv", "05-29,T1,P1", "06-02,T2,P1", (2, "physician", "P1", "agreements allow")),
    ("pins.csv", "05-29,T1,P1", "06-02,T2,P2", (2, "physician", "P2", "agreements allow")),
    ("pins.csv", "30,T1,P2", "29,T1,P2", (3, "physician", "P2", "P1, as in pins.csv row 2")),
    ("pins.csv", "2023-05-29", "2023-06-12", (2, "day", "2023-06-12", "2023-06-11; the row is")),
    (
        "history.csv",
        "05-26,T2,P1",
        "05-29,T1,P3",
        (2, "physician", "P1", "P3, as in history.csv row 2"),
    ),
    ("history.csv", "05-26", "05-29", (2, "task", "T2", "a duty on 2023-05-29")),
    ("history.csv", "05-26", "07-26", (2, "day", "2023-07-26", "the row is ignored")),
    ("by_hand.csv", "05-29", "07-29", (2, "day", "2023-07-29", "the row is ignored")),
    ("requests.csv", "06-02", "08-02", (3, "day", "2023-08-02", "the row is ignored")),
    ("absences.csv", "06-06,v", "06-06,v", None),
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
    ("requests.csv", "P3,2023-05-29,avoid_task,T1", "P3,2023-05-29,avoid_task,T2", None),
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


@pytest.mark.parametrize(
    ("file", "old", "new", "said"), [case for case in CASES if case[3] is not None]
)
def test_odd_rows_are_named(
    tmp_path: Path, file: str, old: str, new: str, said: tuple[int, str, str, str]
) -> None:
    """The one new warning is at the row and field that is odd."""
    row, name, value, expected = said
    found = warnings_of(tmp_path, file, old, new)
