"""Schedules read from CSV and JSON, and refused with file, row and field when wrong."""

from datetime import date
from pathlib import Path

import pytest

from pysched.instance import InstanceError, find_scenario, read_scenario
from pysched.instance.schedule_file import ScheduleRecord, read_schedule_file
from pysched.model import Assignment

NETWORK = read_scenario(find_scenario("toy")).network
HEADER = "day,start,end,hospital,task,physician\n"
RECORD = """{"kind": "schedule", "format": 1, "scenario": "toy", "monday": "2024-04-15",
"rules": "recommended", "without": [],
"levels": [{"level": 6, "name": "coverage", "cost": 2, "bound": 1, "forced": 0, "gap": 0.5,
    "proven_seconds": null}],
"by_rule": {"coverage": 2}, "uncovered": {"essential": 2, "other": 0}, "accepted": [],
"search": {"status": "feasible", "seconds": 1.5, "first_seconds": null, "interrupted": false,
    "seed": 1, "threads": 2, "time_limit_seconds": 8.0, "conflict_limit": null,
    "versions": {"pysched": "0.1.0"}, "digest": "ab"},
"assignments": [{"day": "2024-04-15", "start": "20:00", "end": "08:00", "hospital": "city",
    "task": "night", "physician": "anna"}],
"open_duties": [{"day": "2024-04-16", "task": "ward", "physician": ""}],
"costs": [{"rule": "coverage", "grade": "essential", "culprit": "ward@2024-04-16", "units": 2,
    "weight": 1, "level": 6}]}"""


def problems_of(folder: Path, name: str, text: str) -> list[str]:
    """Return what is wrong with a file."""
    (folder / name).write_text(text)
    with pytest.raises(InstanceError) as error:
        read_schedule_file(folder / name, NETWORK)
    return [str(problem) for problem in error.value.problems]


def test_a_csv_needs_three_columns_and_may_hold_weeks(tmp_path: Path) -> None:
    """Open duties have no physician; days are read as spreadsheets write them."""
    path = tmp_path / "s.csv"
    path.write_text(
        "day;task;physician\n22/04/2024;ward;dario\n16/04/2024;ward;carla\n17/04/2024;guard;\n"
    )
    found = read_schedule_file(path, NETWORK)
    assert [str(schedule.monday) for schedule in found.schedules] == ["2024-04-15", "2024-04-22"]
    ward = Assignment(date(2024, 4, 16), "ward", "carla")
    assert found.schedules[0].assignments == {ward}
    assert found.record is None


def test_a_json_comes_back_as_it_was(tmp_path: Path) -> None:
    """With all it says besides the assignments."""
    path = tmp_path / "s.json"
    path.write_text(RECORD)
    record = read_schedule_file(path, NETWORK).record
    assert record is not None
    path.write_text(record.to_json())
    again = read_schedule_file(path, NETWORK)
    assert again.record == record
    assert isinstance(again.record, ScheduleRecord)
    assert again.record.cost == {6: 2}
    night = Assignment(date(2024, 4, 15), "night", "anna")
    assert again.schedules[0].assignments == {night}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2024-04-15,20:00,08:00,city,night,zoe", "'zoe': expected a known physician"),
        ("2024-04-15,20:00,08:00,city,nights,anna", "task = 'nights'"),
        (
            "2024-04-15,19:00,08:00,city,night,anna",
            "start = '19:00': expected 20:00, as night",
        ),
        (
            "2024-04-15,20:00,09:00,city,night,anna",
            "end = '09:00': expected 08:00, as night",
        ),
        (
            "2024-04-15,20:00,08:00,hill,night,anna",
            "hospital = 'hill': expected city, as",
        ),
        ("2024-04-15,8pm,08:00,city,night,anna", "start = '8pm': expected a clock time as HH:MM"),
        ("2024-04-31,20:00,08:00,city,night,anna", "day = '2024-04-31'"),
        ("2024-04-15,20:00,08:00,city,night", "row = '5 cells'"),
    ],
)
def test_wrong_rows_are_named(row: str, said: str, tmp_path: Path) -> None:
    """By line and field; two wrong rows are two problems."""
    good = "2024-04-16,08:00,11:00,city,ward,carla\n"
    (problem,) = problems_of(tmp_path, "s.csv", f"{HEADER}{good}{row}\n")
    assert problem.startswith("s.csv:3: ")
    assert said in problem
    both = problems_of(tmp_path, "s.csv", f"{HEADER}{row}\n2024-04-16,,,,ward,nobody\n")
    assert [line.split(": ")[0] for line in both] == ["s.csv:2", "s.csv:3"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"monday": "2024-04-15"',
            '"monday": "2024-04-16"',
            "'2024-04-16': expected a Monday",
        ),
        ('[{"day": "2024-04-15"', '[{"day": "2024-04-22"', "a day of the week of 2024-04-15"),
        ('"physician": "anna"', '"physician": ""', "assignments.0.physician"),
        ('"physician": "anna"', '"physician": "zoe"', "assignments.0.physician = 'zoe'"),
        ('"start": "20:00"', '"start": "21:00"', "assignments.0.start = '21:00'"),
        ('"recommended"', '"mine"', "rules = 'mine'"),
        ('"cost": 2', '"cost": "much"', "levels.0.cost = 'much'"),
        ('"gap": 0.5', '"gap": NaN', "levels.0.gap = 'NaN'"),
        ('"without": [],', "", "without"),
    ],
)
def test_wrong_json_is_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    """By the path of the field."""
    assert old in RECORD
    problems = problems_of(tmp_path, "s.json", RECORD.replace(old, new, 1))
    assert any(said in problem for problem in problems)
