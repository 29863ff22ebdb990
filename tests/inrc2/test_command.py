"""The command: it solves what is missing, keeps rows and compares."""

import subprocess
import sys
from pathlib import Path

from benchmarks.inrc2.read import read_instance, read_schedule
from benchmarks.inrc2.rows import read_rows
from benchmarks.inrc2.score import score

from .cases import NAME, write_case

ROOT = Path(__file__).parents[2]


def run(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command on the case."""
    (data / "published.csv").write_text(
        f"instance,best_dynamic,finalist_average,seconds_per_week\n{NAME},100,200,4\n"
    )
    command = [sys.executable, "-m", "benchmarks.inrc2", "--data", str(data), *more]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_runs_are_kept_and_not_solved_again(tmp_path: Path) -> None:
    """The row holds what the written schedules cost; a second run adds the second seed alone."""
    data, out = write_case(tmp_path / "data"), tmp_path / "out"
    options = ["--factor", "0.5", "--out", str(out), "--write", str(tmp_path / "schedules")]
    first = run(data, *options)
    assert first.returncode == 0, first.stderr
    rows = read_rows(out / "runs.csv")
    instance = read_instance(data, NAME)
    files = sorted((tmp_path / "schedules" / f"{NAME}-1").iterdir())
    schedules = [read_schedule(file, instance.scenario) for file in files]
    found = score(instance.scenario, instance.history, instance.weeks, schedules)
    assert [(row.cost, row.hard, row.limit) for row in rows] == [(found.cost, 0, 2.0)]
    assert sum(map(int, rows[0].weeks.split())) == found.cost
    assert f"| {NAME} | 2 | 1 | {found.cost} |" in first.stdout
    second = run(data, *options, "--seeds", "2")
    assert second.returncode == 0, second.stderr
    assert [row.key for row in read_rows(out / "runs.csv")] == [(NAME, 1, 0.5), (NAME, 2, 0.5)]
    assert "seed 1" not in second.stderr


def test_wrong_arguments_are_refused(tmp_path: Path) -> None:
    """A factor of nothing, an instance that nobody published."""
    data = write_case(tmp_path / "data")
    assert "'0' is not a number above 0" in run(data, "--factor", "0").stderr
    assert "no instance n003w2_0_1-1" in run(data, "--instances", "n003w2_0_1-1").stderr
