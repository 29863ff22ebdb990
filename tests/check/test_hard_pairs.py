"""Overlap, travel, rest, nights and days in a row: where one can be, and when."""

from datetime import date

import pytest

from pysched.model import Limits, profile_rules

from .builders import broken, checked, network

OCTOBER = date(2023, 10, 23)

BREAKING = [
    ("overlap", "ann guard 0, ann far 0", "ann, far@2023-06-05, guard@2023-06-05"),
    ("overlap", "ann surgery 0, ann clinic 0", "ann, surgery@2023-06-05, clinic@2023-06-05"),
    (
        "overlap",
        "ann ward 0, ann clinic 0, ann ring 0",
        "ann, ward@2023-06-05, ring@2023-06-05, clinic@2023-06-05",
    ),
    ("travel", "ann clinic 0, ann far 0", "ann, clinic@2023-06-05, far@2023-06-05"),
    ("travel", "ann early 0, ann noon 0", "ann, early@2023-06-05, noon@2023-06-05"),
    ("rest", "ann guard 0, ann dawn 1", "ann, guard@2023-06-05, dawn@2023-06-06"),
    ("rest", "ann dawn 0, ann guard 0", "ann, dawn@2023-06-05, guard@2023-06-05"),
    ("nights", "ann night 0, ann call 1", "ann, night@2023-06-05, call@2023-06-06"),
    ("nights", "ann night 0, ann call 0", "ann, call@2023-06-05, night@2023-06-05"),
    ("days", "ann guard 0 1 2 3 4 5 6", "ann, 2023-06-05, 2023-06-11"),
    ("days", "ann guard 0 1 2, ann ring 3 4 5 6", "ann, 2023-06-05, 2023-06-11"),
]

KEEPING = [
    ("overlap", "ann ward 0, ann clinic 0"),
    ("overlap", "ann ward 0, ann clinic 0, ann visit 0"),
    ("overlap", "ann surgery 0, ann guard 0"),
    ("overlap", "ann surgery 0, bob clinic 0"),
    ("travel", "ann ward 0, ann guard 0"),
    ("travel", "ann guard 0, ann farcall 0"),
    ("travel", "ann call 0, ann outing 1"),
    ("travel", "ann guard 0, ann far 0"),
    ("rest", "ann guard 0, ann early 1"),
    ("rest", "ann early 0, ann guard 0"),
    ("rest", "ann guard 0, ann call 0"),
    ("rest", "ann night 0, bob ward 1"),
    ("nights", "ann night 0 2, ann guard 1"),
    ("days", "ann guard 0 1 2 3 4 5"),
]


@pytest.mark.parametrize(("rule", "rows", "culprit"), BREAKING)
def test_the_smallest_case_breaks_the_rule(rule: str, rows: str, culprit: str) -> None:
    """Rule and culprit are named, once."""
    assert broken(rule, checked(rows)) == [(culprit, False)]


@pytest.mark.parametrize(("rule", "rows", "culprit"), BREAKING)
def test_pinned_as_a_whole_it_is_accepted(rule: str, rows: str, culprit: str) -> None:
    """The same case, wholly among the pins."""
    assert broken(rule, checked(rows, fixed=rows)) == [(culprit, True)]


@pytest.mark.parametrize(("rule", "rows", "culprit"), BREAKING)
def test_pinned_in_part_it_is_not_accepted(rule: str, rows: str, culprit: str) -> None:
    """The same case with only its first assignment pinned."""
    first = " ".join(rows.split(",")[0].split()[:3])
    assert broken(rule, checked(rows, fixed=first)) == [(culprit, False)]


@pytest.mark.parametrize(("rule", "rows"), KEEPING)
def test_the_nearest_case_keeps_the_rule(rule: str, rows: str) -> None:
    """On the boundary, or with another physician."""
    assert broken(rule, checked(rows)) == []


FROM_LAST_WEEK = [
    ("overlap", "ann farcall -1", "ann early 0", "ann, farcall@2023-06-04, early@2023-06-05"),
    ("travel", "ann night -1", "ann outing 0", "ann, night@2023-06-04, outing@2023-06-05"),
    ("rest", "ann night -1", "ann guard 0", "ann, night@2023-06-04, guard@2023-06-05"),
    ("nights", "ann call -1", "ann night 0", "ann, call@2023-06-04, night@2023-06-05"),
    ("days", "ann ring -6 -5 -4 -3 -2 -1", "ann ward 0", "ann, 2023-05-30, 2023-06-05"),
]


@pytest.mark.parametrize(("rule", "tail", "rows", "culprit"), FROM_LAST_WEEK)
def test_last_week_counts(rule: str, tail: str, rows: str, culprit: str) -> None:
    """A breach with last week's tail is accepted only if this week's part is pinned."""
    assert broken(rule, checked(rows, tail=tail)) == [(culprit, False)]
    assert broken(rule, checked(rows, tail=tail, fixed=rows)) == [(culprit, True)]


@pytest.mark.parametrize(("rule", "tail"), [(row[0], row[1]) for row in FROM_LAST_WEEK])
def test_last_week_alone_is_no_matter_of_this_week(rule: str, tail: str) -> None:
    """Nor is a tail of a task that no longer exists."""
    assert broken(rule, checked("bob ward 0", tail=tail + ", bob gone -1, zoe night -1 -2")) == []


def test_the_tail_ends_before_monday() -> None:
    """A week solved again does not meet itself in the state."""
    assert broken("nights", checked("bob night 1", tail="bob night 0")) == []


def test_missing_travel_takes_no_time() -> None:
    """With 45 minutes of way the 45 minutes between are enough."""
    rows = "ann clinic 0, ann far 0"
    assert broken("travel", checked(rows, net=network(travel={}))) == []
    assert broken("travel", checked(rows, net=network(travel={("cona", "delta"): 45}))) == []


def test_two_on_call_duties_never_lack_rest() -> None:
    """Rest is between work duties."""
    assert broken("rest", checked("ann call 0, ann early 1, ann ring 2, ann night 2")) == []


def test_a_run_of_eight_days_breaks_two_windows() -> None:
    """From last Saturday to this Saturday; the window of pinned days is accepted."""
    rows = "ann ring 0 1 2 3 4 5"
    report = checked(rows, tail="ann ring -2 -1", fixed="ann ring 0 1 2 3 4")
    assert broken("days", report) == [
        ("ann, 2023-06-03, 2023-06-09", True),
        ("ann, 2023-06-04, 2023-06-10", False),
    ]


def test_the_limits_are_the_networks() -> None:
    """12 hours of rest make seven in the morning too early; 14 hours of span allow the dawn."""
    rules = profile_rules("recommended", limits=Limits(rest_hours=12, span_hours=14))
    net = network(rules=rules)
    culprit = "ann, guard@2023-06-05, early@2023-06-06"
    assert broken("rest", checked("ann guard 0, ann early 1", net=net)) == [(culprit, False)]
    assert broken("rest", checked("ann dawn 0, ann guard 0", net=net)) == []


def test_the_night_to_winter_time_gives_an_hour_of_rest() -> None:
    """From 20:00 to 06:00 lie 11 real hours in October's last weekend, 10 in any other."""
    rows = "ann guard 5, ann dawn 6"
    assert broken("rest", checked(rows, monday=OCTOBER)) == []
    culprit = "ann, guard@2023-06-10, dawn@2023-06-11"
    assert broken("rest", checked(rows)) == [(culprit, False)]


def test_the_night_to_winter_time_is_thirteen_hours_long() -> None:
    """With a visit from 19:00 before it the span is 14 hours there, 13 in any other week."""
    rows = "ann dusk 5, ann night 5"
    culprit = "ann, dusk@2023-10-28, night@2023-10-28"
    assert broken("rest", checked(rows, monday=OCTOBER)) == [(culprit, False)]
    assert broken("rest", checked(rows)) == []
