"""The bank's week-end as a whole, and corrections of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pysched.bank.alerts import late_pairs_of, minted_a_year
from pysched.bank.correction import correct, natural_key
from pysched.bank.detection import sacrifices_of
from pysched.bank.settlement import Past
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import WeekBurden
from pysched.model import Absence
from tests.bank.builders import (
    GROSS,
    MONDAY,
    NET,
    NO_ROLES,
    Numbers,
    awarded,
    case,
    day,
    request,
    settled,
    version,
)

EVERYBODY = frozenset(NET.physicians)


def test_burdens_are_the_full_value_whoever_paid() -> None:
    """Bob's weekend that Ann pays for counts like Cat's that the pool pays for."""
    cover = request("ann>bob ward 5", "ann")
    before = version("ann ward 5, bob ward 0, cat ward 6")
    looked_at = case("bob ward 0 5, cat ward 6", before, agreed=(cover,))
    found = settled(looked_at)
    assert found.burden.burdens == {"bob": 800, "cat": 500}
    assert found.burden.volumes == {EVERYBODY: 1300}
    assert found.burden.minted_cents == 500
    assert found.burden.active == dict.fromkeys(sorted(EVERYBODY), 1.0)
    assert {n: p.target_cents for n, p in found.equalization.positions.items()} == dict.fromkeys(
        sorted(EVERYBODY), 325
    )


def test_activity_is_days_present_by_contract() -> None:
    """Ann away for two of seven days; the class of a duty does not ask who was present."""
    away = (Absence("ann", day(5), day(6), "sick"),)
    found = settled(case("bob ward 5", absences=away))
    assert found.burden.active["ann"] == pytest.approx(5 / 7)
    assert set(found.burden.volumes) == {EVERYBODY}


def test_what_somebody_could_have_borne() -> None:
    """A weekend of 5 once, 2 a day with a guard, 3 nights of five; a resident half a weekend.

    Cat is the resident. Without skill or presence nothing; a day off lost comes on top.
    """
    lacking = replace(NET, skills=NET.skills - {("dan", task) for task in NET.tasks})
    away = (Absence("bob", day(0), day(6), "sick"),)
    looked_at = case(
        "ann guard 0, ann ward 5 6",
        version("ann ward 5 6"),
        net=lacking,
        absences=away,
        opened="guard 2, night 0 1 2 3 4",
        rules=GROSS,
    )
    most = settled(looked_at).burden.most
    assert most == {"ann": 500 + 400 + 600 + 600, "bob": 0, "cat": 250 + 400 + 600, "dan": 0}


def test_a_day_granted_off_could_not_have_been_borne() -> None:
    """Bob has no weekend left, Dan still has the Sunday; what was worked all the same counts.

    With Ann's day off, which was granted and broken.
    """
    granted = frozenset({("bob", day(5)), ("bob", day(6)), ("dan", day(5)), ("ann", day(5))})
    most = settled(case("ann ward 5", opened="ward 6", granted=granted)).burden.most
    assert most == {"ann": 500 + 300, "bob": 0, "cat": 250, "dan": 500}


def test_two_closes_over_the_limit_are_owed() -> None:
    """Ann is 45 ahead: an alert each time, compensation from the second on."""
    rules = EqualizationRules(limit_cents=4000)
    before = WeekBurden(
        MONDAY - timedelta(weeks=1), {"ann": 6000}, {EVERYBODY: 6000}, dict.fromkeys(EVERYBODY, 1.0)
    )
    looked_at = case("ann ward 0")
    numbers = Numbers(NO_ROLES, rules)
    first = settled(looked_at, Past(weeks=(before,)), numbers)
    assert (first.closes_over, first.owed) == ({"ann": 1}, frozenset())
    assert [(a.kind, a.who) for a in first.alerts] == [
        ("over_limit", "ann"),
        ("uneven", ""),
        ("uneven", ""),
    ]
    second = settled(looked_at, Past((before,), first.closes_over), numbers)
    assert second.owed == {"ann"}
    assert "compensation_due" in {a.kind for a in second.alerts}
    calm = settled(looked_at, Past((), first.closes_over), numbers)
    assert (calm.closes_over, calm.owed, calm.alerts) == ({}, frozenset(), ())


def test_every_26th_week_end_is_reconciled() -> None:
    """A report of what a settlement would pay, half of the deviation."""
    looked_at = case("ann ward 5, bob ward 6")
    assert settled(looked_at, Past(weeks_settled=24)).reconciliation == {}
    paid = settled(looked_at, Past(weeks_settled=25)).reconciliation
    assert paid == {"ann": 125, "bob": 125, "cat": -125, "dan": -125}


def test_a_week_settled_again_replaces_itself() -> None:
    """Its own burden among the past is not counted twice."""
    looked_at = case("ann ward 5")
    first = settled(looked_at)
    assert settled(looked_at, Past(weeks=(first.burden,))).equalization == first.equalization


def test_credits_minted_a_year() -> None:
    """2 physicians, 13 weeks of 4 credits: 8 a person and quarter... 104 a year for the two."""
    weeks = [
        WeekBurden(MONDAY - timedelta(weeks=n), active={"a": 1.0, "b": 1.0}, minted_cents=400)
        for n in range(13)
    ]
    assert minted_a_year(weeks) == pytest.approx(104)
    assert minted_a_year(weeks[:12]) is None


def test_late_pairs_are_counted() -> None:
    """Who asked whom, late."""
    late = request("bob>ann ward 2", "bob", "2023-06-07 05:00")
    early = request("bob>cat ward 3", "bob", "2023-06-01 05:00", name="r2")
    before = version("bob ward 2 3")
    looked_at = case("ann ward 2, cat ward 3", before, agreed=(late, early))
    assert late_pairs_of(sacrifices_of(looked_at)) == {("bob", "ann"): 1}


def test_a_correction_reverses_and_awards_anew() -> None:
    """Bob, not Ann, worked the Sunday; Cat's Saturday guard stays as it was."""
    old = awarded("cat guard 5, ann ward 6", rules=GROSS)
    new = awarded("cat guard 5, bob ward 6", rules=GROSS)
    found = correct(old, new, 1)
    assert [(r.reverses, r.key) for r in found.reversals] == [
        ("earn|weekend|ann|2023-06-11|ward", "reverse|earn|weekend|ann|2023-06-11|ward")
    ]
    assert [a.key for a in found.awards] == ["earn|weekend|bob|2023-06-11|ward|correction 1"]
    again = correct((*old[1:], *found.awards), old, 2)
    assert [r.award.physician for r in again.reversals] == ["bob"]
    assert [a.key for a in again.awards] == ["earn|weekend|ann|2023-06-11|ward|correction 2"]
    assert {natural_key(a) for a in again.awards} == {old[0].key}


def test_a_correction_of_the_amount() -> None:
    """The same duty under other rules is reversed and awarded anew."""
    old = awarded("ann ward 5")
    new = awarded("ann ward 5", rules=replace(NO_ROLES, weekend_cents=600))
    found = correct(old, new, 3)
    assert [r.award.cents for r in found.reversals] == [500]
    assert [a.cents for a in found.awards] == [600]
    with pytest.raises(ValueError, match="revision 0"):
        correct(old, new, 0)
