"""What short searches lose against long ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.minute import Pair, table

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def pair(short: tuple[int, int], long: tuple[int, int]) -> Pair:
    """Return a week with two levels."""
    return Pair("2023-05-29", dict(zip((2, 1), short, strict=True)), {2: long[0], 1: long[1]}, 4.0)


@pytest.mark.parametrize(
    ("short", "long", "decided_at", "loss"),
    [
        ((3, 50), (3, 40), 1, 0.25),
        ((3, 40), (3, 40), None, 0.0),
        ((3, 38), (3, 40), 1, -0.05),
        ((4, 10), (3, 40), 2, None),
    ],
)
def test_the_lowest_level_is_compared_where_those_above_are_the_same(
    short: tuple[int, int], long: tuple[int, int], decided_at: int | None, loss: float | None
) -> None:
    """Else it was paid for above."""
    week = pair(short, long)
    assert week.decided_at == decided_at
    assert week.loss == (None if loss is None else pytest.approx(loss))


def test_the_table_says_how_many_weeks_compare() -> None:
    """And the median loss among them."""
    lines = table([pair((3, 50), (3, 40)), pair((3, 44), (3, 40)), pair((4, 10), (3, 40))])
    assert lines[2] == "| 2023-05-29 | 4.0 | 3 / 3 | 50 / 40 | 1 |"
    assert "3 weeks in 12 s" in lines[-1]
    assert "the same in 2; there the lowest loses 17.5% (median)" in lines[-1]
    assert "costs 104 against 120" in lines[-1]


def test_the_command_rolls_and_repeats(tmp_path: Path) -> None:
    """The first week of the toy, both times proven."""
    command = [sys.executable, str(BENCHMARKS / "minute.py"), "toy", "--weeks", "1"]
    command += ["--short", "5", "--long", "10"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 week in" in done.stdout
    assert done.stdout.splitlines()[2].endswith("| - |")
