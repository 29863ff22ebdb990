"""Skill, absence, agreement, duty and pin: what one assignment breaks by itself."""

import pytest

from pysched.check import Breach, check, fixed_breaches
from pysched.model import Absence, Agreement, Schedule, State

from .builders import MONDAY, broken, checked, day, given, network, week_of


def test_a_task_without_the_skill_is_named() -> None:
    """Only ann lacks the skill for the ward."""
    report = checked("ann ward 0, bob ward 1", net=network(without_skills="ann ward"))
    assert broken("skill", report) == [("ann, ward@2023-06-05", False)]


def test_a_pinned_assignment_without_the_skill_is_accepted() -> None:
    """The schedule is still in order when all it breaks was pinned."""
    report = checked("ann ward 0", fixed="ann ward 0", net=network(without_skills="ann ward"))
    assert broken("skill", report) == [("ann, ward@2023-06-05", True)]
    assert report.ok


@pytest.mark.parametrize(
    ("rows", "first", "last", "culprits"),
    [
        ("ann ward 1", 1, 1, ["ann, ward@2023-06-06"]),
        ("ann ward 0 2", 1, 1, []),
        ("bob ward 1", 1, 1, []),
        ("ann night 0", 1, 1, ["ann, night@2023-06-05"]),
        ("ann call 6", 7, 9, ["ann, call@2023-06-11"]),
        ("ann night 6", 8, 9, []),
        ("ann late 0, ann small 2", 1, 1, []),
        ("ann ward 3", 1, 3, ["ann, ward@2023-06-08"]),
    ],
)
def test_an_absence_covers_whole_days_to_the_last_minute(
    rows: str, first: int, last: int, culprits: list[str]
) -> None:
    """A night into an absent day breaks it, even into the Monday after."""
    away = (Absence("ann", day(first), day(last), "leave"),)
    assert broken("absence", checked(rows, absences=away)) == [(c, False) for c in culprits]


def test_a_worked_duty_during_an_absence_is_accepted() -> None:
    """What was worked is reported, not forbidden."""
    away = (Absence("ann", day(1), day(1), "illness"),)
    report = checked("ann ward 1", worked=given("ann ward 1"), absences=away)
    assert broken("absence", report) == [("ann, ward@2023-06-06", True)]


@pytest.mark.parametrize(
    ("agreement", "rows", "culprit"),
    [
        (Agreement("ann", "free_weekday", "tue"), "ann call 0 1", "free_weekday, call@2023-06-06"),
        (Agreement("ann", "no_nights"), "ann guard 0, ann call 1", "no_nights, call@2023-06-06"),
        (
            Agreement("ann", "not_at_hospital", "delta"),
            "ann ward 0, ann far 1",
            "not_at_hospital, far@2023-06-06",
        ),
    ],
)
def test_a_working_agreement_holds(agreement: Agreement, rows: str, culprit: str) -> None:
    """The second duty is against it; pinned, it is accepted; others are not bound."""
    net = network(agreements=(agreement,))
    assert broken("agreement", checked(rows, net=net)) == [(f"ann, {culprit}", False)]
    assert broken("agreement", checked(rows, fixed=rows, net=net)) == [(f"ann, {culprit}", True)]
    assert broken("agreement", checked(rows.replace("ann", "bob"), net=net)) == []


@pytest.mark.parametrize(
    ("row", "culprit"),
    [
        ("ann xray 0", "ann, xray@2023-06-05"),
        ("ann ward 1", "ann, ward@2023-06-06"),
        ("ann ward 7", "ann, ward@2023-06-12"),
        ("zoe ward 0", "zoe, ward@2023-06-05"),
    ],
)
def test_an_assignment_of_nothing_known_is_a_breach_and_counts_nowhere(
    row: str, culprit: str
) -> None:
    """Unknown task, closed day, day outside the week, unknown physician."""
    week, schedule = week_of("ward 0"), Schedule(MONDAY, given(row))
    report = check(network(), week, State(), schedule)
    assert report.breaches == (Breach("duty", culprit, False),)
    assert report.units["coverage", "other"] == 1


@pytest.mark.parametrize(("fixed", "accepted"), [("ann ward 0", False), ("", False), (None, True)])
def test_a_duty_takes_one_physician(fixed: str | None, accepted: bool) -> None:
    """Two are accepted only if both are pinned."""
    rows = "ann ward 0, bob ward 0"
    report = checked(rows, fixed=rows if fixed is None else fixed)
    assert broken("duty", report) == [("ward@2023-06-05, ann, bob", accepted)]


def test_a_pin_that_is_left_out_is_named() -> None:
    """A pin of a duty that the week does not have asks for nothing."""
    report = checked("bob ward 0", fixed="ann guard 0, bob ward 0")
    assert broken("pin", report) == [("ann, guard@2023-06-05", False)]
    closed = week_of("ward 0", pins=given("ann guard 0"))
    assert check(network(), closed, State(), Schedule(MONDAY, frozenset())).breaches == ()


def test_pins_that_clash_are_known_before_anything_is_scheduled() -> None:
    """Two on one duty and an early night after last Sunday's; all are accepted."""
    week = week_of("ward 0, night 0", pins=given("ann ward 0, bob ward 0, bob night 0"))
    found = fixed_breaches(network(), week, State(tail=given("bob call -1")))
    assert found == (
        Breach("duty", "ward@2023-06-05, ann, bob", True),
        Breach("nights", "bob, call@2023-06-04, night@2023-06-05", True),
        Breach("rest", "bob, ward@2023-06-05, night@2023-06-05", True),
    )


def test_pins_in_order_have_no_breaches() -> None:
    """The rest of the schedule plays no part."""
    week = week_of("ward 0 1", pins=given("ann ward 0"))
    assert fixed_breaches(network(), week, State()) == ()
