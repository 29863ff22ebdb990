"""Reading and writing the competition's files."""

from pathlib import Path

import pytest

from benchmarks.inrc2.model import Past, Range
from benchmarks.inrc2.read import read_instance, read_schedule
from benchmarks.inrc2.write import write_schedule

from .cases import NAME, read_case, row, write_case


def test_an_instance_is_read(tmp_path: Path) -> None:
    """Scenario, history and weeks come as they are written."""
    instance = read_case(tmp_path)
    scenario = instance.scenario
    assert scenario.shifts == {"Early": Range(2, 5), "Night": Range(2, 3)}
    assert scenario.forbidden == {("Night", "Early")}
    assert scenario.nurses["Ann"].skills == ("Head", "Aid")
    assert scenario.contract("Cy").off == Range(2, 4)
    assert [scenario.contract(nurse).whole_weekends for nurse in ("Ann", "Cy")] == [True, False]
    assert instance.history["Cy"] == Past(0, 0, "Night", 2, 3, 0)
    assert instance.weeks[0].demand["Early", "Head", 2] == Range(0, 1)
    assert instance.weeks[1].wishes == {("Ann", "Any", 2), ("Bea", "Night", 5)}


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("Sc-n003w2", "Night 1 Early", "Night 1 Late", "line 15: 'Late' is not known"),
        ("Sc-n003w2", "WEEKS = 2", "WEEKS = two", "line 3: .*'two'"),
        ("Sc-n003w2", "(6,10)", "(10,6)", "line 18: .*'\\(10,6\\)'"),
        ("Sc-n003w2", "Bea Full 1 Aid", "Bea Full 2 Aid", "line 23: expected 2 skills"),
        ("H0-n003w2-0", "Bea 0", "Bob 0", "line 6: 'Bob' is not known"),
        ("H0-n003w2-0", "Cy 0 0 Night 2 3 0", "", "ends where"),
        ("H0-n003w2-0", "Cy 0", "Ann 0", "no history of Cy"),
        ("WD-n003w2-1", "Bea Night Fri", "Bea Night Fry", "line 12: 'Fry' is not known"),
        ("WD-n003w2-1", "REQUIREMENTS", "DEMAND", "line 4: expected 'REQUIREMENTS'"),
        ("WD-n003w2-1", "n003w2", "n005w2", "line 2: .*'n005w2'"),
    ],
)
def test_an_error_names_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    """One wrong word in each kind of file."""
    path = write_case(tmp_path) / "n003w2" / f"{file}.txt"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ValueError, match=f"{file}.txt.*{message}"):
        read_instance(tmp_path, NAME)


@pytest.mark.parametrize("name", ["n003w2", "n003w2_0_0", "n003w2_5_0-1"])
def test_a_name_without_its_files_is_refused(tmp_path: Path, name: str) -> None:
    """No form, too few weeks, no such history."""
    with pytest.raises(ValueError, match="n003w2"):
        read_instance(write_case(tmp_path), name)


def test_a_schedule_is_read_as_it_was_written(tmp_path: Path) -> None:
    """In the format of the competition's solution files."""
    scenario = read_case(tmp_path).scenario
    schedule = tuple(sorted([*row("Ann", "EE-----"), *row("Cy", "-----NN")]))
    file = tmp_path / "Sol.txt"
    write_schedule(file, scenario.name, 1, schedule)
    assert read_schedule(file, scenario) == schedule
    assert file.read_text().splitlines()[:5] == [
        "SOLUTION",
        "1 n003w2",
        "",
        "ASSIGNMENTS = 4",
        "Ann Mon Early Aid",
    ]
