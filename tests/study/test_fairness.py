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
    """Each table of FAIRNESS.md is named, and is the one of that name; none is typed by hand."""
    written = dict(re.findall(r"## (.+)\n\n((?:\|.*\n)+)", (RESULTS / "tables.md").read_text()))
    shown = re.findall(r"<!-- (.+) -->\n((?:\|.*\n)+)", REPORT)
    assert len(shown) > 10
    assert sum(line.startswith("|") for line in REPORT.splitlines()) == sum(
        table.count("\n") for _, table in shown
    )
    assert [name for name, table in shown if written.get(name) != table] == []


def test_every_figure_of_the_report_is_there() -> None:
    """No link leads nowhere."""
    links = re.findall(r"\]\((results/[^)]+)\)", REPORT)
    assert len(links) > 5
    assert [link for link in links if not (BENCHMARKS / link).exists()] == []
