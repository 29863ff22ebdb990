"""Mornings after on-call, geography and house rules, each by hand."""

from decimal import Decimal
from typing import Any

import pytest

from pysched.model import Absence, Agreement, GeographyRule

from .builders import PEOPLE, checked, day, network, physician, units

WITH_EVE = (*PEOPLE, physician("eve", years="0.5"))


@pytest.mark.parametrize(
    ("rows", "tail", "expected"),
    [
        ("ann call 0, ann ward 1", "", {"ann, 2023-06-06": 1}),
        ("ann call 0, ann ward 1, ann clinic 1", "", {"ann, 2023-06-06": 1}),
        ("ann ward 0", "ann call -1", {"ann, 2023-06-05": 1}),
        ("ann call 0, ann guard 1", "", {}),
        ("ann call 0, bob ward 1", "", {}),
        ("ann call 0, ann ward 2", "", {}),
        ("ann ring 0, ann ward 1", "", {}),
        ("ann night 0, ann ward 1", "", {}),
        ("ann call 0, ann ring 1", "", {}),
    ],
)
def test_a_morning_after_an_on_call_night(rows: str, tail: str, expected: dict[str, int]) -> None:
    """One unit a day, however many duties; afternoons, on-call by day and nights at work: none."""
    report = checked(rows, tail=tail)
    assert units("morning_after_on_call", "day", report) == expected


def test_a_listed_pair_of_tasks_on_one_day() -> None:
    """Ann has clinic and guard on Monday: 1 unit; bob on two days, cat and dan have one each."""
    net = network(geography=(GeographyRule("clinic", "guard"), GeographyRule("ward", "far")))
    rows = "ann clinic 0, ann guard 0, bob clinic 1, bob guard 2, cat clinic 3, dan guard 3"
    report = checked(rows, net=net)
    assert units("geography", "pair", report) == {"ann, 2023-06-05, clinic, guard": 1}


def test_a_senior_on_a_major_holiday() -> None:
    """Ann, senior, has two duties on the holiday: 1 unit; bob is none, Tuesday is none."""
    holidays = frozenset({day(0)})
    report = checked("ann ward 0 1, ann guard 0, bob clinic 0", major_holidays=holidays)
    assert units("house_rules", "senior_holiday", report) == {"ann, 2023-06-05": 1}


@pytest.mark.parametrize(
    ("rows", "tail", "expected"),
    [
        ("cat ward 5 6", "cat call -1", {"cat": 1}),
        ("cat call 6", "cat ward -2", {"cat": 1}),
        ("cat ward 5", "cat ward -2", {"cat": 1}),
        ("cat ward 4", "cat ward -1", {}),
        ("cat ward 5", "cat ward -3", {}),
        ("bob ward 5", "bob ward -1", {}),
        ("cat ward 5", "bob ward -1", {}),
    ],
)
def test_a_resident_on_two_weekends_in_a_row(
    rows: str, tail: str, expected: dict[str, int]
) -> None:
    """One unit, on-call included; Fridays and other physicians do not count."""
    report = checked(rows, tail=tail)
    assert units("house_rules", "resident_weekend", report) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("ann guard 0", {"guard@2023-06-05": 1}),
        ("ann guard 0, bob night 0", {"guard@2023-06-05": 1, "night@2023-06-05": 1}),
        ("ann guard 0, eve call 0", {}),
        ("ann guard 0, eve ward 0", {"guard@2023-06-05": 1}),
        ("ann guard 0, eve call 1", {"guard@2023-06-05": 1}),
        ("eve guard 0", {}),
        ("ann ward 0", {}),
    ],
)
def test_an_unwanted_duty_goes_to_the_newest(rows: str, expected: dict[str, int]) -> None:
    """Eve, half a year here, is free: 1 unit a duty; with a guard of her own that day: none."""
    report = checked(rows, net=network(WITH_EVE))
    assert units("house_rules", "first_year", report) == expected


@pytest.mark.parametrize(
    ("changes", "absent"),
    [
        ({"without_skills": "eve night"}, None),
        ({"agreements": (Agreement("eve", "no_nights"),)}, None),
        ({"agreements": (Agreement("eve", "free_weekday", "mon"),)}, None),
        ({"agreements": (Agreement("eve", "not_at_hospital", "cona"),)}, None),
        ({}, 0),
        ({}, 1),
    ],
)
def test_the_newest_must_be_able_and_present(changes: dict[str, Any], absent: int | None) -> None:
    """A night not given to eve costs nothing if she may not have it, or is away in the morning."""
    away = () if absent is None else (Absence("eve", day(absent), day(absent), "leave"),)
    report = checked("ann night 0", net=network(WITH_EVE, **changes), absences=away)
    assert units("house_rules", "first_year", report) == {}


def test_a_member_of_one_year_is_not_new() -> None:
    """Less than a year is less than 1."""
    net = network((*PEOPLE, physician("eve", years="1.0")))
    assert net.physicians["eve"].seniority_years == Decimal(1)
    assert units("house_rules", "first_year", checked("ann guard 0", net=net)) == {}
