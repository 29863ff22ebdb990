"""Reports in the programs that people open them with: Chromium with axe, and LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pysched.department import level_names
from pysched.instance import find_scenario, read_scenario
from pysched.instance.book import export_book, read_book
from pysched.report.horizon_files import comparison_of, write_horizon_reports
from pysched.report.reported import by_hand_schedules, checked
from pysched.report.week_files import write_week_reports

FERRARA = read_scenario(find_scenario("ferrara"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
PAGES = ("2023-05-29/schedule.html", "horizon.html", "as-is-to-be.html")
TOLD = ("javaldx",)
"""What LibreOffice says on machines without Java, whatever it converts."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the reports of three weeks of Ferrara, by hand on both sides."""
    folder = tmp_path_factory.mktemp("reports")
    levels, stamp = level_names(FERRARA.network.rules), datetime(2023, 5, 22, tzinfo=UTC)
    weeks = list(checked(FERRARA, by_hand_schedules(FERRARA)[:3], "Made by hand."))
    for week in weeks:
        place = folder / str(week.week.monday)
        write_week_reports(place, FERRARA.network, week, levels, stamp)
    compared = comparison_of(FERRARA, weeks)
    write_horizon_reports(folder, FERRARA.network, weeks, compared, levels, stamp)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a running Chromium; without one these tests are skipped."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is here: apt-get install chromium")
    sync = pytest.importorskip("playwright.sync_api")
    with sync.sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage"]
        started = playwright.chromium.launch(executable_path=program, args=options)
        yield started
        started.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_axe_has_nothing_against_it(
    name: str, size: str, browser: Any, out: Path, tmp_path: Path
) -> None:
    """Wide tables scroll by themselves, and by keyboard; the page never does sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((out / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture = page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert len(picture) > 10_000
    assert said == []
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], rule["impact"], rule["nodes"][0]["html"]) for rule in found] == []
    page.close()


def test_a_week_prints_on_a4_with_its_grid_in_one_piece(browser: Any, out: Path) -> None:
    """Colours aside: on paper the grid of 14 physicians is no higher than a page."""
    page = browser.new_page(viewport={"width": 1054, "height": 740})
    page.goto((out / PAGES[0]).as_uri())
    page.emulate_media(media="print")
    bottom = page.evaluate("document.querySelector('.grid').getBoundingClientRect().bottom")
    assert bottom <= 720  # 210 mm less margins at 96 dots an inch
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") in range(3, 8)
    page.close()


@pytest.fixture(scope="module")
def converted(out: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a folder with workbooks as LibreOffice writes them again, and what it said."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice is not here: apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")
    export_book(FERRARA, folder / "scenario.xlsx")
    shutil.copy(out / "2023-05-29" / "schedule.xlsx", folder / "week.xlsx")
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        *("--convert-to", "xlsx", "--outdir", str(folder / "again")),
        *(str(folder / name) for name in ("scenario.xlsx", "week.xlsx")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return folder, done.stderr


def test_libreoffice_takes_the_workbooks_without_a_warning(converted: tuple[Path, str]) -> None:
    """It says nothing, and its own version of the week has the same cells."""
    folder, said = converted
    assert [line for line in said.splitlines() if not any(word in line for word in TOLD)] == []
    books = [load_workbook(folder / place / "week.xlsx") for place in (".", "again")]
    assert books[0].sheetnames == books[1].sheetnames
    for name in books[0].sheetnames:
        first, second = (
            {c.coordinate: c.value for row in book[name].iter_rows() for c in row if c.value}
            for book in books
        )
        assert first == second


def test_a_scenario_edited_in_libreoffice_comes_back(converted: tuple[Path, str]) -> None:
    """Every value as it was, days and times included."""
    found = read_book(converted[0] / "again" / "scenario.xlsx")
    expected = replace(FERRARA, lines={}, warnings=())
    assert replace(found, lines={}, warnings=()) == expected
