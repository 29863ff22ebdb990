"""The study of burdens: its arithmetic on small weeks, going on where it was, and its report."""

import csv
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from statistics import fmean, pstdev

import pytest

from benchmarks.study.burden.again import again
from benchmarks.study.burden.least import least
from benchmarks.study.burden.measures import Measured, measured
from benchmarks.study.burden.rolls import RolledWeek, Year, rolled
from pysched.instance import find_scenario
from pysched.model import Cost
from pysched.solver import Options

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
RESULTS = BENCHMARKS / "results" / "burden"
REPORT = (BENCHMARKS / "BURDEN.md").read_text()


def year(bank: bool) -> Year:
    """Return all weeks of the toy network, with few conflicts."""
    return Year(find_scenario("toy"), bank, Options(None, 300, 1, 1))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with both years kept."""
    kept = tmp_path_factory.mktemp("years")
    for bank in (True, False):
        assert list(rolled(year(bank), kept))
    return kept


def weeks_of(folder: Path, bank: bool) -> list[RolledWeek]:
    """Return the kept weeks of a year."""
    return list(rolled(year(bank), folder, solving=False))


def measures_of(folder: Path, bank: bool) -> list[Measured]:
    """Return the measures of a year."""
    return measured(weeks_of(folder, bank), year(bank).profile.equalization)


def test_a_week_cut_short_is_solved_again(folder: Path) -> None:
    """The same file comes out; the weeks before it are read, not solved."""
    file = year(True).file(folder)
    text = file.read_text()
    file.write_text(text[:-20])
    assert len(weeks_of(folder, True)) == text.count("\n") - 2
    again = list(rolled(year(True), folder))
    rows = [json.loads(line) for line in text.splitlines()[1:]]
    assert [json.loads(line)["assignments"] for line in file.read_text().splitlines()[1:]] == [
        row["assignments"] for row in rows
    ]
    assert len(again) == len(rows)


def test_kept_costs_of_another_program_are_refused(folder: Path, tmp_path: Path) -> None:
    """One more on level 1 than the checker finds."""
    lines = year(False).file(folder).read_text().splitlines()
    row = json.loads(lines[1])
    row["cost"]["1"] += 1
    year(False).file(tmp_path).write_text("\n".join([lines[0], json.dumps(row)]) + "\n")
    with pytest.raises(ValueError, match="another version of the program"):
        list(rolled(year(False), tmp_path, solving=False))


@pytest.mark.parametrize("bank", [True, False])
def test_costs_are_those_of_the_search_with_the_bank_apart(folder: Path, bank: bool) -> None:
    """Level by level; without the bank nothing is apart."""
    rows = [json.loads(line) for line in year(bank).file(folder).read_text().splitlines()[1:]]
    for row, week in zip(rows, measures_of(folder, bank), strict=True):
        found = {level: week.cost[level] + week.bank_cost.get(level, 0) for level in week.cost}
        assert found == {level: row["cost"].get(str(level), 0) for level in found}
        assert bank or not week.bank_cost


@pytest.mark.parametrize("bank", [True, False])
def test_cv_and_credits_are_of_all_weeks_to_date(folder: Path, bank: bool) -> None:
    """By hand, from the burdens of each week over the mean activity."""
    weeks = weeks_of(folder, bank)
    borne = dict.fromkeys(weeks[0].burden.active, 0)
    active = dict.fromkeys(borne, 0.0)
    for number, (week, found) in enumerate(zip(weeks, measures_of(folder, bank), strict=True), 1):
        for name in borne:
            borne[name] += week.burden.burdens.get(name, 0)
            active[name] += week.burden.active[name]
        per_fte = [borne[name] / active[name] * number for name in borne if active[name]]
        assert found.cv == pytest.approx(pstdev(per_fte) / fmean(per_fte))
        assert sum(found.cents.values()) == sum(week.burden.burdens.values())
        assert 0 <= found.floors.by_skill <= found.floors.by_week + 1e-6
        assert found.excess == found.cv - found.floors.capped


def test_open_duties_are_counted(folder: Path) -> None:
    """As many as there are duties that no assignment has."""
    for week, found in zip(weeks_of(folder, False), measures_of(folder, False), strict=True):
        assert sum(found.uncovered) == len(week.week.duties) - len(week.schedule.assignments)


@pytest.mark.parametrize("bank", [True, False])
def test_a_week_searched_again_is_that_week(folder: Path, bank: bool) -> None:
    """From its own state, with what the bank said: the toy's service is what it was, and proven."""
    weeks, measures = weeks_of(folder, bank), measures_of(folder, bank)
    mondays = [row.week.monday.isoformat() for row in weeks]
    lines = again(weeks, mondays, year(bank).options, 300)
    shown = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    costs = [str(week.service) for week in measures]
    assert shown == [[day, cost, cost, "yes"] for day, cost in zip(mondays, costs, strict=True)]


def test_a_week_that_is_none_of_the_year_is_named(folder: Path) -> None:
    """Before anything is searched."""
    with pytest.raises(ValueError, match="no week of 2023-01-02 in the year"):
        again(weeks_of(folder, True), ["2023-01-02"], year(True).options, 300)


@pytest.mark.parametrize("bank", [True, False])
def test_the_toys_weeks_cost_no_more_than_they_must(folder: Path, bank: bool) -> None:
    """On coverage and service; a week that says it costs more is told, and named."""
    weeks = weeks_of(folder, bank)
    counts = f"| {len(weeks)} | {len(weeks)} | 0 | 0 |"
    assert least(weeks, 60)[2:] == [counts, ""]
    dearer = Cost("coverage", "other", "somebody", 1, 100, 5)
    report = replace(weeks[0].report, costs=(*weeks[0].report.costs, dearer))
    counts = f"| {len(weeks)} | {len(weeks) - 1} | 1 | 0 |"
    told = f"{weeks[0].week.monday}: could cost less"
    assert least([replace(weeks[0], report=report), *weeks[1:]], 60)[2:] == [counts, "", told]


def test_a_short_study_is_written(tmp_path: Path) -> None:
    """Tables, figures and a row a week and way."""
    command = [sys.executable, str(BENCHMARKS / "burden.py"), "--scenario", "instances/toy"]
    command += ["--weeks", "1", "--conflicts", "300"]
    command += ["--out", str(tmp_path / "out"), "--results", str(tmp_path / "to")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("| toy | ") == 6
    names = {file.name for file in (tmp_path / "to").iterdir()}
    assert names == {"tables.md", "weeks.csv", "cv.png", "service.png"}
    assert (tmp_path / "to" / "weeks.csv").read_text().count("\n") == 3


def test_the_excess_of_the_report_is_that_of_the_weeks() -> None:
    """When it falls below 0.05, and the most of it from then on."""
    rows = list(csv.DictReader((RESULTS / "weeks.csv").read_text().splitlines()))
    for network in ("n014w52s1", "n014w52s2", "n014w52s3"):
        own = [row for row in rows if (row["network"], row["bank"]) == (network, "with")]
        excess = [float(row["excess"]) for row in own]
        assert len(excess) == 52
        week = 1 + max(number for number, value in enumerate(excess, 1) if value >= 0.05)
        most = max(excess[week - 1 :])
        said = (
            f"in {network} it falls below 0.05 in week {week} and stays there ({most:.3f} at most)"
        )
        assert said.lower() in " ".join(REPORT.split()).lower()


def test_every_table_of_the_report_is_as_it_was_written() -> None:
    """Each table of BURDEN.md that has a name is the one of that name; the rest is by hand."""
    written = dict(re.findall(r"## (.+)\n\n((?:\|.*\n)+)", (RESULTS / "tables.md").read_text()))
    shown = re.findall(r"<!-- (.+) -->\n((?:\|.*\n)+)", REPORT)
    assert [name for name, _ in shown] == list(written)
    assert [name for name, table in shown if written[name] != table] == []
    links = re.findall(r"\]\((results/[^)]+)\)", REPORT)
    assert len(links) == 2
    assert [link for link in links if not (BENCHMARKS / link).exists()] == []
