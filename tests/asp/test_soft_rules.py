"""Mornings after on-call, geography and house rules, from hand-written facts."""

import pytest

from .solving import Costs, costs, rows

EARLY = 'early("ward"). early("visit"). early("call").'
MONDAY: Costs = {("day", ("ann", 0)): 1}
TUESDAY: Costs = {("day", ("ann", 1)): 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ann call 0 20:00-08:00, ann ward 1 08:00-14:00", TUESDAY),
        ("ann call -1 20:00-08:00, ann ward 0 08:00-14:00", MONDAY),
        (
            "ann call 0 20:00-08:00, ann ward 1 08:00-10:00, ann visit 1 10:00-12:00",
            TUESDAY,
        ),
        (
            "ann call 0 20:00-08:00, ann farcall 0 20:00-08:00, ann ward 1 08:00-14:00",
            TUESDAY,
        ),
    ],
)
def test_a_morning_after_on_call(text: str, expected: Costs) -> None:
    """Last Sunday's night counts; a day costs once, whatever the number of duties."""
    assert costs("morning_after_on_call", EARLY + rows(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ann call 0 20:00-08:00, ann guard 1 14:00-20:00",
        "ann call 0 20:00-08:00, bob ward 1 08:00-14:00",
        "ann call 0 20:00-08:00, ann ward 2 08:00-14:00",
        "ann call 0 20:00-08:00, ann ward 0 08:00-14:00",
        "ann call 0 20:00-08:00, ann call 1 08:00-20:00",
        "ann night 0 20:00-08:00, ann ward 1 08:00-14:00",
        "ann call -2 20:00-08:00, ann ward -1 08:00-14:00",
    ],
)
def test_no_morning_after_on_call(text: str) -> None:
    """An afternoon, another's, the day after, the same day, on call again, or a night at work."""
    assert costs("morning_after_on_call", EARLY + rows(text)) == {}


def test_an_evening_on_call_is_no_night() -> None:
    """Called from 14:00 to 20:00, she has slept."""
    evening = 'task("ring", on_call, "care", "cona"). half("ring", afternoon).'
    facts = rows("ann ring 0 14:00-20:00, ann ward 1 08:00-14:00")
    assert costs("morning_after_on_call", EARLY + evening + facts) == {}


LISTED = 'geography("ward", "far").'


def test_a_listed_pair_on_one_day() -> None:
    """Ward and far on Monday; the order of the day is no matter."""
    culprit = ("ann", ("ward", 0), ("far", 0))
    for hours in ("18:00-19:00", "06:00-07:00"):
        facts = rows(f"ann ward 0 08:00-14:00, ann far 0 {hours}")
        assert costs("geography", LISTED + facts) == {("pair", culprit): 1}


@pytest.mark.parametrize(
    "text",
    [
        "ann ward 0 08:00-14:00, ann far 1 18:00-19:00",
        "ann ward 0 08:00-14:00, bob far 0 18:00-19:00",
        "ann ward 0 08:00-14:00, ann farther 0 18:00-19:00",
        "ann ward -1 08:00-14:00, ann far -1 18:00-19:00",
    ],
)
def test_a_pair_on_no_day(text: str) -> None:
    """On two days, by two physicians, not listed, or last week."""
    assert costs("geography", LISTED + rows(text)) == {}


SENIOR = 'status("ann", senior). status("bob", expert). major_holiday(0).'


def test_a_senior_on_a_major_holiday() -> None:
    """One unit a day and senior; on call is on duty."""
    facts = SENIOR + rows("ann ward 0 08:00-14:00, ann call 0 20:00-08:00")
    assert costs("house_rules", facts) == {("senior_holiday", ("ann", 0)): 1}
    two = SENIOR + "major_holiday(1)." + rows("ann call 0 20:00-08:00, ann guard 1 14:00-20:00")
    assert costs("house_rules", two) == {("senior_holiday", ("ann", day)): 1 for day in (0, 1)}


def test_others_and_other_days() -> None:
    """An expert on the holiday, the senior on Tuesday."""
    facts = SENIOR + rows("bob ward 0 08:00-14:00, ann call 1 20:00-08:00")
    assert costs("house_rules", facts) == {}


RESIDENT = 'status("ann", resident). status("bob", expert).'


@pytest.mark.parametrize("last", [-2, -1])
@pytest.mark.parametrize("this", [5, 6])
def test_a_resident_on_two_weekends(last: int, this: int) -> None:
    """Saturday or Sunday, last week and this; bob, an expert, may."""
    text = "{0} guard {1} 14:00-20:00, {0} ward {2} 08:00-14:00"
    found = costs("house_rules", RESIDENT + rows(text.format("ann", last, this)))
    assert found == {("resident_weekend", "ann"): 1}
    assert costs("house_rules", RESIDENT + rows(text.format("bob", last, this))) == {}


@pytest.mark.parametrize(("last", "this"), [(-3, 5), (-1, 4), (5, 6), (-2, 0)])
def test_a_resident_on_one_weekend(last: int, this: int) -> None:
    """Friday is no weekend; both days of one are one."""
    facts = rows(f"ann guard {last} 14:00-20:00, ann ward {this} 08:00-14:00")
    assert costs("house_rules", RESIDENT + facts) == {}


def test_four_weekend_duties_are_one_breach() -> None:
    """Both days of both weekends: one unit."""
    text = ",".join(f"ann guard {day} 14:00-20:00" for day in (-2, -1, 5, 6))
    assert costs("house_rules", RESIDENT + rows(text)) == {("resident_weekend", "ann"): 1}


JUNIOR = 'first_year("ann"). unwanted("guard"). present("ann", 0..6). skill("ann", "guard").'
ABLE = 'may("ann", ("guard", 0)).'
GIVEN = {("first_year", ("guard", 0)): 1}


def test_an_unwanted_duty_given_to_another() -> None:
    """Ann, in her first year, is able and present and has none on Monday."""
    facts = JUNIOR + ABLE + rows("bob guard 0 14:00-20:00")
    assert costs("house_rules", facts) == GIVEN
    wanted = rows("ann ward 0 08:00-12:00")
    assert costs("house_rules", facts + wanted) == GIVEN
    cat = 'first_year("cat"). present("cat", 0). skill("cat", "guard"). may("cat", ("guard", 0)).'
    assert costs("house_rules", facts + cat) == GIVEN


@pytest.mark.parametrize(
    "facts",
    [
        JUNIOR + ABLE + rows("ann guard 0 14:00-20:00"),
        JUNIOR + ABLE + rows("bob guard 0 14:00-20:00, ann call 0 20:00-08:00"),
        JUNIOR + ABLE + rows("- guard 0 14:00-20:00"),
        JUNIOR + rows("bob guard 0 14:00-20:00"),
        JUNIOR.replace('"ann", "guard"', '"ann", "ward"')
        + 'may("ann", ("ward", 0)).'
        + rows("bob ward 0 08:00-14:00"),
        JUNIOR.replace("0..6", "1..6") + ABLE + rows("bob guard 0 14:00-20:00"),
        JUNIOR.replace("skill", "mentor") + ABLE + rows("bob guard 0 14:00-20:00"),
        JUNIOR.replace("first_year", "physician") + ABLE + rows("bob guard 0 14:00-20:00"),
        JUNIOR.replace("unwanted", "essential") + ABLE + rows("bob guard 0 14:00-20:00"),
    ],
    ids=[
        "hers",
        "burdened",
        "open",
        "barred",
        "other category",
        "absent",
        "unskilled",
        "older",
        "wanted",
    ],
)
def test_an_unwanted_duty_in_order(facts: str) -> None:
    """Hers, one already, nobody's, or not to be hers for one of six reasons."""
    assert costs("house_rules", facts) == {}


def test_an_unwanted_duty_she_may_not_take_is_given_rightly() -> None:
    """Of guard and call only the guard might have been hers."""
    facts = JUNIOR + ABLE + rows("bob guard 0 14:00-20:00, cat call 0 20:00-08:00")
    assert costs("house_rules", facts) == GIVEN


def test_an_unwanted_duty_of_another_day_relieves_nobody() -> None:
    """Ann's guard on Tuesday does not excuse her on Monday."""
    facts = JUNIOR + ABLE + rows("bob guard 0 14:00-20:00, ann guard 1 14:00-20:00")
    assert costs("house_rules", facts) == GIVEN
