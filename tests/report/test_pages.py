"""Pages: well-formed, told by tables with heads, safe against names, without anything secret."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest

from pysched.department import level_names
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.report.comparison_page import comparison_page, overview_grid
from pysched.report.horizon_files import comparison_of, write_horizon_reports
from pysched.report.horizon_page import horizon_page
from pysched.report.reported import by_hand_schedules, checked
from pysched.report.week_files import write_week_reports
from pysched.report.week_page import week_page
from tests.report.shown import LEVELS, SHOWN, Page, view_of
from tests.report.weeks import SCENARIO

STAMP = datetime(2024, 4, 8, tzinfo=UTC)


def pages() -> dict[str, str]:
    """Return a page of each kind."""
    compared = comparison_of(SCENARIO, SHOWN)
    assert compared is not None
    return {
        "week": week_page(view_of(0), (), "From the toy."),
        "horizon": horizon_page(SCENARIO.network, SHOWN, LEVELS),
        "comparison": comparison_page(compared),
    }


PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_alone_and_can_be_listened_to(name: str) -> None:
    """Nothing is loaded; language, heads of tables, captions and titles of figures are there."""
    page = Page(PAGES[name])
    assert page.of("html") == [{"lang": "en"}]
    assert len(page.of("title")) == 1 + len(page.of("svg"))
    assert len(page.of("h1")) == 1
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not re.search(r"https?://|url\((?!#)", PAGES[name])
    assert len(page.of("caption")) == len(page.of("table")) > 0
    assert {head.get("scope") for head in page.of("th")} == {"col", "row"}
    for figure in page.of("svg"):
        named = str(figure["aria-labelledby"]).split()
        assert figure["role"] == "img"
        assert {"title", "desc"} == {t for t, a in page.tags if a.get("id") in named}
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_same_for_the_same_weeks(name: str) -> None:
    """It has no clock in it."""
    assert pages()[name] == PAGES[name]


def test_the_grid_of_a_week_says_all_in_words() -> None:
    """Letter, task and times of each duty, its name and kind for who listens."""
    texts = Page(PAGES["week"]).texts
    assert texts.count("20–08 city") == 3
    assert texts.count("On-call guard, night, on call from home,") == 3
    assert texts.count("absent") == 3
    assert {"Anna", "Bruno", "Carla", "Dario", "Mon 15 Apr", "From the toy."} <= set(texts)


@pytest.mark.parametrize("hours", ["6.3", "7"])
def test_targets_are_said_as_the_network_has_them(hours: str) -> None:
    """Who changes the target of a day reads his own."""
    limits = replace(SCENARIO.network.rules.limits, target_hours_per_day=Decimal(hours))
    rules = replace(SCENARIO.network.rules, limits=limits)
    network = replace(SCENARIO.network, rules=rules)
    compared = comparison_of(replace(SCENARIO, network=network), SHOWN)
    assert compared is not None
    assert f"({hours} hours a working day for full time)" in comparison_page(compared)


def test_names_cannot_break_a_page() -> None:
    """What means something in HTML is escaped, in tables and figures."""
    bad = "<script>alert('x')</script>&\""
    people = {key: replace(p, name=bad) for key, p in SCENARIO.network.physicians.items()}
    network = replace(SCENARIO.network, name=bad, physicians=people)
    compared = comparison_of(replace(SCENARIO, network=network), SHOWN)
    assert compared is not None
    shown = [
        week_page(replace(view_of(0), network=network), (), bad),
        horizon_page(network, SHOWN, LEVELS, {str(SHOWN[0].week.monday): '"><b>'}),
        comparison_page(compared),
    ]
    for html in shown:
        page = Page(html)
        assert not page.of("script")
        assert not page.of("b") or all("class" not in a for a in page.of("b"))
        assert any(bad in text for text in page.texts)


def test_the_kind_of_an_absence_is_in_no_report(tmp_path: Path) -> None:
    """Workbook, pages and calendars are read by colleagues."""
    kind = "chemotherapy"
    absences = tuple(replace(absence, kind=kind) for absence in SCENARIO.absences)
    scenario = replace(SCENARIO, absences=absences)
    weeks = weeks_of(scenario)
    assert kind in {absence.kind for week in weeks for absence in week.absences}
    levels = level_names(scenario.network.rules)
    shown = [replace(s, week=week) for s, week in zip(SHOWN, weeks, strict=True)]
    for each in shown:
        place = tmp_path / str(each.week.monday)
        write_week_reports(place, scenario.network, each, levels, STAMP)
    compared = comparison_of(scenario, shown)
    write_horizon_reports(tmp_path, scenario.network, shown, compared, levels, STAMP)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2 * (2 + 4) + 2 + 4
    for path in files:
        raw = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                raw = b"".join(archive.read(name) for name in archive.namelist())
        assert kind.encode() not in raw
        assert b"vacation" not in raw


def test_reports_that_are_right_are_left_alone(tmp_path: Path) -> None:
    """Written again later, not a file changes; one that is half is made whole."""
    network = SCENARIO.network
    write_week_reports(tmp_path, network, SHOWN[0], LEVELS, STAMP)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = {path: path.stat().st_mtime_ns for path in files}
    (tmp_path / "schedule.html").write_text("half")
    write_week_reports(tmp_path, network, SHOWN[0], LEVELS, datetime(2025, 1, 1, tzinfo=UTC))
    changed = [path.name for path, at in before.items() if path.stat().st_mtime_ns != at]
    assert changed == ["schedule.html"]


def test_levels_are_named_as_the_schedule_has_them(tmp_path: Path) -> None:
    """A week planned under other rules than the network's own keeps its names."""
    shown = replace(SHOWN[0], levels=dict.fromkeys(LEVELS, "what was compared then"))
    write_week_reports(tmp_path, SCENARIO.network, shown, LEVELS, STAMP)
    texts = Page((tmp_path / "schedule.html").read_text()).texts
    assert texts.count("what was compared then") >= len(LEVELS)
    assert "double booking" not in texts


def test_the_reports_of_a_week_are_cheap(tmp_path: Path) -> None:
    """Less than a second of computing for 14 physicians, the best of three."""
    ferrara = read_scenario(find_scenario("ferrara"))
    (shown,) = checked(ferrara, by_hand_schedules(ferrara)[:1], "Made by hand.")
    levels, seconds = level_names(ferrara.network.rules), []
    for number in range(3):
        start = process_time()
        write_week_reports(tmp_path / str(number), ferrara.network, shown, levels, STAMP)
        seconds.append(process_time() - start)
    assert min(seconds) < 1


def test_one_week_is_no_weeks() -> None:
    """Nor is one rule rules."""
    compared = comparison_of(SCENARIO, SHOWN[:1])
    assert compared is not None
    assert overview_grid(compared).caption == "As-is against to-be in 1 week"
    broken = replace(SHOWN[0], broken=("some",))
    told = re.sub(r"<[^>]*>|\s+", " ", horizon_page(SCENARIO.network, [broken], LEVELS))
    told = " ".join(told.split())
    assert "1 week 16 duties filled" in told
    assert "1 hard rule broken" in told
