"""The command line as its users run it: in a process of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

import pytest

from pysched.cli import app

ROOT = Path(__file__).parents[2]
TOY = ROOT / "instances" / "toy"
MONDAYS = ("2024-04-15", "2024-04-22")
FILES = {
    "calendars",
    "next_state.json",
    "schedule.csv",
    "schedule.html",
    "schedule.json",
    "schedule.xlsx",
    "state.json",
}
LIMIT_SECONDS = 90


def environment(**variables: str) -> dict[str, str]:
    """Return the variables of this process and some more."""
    return os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"} | variables


def start(
    *arguments: object, cwd: Path, stdout: int | IO[str] = subprocess.PIPE, **variables: str
) -> subprocess.Popen[str]:
    """Start a command and return at once."""
    return subprocess.Popen(
        [sys.executable, "-m", "pysched", *map(str, arguments)],
        cwd=cwd,
        env=environment(**variables),
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: object, cwd: Path, code: int = 0, **variables: str) -> tuple[str, str]:
    """Run a command to its end and return stdout and stderr; its exit code is what it should be."""
    process = start(*arguments, cwd=cwd, **variables)
    out, err = process.communicate(timeout=LIMIT_SECONDS)
    assert "Traceback" not in err
    assert process.returncode == code, err
    return out, err


def run_here(*arguments: object, cwd: Path, code: int = 0) -> tuple[str, str]:
    """Run a command in this process, which is faster: one that ends before it searches."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd),
        patch.dict(os.environ, COLUMNS="200"),
        patch.object(sys, "argv", ["pysched", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        app()
    assert end.value.code == code, err.getvalue()
    return out.getvalue(), err.getvalue()


def run_json(*arguments: object, cwd: Path, code: int = 0) -> Any:
    """Run a command with `--format json` and return what it printed."""
    return json.loads(run(*arguments, "--format", "json", cwd=cwd, code=code)[0])


def toy_with(folder: Path, **texts: str) -> Path:
    """Copy the toy scenario into a new folder, with some CSV files more or in another form."""
    shutil.copytree(TOY, folder)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


def stored_weeks(database: Path) -> list[tuple[str, str, str, str]]:
    """Return Monday, state before, schedule and state after of every stored week, in order."""
    if not database.is_file():
        return []
    with sqlite3.connect(database) as connection:
        # A process may have been killed before it made the tables.
        if not list(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'week'")):
            return []
        query = "SELECT monday, state_before, schedule, state_after FROM week ORDER BY monday"
        return list(connection.execute(query))
