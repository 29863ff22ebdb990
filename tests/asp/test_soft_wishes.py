"""Wishes, suitability and team, from hand-written facts; units counted by hand."""

import pytest

from .solving import Costs, costs, rows

WARD = "ann ward 0 08:00-14:00"
OPEN = "- ward 0 08:00-14:00"
CALL = "ann call 0 20:00-08:00"


def test_a_day_off_that_is_worked() -> None:
    """The weight once, on call or with two duties."""
    wish = 'wish_off("ann", 0, 3).'
    assert costs("wishes", wish + rows(CALL)) == {("day_off", ("ann", 0)): 3}
    assert costs("wishes", wish + rows(f"{CALL}, {WARD}")) == {("day_off", ("ann", 0)): 3}


def test_a_day_off() -> None:
    """Others work, she works on Tuesday."""
    facts = rows("bob ward 0 08:00-14:00, ann guard 1 14:00-20:00")
    assert costs("wishes", 'wish_off("ann", 0, 3).' + facts) == {}


SHIFTS = 'shift("ward", morning). shift("clinic", morning). shift("call", night).'


def test_a_shift_off_that_is_worked() -> None:
    """The weight once for two mornings' duties of one day."""
    facts = SHIFTS + 'wish_shift_off("ann", 0, morning, 2).' + rows(WARD)
    assert costs("wishes", facts) == {("shift_off", ("ann", 0, "morning")): 2}
    clinic = rows("ann clinic 0 09:00-10:00")
    assert costs("wishes", facts + clinic) == {("shift_off", ("ann", 0, "morning")): 2}


@pytest.mark.parametrize("text", [CALL, "ann ward 1 08:00-14:00", "bob ward 0 08:00-14:00"])
def test_a_shift_off(text: str) -> None:
    """She works at night, on Tuesday, or not at all."""
    facts = SHIFTS + 'wish_shift_off("ann", 0, morning, 2).'
    assert costs("wishes", facts + rows(text)) == {}


def test_a_task_to_avoid() -> None:
    """The weight once for the week, with two duties of it; another's or another task is none."""
    wish = 'wish_avoid("ann", "ward", 4).'
    two = rows(f"{WARD}, ann ward 1 08:00-14:00")
    assert costs("wishes", wish + two) == {("avoid_task", ("ann", "ward")): 4}
    assert costs("wishes", wish + rows(f"bob ward 0 08:00-14:00, {CALL}")) == {}


def test_a_task_preferred_and_not_had() -> None:
    """She may take two duties of it and has none: the weight once."""
    wish = 'wish_prefer("ann", "ward", 5). may("ann", ("ward", 0..1)).'
    facts = wish + rows(f"{OPEN}, bob ward 1 08:00-14:00")
    assert costs("wishes", facts) == {("prefer_task", ("ann", "ward")): 5}


def test_a_task_preferred_and_had() -> None:
    """One of two duties is enough."""
    wish = 'wish_prefer("ann", "ward", 5). may("ann", ("ward", 0..1)).'
    assert costs("wishes", wish + rows(f"{OPEN}, ann ward 1 08:00-14:00")) == {}


def test_a_task_preferred_that_she_may_not_take() -> None:
    """It costs nothing, whoever may."""
    wish = 'wish_prefer("ann", "ward", 5). may("bob", ("ward", 0)). may("ann", ("visit", 0)).'
    assert costs("wishes", wish + rows(OPEN)) == {}


def test_every_wish_is_one() -> None:
    """Day and shift off are two wishes, of weights 3 and 2."""
    facts = 'wish_off("ann", 0, 3). wish_shift_off("ann", 0, morning, 2).' + SHIFTS
    assert sum(costs("wishes", facts + rows(WARD)).values()) == 5


@pytest.mark.parametrize(
    ("percent", "tenths"), [(99, 0), (91, 0), (90, 1), (81, 1), (80, 2), (0, 10)]
)
def test_tenths_of_suitability(percent: int, tenths: int) -> None:
    """Rounded down: 91 lacks 0.9 tenths, 90 one, 81 1.9."""
    facts = f'suitability("ann", "ward", {percent}).' + rows(WARD)
    expected = {("tenth", ("ann", ("ward", 0))): tenths} if tenths else {}
    assert costs("suitability", facts) == expected


def test_suitability_of_each_assignment() -> None:
    """Two duties pay twice; another's suitability and another task are no matter."""
    facts = 'suitability("ann", "ward", 50).' + rows(f"{WARD}, ann ward 1 08:00-14:00, {CALL}")
    expected: Costs = {("tenth", ("ann", ("ward", day))): 5 for day in (0, 1)}
    assert costs("suitability", facts + rows("bob ward 2 08:00-14:00")) == expected


AVOID = 'pair(avoid, "ann", "bob").'
LIKE = 'pair(like, "ann", "bob"). present("ann", 0). present("bob", 0).'
MENTOR = 'mentor("ann", "bob"). present("ann", 0). present("bob", 0).'
MEETING = "ann ward 0 08:00-14:00, bob visit 0 12:00-15:00"
APART = [
    "ann ward 0 08:00-14:00, bob guard 0 14:00-20:00",
    "ann ward 0 08:00-14:00, bob visit 1 08:00-14:00",
    "ann ward 0 08:00-14:00, bob far 0 08:00-14:00",
    "ann night 0 20:00-08:00, bob call 0 20:00-08:00",
    "ann ward 0 08:00-14:00, cat visit 0 08:00-14:00",
    "ann ward -1 08:00-14:00, bob visit -1 08:00-14:00",
]


def test_a_pair_that_avoids_each_other_meets() -> None:
    """Each half-day and hospital costs once, though they have three duties in it."""
    facts = AVOID + rows(f"{MEETING}, bob clinic 0 08:00-09:00")
    monday = ("avoid", ("ann", "bob", 0, "morning", "cona"))
    assert costs("team", facts) == {monday: 1}
    tuesday = rows("ann ward 1 08:00-14:00, bob visit 1 08:00-14:00")
    night = ("avoid", ("ann", "bob", 0, "night", "cona"))
    nights = rows("ann night 0 20:00-08:00, bob night2 0 20:00-08:00")
    more = 'task("night2", on_site, "care", "cona"). half("night2", night).' + tuesday + nights
    second = ("avoid", ("ann", "bob", 1, "morning", "cona"))
    assert costs("team", facts + more) == {monday: 1, second: 1, night: 1}


@pytest.mark.parametrize("text", APART)
def test_a_pair_that_never_meets(text: str) -> None:
    """Another half-day, day, hospital, on call, another's, last week: fine only for avoiders."""
    assert costs("team", AVOID + rows(text)) == {}
    assert costs("team", LIKE + rows(text)) == {("like", ("ann", "bob")): 1}
    assert costs("team", MENTOR + rows(text)) == {("mentor", ("ann", "bob")): 1}


def test_one_meeting_in_the_week_is_enough() -> None:
    """For a liked pair, and for a resident and his mentor."""
    assert costs("team", LIKE + rows(MEETING)) == {}
    assert costs("team", MENTOR + rows(MEETING)) == {}


@pytest.mark.parametrize("days", ['present("ann", 0). present("bob", 1).', 'present("ann", 0).'])
def test_who_is_never_present_together_need_not_meet(days: str) -> None:
    """On no day both; without a meeting nothing is due."""
    assert costs("team", 'pair(like, "ann", "bob"). mentor("ann", "bob").' + days) == {}


def test_a_pair_without_duties_does_not_meet() -> None:
    """Present all the same."""
    assert costs("team", LIKE) == {("like", ("ann", "bob")): 1}
    assert costs("team", MENTOR) == {("mentor", ("ann", "bob")): 1}
