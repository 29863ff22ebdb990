"""Runs that are killed, repeated, or started twice: every week once, each from the one before."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from pysched.instance.records import state_to_json
from pysched.model import State
from pysched.report.horizon_files import refuse_other_runs
from tests.cli.running import FILES, MONDAYS, run, run_here, run_json, start, stored_weeks, toy_with

WEEKS = 4


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a generated scenario of a few weeks that search takes its time for."""
    folder = tmp_path_factory.mktemp("generated")
    run("generate", "--physicians", 6, "--weeks", WEEKS, "--seed", 2, "small", cwd=folder)
    return folder / "small"


def check_out(out: Path, mondays: int) -> None:
    """Check that each week was settled once from the one before, and has its files."""
    rows = stored_weeks(out / "pysched.sqlite")
    assert len({row[0] for row in rows}) == len(rows) == mondays
    state = state_to_json(State())
    for monday, before, schedule, after in rows:
        assert before == state
        place = out / monday
        assert {path.name for path in place.iterdir() if path.suffix != ".tmp"} == FILES
        assert (place / "state.json").read_text() == before
        assert (place / "schedule.json").read_text() == schedule
        assert (place / "next_state.json").read_text() == after
        state = after


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_run_goes_on_where_it_stopped(seed: int, small: Path, tmp_path: Path) -> None:
    """Killed at any moment, again and again; weeks once settled stay as they are."""
    rng = random.Random(seed)
    command = ("run", small, "--time-limit", 0.7)
    settled: list[tuple[str, str, str, str]] = []
    for _ in range(3):
        process = start(*command, cwd=tmp_path)
        time.sleep(rng.uniform(1.0, 2.8))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        rows = stored_weeks(tmp_path / "out" / "pysched.sqlite")
        assert rows[: len(settled)] == settled
        settled = rows
    data = run_json(*command, cwd=tmp_path)
    assert [week["from_database"] for week in data["weeks"]] == [True] * len(settled) + [False] * (
        WEEKS - len(settled)
    )
    assert stored_weeks(tmp_path / "out" / "pysched.sqlite")[: len(settled)] == settled
    check_out(tmp_path / "out", WEEKS)


def files_of_weeks(out: Path) -> dict[Path, bytes]:
    """Return the files in the folders of weeks, reports included."""
    return {path: path.read_bytes() for path in out.glob("*/**/*") if path.is_file()}


def test_files_are_written_again_from_the_database(tmp_path: Path) -> None:
    """Where they are missing or half there; a finished run plans nothing."""
    run("run", "toy", cwd=tmp_path)
    out = tmp_path / "out"
    before = files_of_weeks(out)
    (out / MONDAYS[0] / "schedule.csv").unlink()
    half = out / MONDAYS[1] / "schedule.json"
    half.write_bytes(half.read_bytes()[:500])
    data = run_json("run", "toy", cwd=tmp_path)
    assert all(week["from_database"] for week in data["weeks"])
    assert files_of_weeks(out) == before


def test_a_longer_run_goes_on_from_a_shorter_one(tmp_path: Path) -> None:
    """How many weeks are asked for makes no other run."""
    run("run", "toy", "--weeks", 1, cwd=tmp_path)
    out, err = run("run", "toy", "--format", "json", cwd=tmp_path)
    assert [week["from_database"] for week in json.loads(out)["weeks"]] == [True, False]
    assert "from another run" not in err
    check_out(tmp_path / "out", 2)


def test_a_run_does_not_write_over_one_of_another_scenario(tmp_path: Path) -> None:
    """Its pages would be lost; a single week of another scenario is no hindrance."""
    run("run", "toy", "--weeks", 1, cwd=tmp_path)
    _, err = run_here("run", "ferrara", cwd=tmp_path, code=2)
    told = " ".join(err.replace("│", " ").split())
    assert "out holds a run of toy, whose pages one of ferrara would replace" in told
    (tmp_path / "other" / MONDAYS[0]).mkdir(parents=True)
    week = tmp_path / "out" / MONDAYS[0] / "schedule.json"
    shutil.copy(week, tmp_path / "other" / MONDAYS[0])
    refuse_other_runs(tmp_path / "other", "ferrara")


@pytest.mark.parametrize("change", ["input", "options", "rules"])
def test_other_input_or_options_make_another_run(change: str, tmp_path: Path) -> None:
    """Which says so and begins afresh; the first one stays in the database."""
    folder = toy_with(tmp_path / "toy")
    run("run", folder, "--weeks", 1, cwd=tmp_path)
    more = {"options": ["--seed", 2], "rules": ["--without", "memory"], "input": []}[change]
    if change == "input":
        wishes = "physician,day,kind,what,weight\ncarla,2024-04-20,day_off,,6\n"
        (folder / "requests.csv").write_text(wishes)
    _, err = run("run", folder, "--weeks", 1, *more, cwd=tmp_path)
    assert "1 other run of toy" in err
    assert f"out has the week of {MONDAYS[0]} from another run" in err
    assert len(stored_weeks(tmp_path / "out" / "pysched.sqlite")) == 2


def test_two_runs_at_once_settle_every_week_once(small: Path, tmp_path: Path) -> None:
    """The second to settle a week says so and ends with 1."""
    command = ("run", small, "--time-limit", 0.7)
    both = [start(*command, cwd=tmp_path) for _ in range(2)]
    ends = [(process.communicate(timeout=60)[1], process.returncode) for process in both]
    for err, code in ends:
        assert "Traceback" not in err
        assert code in {0, 1}
        assert (code == 1) == ("another process settled the week" in err)
    run(*command, cwd=tmp_path)
    check_out(tmp_path / "out", WEEKS)


def test_the_worked_past_is_where_a_run_starts(tmp_path: Path) -> None:
    """Anna had the night before the horizon: its rest and its load count."""
    past = "day,task,physician\n2024-04-12,night,anna\n2024-04-10,night,anna\n"
    folder = toy_with(tmp_path / "toy", history=past)
    run("run", folder, "--weeks", 1, cwd=tmp_path)
    ((_, before, _, _),) = stored_weeks(tmp_path / "out" / "pysched.sqlite")
    assert '"last_week": "2024-04-08"' in before
    assert '"category": "on_call_night",\n   "count": 2' in before


def test_a_run_can_begin_later(tmp_path: Path) -> None:
    """From the worked past: what history says of the week before is settled first."""
    past = "day,task,physician\n2024-04-19,night,anna\n"
    folder = toy_with(tmp_path / "toy", history=past)
    run("run", folder, "--from", "2024-04-25", cwd=tmp_path)
    ((monday, before, _, _),) = stored_weeks(tmp_path / "out" / "pysched.sqlite")
    assert monday == MONDAYS[1]
    assert '"last_week": "2024-04-15"' in before


def test_a_damaged_database_is_said(tmp_path: Path) -> None:
    """What was changed in it is not built upon."""
    run("run", "toy", "--weeks", 1, cwd=tmp_path)
    with sqlite3.connect(tmp_path / "out" / "pysched.sqlite") as connection:
        connection.execute("UPDATE week SET schedule = substr(schedule, 1, 99)")
    _, err = run("run", "toy", cwd=tmp_path, code=1)
    assert "was damaged" in err


def test_processes_that_open_a_new_database_wait_for_each_other(tmp_path: Path) -> None:
    """All of four make it at once, and none fails."""
    command = ("run", "toy", "--weeks", 1)
    four: list[subprocess.Popen[str]] = [start(*command, cwd=tmp_path) for _ in range(4)]
    ends = [process.communicate(timeout=60)[1] for process in four]
    assert all("another process" in err or "Traceback" not in err for err in ends)
    assert not any("cannot be used" in err for err in ends)
    check_out(tmp_path / "out", 1)
