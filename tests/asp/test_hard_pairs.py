"""Overlap, travel, rest and nights, from hand-written facts: the boundary and a minute beyond."""

import pytest

from .solving import Term, breaches, pinned, rows

TRAVEL = 'travel("cona", "delta", 60). travel("delta", "cona", 45).'
PHYSICIAN = 'physician("ann").'
AT_NIGHT = "20:00-08:00"

REST = [
    ("ann guard 0 14:00-20:00, ann ward 1 06:59-12:00", ("guard", 0), ("ward", 1)),
    ("ann ward 0 06:59-13:00, ann guard 0 14:00-20:00", ("ward", 0), ("guard", 0)),
    ("ann ward 0 07:00-13:00, ann guard 0 14:00-20:01", ("ward", 0), ("guard", 0)),
    ("ann ward 0 00:00-13:01, ann visit 0 08:00-09:00", ("ward", 0), ("visit", 0)),
    ("ann ward 0 08:00-14:00, ann visit 0 08:00-21:01", ("visit", 0), ("ward", 0)),
    ("ann night -1 20:00-08:00, ann guard 0 18:59-22:00", ("night", -1), ("guard", 0)),
    ("ann night 0 20:00-20:00, ann ward 2 06:59-12:00", ("night", 0), ("ward", 2)),
    ("ann night -2 23:00-23:00, ann ward 0 09:59-12:00", ("night", -2), ("ward", 0)),
]

RESTED = [
    "ann guard 0 14:00-20:00, ann ward 1 07:00-12:00",
    "ann guard 0 14:00-20:00, bob ward 1 06:59-12:00",
    "ann ward 0 07:00-13:00, ann guard 0 14:00-20:00",
    "ann ward 0 00:00-13:00, ann visit 0 08:00-09:00",
    "ann night -1 20:00-08:00, ann guard 0 19:00-22:00",
    "ann night 0 20:00-20:00, ann ward 2 07:00-12:00",
    "ann night -2 23:00-23:00, ann ward 0 10:00-12:00",
    "ann call 0 20:00-08:00, ann ward 1 08:00-14:00",
    "ann guard 0 14:00-20:00, ann call 0 20:00-08:00",
    "ann call 0 08:00-22:00, ann ward 0 09:00-10:00",
    "ann ward 0 08:00-14:00, ann call 0 13:00-22:00",
    "ann guard -2 14:00-20:00, ann ward -1 06:00-12:00",
]


@pytest.mark.parametrize(("text", "first", "second"), REST)
def test_less_than_rest_and_more_than_span(text: str, first: Term, second: Term) -> None:
    """10 h 59 of rest, or 13 h 01 from the first start to the last end."""
    assert breaches("rest", rows(text)) == {("ann", first, second): False}


@pytest.mark.parametrize("text", RESTED)
def test_rest_or_span_is_enough(text: str) -> None:
    """11 h of rest, 13 h in all, on call, someone else, or last week's own affair."""
    assert breaches("rest", rows(text)) == {}


def test_rest_and_span_are_constants() -> None:
    """With 12 h of rest 07:00 is too early; with 14 h of span 06:59 to 20:00 fits."""
    early = rows("ann guard 0 14:00-20:00, ann ward 1 07:00-12:00")
    assert breaches("rest", early, rest_minutes=720, near_minutes=720) == {
        ("ann", ("guard", 0), ("ward", 1)): False
    }
    long = rows("ann ward 0 06:59-13:00, ann guard 0 14:00-20:00")
    assert breaches("rest", long, span_minutes=840) == {}


LATE = [
    ("ann ward 0 08:00-14:00, ann far 0 14:59-18:00", ("ward", 0), ("far", 0)),
    ("ann ward 0 08:00-14:00, ann far 0 14:00-18:00", ("ward", 0), ("far", 0)),
    ("ann far 0 08:00-12:00, ann guard 0 12:44-18:00", ("far", 0), ("guard", 0)),
    ("ann night -1 20:00-08:00, ann far 0 08:59-12:00", ("night", -1), ("far", 0)),
    ("ann night 0 12:00-00:00, ann far 1 00:59-06:00", ("night", 0), ("far", 1)),
]

IN_TIME = [
    "ann ward 0 08:00-14:00, ann far 0 15:00-18:00",
    "ann far 0 08:00-12:00, ann guard 0 12:45-18:00",
    "ann ward 0 08:00-14:00, bob far 0 14:00-18:00",
    "ann ward 0 08:00-14:00, ann guard 0 14:00-20:00",
    "ann ward 0 08:00-14:00, ann farcall 0 14:00-20:00",
    "ann farcall 0 08:00-14:00, ann guard 0 14:00-20:00",
    "ann ward 0 08:00-14:00, ann far 0 13:59-18:00",
    "ann night -1 20:00-08:00, ann far 0 09:00-12:00",
]


@pytest.mark.parametrize(("text", "first", "second"), LATE)
def test_a_minute_less_than_the_travel(text: str, first: Term, second: Term) -> None:
    """59 of 60 minutes there, 44 of 45 back, over midnight and over the week too."""
    assert breaches("travel", TRAVEL + rows(text)) == {("ann", first, second): False}


@pytest.mark.parametrize("text", IN_TIME)
def test_the_travel_is_made(text: str) -> None:
    """Exactly the travel, no travel at all, on call, or duties at once (which overlap judges)."""
    assert breaches("travel", TRAVEL + rows(text)) == {}


def test_travel_not_given_takes_no_time() -> None:
    """Without travel facts duties may touch."""
    assert breaches("travel", rows("ann ward 0 08:00-14:00, ann far 0 14:00-18:00")) == {}


APART = [
    ("ann ward 0 08:00-14:00, ann far 0 13:59-18:00", ("ward", 0), ("far", 0)),
    ("ann surgery 0 08:00-14:00, ann visit 0 13:59-15:00", ("surgery", 0), ("visit", 0)),
    ("ann visit 0 08:00-14:00, ann surgery 0 13:59-15:00", ("visit", 0), ("surgery", 0)),
    ("ann surgery 0 08:00-14:00, ann call 0 08:00-14:00", ("call", 0), ("surgery", 0)),
    ("ann farcall 0 20:00-08:00, ann ward 1 07:59-14:00", ("farcall", 0), ("ward", 1)),
    ("ann farcall -1 20:00-08:00, ann ward 0 07:59-14:00", ("farcall", -1), ("ward", 0)),
]

TOGETHER = [
    "ann ward 0 08:00-14:00, ann far 0 14:00-18:00",
    "ann surgery 0 08:00-14:00, ann visit 0 14:00-15:00",
    "ann ward 0 08:00-14:00, ann visit 0 08:00-14:00",
    "ann ward 0 08:00-14:00, ann call 0 08:00-20:00",
    "ann ward 0 08:00-14:00, bob far 0 08:00-14:00",
    "ann farcall -2 20:00-08:00, ann ward -1 07:00-14:00",
    "ann ward 0 08:00-10:00, ann visit 0 09:00-12:00, ann clinic 0 10:00-14:00",
]


@pytest.mark.parametrize(("text", "first", "second"), APART)
def test_a_minute_at_two_places(text: str, first: Term, second: Term) -> None:
    """Two hospitals, or surgery beside anything, on-call included."""
    assert breaches("overlap", rows(text)) == {("ann", first, second): False}


@pytest.mark.parametrize("text", TOGETHER)
def test_two_at_once_at_one_hospital(text: str) -> None:
    """Duties may touch, and two may overlap at one hospital; three in a chain are never three."""
    assert breaches("overlap", rows(text)) == {}


THREE = "ann ward 0 08:00-14:00, ann visit 0 08:00-12:00, ann clinic 0 11:59-13:00"


def test_three_at_once() -> None:
    """From 11:59 to 12:00 there are three: the clinic, last to start, finds two."""
    assert breaches("overlap", rows(THREE)) == {("ann", ("clinic", 0), 2): False}


def test_two_at_once_beside_what_another_has() -> None:
    """Ann might have the third, but it is bob's."""
    facts = rows(THREE.replace("ann clinic", "bob clinic")) + 'candidate("ann", ("clinic", 0)).'
    assert breaches("overlap", facts) == {}


def test_three_at_once_with_last_week() -> None:
    """Last Sunday's call lasts until 08:00."""
    text = "ann call -1 20:00-08:00, ann ward 0 07:00-14:00, ann visit 0 07:30-08:00"
    assert breaches("overlap", rows(text)) == {("ann", ("visit", 0), 2): False}


def test_a_fourth_beside_three_pinned() -> None:
    """Three pinned are accepted; a fourth is not, whether it starts last or first."""
    clinic = ("ann", ("clinic", 0), 2)
    assert breaches("overlap", pinned(THREE)) == {clinic: True}
    last = pinned(THREE) + rows("ann guard 0 12:30-18:00")
    # The visit is over by 12:30, so that ward, clinic and guard are the second three.
    assert breaches("overlap", last) == {clinic: True, ("ann", ("guard", 0), 2): False}
    first = pinned(THREE) + rows("ann guard 0 07:00-12:00")
    # The ward, started with the visit, finds guard and visit; the clinic one more than pinned.
    three, ward = ("ann", ("clinic", 0), 3), ("ann", ("ward", 0), 2)
    assert breaches("overlap", first) == {clinic: True, three: False, ward: False}


NIGHTS = [
    ("ann night 0 20:00-08:00, ann call 1 20:00-08:00", ("night", 0), ("call", 1)),
    ("ann night 0 20:00-08:00, ann call 0 20:00-08:00", ("call", 0), ("night", 0)),
    ("ann night -1 20:00-08:00, ann night 0 20:00-08:00", ("night", -1), ("night", 0)),
]

SPACED = [
    "ann night 0 20:00-08:00, ann night 2 20:00-08:00",
    "ann night 0 20:00-08:00, bob night 1 20:00-08:00",
    "ann night 0 20:00-08:00, ann guard 1 14:00-20:00",
    "ann guard -1 14:00-20:00, ann night 0 20:00-08:00",
    "ann night -1 20:00-08:00, ann night 1 20:00-08:00",
    "ann night -2 20:00-08:00, ann call -1 20:00-08:00",
    "ann night -1 20:00-08:00, ann call -1 20:00-08:00, ann night 1 20:00-08:00",
]


@pytest.mark.parametrize(("text", "first", "second"), NIGHTS)
def test_nights_running(text: str, first: Term, second: Term) -> None:
    """Two in consecutive days, last Sunday's included, or two on one day."""
    assert breaches("nights", PHYSICIAN + rows(text)) == {("ann", first, second): False}


@pytest.mark.parametrize("text", SPACED)
def test_nights_with_a_day_between(text: str) -> None:
    """Last week's nights alone are no matter of this week."""
    assert breaches("nights", PHYSICIAN + rows(text)) == {}


def nights(*days: int) -> str:
    """Return ann's nights as text for `rows`."""
    return ",".join(f"ann night {day} {AT_NIGHT}" for day in days)


def test_four_nights_in_the_week() -> None:
    """Three is the most; last Sunday's is not of this week."""
    assert breaches("nights", PHYSICIAN + rows(nights(-1, 1, 3, 5))) == {}
    assert breaches("nights", PHYSICIAN + rows(nights(0, 2, 4, 6))) == {("ann", 3): False}


def test_no_night_beside_the_most_pinned_ones() -> None:
    """Three pinned nights are no breach to accept; a fourth is one."""
    assert breaches("nights", PHYSICIAN + pinned(nights(0, 2, 4))) == {}
    found = breaches("nights", PHYSICIAN + pinned(nights(0, 2, 4)) + rows(nights(6)))
    assert found == {("ann", 3): False}


def test_no_night_beside_too_many_pinned_ones() -> None:
    """With one night allowed two pinned ones are accepted; a third is one more than they are."""
    two = PHYSICIAN + pinned(nights(0, 2))
    assert breaches("nights", two, max_nights=1) == {("ann", 1): True}
    third = two + rows(nights(4))
    assert breaches("nights", third, max_nights=1) == {("ann", 1): True, ("ann", 2): False}


PAIRS = [
    *(("rest", *case) for case in REST),
    *(("travel", *case) for case in LATE),
    *(("overlap", *case) for case in APART),
    *(("nights", *case) for case in NIGHTS),
]


@pytest.mark.parametrize(("rule", "text", "first", "second"), PAIRS)
def test_a_pair_that_stays_is_accepted(rule: str, text: str, first: Term, second: Term) -> None:
    """Pinned or last week's, both; with one of them free it is not."""
    this_week = [part for part in text.split(",") if part.split()[2] >= "0"]
    before = rows(",".join(part for part in text.split(",") if part not in this_week))
    facts = TRAVEL + PHYSICIAN + before
    culprit = ("ann", first, second)
    assert breaches(rule, facts + pinned(",".join(this_week))) == {culprit: True}
    for free in this_week:
        others = [part for part in this_week if part != free]
        half = pinned(",".join(others)) if others else ""
        assert breaches(rule, facts + half + rows(free)) == {culprit: False}
