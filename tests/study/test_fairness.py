"""The study as a command, and its report against the tables that it wrote."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
RESULTS = BENCHMARKS / "results" / "fairness"
REPORT = (BENCHMARKS / "FAIRNESS.md").read_text()


def run(folder: Path) -> str:
    """Return what one week of each roll prints, with few conflicts."""
    command = [sys.executable, str(BENCHMARKS / "fairness.py"), "--weeks", "1", "--years", "1"]
    command += ["--conflicts", "300", "--out", str(folder / "out"), "--results", str(folder / "to")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_short_study_is_written_and_repeats_itself(tmp_path: Path) -> None:
    """Solved weeks are kept; tables and figures come out the same again."""
    first = run(tmp_path)
    files = {file.name: file.read_bytes() for file in (tmp_path / "to").iterdir()}
    assert {"tables.md", "weeks.csv", "sensitivity.png", "ferrara-boxes.png"} <= set(files)
    assert run(tmp_path) == first
    assert {file.name: file.read_bytes() for file in (tmp_path / "to").iterdir()} == files


def test_every_table_of_the_report_is_as_it_was_written() -> None:
    """A table row in FAIRNESS.md is a row of tables.md; no number is typed by hand."""
    written = set((RESULTS / "tables.md").read_text().splitlines())
    rows = [line for line in REPORT.splitlines() if line.startswith("|")]
    assert len(rows) > 40
    assert [row for row in rows if row not in written] == []


def test_every_figure_of_the_report_is_there() -> None:
    """No link leads nowhere."""
    links = re.findall(r"\]\((results/[^)]+)\)", REPORT)
    assert len(links) > 5
    assert [link for link in links if not (BENCHMARKS / link).exists()] == []
