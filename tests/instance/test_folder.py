"""What is wrong with the folder itself or with a file as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pysched.instance import InstanceError, read_scenario
from tests.instance.builders import TEXTS, problems_of, write


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The problem holds the path as given."""
    folder = tmp_path / "nowhere"
    [problem] = problems_of(folder)
    assert (problem.file, problem.row, problem.field) == (str(folder), None, "folder")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A path to network.yaml itself is refused."""
    [problem] = problems_of(write(tmp_path, TEXTS) / "network.yaml")
    assert problem.field == "folder"
    assert "Not a directory" in problem.expected


def test_network_yaml_is_required(tmp_path: Path) -> None:
    """Nothing but CSV files is no scenario."""
    (tmp_path / "pairs.csv").write_text(TEXTS["pairs.csv"])
    [problem] = problems_of(tmp_path)
    assert (problem.file, problem.field) == ("network.yaml", "file")


def test_network_yaml_is_enough(tmp_path: Path) -> None:
    """Every CSV file is optional."""
    scenario = read_scenario(write(tmp_path, {"network.yaml": TEXTS["network.yaml"]}))
    assert (scenario.absences, scenario.pins, scenario.network.pairs) == ((), (), ())


@pytest.mark.parametrize("kind", ["folder", "broken link", "pipe"])
def test_what_is_no_file_cannot_be_read(tmp_path: Path, kind: str) -> None:
    """Reading neither fails otherwise nor waits for ever."""
    write(tmp_path, TEXTS)
    path = tmp_path / "pins.csv"
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "nowhere")
    [problem] = problems_of(tmp_path)
    assert (problem.file, problem.row, problem.field) == ("pins.csv", None, "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    """Missing rights are told from a missing file."""
    write(tmp_path, TEXTS)
    (tmp_path / "pins.csv").chmod(0)
    [problem] = problems_of(tmp_path)
    assert (problem.file, problem.expected) == ("pins.csv", "a readable file: Permission denied")


@pytest.mark.parametrize("file", ["network.yaml", "absences.csv"])
@pytest.mark.parametrize(
    ("encoding", "row", "value"),
    [("utf-16", 1, "UTF-16"), ("utf-16-be", 1, "NUL byte"), ("latin-1", 3, "byte 0xe0")],
)
def test_another_encoding_is_named(
    tmp_path: Path, file: str, encoding: str, row: int, value: str
) -> None:
    """UTF-8 is the only encoding; the first wrong byte is placed."""
    write(tmp_path, TEXTS)
    lines = TEXTS[file].splitlines()
    lines[2] += " # à"
    (tmp_path / file).write_bytes("\n".join([*lines, ""]).encode(encoding))
    [problem] = [problem for problem in problems_of(tmp_path) if problem.file == file]
    assert (problem.row, problem.field, problem.value) == (row, "encoding", value)


@pytest.mark.parametrize("file", sorted(TEXTS))
@pytest.mark.parametrize("text", ["", "\ufeff", " \r\n\n"])
def test_an_empty_file_is_an_error(tmp_path: Path, file: str, text: str) -> None:
    """A file without a header says nothing, which is not the same as saying there are no rows."""
    problems = problems_of(write(tmp_path, TEXTS | {file: text}))
    assert [(problem.file, problem.field) for problem in problems] == [(file, "file")]


def test_a_header_without_rows_is_no_error(tmp_path: Path) -> None:
    """There may be no absences."""
    scenario = read_scenario(
        write(tmp_path, TEXTS | {"absences.csv": "physician,first_day,last_day,kind\n"})
    )
    assert scenario.absences == ()


def test_the_error_says_every_problem_in_a_line(tmp_path: Path) -> None:
    """Its text is what a person reads."""
    texts = TEXTS | {"pairs.csv": "physician,other,kind\nP1,P1,like\nP1,P9,like\n"}
    with pytest.raises(InstanceError) as raised:
        read_scenario(write(tmp_path, texts))
    assert str(raised.value).splitlines() == [str(problem) for problem in raised.value.problems]
    assert str(raised.value).startswith("pairs.csv:2: other = 'P1': expected a physician other")
