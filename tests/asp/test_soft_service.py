"""Coverage, service and double-booking, from hand-written facts; units counted by hand."""

import pytest

from .solving import Costs, costs, pinned, rows

WARD = "ann ward 0 08:00-14:00"
OPEN = "- ward 0 08:00-14:00"


def wards(who: str, *days: int) -> str:
    """Return the ward's duties of one physician, or of nobody, as text for `rows`."""
    return ",".join(f"{who} ward {day} 08:00-14:00" for day in days)


def test_a_duty_that_nobody_fills() -> None:
    """One unit each, by whether the task is essential."""
    facts = rows(f"{WARD}, - ward 1 08:00-14:00, - guard 0 14:00-20:00")
    expected: Costs = {("essential", ("guard", 0)): 1, ("other", ("ward", 1)): 1}
    assert costs("coverage", facts + 'essential("guard").') == expected
    assert costs("coverage", rows(WARD) + 'essential("ward").') == {}


def test_coverage_asks_for_this_week_only() -> None:
    """Who had the ward last Sunday does not fill it today."""
    facts = rows(f"ann ward -1 08:00-14:00, {OPEN}")
    assert costs("coverage", facts) == {("other", ("ward", 0)): 1}


def test_a_granted_day_with_a_duty() -> None:
    """One unit a day, however many duties; on call is a duty."""
    granted = 'granted("ann", 0).'
    call = rows("ann call 0 20:00-08:00")
    broken: Costs = {("day", ("ann", 0)): 1}
    assert costs("granted_leave", granted + rows(WARD) + call) == broken
    assert costs("granted_leave", granted + call) == broken


def test_a_granted_day_kept() -> None:
    """Work on another day or of another physician breaks nothing, nor does a day not granted."""
    facts = rows("bob ward 0 08:00-14:00, ann ward 1 08:00-14:00")
    assert costs("granted_leave", 'granted("ann", 0).' + facts) == {}
    assert costs("granted_leave", facts) == {}


SACRIFICES = 'sacrifice("guard", 0..2). over_limit("ann").'


def guards(**days_of: str) -> str:
    """Return the guards' duties, written ann="0 1"."""
    given = [(who, day) for who, days in days_of.items() for day in days.split()]
    return SACRIFICES + rows(",".join(f"{who} guard {day} 14:00-20:00" for who, day in given))


@pytest.mark.parametrize(
    ("ann", "unavoidable", "beyond"),
    [("0 1 2", 0, 3), ("0 1 2", 1, 2), ("0 1", 1, 1), ("0", 1, 0), ("0 1 2", 3, 0), ("0", 0, 1)],
)
def test_sacrifices_beyond_the_unavoidable(ann: str, unavoidable: int, beyond: int) -> None:
    """Ann, over the limit, has so many sacrifice duties, of which so many were unavoidable."""
    found = costs("debt_limit", guards(ann=ann) + f"unavoidable({unavoidable}).")
    assert found == {("sacrifice", number): 1 for number in range(1, beyond + 1)}


def test_sacrifices_of_those_under_the_limit() -> None:
    """Bob may have them all; what is no sacrifice is free for ann too."""
    assert costs("debt_limit", guards(bob="0 1 2") + "unavoidable(0).") == {}
    assert costs("debt_limit", guards(ann="3 4") + "unavoidable(0).") == {}


def test_all_physicians_over_the_limit_count_together() -> None:
    """Ann and cat have one each, one was unavoidable."""
    facts = guards(ann="0", cat="1") + 'over_limit("cat"). unavoidable(1).'
    assert costs("debt_limit", facts) == {("sacrifice", 1): 1}


def test_one_sacrifice_pinned_to_two_is_one() -> None:
    """A duty counts once, also if two physicians over the limit are pinned to it."""
    two = 'assign("ann", ("guard", 0)). assign("cat", ("guard", 0)). duty("guard", 0, 840, 1200).'
    facts = SACRIFICES + two + 'over_limit("cat"). unavoidable(0).'
    assert costs("debt_limit", facts) == {("sacrifice", 1): 1}


def test_without_a_limit_no_debt() -> None:
    """No one over the limit, or no facts at all, costs nothing."""
    facts = 'sacrifice("guard", 0).' + rows("ann guard 0 14:00-20:00")
    assert costs("debt_limit", facts) == {}
    assert costs("debt_limit", facts + "unavoidable(0).") == {}
    assert costs("debt_limit", SACRIFICES + "unavoidable(0).") == {}


NOBODY: Costs = {("ward", "ward"): 1}

IN_CHARGE = [
    (wards("ann", 0, 1, 2, 3, 4, 5), {}),
    (wards("ann", 0, 1, 2, 3, 4) + "," + wards("bob", 5), {}),
    (wards("ann", 0, 1, 2, 3) + "," + wards("bob", 4, 5), NOBODY),
    (wards("ann", 0, 1, 2) + "," + wards("bob", 3, 4, 5), NOBODY),
    (wards("ann", 0, 1) + "," + wards("-", 2), {}),
    (wards("ann", 0) + "," + wards("bob", 1) + "," + wards("-", 2), NOBODY),
    (wards("ann", 0, 1), {}),
    (wards("ann", 0) + "," + wards("bob", 1), NOBODY),
    (wards("ann", 5), {}),
    (wards("-", 5), NOBODY),
    (wards("ann", 0, 1, 2, 6) + "," + wards("bob", 3, 4), NOBODY),
    (wards("-", 6), {}),
    (wards("ann", -1) + "," + wards("-", 0), NOBODY),
]


@pytest.mark.parametrize(("text", "expected"), IN_CHARGE)
def test_a_ward_nobody_is_in_charge_of(text: str, expected: Costs) -> None:
    """5 of 6, 4 of 5, 2 of 3, but 2 of 2 and 1 of 1; Sundays and last week do not count.

    Ann and bob are candidates for any of them.
    """
    both = 'candidate("ann", ("ward", 0..6)). candidate("bob", ("ward", 0..6)).'
    assert costs("continuity", rows(text)) == costs("continuity", rows(text) + both) == expected


def test_only_wards_have_someone_in_charge() -> None:
    """A guard may go round; each ward is its own."""
    assert costs("continuity", rows("- guard 0 14:00-20:00")) == {}
    second = 'task("ward2", ward, "care", "cona").' + rows("- ward2 0 08:00-14:00")
    assert costs("continuity", second + rows(WARD)) == {("ward", "ward2"): 1}


WHOLE = [
    (wards("ann", 0, 1, 2, 3, 4, 5), {}),
    (wards("ann", 0, 1, 2, 3, 4) + "," + wards("bob", 5), NOBODY),
    (wards("ann", 0, 1, 2, 3, 4) + "," + wards("-", 5), NOBODY),
    (wards("ann", 1, 3), {}),
    (wards("ann", 1) + "," + wards("-", 6), {}),
    (wards("-", 6), {}),
    (wards("-", 0), NOBODY),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_a_ward_nobody_has_from_monday_to_saturday(text: str, expected: Costs) -> None:
    """All open duties but Sunday's, or it costs; nothing open costs nothing.

    Ann and bob may have any of them.
    """
    may = 'may("ann", ("ward", 0..6)). may("bob", ("ward", 0..6)).'
    assert costs("ward_six", rows(text)) == costs("ward_six", rows(text) + may) == expected


def test_ward_six_is_for_wards() -> None:
    """A guard that nobody has is a matter of coverage."""
    assert costs("ward_six", rows("- guard 0 14:00-20:00")) == {}


PUBLISHED = 'published_week. published("ann", "ward", 0).'
LATER: Costs = {("later", ("ward", 0)): 1}


@pytest.mark.parametrize("text", [OPEN, "bob ward 0 08:00-14:00"])
def test_a_published_duty_that_changes(text: str) -> None:
    """Left open or given to another, it costs once; more within 24 hours."""
    assert costs("stability", PUBLISHED + rows(text)) == LATER
    soon = PUBLISHED + 'soon("ward", 0).'
    assert costs("stability", soon + rows(text)) == {("soon", ("ward", 0)): 1}


def test_a_duty_published_open_that_is_filled() -> None:
    """The week is published, though nobody is on this duty."""
    assert costs("stability", "published_week." + rows(WARD)) == LATER


def test_a_schedule_as_published() -> None:
    """Nor does a duty that has been closed since count, nor anything before publication."""
    assert costs("stability", PUBLISHED + rows(WARD)) == {}
    assert costs("stability", PUBLISHED + 'soon("ward", 0).' + rows(WARD)) == {}
    assert costs("stability", PUBLISHED + 'published("bob", "guard", 0).' + rows(WARD)) == {}
    assert costs("stability", rows(WARD)) == {}


@pytest.mark.parametrize(
    ("end", "half_hours"), [("09:01", 1), ("09:30", 1), ("09:31", 2), ("10:00", 2)]
)
def test_started_half_hours_at_once(end: str, half_hours: int) -> None:
    """The ward starts at 08:00, the visit at 09:00 before the ward ends."""
    facts = rows(f"ann ward 0 08:00-{end}, ann visit 0 09:00-14:00")
    culprit = ("ann", ("ward", 0), ("visit", 0))
    assert costs("overlap", facts) == {("main", culprit): half_hours}


def test_at_once_within_another_and_elsewhere() -> None:
    """An hour within the ward's morning; at delta it is of the other grade."""
    inner = rows("ann ward 0 08:00-14:00, ann visit 0 09:00-10:00")
    assert costs("overlap", inner) == {("main", ("ann", ("ward", 0), ("visit", 0))): 2}
    delta = rows("ann far 0 08:00-14:00, ann farther 0 08:00-09:00")
    assert costs("overlap", delta) == {("elsewhere", ("ann", ("far", 0), ("farther", 0))): 2}


@pytest.mark.parametrize(
    "text",
    [
        "ann ward 0 08:00-09:00, ann visit 0 09:00-14:00",
        "ann ward 0 08:00-14:00, bob visit 0 08:00-14:00",
        "ann ward 0 08:00-14:00, - visit 0 08:00-14:00",
    ],
)
def test_not_at_once(text: str) -> None:
    """They touch, or are two physicians'."""
    assert costs("overlap", rows(text)) == {}


def test_at_once_over_the_edge_of_the_week() -> None:
    """Last Sunday's night ends at 08:00, an hour into the ward."""
    text = "ann call -1 20:00-08:00, ann ward 0 07:00-14:00"
    assert costs("overlap", rows(text)) == {("main", ("ann", ("call", -1), ("ward", 0))): 2}


def test_at_once_with_surgery() -> None:
    """Only pins can be; the hour costs like any other. Two hospitals at once are a breach alone."""
    text = "ann surgery 0 08:00-14:00, ann visit 0 13:00-15:00"
    culprit = ("ann", ("surgery", 0), ("visit", 0))
    assert costs("overlap", pinned(text)) == {("main", culprit): 2}
    first, second = text.split(",")
    assert costs("overlap", pinned(first) + rows(second)) == {}
    assert costs("overlap", rows(first) + pinned(second)) == {}
    assert costs("overlap", pinned(text.replace("visit", "far"))) == {}
    assert costs("overlap", pinned(f"{first}, bob visit 0 13:00-15:00")) == {}


def test_three_pairs_at_once() -> None:
    """Each pair of three pays: 60, 60 and 60 minutes."""
    facts = rows("ann ward 0 08:00-09:00, ann visit 0 08:00-09:00, ann clinic 0 08:00-09:00")
    clinic, visit, ward = ("clinic", 0), ("visit", 0), ("ward", 0)
    pairs = [(clinic, visit), (clinic, ward), (visit, ward)]
    assert costs("overlap", facts) == {("main", ("ann", a, b)): 2 for a, b in pairs}
