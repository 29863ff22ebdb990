"""Each kind of mistake in a CSV file is named with its row, field and value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.instance.builders import TEXTS, bent, problems_of, write

# File, what is replaced by what; then row, field, value and a part of what was expected.
CASES = [
    ("absences.csv", "first_day,", "", (1, "first_day", "", "required")),
    ("absences.csv", ",kind", ",kind,kinds", (1, "kinds", "kinds", "mean 'kind'")),
    ("absences.csv", ",kind", ",kind,", (1, "column 5", "", "one of the columns")),
    ("absences.csv", ",kind", ",kind,kind", (1, "kind", "kind", "each column once")),
    ("absences.csv", ",vacation", "", (2, "row", "3 cells", "4 cells")),
    ("absences.csv", ",vacation", ",vacation,", (2, "row", "5 cells", "4 cells")),
    ("absences.csv", "vacation", '"vacation', (2, "row", "", "quotes are closed")),
    ("absences.csv", "vacation", '"vac" ation', (2, "row", "", "quotes are closed")),
    ("absences.csv", "vacation", "", (2, "kind", "", "1 to 200 characters")),
    ("absences.csv", "P1,2023-06-05", "P9,2023-06-05", (2, "physician", "P9", "a known phys")),
    ("absences.csv", "P1,2023-06-05", "p1,2023-06-05", (2, "physician", "p1", "mean 'P1'")),
    ("absences.csv", "2023-06-06", "2023-02-30", (2, "last_day", "2023-02-30", "calendar has")),
    ("absences.csv", "2023-06-06", "2023-6-6", (2, "last_day", "2023-6-6", "YYYY-MM-DD")),
    ("absences.csv", "2023-06-06", "6 June", (2, "last_day", "6 June", "YYYY-MM-DD")),
    ("absences.csv", "2023-06-06", "05/06/2023", (2, "last_day", "05/06/2023", "mistaken")),
    ("absences.csv", "2023-06-06", "06/31/2023", (2, "last_day", "06/31/2023", "mistaken")),
    ("absences.csv", "2023-06-06", "31/06/2023", (2, "last_day", "31/06/2023", "mistaken")),
    ("absences.csv", "2023-06-06", "0001-06-06", (2, "last_day", "0001-06-06", "a year from")),
    ("absences.csv", "2023-06-06", "2023-06-04", (2, "last_day", "2023-06-04", "not before")),
    ("absences.csv", "2023-06-08", "2023-06-06", (3, "first_day", "2023-06-06", "P1 in row 2")),
    ("closures.csv", "T2", "T9", (2, "task", "T9", "a known task")),
    ("closures.csv", "06-09", "05-01", (2, "last_day", "2023-05-01", "not before")),
    (
        "closures.csv",
        "works\n",
        "works\nT2,2023-06-08,2023-06-09,paint\n",
        (3, "row", "2023-06-08,2023-06-09,T2,paint", "row 2"),
    ),
    ("requests.csv", "day_off,,5", "day_of,,5", (2, "kind", "day_of", "mean 'day_off'")),
    ("requests.csv", "day_off,,5", "day_off,T1,5", (2, "what", "T1", "nothing")),
    ("requests.csv", "day_off,,5", "day_off,,0", (2, "weight", "0", "from 1 to 100")),
    ("requests.csv", "day_off,,5", "day_off,,101", (2, "weight", "101", "from 1 to 100")),
    ("requests.csv", "day_off,,5", "day_off,,5.0", (2, "weight", "5.0", "a whole number")),
    ("requests.csv", "day_off,,5", "day_off,,nan", (2, "weight", "nan", "a whole number")),
    ("requests.csv", "day_off,,5", "day_off,,\u0665", (2, "weight", "\u0665", "a whole number")),
    ("requests.csv", "off,night", "off,evening", (3, "what", "evening", "morning, afternoon")),
    ("requests.csv", "task,T1", "task,", (4, "what", "", "a known task")),
    ("requests.csv", "task,T1", "task,T11", (4, "what", "T11", "a known task; did you mean")),
    (
        "requests.csv",
        "P2,2023-06-02",
        "P2,2023-06-01,day_off,,7\nP2,2023-06-02",
        (3, "row", "P2,2023-06-01,day_off,,7", "not yet said in row 2"),
    ),
    ("pins.csv", "05-29,T1,P1", "05-29,T4,P1", (2, "task", "T4", "a known task")),
    ("pins.csv", "05-29,T1,P1", "05-29,T1,P4", (2, "physician", "P4", "a known physician")),
    (
        "pins.csv",
        "2023-05-30,T1,P2",
        "2023-05-29,T1,P1",
        (3, "row", "2023-05-29,T1,P1", "no row twice; see row 2"),
    ),
    (
        "pins.csv",
        "2023-05-30,T1,P2",
        "29/05/2023,T1,P1",
        (3, "row", "2023-05-29,T1,P1", "not yet said in row 2"),
    ),
    ("history.csv", "2023-05-26", "", (2, "day", "", "YYYY-MM-DD")),
    ("by_hand.csv", "2023-05-29", "-2023-05-29", (2, "day", "-2023-05-29", "YYYY-MM-DD")),
    ("agreements.csv", "free_weekday", "free_day", (2, "kind", "free_day", "'free_weekday'")),
    ("agreements.csv", "weekday,fri", "weekday,ven", (2, "value", "ven", "one of mon")),
    ("agreements.csv", "weekday,fri", "weekday,", (2, "value", "", "one of mon")),
    ("agreements.csv", "no_nights,", "no_nights,3", (3, "value", "3", "nothing")),
    ("agreements.csv", "ward:3", "ward", (4, "value", "ward", "CATEGORY:N")),
    ("agreements.csv", "ward:3", "ward:-1", (4, "value", "ward:-1", "CATEGORY:N")),
    ("agreements.csv", "ward:3", "ward:9999999999", (4, "value", "ward:9999999999", "0 to 50")),
    ("agreements.csv", "ward:3", "wart:3", (4, "value", "wart", "mean 'ward'")),
    ("agreements.csv", "hospital,cento", "hospital,rome", (5, "value", "rome", "known hospital")),
    (
        "agreements.csv",
        "P3,not_at_hospital,cento",
        "P2,max_per_week,ward:4",
        (5, "row", "P2,max_per_week,ward:4", "row 4"),
    ),
    ("suitability.csv", "T1,0", "T1,-1", (2, "suitability", "-1", "from 0 to 100")),
    ("suitability.csv", "T1,100", "T1,101", (3, "suitability", "101", "from 0 to 100")),
    ("suitability.csv", "T1,100", "T1,inf", (3, "suitability", "inf", "from 0 to 100")),
    ("suitability.csv", "P2,T1,100", "P1,T1,99", (3, "row", "P1,T1,99", "row 2")),
    ("pairs.csv", "P1,P2", "P1,P1", (2, "other", "P1", "other than in the column")),
    ("pairs.csv", "avoid", "hate", (2, "kind", "hate", "like, avoid")),
    ("pairs.csv", "P1,P3,like", "P2,P1,like", (3, "row", "P2,P1,like", "row 2")),
    ("geography.csv", "T1,T3", "T1,T1", (2, "then_task", "T1", "other than in the column")),
    ("geography.csv", "far\n", "far\nT3,T1,\n", (3, "row", "T3,T1,", "row 2")),
    ("pairs.csv", "avoid", "av\x00id", (2, "encoding", "NUL byte", "UTF-8")),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), CASES)
def test_mistake_is_named(
    tmp_path: Path, file: str, old: str, new: str, said: tuple[int, str, str, str]
) -> None:
    """The one problem is at the row and field of the mistake, with its value."""
    row, name, value, expected = said
    [problem] = problems_of(write(tmp_path, bent(file, old, new)))
    assert (file, row, name, value) == (problem.file, problem.row, problem.field, problem.value)
    assert expected in problem.expected


def test_mistakes_of_all_files_are_listed_at_once(tmp_path: Path) -> None:
    """Rows are checked even if network.yaml or another row is wrong."""
    texts = dict(TEXTS)
    for file, old, new in [
        ("network.yaml", "weekly_hours: 38", "weekly_hours: many"),
        ("absences.csv", "P1,2023-06-05,2023-06-06", "P9,2023-02-30,soon"),
        ("pairs.csv", "avoid", "hate"),
        ("suitability.csv", "suitability", "points"),
    ]:
        texts[file] = texts[file].replace(old, new, 1)
    found = {
        (problem.file, problem.row, problem.field)
        for problem in problems_of(write(tmp_path, texts))
    }
    assert found == {
        ("network.yaml", 32, "physicians.P1.weekly_hours"),
        ("absences.csv", 2, "physician"),
        ("absences.csv", 2, "first_day"),
        ("absences.csv", 2, "last_day"),
        ("pairs.csv", 2, "kind"),
        ("suitability.csv", 1, "points"),
        ("suitability.csv", 1, "suitability"),
    }


def test_names_are_not_checked_against_a_network_that_cannot_be_read(tmp_path: Path) -> None:
    """A syntax error in network.yaml does not make every physician unknown."""
    texts = bent("network.yaml", "name: small", "name: 'small") | {"pairs.csv": "physician\n"}
    files = {problem.file for problem in problems_of(write(tmp_path, texts))}
    assert files == {"network.yaml", "pairs.csv"}
