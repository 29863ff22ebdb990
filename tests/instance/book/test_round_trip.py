"""Scenario to workbook and back: nothing is lost, whatever the texts look like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pysched.instance import InstanceError, Scenario, find_scenario, read_scenario
from pysched.instance.book import export_book, import_book, read_book, scenario_book
from pysched.instance.digest import scenario_digest
from pysched.instance.generate import generate
from pysched.instance.generate.write import COLUMNS, scenario_tables
from pysched.instance.scenario import Closure
from pysched.model import Absence, Request

TOY = read_scenario(find_scenario("toy"))
BANK = {"profile": "seed", "ledger": {"expiry_weeks": "26", "a.b": "x", "c": ["[1]", "2"], "d": []}}
PRINTED = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\x7f"),
    min_size=1,
    max_size=40,
)
ODD = [
    "=1+1",
    "007",
    "1e5",
    "TRUE",
    "2024-04-15",
    "-5",
    "+x",
    "@x",
    "[x]",
    "{a: b}",
    '"q"',
    "08:00",
]
TEXTS = (PRINTED | st.sampled_from(ODD)).filter(lambda text: text.strip() == text)


def bare(scenario: Scenario) -> Scenario:
    """Return a scenario without what depends on where it was read from."""
    return replace(scenario, lines={}, warnings=())


def back(scenario: Scenario, path: Path) -> Scenario:
    """Return a scenario after the way through a workbook."""
    export_book(scenario, path, overwrite=True)
    return bare(read_book(path))


@pytest.mark.parametrize("name", ["toy", "ferrara"])
def test_a_shipped_scenario_comes_back_and_its_tables_byte_by_byte(
    name: str, tmp_path: Path
) -> None:
    """Equal in every value; the CSV files are the very same."""
    source = find_scenario(name)
    scenario = read_scenario(source)
    export_book(scenario, tmp_path / "book.xlsx")
    import_book(tmp_path / "book.xlsx", tmp_path / "new")
    found = read_scenario(tmp_path / "new")
    assert bare(found) == bare(scenario)
    assert scenario_digest(found) == scenario_digest(scenario)
    for path in source.glob("*.csv"):
        assert (tmp_path / "new" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_generated_scenario_comes_back(seed: int, tmp_path: Path) -> None:
    """With residents, agreements and all."""
    scenario = bare(generate(8, 2, seed))
    assert back(scenario, tmp_path / "book.xlsx") == scenario


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(name=TEXTS, physician=TEXTS, kind=TEXTS, reason=TEXTS)
def test_texts_come_back_as_they_are(
    name: str, physician: str, kind: str, reason: str, tmp_path: Path
) -> None:
    """Those that look like formulas, numbers, days, truth or blocks too."""
    people = dict(TOY.network.physicians)
    people["anna"] = replace(people["anna"], name=physician)
    scenario = replace(
        bare(TOY),
        network=replace(TOY.network, name=name, physicians=people),
        absences=(Absence("bruno", date(2024, 4, 16), date(2024, 4, 18), kind),),
        closures=(Closure("clinic", date(2024, 4, 16), date(2024, 4, 16), reason),),
    )
    assert back(scenario, tmp_path / "book.xlsx") == scenario


def test_what_is_asked_of_the_bank_comes_back(tmp_path: Path) -> None:
    """Parts and numbers as rows; what no row can say as YAML in a cell."""
    scenario = replace(bare(TOY), bank=BANK)
    assert back(scenario, tmp_path / "book.xlsx") == scenario
    import_book(tmp_path / "book.xlsx", tmp_path / "new")
    assert read_scenario(tmp_path / "new").bank == BANK


def test_rules_come_back(tmp_path: Path) -> None:
    """Profile, a weight, a level and a limit of one's own."""
    text = (find_scenario("toy") / "network.yaml").read_text()
    rules = (
        "rules:\n  profile: paper\n  measure: minutes\n  limits: {max_nights: 2}\n"
        "  weights: {memory: {major: 9}}\n  levels: {rules: 1}\n"
    )
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "network.yaml").write_text(text + rules)
    scenario = bare(read_scenario(tmp_path / "toy"))
    assert back(scenario, tmp_path / "book.xlsx") == scenario


def test_a_book_is_the_same_for_the_same_scenario() -> None:
    """It has no clock in it."""
    assert scenario_book(TOY) == scenario_book(TOY)


def test_every_table_has_its_sheet(tmp_path: Path) -> None:
    """Those without a row too, so that people see the columns."""
    export_book(TOY, tmp_path / "book.xlsx")
    assert set(scenario_tables(TOY)) == set(COLUMNS)


def test_nothing_is_overwritten_silently(tmp_path: Path) -> None:
    """Neither a book nor a folder; the latter is taken where it says the same already."""
    book, folder = tmp_path / "book.xlsx", tmp_path / "new"
    export_book(TOY, book)
    with pytest.raises(ValueError, match=r"book\.xlsx is there already"):
        export_book(TOY, book)
    import_book(book, folder)
    import_book(book, folder)
    (folder / "absences.csv").write_text("physician,first_day,last_day,kind\n")
    with pytest.raises(ValueError, match="holds something else: absences"):
        import_book(book, folder)
    assert read_scenario(folder).absences == ()
    import_book(book, folder, overwrite=True)
    assert bare(read_scenario(folder)) == bare(TOY)


def test_a_text_that_no_workbook_can_hold_is_named(tmp_path: Path) -> None:
    """With its place; nothing is written."""
    wish = Request("anna", date(2024, 4, 22), "prefer_task", "a\x0bb", 3)
    with pytest.raises(InstanceError, match="sheet requests:2: column 4"):
        export_book(replace(TOY, requests=(wish,)), tmp_path / "book.xlsx")
    assert list(tmp_path.iterdir()) == []
