"""From the bank's run to repair and back: week-ends by versions, prices by what the bank knew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import MONDAYS, run, run_here

FIRST, SECOND = MONDAYS
FILE = f"out/{SECOND}/schedule.json"
BANK = ("--bank", "out/pysched.sqlite")
NOW = ("--now", f"{SECOND}T07:00")
LIMITS = ("--conflict-limit", 2000, "--threads", 1)


@pytest.fixture(scope="module")
def banked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two weeks of the toy scenario, planned and settled with the bank."""
    folder = tmp_path_factory.mktemp("banked")
    run_here("run", "toy", "--bank", *LIMITS, cwd=folder)
    return folder


def here(*arguments: object, cwd: Path, code: int = 0) -> Any:
    """Run a command with JSON in this process."""
    return json.loads(run_here(*arguments, "--format", "json", cwd=cwd, code=code)[0])


def record(folder: Path) -> dict[str, Any]:
    """Return what was written of the second week."""
    found: dict[str, Any] = json.loads((folder / FILE).read_text())
    return found


def equalization(folder: Path) -> int:
    """Return what the second week costs by what the bank knew before it."""
    cost: int = record(folder)["by_rule"]["equalization"]
    return cost


def holder(folder: Path, duty: str) -> str:
    """Return who has a duty of the second week."""
    rows = record(folder)["assignments"]
    return next(row["physician"] for row in rows if f"{row['task']}@{row['day']}" == duty)


def test_a_week_prices_as_it_was_planned(banked: Path) -> None:
    """The second week cost what the bank said of it; a difference to itself is none."""
    said = {str(row["level"]): row["cost"] for row in record(banked)["levels"]}
    rows = here("alternatives", "toy", FILE, "-k", 1, "--slack", 0, "--time-limit", 1, cwd=banked)
    with_bank = here(
        *("alternatives", "toy", FILE, "-k", 1, "--slack", 0, "--time-limit", 1, *BANK), cwd=banked
    )
    for row in with_bank:
        assert all(cost <= said[level] for level, cost in row["cost"].items())
        assert any("equalization" in key for key in row["by_rule"])
    for row in rows:
        assert not any("equalization" in key for key in row["by_rule"])
