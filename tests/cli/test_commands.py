"""The commands on the toy scenario: what they print, write and return."""

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.table import Table
from typer.main import get_command

from pysched.cli.main import commands
from pysched.cli.printing import print_table
from pysched.solver.program import asp_folder
from tests.cli.running import FILES, MONDAYS, ROOT, TOY, run, run_here, run_json, toy_with

COMMANDS = ("demo", "validate", "solve", "run", "check", "facts", "generate", "schema")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which both weeks of the toy scenario were run."""
    folder = tmp_path_factory.mktemp("toy")
    (folder / "table.txt").write_text(run("run", "toy", cwd=folder)[0])
    return folder


def test_a_run_prints_a_line_a_week_and_a_summary(done: Path) -> None:
    """Each with its check; then the tables by level and rule, and what to do next."""
    table = (done / "table.txt").read_text()
    lines = table.splitlines()
    assert [line[:10] for line in lines if line.endswith("  ok")] == list(MONDAYS)
    assert "Cost by rule" in table
    assert lines[-1] == "next: pysched check toy out/2024-04-15/schedule.json"


def test_the_lines_of_weeks_fit_a_narrow_terminal(done: Path) -> None:
    """They are at most 100 characters long."""
    assert max(map(len, (done / "table.txt").read_text().splitlines()[:5])) <= 100


def test_a_run_writes_all_files(done: Path) -> None:
    """Those of each week, nothing temporary among them, the database and what is of all weeks."""
    out = done / "out"
    of_all = {"pysched.sqlite", "toy.svg", "horizon.html", "calendars", "as-is-to-be.html"}
    assert {path.name for path in out.iterdir()} == {*MONDAYS, *of_all}
    assert [{path.name for path in (out / day).iterdir()} for day in MONDAYS] == [FILES, FILES]


def test_a_week_hands_its_state_to_the_next(done: Path) -> None:
    """The next state of the first week is the state of the second."""
    first, second = (done / "out" / day for day in MONDAYS)
    assert (first / "next_state.json").read_text() == (second / "state.json").read_text()


def test_the_csv_lists_every_duty_in_local_time(done: Path) -> None:
    """Toy has 16 duties in its first week, all of them covered; a night ends on the next day."""
    with (done / "out" / MONDAYS[0] / "schedule.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 16
    night = next(row for row in rows if row["task"] == "night")
    assert (night["day"], night["start"], night["end"]) == ("2024-04-15", "20:00", "08:00")


def test_open_duties_stand_at_the_end_of_the_csv(tmp_path: Path) -> None:
    """Nobody has the skill for the clinic here: both its duties have no physician."""
    folder = toy_with(tmp_path / "toy")
    (folder / "absences.csv").unlink()
    network = folder / "network.yaml"
    network.write_text(network.read_text().replace("night, clinic]", "night]"))
    data = run_json("solve", folder, "--week", MONDAYS[0], "--time-limit", 5, cwd=tmp_path)
    assert data["uncovered"]["other"] == 2
    rows = (tmp_path / "out" / MONDAYS[0] / "schedule.csv").read_text().splitlines()
    open_rows = [row for row in rows if row.endswith(",")]
    assert [row.split(",")[4] for row in open_rows] == ["clinic", "clinic"]
    assert rows[-2:] == open_rows


def test_the_json_says_how_a_schedule_came_about(done: Path) -> None:
    """Cost with its culprits, levels with bound and gap, seed, versions, digest and rules."""
    data = json.loads((done / "out" / MONDAYS[0] / "schedule.json").read_text())
    assert [row["level"] for row in data["levels"]] == [6, 5, 4, 3, 2, 1]
    totals = dict.fromkeys((row["level"] for row in data["levels"]), 0)
    for row in data["costs"]:
        totals[row["level"]] += row["units"] * row["weight"]
    assert totals == {row["level"]: row["cost"] for row in data["levels"]}
    assert data["search"]["seed"] == 1
    assert {"pysched", "clingo", "python"} <= data["search"]["versions"].keys()
    assert len(data["search"]["digest"]) == 64
    assert (data["rules"], data["without"]) == ("recommended", [])


@pytest.mark.parametrize("name", ["schedule.json", "schedule.csv"])
def test_what_was_written_passes_the_check(done: Path, name: str) -> None:
    """From both files, with the state beside them, at the cost that was found."""
    for day in MONDAYS:
        report = run_json("check", "toy", done / "out" / day / name, cwd=done)
        recorded = json.loads((done / "out" / day / "schedule.json").read_text())["levels"]
        assert report["ok"]
        assert report["weeks"][0]["cost"] == {str(row["level"]): row["cost"] for row in recorded}


def test_a_broken_schedule_fails_the_check(done: Path) -> None:
    """Bruno has no skill for the ward and is away on Tuesday."""
    text = (done / "out" / MONDAYS[0] / "schedule.csv").read_text()
    rows = [
        row.rpartition(",")[0] + ",bruno" if row.startswith("2024-04-16,08:00") else row
        for row in text.splitlines()
    ]
    broken = done / "broken.csv"
    broken.write_text("\n".join(rows) + "\n")
    report = run_json("check", "toy", broken, cwd=done, code=1)
    breaches = {(row["rule"], row["culprit"]) for row in report["weeks"][0]["breaches"]}
    assert {rule for rule, _ in breaches} >= {"skill", "absence"}
    assert ("skill", "bruno, ward@2024-04-16") in breaches
    table, _ = run("check", "toy", broken, cwd=done, code=1)
    assert "bruno, ward@2024-04-16" in table


def test_a_check_says_where_a_file_states_another_cost(done: Path, tmp_path: Path) -> None:
    """And ends with 1, as it is not the schedule that was planned, or from another state."""
    week = shutil.copytree(done / "out" / MONDAYS[0], tmp_path / "week")
    data = json.loads((week / "schedule.json").read_text())
    cost = data["levels"][3]["cost"]
    data["levels"][3]["cost"] = cost + 7
    (week / "schedule.json").write_text(json.dumps(data))
    _, err = run("check", "toy", week / "schedule.json", cwd=tmp_path, code=1)
    said, hint = err.splitlines()
    assert said == f"the file says level 3 costs {cost + 7}, recomputed {cost}"
    assert hint == "a week planned with a bank costs what that knew: the same with --bank URL"


def test_a_check_names_open_duties(tmp_path: Path) -> None:
    """The first ten; toy has 16 in its first week, and one of them is filled here."""
    (tmp_path / "s.csv").write_text("day,task,physician\n2024-04-15,night,anna\n")
    out, _ = run_here("check", "toy", "s.csv", cwd=tmp_path)
    (line,) = [line for line in out.splitlines() if line.startswith("open duties: 15 of 16: ")]
    assert line.count("@") == 10
    assert line.endswith(", and 5 more")
    assert "night@2024-04-15" not in line


def test_a_schedule_by_hand_is_checked_week_by_week(tmp_path: Path) -> None:
    """The README of toy has both weeks; the second is judged from the state of the first."""
    report = run_json("check", "toy", TOY / "by_hand.csv", cwd=tmp_path)
    assert [week["monday"] for week in report["weeks"]] == list(MONDAYS)
    assert report["ok"]
    assert any(row.startswith("memory/") for row in report["weeks"][1]["by_rule"])


def test_a_week_is_solved_from_a_state_that_was_written(done: Path, tmp_path: Path) -> None:
    """It costs what the same week cost in the run, where it was proven optimal."""
    state = done / "out" / MONDAYS[0] / "next_state.json"
    week = ("--week", "2024-04-28", "--time-limit", 20)
    data = run_json("solve", "toy", *week, "--state", state, cwd=tmp_path)
    rolled = json.loads((done / "out" / MONDAYS[1] / "schedule.json").read_text())
    assert (data["monday"], data["search"]["status"]) == (MONDAYS[1], "optimal")
    assert [row["cost"] for row in data["levels"]] == [row["cost"] for row in rolled["levels"]]


def test_a_state_that_is_hinted_at_is_there(done: Path, tmp_path: Path) -> None:
    """A run left it in the usual place; elsewhere no file is named."""
    said = {}
    for folder in (done, tmp_path):
        _, err = run_here("facts", "toy", "--week", MONDAYS[1], cwd=folder)
        said[folder] = err.rpartition("--state ")[2].strip()
    assert said == {done: f"out/{MONDAYS[0]}/next_state.json", tmp_path: "FILE"}


def test_rules_can_be_switched_off_and_profiles_chosen(tmp_path: Path) -> None:
    """They name themselves in what is written, and the check goes by them."""
    options = ("--week", MONDAYS[0], "--rules", "paper", "--without", "rotation, memory")
    data = run_json("solve", "toy", *options, cwd=tmp_path)
    assert (data["rules"], data["without"]) == ("paper", ["memory", "rotation"])
    assert {"rotation", "hours_spread", "team"} & data["by_rule"].keys() == set()
    _, err = run("check", "toy", f"out/{MONDAYS[0]}/schedule.json", cwd=tmp_path)
    assert err == ""


def test_the_weighted_profile_prints_three_levels(tmp_path: Path) -> None:
    """Coverage, service and the sum of the others."""
    data = run_json("run", "toy", "--rules", "weighted", "--weeks", 1, cwd=tmp_path)
    levels = [row["level"] for row in data["weeks"][0]["levels"]]
    assert levels == [6, 5, 1]


def test_plain_clingo_solves_the_facts(tmp_path: Path) -> None:
    """With the encodings where `--encodings` says they are."""
    clingo = Path(shutil.which("clingo") or ROOT / "no clingo here")
    facts, _ = run("facts", "toy", "--week", "2024-04-17", cwd=tmp_path)
    (tmp_path / "facts.lp").write_text(facts)
    place = run("facts", "--encodings", cwd=tmp_path)[0].strip()
    assert Path(place) == asp_folder()
    if clingo.is_file():
        program = [str(clingo), f"{place}/week.lp", "facts.lp", "--outf=2", "--opt-strategy=usc"]
        solved = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
        answer = json.loads(solved.stdout)
        assert answer["Result"] == "OPTIMUM FOUND"


def test_validate_sums_a_scenario_up(tmp_path: Path) -> None:
    """Toy has two weeks and no oddities; Ferrara has three tasks for one physician each."""
    toy = run_json("validate", "toy", cwd=tmp_path)
    assert (toy["ok"], toy["warnings"]) == (True, [])
    assert (toy["summary"]["weeks"], toy["summary"]["duties"]) == (2, 31)
    table, _ = run("validate", "ferrara", cwd=tmp_path)
    assert "warning: requests.csv:7: what = 'T31'" in table
    assert "3: T21, T26, T35" in table


def test_a_generated_scenario_is_valid(tmp_path: Path) -> None:
    """It is compared with Ferrara; the same seed writes the same files; nothing is overwritten."""
    options = ("--physicians", 5, "--weeks", 2, "--seed", 3)
    rows = run_json("generate", *options, "one", cwd=tmp_path)
    assert {"name": "physicians", "value": 5, "reference": 14} in rows
    run("generate", *options, "two", cwd=tmp_path)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    assert run_json("validate", "one", cwd=tmp_path)["summary"]["physicians"] == 5
    run("generate", "--physicians", 6, "one", cwd=tmp_path, code=2)


def test_the_schema_is_a_json_schema(tmp_path: Path) -> None:
    """Of the sections of network.yaml."""
    schema = json.loads(run("schema", cwd=tmp_path)[0])
    assert {"tasks", "physicians", "skills"} <= schema["properties"].keys()


def test_the_demo_plans_ferrara(tmp_path: Path) -> None:
    """Here its first week only, for a second."""
    out, _ = run("demo", "--weeks", 1, "--time-limit", 2, cwd=tmp_path)
    line = next(line for line in out.splitlines() if line.startswith("2023-05-29"))
    assert line.endswith("  ok")
    assert (tmp_path / "out" / "ferrara.svg").is_file()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str, tmp_path: Path) -> None:
    """And is there for every command."""
    out, _ = run_here(command, "--help", cwd=tmp_path)
    assert f"Example: pysched {command}" in out


def test_the_title_of_a_narrow_table_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """It is not wrapped to the width of the table."""
    title = "Reconciliation of the week of 2024-04-15, signed by Dr. Rossi"
    table = Table("a", title=title)
    print_table(table)
    assert capsys.readouterr().out.splitlines()[:2] == [title, "┏━━━┓"]
    assert table.title == title


def commands_of(command: Any, name: str = "pysched") -> Iterator[tuple[str, str]]:
    """Yield the name and the help of each command and of those within it."""
    yield name, command.help
    for within, one in getattr(command, "commands", {}).items():
        yield from commands_of(one, f"{name} {within}")


ALL_COMMANDS = dict(commands_of(get_command(commands)))


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_the_help_of_a_command_is_for_who_uses_it(name: str) -> None:
    """It names no errors of the code; each that does something has an example."""
    text = ALL_COMMANDS[name]
    assert re.findall(r"\b(?:Args|Raises|Returns|Yields):", text) == []
    is_group = any(other.startswith(f"{name} ") for other in ALL_COMMANDS)
    assert is_group or f"Example: {name} " in text
