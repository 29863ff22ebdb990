"""Written folders read back as they were, and nothing is lost by writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pysched.instance import InstanceError, Scenario, find_scenario, read_scenario
from pysched.instance.generate import generate, write_scenario
from pysched.instance.generate.network_text import scalar
from pysched.instance.generate.write import COLUMNS
from pysched.instance.row_reader import MODELS
from pysched.model import Assignment, Limits, Rules, profile_rules

DAY = date(2024, 4, 15)


def content(scenario: Scenario) -> Scenario:
    """Return a scenario without what only the folder it was read from says."""
    return replace(scenario, lines={}, warnings=())


def toy() -> Scenario:
    """Return the toy scenario."""
    return read_scenario(find_scenario("toy"))


def with_rules(rules: Rules) -> Scenario:
    """Return the toy scenario with another policy."""
    return replace(toy(), network=replace(toy().network, rules=rules))


@pytest.mark.parametrize("name", ["ferrara", "toy"])
def test_shipped_scenarios_read_back(name: str, tmp_path: Path) -> None:
    """Nothing that their files say is lost."""
    scenario = read_scenario(find_scenario(name))
    write_scenario(scenario, tmp_path)
    assert content(read_scenario(tmp_path)) == content(scenario)


def test_every_kind_of_row_reads_back(tmp_path: Path) -> None:
    """Pins and history too."""
    pins = (Assignment(DAY, "guard", "anna"),)
    history = (Assignment(date(2024, 4, 8), "ward", "carla"),)
    scenario = replace(toy(), pins=pins, history=history)
    write_scenario(scenario, tmp_path)
    assert content(read_scenario(tmp_path)) == content(scenario)


@pytest.mark.parametrize(
    "rules",
    [
        profile_rules("paper"),
        profile_rules("weighted"),
        profile_rules("paper", normalise="fair_share"),
        profile_rules("recommended").without("memory", "team"),
        profile_rules(
            "recommended",
            {("coverage", "other"): 7},
            {"rules": 1, "fairness": 2},
            limits=Limits(max_nights=2, target_hours_per_day=Decimal("7.6")),
            measure="minutes",
            normalise="none",
        ),
    ],
)
def test_rules_read_back(rules: Rules, tmp_path: Path) -> None:
    """A policy is written as a profile and what differs from it."""
    write_scenario(with_rules(rules), tmp_path)
    assert read_scenario(tmp_path).network.rules == rules


def test_rules_that_no_file_can_say_are_refused(tmp_path: Path) -> None:
    """Two grades of a group cannot have two levels; nothing is written."""
    weights = dict(profile_rules("recommended").weights)
    weights["minimum_hours", "hour"] = (2, 9)
    with pytest.raises(ValueError, match="no network file can say"):
        write_scenario(with_rules(replace(toy().network.rules, weights=weights)), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_travel_that_differs_by_direction_is_refused(tmp_path: Path) -> None:
    """The file has one number for both directions."""
    network = replace(toy().network, travel={("city", "hill"): 40, ("hill", "city"): 45})
    with pytest.raises(ValueError, match="travel city hill: 40 minutes there, 45 back"):
        write_scenario(replace(toy(), network=network), tmp_path)


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    """What is there stays, unless it may be overwritten."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"holds something else: notes\.txt"):
        write_scenario(toy(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    write_scenario(toy(), tmp_path, overwrite=True)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert content(read_scenario(tmp_path)) == content(toy())


def test_another_scenario_is_not_mixed_with_the_new_one(tmp_path: Path) -> None:
    """Rows of the old one go, also of files that the new one does not have."""
    write_scenario(generate(14, 2, 1), tmp_path)
    with pytest.raises(ValueError, match="holds something else"):
        write_scenario(toy(), tmp_path)
    write_scenario(toy(), tmp_path, overwrite=True)
    assert content(read_scenario(tmp_path)) == content(toy())
    assert not (tmp_path / "pairs.csv").exists()


def test_writing_the_same_again_is_no_mishap(tmp_path: Path) -> None:
    """Nor is finishing a write that was killed, which left no scenario behind."""
    write_scenario(toy(), tmp_path)
    write_scenario(toy(), tmp_path)
    (tmp_path / "network.yaml").replace(tmp_path / ".network.yaml.tmp")
    with pytest.raises(InstanceError, match=r"network\.yaml"):
        read_scenario(tmp_path)
    write_scenario(toy(), tmp_path)
    assert content(read_scenario(tmp_path)) == content(toy())
    assert not list(tmp_path.glob(".*"))


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    """It is refused by name and stays as it was."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ValueError, match="file is not a folder"):
        write_scenario(toy(), tmp_path / "file", overwrite=True)
    assert (tmp_path / "file").read_text() == "mine"


def test_columns_are_those_that_are_read() -> None:
    """No file and no column is forgotten."""
    assert {name: set(columns) for name, columns in COLUMNS.items()} == {
        name: set(model.model_fields) for name, model in MODELS.items()
    }


def test_the_text_is_readable(tmp_path: Path) -> None:
    """A task takes three lines, no line is long, and sections have their comments."""
    write_scenario(generate(28, 1, 1), tmp_path)
    lines = (tmp_path / "network.yaml").read_text().splitlines()
    assert max(map(len, lines)) <= 100
    start = lines.index("tasks:")
    assert lines[start + 3].endswith("public_holidays: as_usual}")
    assert lines[start + 4].startswith("  T2: {name:")
    assert "# Who may do which task." in lines


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1))
def test_any_text_stays_text_in_yaml(text: str) -> None:
    """Quotes stand where YAML would read something else."""
    assert yaml.safe_load(f"key: {scalar(text)}") == {"key": text}


@pytest.mark.parametrize("text", ["no", "Null", "12", "1e3", "~", "a: b", "a #b", "- a", "", "ON"])
def test_what_looks_like_something_else_is_quoted(text: str) -> None:
    """Also in a list."""
    assert yaml.safe_load(f"[{scalar(text)}]") == [text]
