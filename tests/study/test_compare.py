"""The comparison with other solvers: rows, duels and what is kept."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRINT_MEDIANS = """
import sys, csv
sys.path.insert(0, "benchmarks")
from compare import medians
with open("benchmarks/results/compare/10s.csv", newline="") as rows:
    print("\\n".join(medians(list(csv.DictReader(rows)))))
"""


def run(folder: Path) -> str:
    """Return what a short comparison on one week of Ferrara prints."""
    command = [sys.executable, str(ROOT / "benchmarks" / "compare.py"), "--seconds", "3"]
    command += ["--seeds", "1", "--weeks", "1", "--sizes", "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_engine_solves_the_week_and_its_row_is_kept(tmp_path: Path) -> None:
    """A second run solves nothing again and prints the same."""
    first = run(tmp_path)
    rows = (tmp_path / "3s.csv").read_text()
    assert [line.split(",")[0] for line in rows.splitlines()[1:]] == ["ferrara 2023-05-29"] * 3
    assert "pysched against cpsat:" in first
    assert run(tmp_path) == first
    assert (tmp_path / "3s.csv").read_text() == rows


def test_the_report_has_the_medians_of_its_rows() -> None:
    """The table of REPORT.md is the one that the kept rows give."""
    command = [sys.executable, "-c", PRINT_MEDIANS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    report = (ROOT / "benchmarks" / "REPORT.md").read_text()
    assert done.stdout in report


@pytest.mark.parametrize(
    ("program", "option", "value"),
    [
        ("compare.py", "--seconds", "-1"),
        ("compare.py", "--weeks", "0"),
        ("fairness.py", "--years", "0"),
        ("fairness.py", "--conflicts", "many"),
    ],
)
def test_a_wrong_number_is_refused_before_anything_is_solved(
    program: str, option: str, value: str, tmp_path: Path
) -> None:
    """The option and the value are named, and nothing is written."""
    command = [sys.executable, str(ROOT / "benchmarks" / program), f"{option}={value}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.returncode == 2
    assert option in done.stderr
    assert repr(value) in done.stderr
    assert list(tmp_path.iterdir()) == []
