"""Ctrl-C and SIGTERM: the first keeps what was found, the second ends at once."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pysched.startup import is_command
from tests.cli.running import FILES, environment, run_json, start

WEEK = "2023-05-29"
WAITING = """
import time
from pysched.cli.interrupt import stop_on_signals
with stop_on_signals():
    print("ready", flush=True)
    while True:
        time.sleep(0.01)
"""


def interrupt(process: subprocess.Popen[str], number: int) -> tuple[str, str]:
    """Send a signal once the search has said what it found so far; return all it prints."""
    assert process.stderr is not None
    said = ""
    while "coverage " not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    return out, said + err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_search_keeps_its_best_schedule(number: int, tmp_path: Path) -> None:
    """It is written and said, and the exit code is 0."""
    process = start("solve", "ferrara", "--week", WEEK, "--format", "json", cwd=tmp_path)
    out, err = interrupt(process, number)
    assert (process.returncode, "Traceback" in err) == (0, False)
    assert "the best schedule found is kept" in err
    assert json.loads(out)["search"]["interrupted"]
    assert (tmp_path / "out" / WEEK / "schedule.json").read_text().strip() == out.strip()
    assert run_json("check", "ferrara", f"out/{WEEK}/schedule.json", cwd=tmp_path)["ok"]


def test_a_stopped_week_is_not_settled(tmp_path: Path) -> None:
    """The next run plans it again."""
    command = ("run", "ferrara", "--weeks", 1, "--format", "json")
    process = start(*command, "--time-limit", 40, cwd=tmp_path)
    out, err = interrupt(process, signal.SIGINT)
    assert process.returncode == 0
    assert f"the week of {WEEK} is written, but not settled; the same command again goes on" in err
    (week,) = json.loads(out)["weeks"]
    assert (week["monday"], week["settled"], week["check"]) == (WEEK, False, "ok")
    assert {path.name for path in (tmp_path / "out" / WEEK).iterdir()} == FILES
    again = start(*command, "--time-limit", 40, cwd=tmp_path)
    out, err = interrupt(again, signal.SIGINT)
    assert f"out has the week of {WEEK} from a search that was stopped; it was not settled" in err
    assert "from another run" not in err
    assert not json.loads(out)["weeks"][0]["from_database"]


def test_a_second_signal_aborts(tmp_path: Path) -> None:
    """With exit code 130, whatever is going on."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    assert process.stderr.readline() == "\n"
    assert "once more" in process.stderr.readline()
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130


def test_a_terminal_has_a_live_line(tmp_path: Path) -> None:
    """Week, cost, bound and time on stderr; nothing of it on stdout."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pysched", "run", "ferrara", "--weeks", "1", "--time-limit", "3"],
        cwd=tmp_path,
        env=environment(TERM="xterm", COLUMNS="120"),
        stdout=subprocess.PIPE,
        stderr=slave,
    )
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 4096):
            shown += chunk
    except OSError:
        pass  # the other end of a terminal has gone
    out = process.communicate()[0]
    assert process.returncode == 0
    assert b"week 1 of 1, 2023-05-29, " in shown
    assert b"coverage 0, service 100 (" in shown
    assert b"week 1 of 1" not in out


def test_a_signal_during_the_imports_ends_quietly(tmp_path: Path) -> None:
    """One line and exit code 130, at whatever moment it comes."""
    for seconds in (0.0, 0.05, 0.15):
        process = start("validate", "ferrara", cwd=tmp_path)
        wait_for_handler(process.pid)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert (process.returncode, err.strip()) == (130, "interrupted")


def wait_for_handler(pid: int) -> None:
    """Wait until the process has opened the first library that only the command needs."""
    maps = Path(f"/proc/{pid}/maps")
    while "_clingo" not in maps.read_text():
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("argv", "original", "expected"),
    [
        (["/usr/bin/pysched", "demo"], ["python", "/usr/bin/pysched", "demo"], True),
        (["-m", "demo"], ["python", "-m", "pysched", "demo"], True),
        (["-m"], ["python", "-m", "pytest"], False),
        (["mine.py"], ["python", "mine.py"], False),
        ([""], ["python"], False),
        ([], [], False),
    ],
)
def test_only_the_command_takes_the_signal(
    argv: list[str], original: list[str], expected: bool
) -> None:
    """A program that uses the library keeps its own handler."""
    assert is_command(argv, original) == expected
