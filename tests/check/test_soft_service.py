"""Coverage, leave, debt limit, wards, stability and overlap, each by hand."""

import pytest

from .builders import checked, day, given, units

WARD_DAYS = "ward 0 1 2 3 4 5"


def test_coverage_counts_duties_nobody_fills() -> None:
    """Of two guards (essential) one is open, of three other duties two: 1 and 2 units."""
    report = checked("ann guard 0, bob ward 0", opened="guard 1, ward 1, clinic 0")
    assert units("coverage", "essential", report) == {"guard@2023-06-06": 1}
    assert units("coverage", "other", report) == {"ward@2023-06-06": 1, "clinic@2023-06-05": 1}


def test_granted_leave_counts_days_with_a_duty() -> None:
    """Ann's granted Monday has two duties, one unit; bob's has none; ann's Tuesday is not his."""
    granted = frozenset({("ann", day(0)), ("bob", day(0)), ("bob", day(1))})
    report = checked("ann ward 0 1, ann guard 0, bob ward 2", granted=granted)
    assert units("granted_leave", "day", report) == {"ann, 2023-06-05": 1}


@pytest.mark.parametrize(("unavoidable", "expected"), [(0, {"week": 2}), (1, {"week": 1}), (3, {})])
def test_debt_limit_counts_beyond_the_unavoidable(
    unavoidable: int, expected: dict[str, int]
) -> None:
    """Ann, over the limit, has two of three sacrifices and a guard that is none: 2 - 0, 1, 3."""
    report = checked(
        "ann guard 0 2 4, bob guard 5",
        sacrifices=frozenset({("guard", day(0)), ("guard", day(2)), ("guard", day(5))}),
        over_limit=frozenset({"ann"}),
        unavoidable_sacrifices=unavoidable,
    )
    assert units("debt_limit", "sacrifice", report) == expected


@pytest.mark.parametrize(
    ("rows", "opened", "continuity", "six"),
    [
        ("ann ward 0 1 2 3 4 5", WARD_DAYS, {}, {}),
        ("ann ward 0 1 2 3 4, bob ward 5", WARD_DAYS, {}, {"ward": 1}),
        ("ann ward 0 1 2 3, bob ward 4 5", WARD_DAYS, {"ward": 1}, {"ward": 1}),
        ("ann ward 0 1", "ward 0 1 2", {}, {"ward": 1}),
        ("ann ward 0", "ward 0 1 2", {"ward": 1}, {"ward": 1}),
        ("ann ward 0, bob ward 1", "", {"ward": 1}, {"ward": 1}),
        ("ann ward 0 1, bob ward 6", "", {}, {}),
        ("", "ward 0", {"ward": 1}, {"ward": 1}),
        ("", "ward 6", {}, {}),
        ("ann clinic 0, bob clinic 1", "", {}, {}),
    ],
)
def test_a_ward_needs_somebody_in_charge(
    rows: str, opened: str, continuity: dict[str, int], six: dict[str, int]
) -> None:
    """All but one of k >= 3 open days, all of fewer; Sunday and clinics do not count."""
    report = checked(rows, opened=opened)
    assert units("continuity", "ward", report) == continuity
    assert units("ward_six", "ward", report) == six


def test_stability_is_soon_within_a_day() -> None:
    """Guards start at 14:00, 840 minutes into the day; from Monday 14:00 Tuesday's is 1440 away.

    Tuesday's changed hands later, Monday's is open now (soon), Wednesday's is new (later),
    Thursday's stays as it was: 1 soon, 2 later.
    """
    report = checked(
        "bob guard 1, cat guard 2, dan guard 3",
        opened="guard 0",
        published=given("ann guard 0 1, dan guard 3"),
        now=840,
    )
    assert units("stability", "soon", report) == {"guard@2023-06-05": 1}
    assert units("stability", "later", report) == {"guard@2023-06-06": 1, "guard@2023-06-07": 1}


def test_stability_says_nothing_before_publication() -> None:
    """An empty published schedule is one that everything differs from."""
    assert units("stability", "soon", checked("ann guard 0", published=None)) == {}
    later = units("stability", "soon", checked("ann guard 0", published=frozenset()))
    assert later == {"guard@2023-06-05": 1}


def test_overlap_counts_started_half_hours() -> None:
    """Ward 8-14 and clinic 9-13 share 240 minutes at the main hospital: 8 units.

    Outing 8:30-12 and scan 11:15-12:15 share 45 elsewhere: 2 units.
    """
    report = checked("ann ward 0, ann clinic 0, bob outing 0, bob scan 0")
    assert units("overlap", "main", report) == {"ann, ward@2023-06-05, clinic@2023-06-05": 8}
    assert units("overlap", "elsewhere", report) == {"bob, outing@2023-06-05, scan@2023-06-05": 2}


def test_overlap_is_not_counted_over_two_hospitals() -> None:
    """That is a breach."""
    report = checked("ann guard 0, ann far 0")
    assert units("overlap", "main", report) == units("overlap", "elsewhere", report) == {}


def test_overlap_is_counted_over_the_edge_of_the_week() -> None:
    """Last Sunday's night ends at 08:00, an hour into the early duty: two half-hours."""
    report = checked("bob early 0", tail="bob night -1")
    assert units("overlap", "main", report) == {"bob, night@2023-06-04, early@2023-06-05": 2}
