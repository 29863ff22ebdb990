"""Files of a week: whole or not at all, and left alone where they are right."""

import csv
from pathlib import Path

import pytest

from pysched.instance import find_scenario, read_scenario
from pysched.instance.book import export_book
from pysched.instance.records import state_from_json
from pysched.instance.schedule_file import read_schedule_file
from pysched.report import write_text, write_week
from tests.report.weeks import FIRST, SCENARIO, WEEKS


def test_a_week_has_four_files_that_can_be_read_back(tmp_path: Path) -> None:
    """Both schedules are the same, the states are those before and after."""
    place = write_week(tmp_path, FIRST.record, FIRST.before, FIRST.after)
    network = SCENARIO.network
    from_json, from_csv = (
        read_schedule_file(place / f"schedule.{kind}", network) for kind in ("json", "csv")
    )
    assert from_json.schedules == from_csv.schedules == (FIRST.record.schedule,)
    assert from_json.record == FIRST.record
    states = [
        state_from_json((place / name).read_text(), name, network)
        for name in ("state.json", "next_state.json")
    ]
    assert states == [FIRST.before, FIRST.after]


def test_the_csv_goes_by_time(tmp_path: Path) -> None:
    """As the duties of the week do."""
    place = write_week(tmp_path, FIRST.record, FIRST.before, FIRST.after)
    with (place / "schedule.csv").open(newline="") as file:
        rows = [(row["task"], row["day"]) for row in csv.DictReader(file)]
    assert rows == [(duty.task, str(duty.day)) for duty in WEEKS[0].duties]


def test_files_that_are_right_are_left_alone(tmp_path: Path) -> None:
    """Others are replaced, and nothing temporary stays."""
    place = write_week(tmp_path, FIRST.record, FIRST.before, FIRST.after)
    before = {path: path.stat().st_mtime_ns for path in place.iterdir()}
    (place / "schedule.csv").write_text("half")
    write_week(tmp_path, FIRST.record, FIRST.before, FIRST.after)
    changed = [path.name for path, time in before.items() if path.stat().st_mtime_ns != time]
    assert changed == ["schedule.csv"]
    assert len(list(place.iterdir())) == 4


def test_a_write_that_fails_names_the_file(tmp_path: Path) -> None:
    """Not the one beside it, of which nobody knows; workbooks and scenarios as well."""
    toy = read_scenario(find_scenario("toy"))
    for write in (write_text, lambda path, _: export_book(toy, path)):
        with pytest.raises(FileNotFoundError) as error:
            write(tmp_path / "nowhere" / "x.xlsx", "text")
        assert error.value.filename == str(tmp_path / "nowhere" / "x.xlsx")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """Here the new one cannot be moved into the place of a folder."""
    place = tmp_path / "file"
    place.mkdir()
    with pytest.raises(OSError, match="file"):
        write_text(place, "text")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
