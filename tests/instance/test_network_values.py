"""What network.yaml says arrives in the model."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from pathlib import Path

from pysched.instance import read_scenario
from pysched.model import (
    Agreement,
    Calendar,
    GeographyRule,
    Hospital,
    Network,
    Pair,
    Physician,
    Task,
    profile_rules,
)
from tests.instance.builders import TEXTS, bent, write


def network_of(folder: Path, texts: dict[str, str]) -> Network:
    """Return the network of a scenario."""
    return read_scenario(write(folder, texts)).network


def test_sections_arrive(tmp_path: Path) -> None:
    """Each noun has the values of its entry."""
    network = network_of(tmp_path, TEXTS)
    assert network.calendar == Calendar("Europe/Rome", "IT", "FE", frozenset({"Pasqua", "08-15"}))
    assert network.hospitals["cona"] == Hospital("cona", "Cona", main=True)
    assert network.travel["cona", "delta"] == network.travel["delta", "cona"] == 50
    assert network.tasks["T2"] == Task(
        id="T2",
        name="Night",
        kind="on_call",
        category="night",
        hospital="cona",
        weekdays=frozenset({4}),
        start=time(20),
        end=time(8),
        credited_minutes=0,
        essential=True,
        public_holidays="as_usual",
    )
    expected = Physician("P2", "Piera", "expert", Decimal(19), Decimal("10.5"), "steady", None)
    assert network.physicians["P2"] == expected
    assert network.physicians["P3"].mentor == "P1"
    assert ("P2", "T2") in network.skills
    assert ("P2", "T3") not in network.skills


def test_rows_arrive(tmp_path: Path) -> None:
    """The CSV files that are about the network are part of it."""
    network = network_of(tmp_path, TEXTS)
    assert network.suitability == {("P1", "T1"): 0, ("P2", "T1"): 100}
    assert network.agreements == (
        Agreement("P1", "free_weekday", "fri"),
        Agreement("P2", "no_nights"),
        Agreement("P2", "max_per_week", "ward", 3),
        Agreement("P3", "not_at_hospital", "cento"),
    )
    assert network.pairs == (Pair("P1", "P2", "avoid"), Pair("P1", "P3", "like"))
    assert network.geography == (GeographyRule("T1", "T3", "far"),)


def test_rules_lie_over_their_profile(tmp_path: Path) -> None:
    """What is not said is as the profile has it."""
    rules = network_of(tmp_path, TEXTS).rules
    assert rules.weights["memory", "major"] == (9, 1)
    assert rules.weights["minimum_hours", "hour"] == (2, 2)
    assert ("team", "like") not in rules.weights
    assert rules.limits.max_nights == 2
    assert rules.limits.target_hours_per_day == Decimal("6.5")
    assert rules.limits.rest_hours == 11


def test_rules_are_the_recommended_ones_unless_said(tmp_path: Path) -> None:
    """The section is optional."""
    text = TEXTS["network.yaml"].partition("rules:\n")[0]
    assert network_of(tmp_path, {"network.yaml": text}).rules == profile_rules("recommended")


def test_the_profile_of_the_paper_keeps_raw_counts(tmp_path: Path) -> None:
    """A default of the file does not override what the profile says."""
    text = TEXTS["network.yaml"].partition("rules:\n")[0] + "rules: {profile: paper}\n"
    assert network_of(tmp_path, {"network.yaml": text}).rules == profile_rules("paper")


def test_more_credit_than_time_is_a_warning(tmp_path: Path) -> None:
    """Handover may be paid, but it may be a slip as well."""
    texts = bent("network.yaml", "credited_minutes: 300", "credited_minutes: 301")
    warnings = read_scenario(write(tmp_path, texts)).warnings
    [warning] = [w for w in warnings if w.field == "tasks.T1.credited_minutes"]
    assert (warning.file, warning.row, warning.value) == ("network.yaml", 24, "301")
