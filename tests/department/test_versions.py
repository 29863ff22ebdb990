"""Versions of a department: what comes back is what was stored, with all it is judged by."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pysched.department.versions import Version, Versions
from pysched.explain.amendment import Amendment
from pysched.instance import find_scenario, read_scenario
from pysched.model import Absence, Assignment, Schedule, State
from pysched.store import StoreError
from tests.databases import new_database

MONDAY = date(2024, 4, 15)
NOON = datetime(2024, 4, 8, 12, tzinfo=UTC)
TOY = read_scenario(find_scenario("toy"))
SCHEDULE = Schedule(MONDAY, frozenset([Assignment(MONDAY, "ward", "carla")]))
AMENDMENT = Amendment(
    absences=(Absence("anna", MONDAY, MONDAY, "sick"),),
    present=(("bruno", MONDAY, date(2024, 4, 16)),),
    closed=(("guard", MONDAY),),
    opened=(("clinic", MONDAY),),
    weights={("wishes", "day_off"): 3},
)
FIRST = Version(
    SCHEDULE, "published", "anna", NOON, State(), "first", "paper", ("team",), AMENDMENT
)


def test_a_version_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    """State, rules and what came up included; the latest of a kind is found, and each number."""
    with Versions(TOY, f"sqlite:///{tmp_path / 'new' / 'v.sqlite'}") as versions:
        first = versions.add(FIRST)
        second = versions.add(replace(FIRST, schedule=Schedule(MONDAY, frozenset()), note="again"))
        worked = versions.add(replace(FIRST, kind="worked"))
        assert replace(FIRST, number=1) == first
        assert [first, second, worked] == versions.all(MONDAY)
        assert second == versions.find("published")
        assert first == versions.find("1", MONDAY)
        assert worked == versions.find("worked")
        assert first.to_bank().schedule == SCHEDULE


def test_no_message_shows_the_password_of_a_database(postgresql: str) -> None:
    """What is said of a database names it, and leaves out how to get in."""
    url = new_database(postgresql).replace("postgres:@", "postgres:sesame@", 1)
    assert "sesame" in url
    with Versions(TOY, url) as versions, pytest.raises(StoreError) as refused:
        versions.find("published")
    said = str(refused.value)
    assert "://postgres:***@/" in said
    assert "sesame" not in said


def test_what_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    """No version of a kind, none at all, several weeks, nothing published before it was worked."""
    with Versions(TOY, f"sqlite:///{tmp_path / 'v.sqlite'}") as versions:
        with pytest.raises(StoreError, match="it has none: pysched publish stores one"):
            versions.find("published")
        with pytest.raises(StoreError, match="was not published: nothing was worked by it"):
            versions.add(replace(FIRST, kind="worked"))
        with pytest.raises(StoreError, match="the name of who does it is missing"):
            versions.add(replace(FIRST, author=" "))
        with pytest.raises(StoreError, match="the name of who does it is missing"):
            versions.set_lock(MONDAY, locked=True, author="", made=NOON)
        versions.add(FIRST)
        with pytest.raises(StoreError, match="has no version '7' of the week of 2024-04-15; it"):
            versions.find("7", MONDAY)
        later = Schedule(date(2024, 4, 22), frozenset())
        versions.add(replace(FIRST, schedule=later))
        with pytest.raises(StoreError, match=r"2 weeks have versions, .*: say --week"):
            versions.find("published")


def test_a_version_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    """Its hash says so."""
    path = tmp_path / "v.sqlite"
    with Versions(TOY, f"sqlite:///{path}") as versions:
        versions.add(FIRST)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE schedule_version SET schedule = '[]'")
    connection.close()
    with (
        Versions(TOY, f"sqlite:///{path}") as versions,
        pytest.raises(StoreError, match="version 1 of the week of 2024-04-15 is not what"),
    ):
        versions.all()
