"""Every command and snippet of the README works, with a time limit laid on searches."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
SETUP = [text.strip() for kind, text in BLOCKS if kind == "sh" and "venv" in text]
LINES = [
    line.partition("#")[0].strip()
    for kind, text in BLOCKS
    if kind == "sh" and "venv" not in text
    for line in text.strip().splitlines()
]

COMMANDS = (
    "solve|run|facts|check|validate|generate|balance|history|statement|fairness|db|transfer|loan|rate|reconcile"
    "|conflicts|explain|why|publish|replace|repair|versions|diff|alternatives|whatif|report|service|export|import"
)


def limited(command: str) -> str:
    """Return a command with this interpreter's programs and a short search."""
    python = shlex.quote(sys.executable)
    command = re.sub(r"^python ", f"{python} ", command)
    command = re.sub(rf"\bpysched (?={COMMANDS})", "PYSCHED ", command)
    command = command.replace("--time-limit 10", "")
    command = re.sub(r"PYSCHED (solve|run)(.*)", r"PYSCHED \1\2 --time-limit 4", command)
    command = command.replace("facts.lp", "facts.lp 0") if "clingo" in command else command
    return command.replace("PYSCHED", f"{python} -m pysched")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the encodings and instances of the checkout in it."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("asp", "instances"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def test_the_commands_in_order(folder: Path) -> None:
    """Each leaves what the next one needs and prints what is shown; clingo finds an optimum."""
    assert LINES
    printed = ""
    for line in LINES:
        done = subprocess.run(  # noqa: S602
            limited(line),
            shell=True,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "140"},
        )
        assert done.returncode == 0, (line, done.stderr)
        assert "clingo" not in line or "OPTIMUM FOUND" in done.stdout
        printed += done.stdout
    shown = [line for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]
    assert shown
    assert [line for line in shown if line not in printed] == []


def test_the_solved_week_is_the_one_shown(folder: Path) -> None:
    """The table's costs and bounds are what the command prints."""
    command = [sys.executable, "-m", "pysched", "solve", "toy", "--week", "2024-04-15"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "COLUMNS": "100"}
    )
    shown = next(text for kind, text in BLOCKS if kind == "text").strip().splitlines()
    for line in shown[1:-1]:
        assert line in done.stdout
    assert re.sub(r"[\d.]+ s;", "", shown[-1]) in re.sub(r"[\d.]+ s;", "", done.stdout)


def test_the_snippet(folder: Path) -> None:
    """The library snippet runs and says that the toy's first week is proven optimal."""
    snippet = next(text for kind, text in BLOCKS if kind == "python")
    done = subprocess.run(
        [sys.executable, "-c", snippet.replace("roll(network, weeks, state)", "()")],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("optimal {6: 0, 5: 0, 4: 0, 3: 120, 2: 0, 1: 31}")


def test_two_commands_set_everything_up() -> None:
    """One ends in the demo, one in the tests, and the continuous integration runs the latter."""
    assert [command.rpartition(" && ")[2] for command in SETUP] == [
        ".venv/bin/pysched demo",
        ".venv/bin/python -m pytest -n 2",
    ]
    assert "README.md" in (ROOT / ".ci/run").read_text()
