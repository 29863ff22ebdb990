"""The commands report, service, export and import on the toy scenario."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from pysched.instance import read_scenario, weeks_of
from tests.cli.running import MONDAYS, TOY, run, run_here
from tests.report.weeks import FIRST, SECOND

BY_HAND = TOY / "by_hand.csv"
CLINIC = ("clinic", date(2024, 4, 16))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder with the schedules of both weeks, and nothing else."""
    for planned in (FIRST, SECOND):
        place = tmp_path / "out" / str(planned.record.monday)
        place.mkdir(parents=True)
        (place / "schedule.json").write_text(planned.record.to_json())
    return tmp_path / "out"


def names(folder: Path) -> set[str]:
    """Return the files of a folder and those below it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_run_is_reported_week_by_week_and_as_a_whole(out: Path) -> None:
    """Workbook, page and calendars of each week, pages and calendars of all."""
    said, _ = run_here("report", "toy", out, cwd=out.parent)
    calendars = {f"calendars/{name}.ics" for name in ("anna", "bruno", "carla", "dario")}
    of_week = {"schedule.json", "schedule.xlsx", "schedule.html", *calendars}
    expected = {f"{monday}/{name}" for monday in MONDAYS for name in of_week}
    assert names(out) == expected | calendars | {"horizon.html", "as-is-to-be.html"}
    assert "Skill violations" in said
    assert f'href="{MONDAYS[0]}/schedule.html"' in (out / "horizon.html").read_text()


def test_a_schedule_by_hand_is_reported_too(tmp_path: Path) -> None:
    """From CSV, into the folder out; the scenario's own folder is left alone."""
    before = names(TOY)
    run_here("report", "toy", BY_HAND, cwd=tmp_path)
    assert names(TOY) == before
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *MONDAYS,
        "horizon.html",
        "calendars",
        "as-is-to-be.html",
    }


def test_one_week_goes_beside_its_schedule(out: Path) -> None:
    """And no page of all weeks is written."""
    path = out / MONDAYS[0] / "schedule.json"
    run_here("report", "toy", path, cwd=out.parent)
    assert (out / MONDAYS[0] / "schedule.xlsx").is_file()
    assert not (out / "horizon.html").exists()


def test_another_schedule_in_the_same_folder_cancels_entries(out: Path, tmp_path: Path) -> None:
    """The calendar that is there is the version before."""
    run_here("report", "toy", out, cwd=tmp_path)
    run_here("report", "toy", BY_HAND, "--out", out, cwd=tmp_path)
    texts = [path.read_text() for path in (out / "calendars").iterdir()]
    confirmed = [
        event
        for text in texts
        for event in Calendar.from_ical(text).walk("VEVENT")
        if event["STATUS"] == "CONFIRMED"
    ]
    assert len(confirmed) == 31
    by_hand = {tuple(row.split(",")) for row in BY_HAND.read_text().splitlines()[1:]}
    planned = {
        (str(a.day), a.task, a.physician) for week in (FIRST, SECOND) for a in week.record.schedule
    }
    cancelled = sum(text.count("STATUS:CANCELLED") for text in texts)
    assert cancelled == len(planned - by_hand)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("nowhere", "nowhere"),
        (".", "expected a folder that a run wrote"),
        ("broken", "schedule.json"),
        ("calendars", "expected a calendar of pysched, or no file"),
    ],
)
def test_what_cannot_be_reported_is_said_in_a_line(
    what: str, said: str, out: Path, tmp_path: Path
) -> None:
    """With the exit code of bad input."""
    if what == "broken":
        (out / MONDAYS[0] / "schedule.json").write_text("{")
    if what == "calendars":
        (out / "calendars").mkdir()
        (out / "calendars" / "anna.ics").write_text("half")
    path = {"broken": out, "calendars": out, ".": tmp_path}.get(what, what)
    _, err = run_here("report", "toy", path, cwd=tmp_path, code=65)
    assert said in err
    assert len(err.splitlines()) == 1


def test_service_as_by_hand_or_in_full(tmp_path: Path) -> None:
    """What the hand left open is closed; in full nothing is."""
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    rows = BY_HAND.read_text().splitlines()
    assert rows[4] == "2024-04-16,clinic,anna"
    (folder / "by_hand.csv").write_text("\n".join(rows[:4] + rows[5:]) + "\n")
    (folder / "closures.csv").write_text("task,first_day,last_day\nguard,2024-04-26,2024-04-26\n")
    run_here("service", "same", folder, "same", cwd=tmp_path)
    run_here("service", "full", folder, "full", cwd=tmp_path)
    counts = [
        [len(week.duties) for week in weeks_of(read_scenario(tmp_path / name))]
        for name in ("toy", "same", "full")
    ]
    assert counts == [[16, 14], [15, 14], [16, 15]]
    _, err = run_here("service", "same", folder, "same", cwd=tmp_path)
    assert err == ""
    _, err = run_here("service", "full", folder, "same", cwd=tmp_path, code=2)
    assert "holds something else" in err
    (folder / "by_hand.csv").unlink()
    _, err = run_here("service", "same", folder, "other", cwd=tmp_path, code=2)
    assert "no rows in by_hand.csv" in err


def test_a_scenario_goes_out_and_in(tmp_path: Path) -> None:
    """In processes of their own, as people run them; nothing is overwritten unasked."""
    run("export", "toy", "toy.xlsx", cwd=tmp_path)
    said, _ = run("import", "toy.xlsx", "new", cwd=tmp_path)
    assert said == "written: new; next: pysched validate new\n"
    assert (tmp_path / "new" / "by_hand.csv").read_bytes() == BY_HAND.read_bytes()
    _, err = run_here("export", "toy", "toy.xlsx", cwd=tmp_path, code=2)
    assert "--overwrite" in err
    (tmp_path / "new" / "mine.txt").write_text("mine")
    _, err = run_here("import", "toy.xlsx", "new", cwd=tmp_path, code=2)
    assert "holds something else" in err
    run_here("import", "toy.xlsx", "new", "--overwrite", cwd=tmp_path)
    assert (tmp_path / "new" / "mine.txt").read_text() == "mine"
    _, err = run_here("import", TOY / "network.yaml", "other", cwd=tmp_path, code=65)
    assert "expected a workbook (.xlsx)" in err


@pytest.fixture
def repaired(out: Path) -> Path:
    """Return a folder whose first week was published, and again with a duty handed over."""
    first, changed = out / MONDAYS[0] / "schedule.json", out.parent / "changed.csv"
    holder = next(a.physician for a in FIRST.record.schedule if a.duty == CLINIC)
    assert holder == "anna"
    run_here("publish", "toy", first, "--by", "anna", cwd=out.parent)
    run_here("report", "toy", out, cwd=out.parent)
    run_here("versions", "toy", "--out", changed, cwd=out.parent)
    rows = changed.read_text().splitlines(keepends=True)
    left = [row for row in rows if not row.endswith(",clinic,anna\n") or str(CLINIC[1]) not in row]
    assert len(rows) - 1 == len(left)
    changed.write_text("".join(left))
    run_here("publish", "toy", changed, "--by", "bruno", cwd=out.parent)
    return out


def cancelled(calendar: Path) -> list[str]:
    """Return the days of the cancelled entries of a calendar."""
    events = Calendar.from_ical(calendar.read_text()).walk("VEVENT")
    return [str(e["DTSTART"].dt.date()) for e in events if e.get("STATUS") == "CANCELLED"]


def test_a_folder_is_reported_as_its_week_was_published_last(repaired: Path) -> None:
    """Whose duty is gone is told so, in the calendar of the week and in that of all weeks."""
    _, said = run_here("report", "toy", repaired, cwd=repaired.parent)
    assert f"version 2 of the week of {MONDAYS[0]}, published by bruno on " in said
    assert "takes the place of the file's schedule" in said
    assert cancelled(repaired / MONDAYS[0] / "calendars" / "anna.ics") == [str(CLINIC[1])]
    page = (repaired / MONDAYS[0] / "schedule.html").read_text()
    assert f"Version 2 of the week of {MONDAYS[0]}, published by bruno" in page
    _, said = run_here("report", "toy", repaired, "--db", "none", cwd=repaired.parent, code=2)
    assert "no database none" in said


def test_a_file_is_reported_as_it_is_and_a_newer_version_named(repaired: Path) -> None:
    """With the command that reports the version, which works."""
    file = repaired / MONDAYS[0] / "schedule.json"
    _, said = run_here("report", "toy", file, cwd=repaired.parent)
    (line,) = said.splitlines()
    command = line.partition(", is another schedule: pysched ")[2].split()
    assert cancelled(file.parent / "calendars" / "anna.ics") == []
    run_here(*command, cwd=repaired.parent)
    assert cancelled(file.parent / "calendars" / "anna.ics") == [str(CLINIC[1])]


def test_a_version_is_checked_explained_and_asked_about(repaired: Path) -> None:
    """By its kind or its number, as well as a file; a number of none is refused."""
    folder = repaired.parent
    assert "open duties: 1 of 16: clinic@" in run_here("check", "toy", "published", cwd=folder)[0]
    assert "open duties: 0 of 16" in run_here("check", "toy", "1", cwd=folder)[0]
    assert "has no version '9'" in run_here("check", "toy", "9", cwd=folder, code=1)[1]
    assert "clinic on Tuesday" in run_here("explain", "toy", "published", cwd=folder)[0]
    duty = f"{CLINIC[0]}@{CLINIC[1]}"
    _, said = run_here("why", "toy", "2", "anna", duty, cwd=folder, code=2)
    assert f"anna has not {duty}: ask with --not" in " ".join(said.replace("│", " ").split())


def test_a_version_is_written_as_csv_alone(repaired: Path) -> None:
    """What stands there can be read again; a file named as JSON could not."""
    folder = repaired.parent
    run_here("versions", "toy", "--version", 2, "-o", "two.csv", cwd=folder)
    assert "no duty changes" in run_here("diff", "toy", "2", "two.csv", cwd=folder)[0]
    _, said = run_here("versions", "toy", "--out", "two.json", cwd=folder, code=2)
    assert "is written as CSV" in said


def test_a_run_takes_what_was_published_and_says_so(repaired: Path) -> None:
    """The clinic stays open, and the file checks; a later version is named and solve says so."""
    folder, one = repaired.parent, ("run", "toy", "--weeks", 1, "--conflict-limit", 500)
    _, said = run_here(*one, cwd=folder)
    assert f"version 2 of the week of {MONDAYS[0]}, published by bruno on " in said
    assert "UTC, is taken\n" in said
    file = repaired / MONDAYS[0] / "schedule.json"
    assert "open duties: 1 of 16: clinic@" in run_here("check", "toy", file, cwd=folder)[0]
    run_here("publish", "toy", "1", "--by", "carla", cwd=folder)
    _, said = run_here(*one, cwd=folder)
    assert "published by carla on" in said
    assert "is taken in place of what was settled; the weeks after follow from it" in said
    assert "open duties: 0 of 16" in run_here("check", "toy", file, cwd=folder)[0]
    solve = ("solve", "toy", "--week", MONDAYS[0], "--conflict-limit", 500)
    assert "stays in force, whatever is solved now" in run_here(*solve, cwd=folder)[1]


def test_a_run_names_a_lock_of_a_week_that_nobody_published(tmp_path: Path) -> None:
    """And plans it."""
    database = ("--db", "v.sqlite")
    run_here(
        "publish", "toy", BY_HAND, "--by", "anna", "--week", MONDAYS[1], *database, cwd=tmp_path
    )
    run_here("lock", "toy", "--week", MONDAYS[0], "--by", "anna", *database, cwd=tmp_path)
    one = ("run", "toy", "--weeks", 1, "--conflict-limit", 500, *database)
    _, said = run_here(*one, cwd=tmp_path)
    assert f"week of {MONDAYS[0]} was locked by anna on " in said
    assert "none was published: it is planned" in said
