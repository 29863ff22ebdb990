"""Wishes, suitability, team and style, each by hand."""

from typing import Any, Literal

import pytest

from pysched.model import Absence, Agreement, Network, Pair, Request

from .builders import checked, day, network, physician, units

RequestKind = Literal["day_off", "shift_off", "prefer_task", "avoid_task"]


@pytest.mark.parametrize(
    ("kind", "what", "rows", "met"),
    [
        ("day_off", "", "ann call 0, ann ward 0", False),
        ("day_off", "", "ann ward 1, bob ward 0", True),
        ("shift_off", "morning", "ann dawn 0", False),
        ("shift_off", "morning", "ann visit 0", False),
        ("shift_off", "morning", "ann guard 0, ann ward 1", True),
        ("shift_off", "afternoon", "ann guard 0", False),
        ("shift_off", "afternoon", "ann dusk 0", False),
        ("shift_off", "afternoon", "ann ward 0, ann call 0", True),
        ("shift_off", "night", "ann call 0", False),
        ("shift_off", "night", "ann dusk 0, ann dawn 0", True),
        ("avoid_task", "ward", "ann ward 3 4", False),
        ("avoid_task", "ward", "ann clinic 0, bob ward 0", True),
        ("prefer_task", "ward", "bob ward 3", False),
        ("prefer_task", "ward", "ann ward 3", True),
        ("prefer_task", "ward", "ann clinic 0", True),
    ],
)
def test_a_wish_not_met_costs_its_weight_once(
    kind: RequestKind, what: str, rows: str, met: bool
) -> None:
    """Ann's wish for Monday has weight 3; a task's holds for the week, if the task runs."""
    wish = Request("ann", day(0), kind, what, 3)
    culprit = f"ann, 2023-06-05, {what}".removesuffix(", ")
    expected = {} if met else {culprit: 3}
    assert units("wishes", kind, checked(rows, requests=(wish,))) == expected


@pytest.mark.parametrize(
    ("changes", "absent"),
    [
        ({"without_skills": "ann ward"}, ()),
        ({"agreements": (Agreement("ann", "free_weekday", "thu"),)}, ()),
        ({"agreements": (Agreement("ann", "not_at_hospital", "cona"),)}, ()),
        ({}, (Absence("ann", day(3), day(3), "leave"),)),
    ],
)
def test_a_preference_that_cannot_be_met_costs_nothing(
    changes: dict[str, Any], absent: tuple[Absence, ...]
) -> None:
    """Thursday's is the only ward, and ann may not take it; on Friday she may, for 3."""
    wish = (Request("ann", day(0), "prefer_task", "ward", 3),)
    net = network(**changes)
    report = checked("bob ward 3", net=net, requests=wish, absences=absent)
    assert units("wishes", "prefer_task", report) == {}
    able = checked("bob ward 3 4", net=network(), requests=wish, absences=absent)
    assert units("wishes", "prefer_task", able) == {"ann, 2023-06-05, ward": 3}


def test_a_wish_of_somebody_who_has_left_costs_nothing() -> None:
    """Zoe is not in the network."""
    wish = (Request("zoe", day(0), "prefer_task", "ward", 3),)
    assert units("wishes", "prefer_task", checked("ann ward 0", requests=wish)) == {}


def test_suitability_counts_missing_tenths() -> None:
    """100 - 75 = 25, 2 tenths; 91 lacks none, and what is not given is 100; 0 lacks 10."""
    suitability = {("ann", "ward"): 75, ("bob", "ward"): 91, ("cat", "ward"): 0}
    report = checked(
        "ann ward 0, bob ward 1, cat ward 2, dan ward 3", net=network(suitability=suitability)
    )
    expected = {"ann, ward@2023-06-05": 2, "cat, ward@2023-06-07": 10}
    assert units("suitability", "tenth", report) == expected


def pair_network(kind: Literal["like", "avoid"]) -> Network:
    """Return the small network where ann and bob like or avoid each other."""
    return network(pairs=(Pair("bob", "ann", kind),))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("ann ward 0, bob clinic 0", {"ann, bob, 2023-06-05, morning, cona": 1}),
        ("ann ward 0, ann early 0, bob clinic 0", {"ann, bob, 2023-06-05, morning, cona": 1}),
        (
            "ann ward 0 1, bob clinic 0 1",
            {"ann, bob, 2023-06-05, morning, cona": 1, "ann, bob, 2023-06-06, morning, cona": 1},
        ),
        ("ann dusk 0, bob guard 0", {"ann, bob, 2023-06-05, afternoon, cona": 1}),
        ("ann ward 0, bob guard 0", {}),
        ("ann ward 0, bob outing 0", {}),
        ("ann ward 0, bob ring 0", {}),
        ("ann ward 0, bob ward 1", {}),
    ],
)
def test_an_avoided_pair_meets_at_work(rows: str, expected: dict[str, int]) -> None:
    """Same half-day, same hospital, both at work: 1 unit, however many duties."""
    assert units("team", "avoid", checked(rows, net=pair_network("avoid"))) == expected


@pytest.mark.parametrize(
    ("rows", "away", "expected"),
    [
        ("ann ward 0, bob clinic 1", (), {"ann, bob": 1}),
        ("ann ward 0 1, bob clinic 1", (), {}),
        ("", (Absence("ann", day(0), day(6), "leave"),), {}),
        ("", (Absence("ann", day(0), day(5), "leave"),), {"ann, bob": 1}),
        (
            "",
            (Absence("ann", day(0), day(3), "leave"), Absence("bob", day(4), day(9), "leave")),
            {},
        ),
    ],
)
def test_a_liked_pair_without_a_meeting(
    rows: str, away: tuple[Absence, ...], expected: dict[str, int]
) -> None:
    """1 unit a week, if there is a day on which both are present."""
    report = checked(rows, net=pair_network("like"), absences=away)
    assert units("team", "like", report) == expected


@pytest.mark.parametrize(
    ("rows", "away", "expected"),
    [
        ("ann ward 0, cat ward 1", (), {"cat, ann": 1}),
        ("ann ward 0, cat clinic 0", (), {}),
        ("", (Absence("ann", day(0), day(6), "leave"),), {}),
    ],
)
def test_a_resident_without_the_mentor(
    rows: str, away: tuple[Absence, ...], expected: dict[str, int]
) -> None:
    """Cat is ann's resident; bob, an expert, needs none."""
    people = (
        physician("ann", "senior"),
        physician("bob", mentor="ann"),
        physician("cat", "resident", mentor="ann"),
        physician("dan", "resident"),
    )
    report = checked(rows, net=network(people), absences=away)
    assert units("team", "mentor", report) == expected


def test_a_steady_physician_dislikes_long_days() -> None:
    """Ward, visit and dusk are 540 min: 1 unit; without dusk 480, not above 8 h; bob is free."""
    net = network([physician("ann", style="steady"), physician("bob")])
    report = checked("ann ward 0 1, ann visit 0 1, ann dusk 0, bob night 0", net=net)
    assert units("workload_style", "steady", report) == {"ann, 2023-06-05": 1}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("ann ward 0 1 2", {"ann": 1}),
        ("ann ward 0 1 2 3 4", {"ann": 2}),
        ("ann ward 0 1 2, ann visit 0 1 2 3", {"ann": 1}),
        ("ann ward 0, ann guard 0, ann ward 1", {}),
        ("ann ward 0, ann call 1 3", {}),
    ],
)
def test_an_intense_physician_dislikes_many_days(rows: str, expected: dict[str, int]) -> None:
    """18 h need 2 days and took 3, 30 h 3 of 5, 26 h 3 of 4, 18 h both of 2; on-call is no day."""
    net = network([physician("ann", style="intense")])
    assert units("workload_style", "intense", checked(rows, net=net)) == expected
