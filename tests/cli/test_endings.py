"""The exit codes, and what is said where something cannot be done."""

import sqlite3
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.running import MONDAYS, TOY, run, run_here, run_json, start, toy_with

PINS = "day,task,physician\n"
CLASHES = {
    "two on one duty": (
        f"{PINS}2024-04-15,guard,anna\n2024-04-15,guard,carla\n",
        "pins put two physicians on one duty: guard@2024-04-15, anna, carla",
    ),
    "no skill": (f"{PINS}2024-04-15,ward,bruno\n", "pins break skill: bruno, ward@2024-04-15"),
    "absent": (f"{PINS}2024-04-17,guard,bruno\n", "pins break absence: bruno, guard@2024-04-17"),
    "no such duty": (f"{PINS}2024-04-15,clinic,anna\n", "pin anna, clinic@2024-04-15: there is no"),
    "second week": (f"{PINS}2024-04-23,ward,bruno\n", "pins break skill: bruno, ward@2024-04-23"),
}
BAD_STATES = {
    "cut off": '{"kind": "state", "format": 1, "last_week": "2024-0',
    "empty": "",
    "no mapping": "[1, 2]",
    "another kind": '{"kind": "schedule", "format": 1}',
    "newer": '{"kind": "state", "format": 2}',
    "deep": "[" * 100_000,
    "nothing in it": '{"kind": "state", "format": 1}',
}


@pytest.mark.parametrize(("pins", "text"), CLASHES.values(), ids=CLASHES)
def test_strict_pins_that_clash_end_with_20(pins: str, text: str, tmp_path: Path) -> None:
    """Before anything is planned, each named; else they are accepted."""
    folder = toy_with(tmp_path / "toy", pins=pins)
    _, err = run_here("run", folder, "--strict-pins", cwd=tmp_path, code=20)
    assert text in err
    assert not (tmp_path / "out" / "pysched.sqlite").exists()


def test_pins_that_clash_are_accepted_and_named(tmp_path: Path) -> None:
    """Validate calls them so when asked to be strict; a run goes on with them."""
    folder = toy_with(tmp_path / "toy", pins=CLASHES["no skill"][0])
    run("validate", folder, "--strict-pins", cwd=tmp_path, code=20)
    _, err = run("run", folder, "--weeks", 1, cwd=tmp_path)
    assert "accepted" in err
    assert "skill, bruno, ward@2024-04-15" in err
    table, _ = run("check", folder, f"out/{MONDAYS[0]}/schedule.json", cwd=tmp_path)
    assert "accepted" in table


def test_strict_pins_that_do_not_clash_are_fine(tmp_path: Path) -> None:
    """They are in the schedule."""
    folder = toy_with(tmp_path / "toy", pins=f"{PINS}2024-04-15,night,anna\n")
    week = ("--week", MONDAYS[0], "--strict-pins")
    data = run_json("solve", folder, *week, cwd=tmp_path)
    night = next(row for row in data["assignments"] if row["task"] == "night")
    assert night["physician"] == "anna"


def test_a_worked_past_that_breaks_rules_is_no_clash_of_pins(tmp_path: Path) -> None:
    """It is reported and the week is planned."""
    history = f"{PINS}2024-04-15,ward,bruno\n"
    folder = toy_with(tmp_path / "toy", history=history, pins=f"{PINS}2024-04-15,night,anna\n")
    _, err = run("run", folder, "--strict-pins", "--weeks", 1, cwd=tmp_path)
    assert "skill, bruno, ward@2024-04-15" in err


def test_no_schedule_in_time_ends_with_11(tmp_path: Path) -> None:
    """A millisecond is not enough to ground Ferrara."""
    week = ("--week", "2023-05-29", "--time-limit", 0.001)
    _, err = run("solve", "ferrara", *week, cwd=tmp_path, code=11)
    assert "week of 2023-05-29: no schedule" in err


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("solve", "toy", "--week", "2030-01-01"), "2024-04-15 to 2024-04-28"),
        (("solve", "toy", "--week", "15/04/2024"), "'--week': '15/04/2024' is no day; write it as"),
        (("solve", "toy"), "--week"),
        (("run", "toy", "--from", "2024-04-29"), "2024-04-15 to 2024-04-28"),
        (("run", "toy", "--without", "memry"), "unknown rule 'memry'"),
        (
            ("run", "toy", "--time-limit", "0"),
            "above 0 and below 10,000,000",
        ),
        (("run", "toy", "--time-limit", "nan"), "nan is not a number of seconds"),
        (("run", "toy", "--time-limit", "1e9"), "1e+09 is not a number of seconds above 0"),
        (("demo", "--time-limit", "1e9"), "below 10,000,000"),
        (("run", "toy", "--threads", "9"), "--threads"),
        (("run", "toy", "--rules", "mine"), "'--rules': 'mine' is none of paper, rec"),
        (("facts", "toy"), "--week"),
        (("facts",), "FOLDER"),
        (("generate", "--physicians", "4", "x"), "--physicians"),
        (("generate", "--first-day", "2023-05-30", "x"), "Monday"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...], text: str, tmp_path: Path) -> None:
    """And says what is wrong; nothing is written."""
    _, err = run_here(*arguments, cwd=tmp_path, code=2)
    assert text in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["validate", "run", "check", "facts"])
def test_bad_scenarios_end_with_65(command: str, tmp_path: Path) -> None:
    """All that is wrong is listed, a line each."""
    folder = toy_with(
        tmp_path / "toy",
        requests="physician,day,kind,what,weight\nzoe,2024-04-20,day_off,,5\n",
        absences="physician,first_day,last_day,kind\nbruno,2024-04-31,2024-04-18,vacation\n",
    )
    more = {"check": [TOY / "by_hand.csv"], "facts": ["--week", MONDAYS[0]]}
    _, err = run(command, folder, *more.get(command, []), cwd=tmp_path, code=65)
    assert [line.split(" = ")[0] for line in err.splitlines()] == [
        "absences.csv:2: first_day",
        "requests.csv:2: physician",
    ]


def test_validate_lists_problems_as_json(tmp_path: Path) -> None:
    """On stdout, with the same exit code."""
    folder = toy_with(tmp_path / "toy", pins=f"{PINS}2024-04-15,warp,anna\n")
    data = run_json("validate", folder, cwd=tmp_path, code=65)
    assert [(row["file"], row["row"]) for row in data["problems"]] == [("pins.csv", 2)]


@pytest.mark.parametrize("text", BAD_STATES.values(), ids=BAD_STATES)
def test_bad_states_end_with_65(text: str, tmp_path: Path) -> None:
    """The file is named."""
    (tmp_path / "s.json").write_text(text)
    week = ("--week", MONDAYS[1], "--state", "s.json")
    _, err = run_here("facts", "toy", *week, cwd=tmp_path, code=65)
    assert err.startswith("s.json")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("s.csv", "day,task,physician\n2024-04-15,ward,zoe\n", "s.csv:2: physician = 'zoe'"),
        ("s.csv", "day,task\n", "s.csv:1: physician"),
        ("s.csv", "day,task,physician\n", "s.csv: file"),
        ("s.json", '{"kind": "schedule", "format": 1, "assig', "s.json:1: JSON"),
        ("s.json", "\x00\x01", "s.json:1: encoding"),
    ],
)
def test_bad_schedules_end_with_65(name: str, text: str, said: str, tmp_path: Path) -> None:
    """The file, row and field are named."""
    (tmp_path / name).write_text(text)
    _, err = run_here("check", "toy", name, cwd=tmp_path, code=65)
    assert err.startswith(said)


def test_missing_files_end_with_65(tmp_path: Path) -> None:
    """A scenario, a schedule, a state, and names that no file can have."""
    run("validate", "toi", cwd=tmp_path, code=65)
    run("check", "toy", "nosuch.csv", cwd=tmp_path, code=65)
    run("check", "toy", "x" * 5000, cwd=tmp_path, code=65)
    week = ("--week", MONDAYS[0], "--state", "nosuch.json")
    _, err = run("solve", "toy", *week, cwd=tmp_path, code=65)
    assert "nosuch.json" in err


@pytest.mark.parametrize("command", [("solve", "toy", "--week", MONDAYS[0]), ("run", "toy")])
def test_a_folder_that_cannot_be_written_ends_with_1(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    """It is named in one line."""
    (tmp_path / "out").write_text("a file stands where a folder should be")
    _, err = run(*command, cwd=tmp_path, code=1)
    assert err == "out: File exists\n"


def _other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE pysched_store (format INTEGER)")
        connection.execute("INSERT INTO pysched_store VALUES (99)")


def _no_database(path: Path) -> None:
    path.write_text("a text of more than a few letters, and no database\n" * 9)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (_other_program, "belongs to another program"),
        (_newer, "has format [99]"),
        (_no_database, "file is not a database"),
        (Path.mkdir, "unable to open database file"),
    ],
)
def test_databases_that_are_not_ours_end_with_1(make: object, text: str, tmp_path: Path) -> None:
    """They are left as they were."""
    path = tmp_path / "some.sqlite"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    _, err = run_here("run", "toy", "--db", "some.sqlite", cwd=tmp_path, code=1)
    assert text in err
    assert len(err.splitlines()) == 1
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_other_kinds_of_database_are_refused(tmp_path: Path) -> None:
    """By their URL."""
    _, err = run_here("run", "toy", "--db", "mysql://somewhere/x", cwd=tmp_path, code=1)
    assert "only sqlite:///FILE is supported" in err


def test_a_reader_that_goes_away_is_no_news(tmp_path: Path) -> None:
    """Nothing is said when stdout is closed, as by `head`."""
    process = start("validate", "ferrara", cwd=tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait() == 1


def test_a_full_disk_is_said_in_a_line(tmp_path: Path) -> None:
    """Linux has a disk that is always full."""
    with Path("/dev/full").open("w") as full:
        process = start("schema", cwd=tmp_path, stdout=full)
        assert process.stderr is not None
        assert process.stderr.read() == "No space left on device\n"
        assert process.wait() == 1


def test_the_version_is_printed(tmp_path: Path) -> None:
    """As packages have it."""
    out, _ = run_here("--version", cwd=tmp_path)
    assert out == f"pysched {version('pysched')}\n"


def test_pins_that_clash_together_are_warnings(tmp_path: Path) -> None:
    """Anna cannot have two duties at once; validate says so without being strict."""
    pins = f"{PINS}2024-04-16,ward,anna\n2024-04-16,clinic,anna\n"
    folder = toy_with(tmp_path / "toy", pins=pins)
    out, _ = run_here("validate", folder, cwd=tmp_path)
    assert "pins that together keep the rule overlap" in out


def test_a_strict_solve_names_every_pin(tmp_path: Path) -> None:
    """Those of no duty and those against a rule, in one go."""
    pins = f"{PINS}2024-04-15,clinic,anna\n2024-04-15,ward,bruno\n2024-04-17,guard,bruno\n"
    folder = toy_with(tmp_path / "toy", pins=pins)
    week = ("--week", MONDAYS[0], "--strict-pins")
    _, err = run_here("solve", folder, *week, cwd=tmp_path, code=20)
    assert [line.split(":")[0] for line in err.splitlines() if line.startswith("pin")] == [
        "pin anna, clinic@2024-04-15",
        "pins break absence",
        "pins break skill",
    ]


def test_a_schedule_of_another_scenario_is_said_in_a_line(tmp_path: Path) -> None:
    """Not row by row."""
    _, err = run_here("check", "ferrara", TOY / "by_hand.csv", cwd=tmp_path, code=65)
    said = [line for line in err.splitlines() if line.startswith("by_hand.csv")]
    assert len(said) == 1
    assert "a schedule of ferrara" in said[0]
