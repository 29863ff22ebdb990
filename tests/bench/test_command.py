"""The command: rows, resumed row by row, and the report of them."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import pytest

from pysched.bench.rows import read
from pysched.bench.suite import read_suites
from pysched.bench.write import all_tables, insert_tables
from tests.bench.making import ROOT, write_suite
from tests.cli.running import run, run_here, start

REPORT = ROOT / "benchmarks" / "REPORT.md"
MARKED = (
    "# A report\n\nSaid by hand.\n\n<!-- toy: runs -->\n\n<!-- later: runs -->\n| a |\n\nEnd.\n"
)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the suite was run, three rows at a time at first."""
    folder = tmp_path_factory.mktemp("bench")
    file = write_suite(folder)
    text = file.read_text().replace('"parrot"]', '"parrot", "absent", "lacking"]')
    file.write_text('[report]\ntext = "REPORT.md"\nfolder = "to"\n' + text)
    (folder / "REPORT.md").write_text(MARKED)
    out, err = run("bench", "suite.toml", "--out", "o", "--limit", 3, cwd=folder)
    (folder / "out1.txt").write_text(out)
    (folder / "err1.txt").write_text(err)
    (folder / "first.csv").write_bytes((folder / "o" / "toy.csv").read_bytes())
    _, err = run("bench", "suite.toml", "--out", "o", cwd=folder)
    (folder / "err2.txt").write_text(err)
    out, err = run("bench", "suite.toml", "--out", "o", "--report", cwd=folder)
    (folder / "report.txt").write_text(out)
    (folder / "err3.txt").write_text(err)
    return folder


def test_engines_take_turns(done: Path) -> None:
    """Another one is first on the next instance; all from the same states, checked and timed."""
    rows = read(done / "o" / "toy.csv")
    assert [row["engine"] for row in rows] == ["pysched", "parrot", "parrot", "pysched"]
    first, second = rows[:2], rows[2:]
    assert len({row["digest"] for row in first}) == len({row["digest"] for row in second}) == 1
    for row in rows:
        assert row.cost
        assert (row["status"] in {"optimal", "feasible"}, row["message"]) == (True, "")
        assert 0 < float(row["seconds"]) < 4
        assert {"python", "pysched", "clingo"} <= set(re.findall(r"[a-z]+", row["versions"]))
    assert {row["status"] for row in rows if row["engine"] == "pysched"} == {"optimal"}


def test_a_second_call_makes_what_is_missing(done: Path) -> None:
    """No row twice, none changed; a third call has nothing to do."""
    assert "3 rows made" in (done / "out1.txt").read_text()
    assert len(read(done / "first.csv")) == 3
    after = (done / "o" / "toy.csv").read_bytes()
    assert after.startswith((done / "first.csv").read_bytes())
    assert "toy: 3 of 6 rows are there" in (done / "err2.txt").read_text()


def test_progress_has_the_time_that_is_left(done: Path) -> None:
    """On stderr, with what is run."""
    text = (done / "err1.txt").read_text()
    assert re.search(r"toy: row 1 of 6, .+ left: toy 2024-04-15, pysched, seed 1, 2 s", text)


def test_what_cannot_run_is_skipped_and_said(done: Path) -> None:
    """For want of a package, or as the engine says itself; it leaves no row."""
    text = (done / "err2.txt").read_text()
    assert "skipped: absent: needs no-such-package" in text
    assert "skipped: lacking: no such machine here" in text


def test_the_report_has_tables_and_figures(done: Path) -> None:
    """Every file that is named is there; rows are beside them."""
    named = (done / "report.txt").read_text().split()
    assert all((done / name).is_file() for name in named)
    to = done / "to"
    assert (to / "toy.csv").read_bytes() == (done / "o" / "toy.csv").read_bytes()
    assert "## toy: won and lost\n\n| pysched won : lost |" in (to / "tables.md").read_text()
    for picture in ("toy-anytime.png", "toy-times.png"):
        assert (to / picture).read_bytes().startswith(b"\x89PNG")


def test_tables_are_put_below_their_markers(done: Path) -> None:
    """What was said by hand stays, and so does a table whose rows are not there yet."""
    text = (done / "REPORT.md").read_text()
    assert text.startswith("# A report\n\nSaid by hand.\n\n<!-- toy: runs -->\n| engine | runs |")
    assert text.endswith("|\n\n<!-- later: runs -->\n| a |\n\nEnd.\n")
    assert "left as they are, for want of rows: later: runs" in (done / "err3.txt").read_text()


def test_a_report_is_the_same_again(done: Path) -> None:
    """From the rows that it keeps beside it, too."""
    before = {file: file.read_bytes() for file in (done / "to").iterdir()}
    run("bench", "suite.toml", "--out", "nowhere", "--report", cwd=done)
    assert {file: file.read_bytes() for file in (done / "to").iterdir()} == before


def test_ctrl_c_leaves_whole_rows(tmp_path: Path) -> None:
    """The engine that runs is ended; the next call goes on."""
    file = write_suite(tmp_path, "lacking", "sleeping").read_text()
    file = file.replace("engines:sleeping", 'engines:sleeping"\nstart = true\n#')
    file = file.replace('"pysched", "parrot"', '"parrot", "sleeping"').replace("[2]", "[60]")
    (tmp_path / "suite.toml").write_text(file)
    sleeper = tmp_path / "sleeper"
    command = ("bench", "suite.toml", "--out", "o")
    process = start(*command, cwd=tmp_path, SLEEPER=str(sleeper))
    begun = time.monotonic()
    while not (sleeper.is_file() and sleeper.read_text()) and time.monotonic() - begun < 60:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "interrupted; the rows made are kept" in err
    assert "Traceback" not in err
    assert [row["engine"] for row in read(tmp_path / "o" / "toy.csv")] == ["parrot"]
    assert ended(int(sleeper.read_text()))
    _, err = run(*command, "--engine", "parrot", cwd=tmp_path)
    assert "toy: 1 of 2 rows are there" in err
    assert len(read(tmp_path / "o" / "toy.csv")) == 2


def ended(process: int) -> bool:
    """Return whether a process is gone, or soon will be."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    ("options", "said", "code"),
    [
        (("suite.toml", "--suite", "toyy"), "suite.toml: [[suite]], name: 'toyy' is not one of", 2),
        (("suite.toml", "--engine", "parot"), "[engines]: 'parot' is not one of", 2),
        (("suite.toml", "--engine", "absent"), "[[suite]] toy, engines: 'absent' is not among", 2),
        (("suite.toml", "--report", "--suite", "toy"), "--report", 2),
        (("suite.toml", "--limit", "0"), "--limit", 2),
        (("suite.toml", "--report"), "no rows of toy yet; first: pysched bench", 65),
        (("bad.toml",), "bad.toml: the file, suite: this field is required", 65),
        (("far.toml",), "take has week 9", 65),
        (("none.toml",), "none.toml", 1),
    ],
)
def test_wrong_names_are_told(
    options: tuple[str, ...], said: str, code: int, tmp_path: Path
) -> None:
    """File, table and field; nothing is run."""
    text = write_suite(tmp_path).read_text()
    (tmp_path / "bad.toml").write_text("[engines]\n")
    (tmp_path / "far.toml").write_text(text.replace("weeks = 2", "weeks = 2, take = [9]"))
    _, err = run_here("bench", *options, "--out", "o", cwd=tmp_path, code=code)
    assert said in re.sub(r"\s*│\s*", " ", err)
    assert not (tmp_path / "o").exists()


def test_every_table_of_the_report_is_what_its_rows_give() -> None:
    """Each table of REPORT.md stands below a marker; none is typed by hand."""
    file = read_suites(ROOT / "benchmarks" / "suite.toml")
    assert file.report is not None
    folder = file.path.parent / file.report.folder
    named = all_tables(file.suites, {s.name: read(folder / f"{s.name}.csv") for s in file.suites})
    text = REPORT.read_text()
    assert insert_tables(text, named)[0] == text
    shown = re.findall(r"<!-- (.+) -->\n((?:\|.*\n)+)", text)
    assert shown
    assert sum(line.startswith("|") for line in text.splitlines()) == sum(
        lines.count("\n") for _, lines in shown
    )
    assert [name for name, _ in shown if name not in named] == []


def test_every_figure_of_the_report_is_there() -> None:
    """No link leads nowhere."""
    links = re.findall(r"\]\((results/[^)]+)\)", REPORT.read_text())
    assert links
    assert [link for link in links if not (REPORT.parent / link).exists()] == []


def test_help_has_an_example(tmp_path: Path) -> None:
    """As every command's."""
    out, _ = run_here("bench", "--help", cwd=tmp_path)
    assert "Example: pysched bench --suite small" in out
