"""Amendments change what they say and nothing else, and refuse what is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pysched.explain.amendment import Amendment, AmendmentError, amend, released
from pysched.explain.amendment_json import amendment_from_json, amendment_to_json
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import Absence, Assignment, Schedule

TOY = read_scenario(find_scenario("toy"))
NETWORK, WEEK = TOY.network, weeks_of(TOY)[0]
MONDAY = WEEK.monday
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)


def test_an_empty_amendment_changes_nothing() -> None:
    """It is false, and the week stays as it is."""
    assert not Amendment()
    assert amend(NETWORK, WEEK, Amendment()) == (NETWORK, WEEK)


def test_absences_come_and_go() -> None:
    """Bruno is away from Tuesday to Thursday: he comes back for a day in the middle."""
    wednesday = TUESDAY + timedelta(days=1)
    _, week = amend(NETWORK, WEEK, Amendment(present=(("bruno", wednesday, wednesday),)))
    days = [day for day in week.days if not week.is_present("bruno", day)]
    assert [TUESDAY, wednesday + timedelta(days=1)] == days
    sick = Absence("anna", FRIDAY, FRIDAY, "sick")
    _, week = amend(NETWORK, WEEK, Amendment(absences=(sick,)))
    assert (*WEEK.absences, sick) == week.absences


def test_a_new_absence_lets_go_of_pins_and_assignments() -> None:
    """Of the sick one, on these days; what is worked stays."""
    rows = [Assignment(day, "guard", "anna") for day in (MONDAY, TUESDAY)]
    pinned = replace(WEEK, pins=frozenset(rows))
    sick = Absence("anna", TUESDAY, FRIDAY, "sick")
    _, week = amend(NETWORK, pinned, Amendment(absences=(sick,)))
    assert frozenset(rows[:1]) == week.pins
    schedule = Schedule(MONDAY, frozenset(rows))
    assert frozenset(rows[:1]) == released(week, schedule).assignments
    worked = replace(week, worked=frozenset(rows[1:]))
    assert schedule == released(worked, schedule)


def test_duties_close_and_open() -> None:
    """A closed one is gone from the schedule too; a new one has its task's times."""
    amendment = Amendment(closed=(("ward", MONDAY),), opened=(("clinic", MONDAY),))
    _, week = amend(NETWORK, WEEK, amendment)
    keys = {duty.key for duty in week.duties}
    assert {duty.key for duty in WEEK.duties} - {("ward", MONDAY)} | {("clinic", MONDAY)} == keys
    assert sorted(week.duties, key=lambda d: (d.start, d.task)) == list(week.duties)
    schedule = Schedule(MONDAY, frozenset([Assignment(MONDAY, "ward", "carla")]))
    assert frozenset() == released(week, schedule).assignments


def test_weights_change_and_go() -> None:
    """At their level; 0 switches a grade off."""
    weights = {("wishes", "day_off"): 7, ("team", "like"): 0}
    network, week = amend(NETWORK, WEEK, Amendment(weights=weights))
    assert network.rules.weights["wishes", "day_off"] == (7, 1)
    assert ("team", "like") not in network.rules.weights
    assert week == WEEK


@pytest.mark.parametrize(
    ("amendment", "said"),
    [
        (Amendment(absences=(Absence("zoe", MONDAY, MONDAY, ""),)), "unknown physician 'zoe'"),
        (
            Amendment(absences=(Absence("anna", FRIDAY, MONDAY, ""),)),
            "absence of anna ends on 2024-04-15, before 2024-04-19",
        ),
        (
            Amendment(absences=(Absence("anna", date(2024, 5, 1), date(2024, 5, 1), ""),)),
            "absence of anna: 2024-05-01 is not in the week of 2024-04-15",
        ),
        (Amendment(present=(("anna", MONDAY, MONDAY),)), "anna is not absent from 2024-04-15"),
        (Amendment(closed=(("night", TUESDAY),)), "no duty night@2024-04-16; night is on 2024-04-"),
        (Amendment(opened=(("sleep", MONDAY),)), "unknown task 'sleep' in"),
        (Amendment(opened=(("ward", MONDAY),)), "duty ward@2024-04-15 is there already"),
        (Amendment(opened=(("ward", date(2024, 5, 1)),)), "ward@2024-05-01 is not in the week"),
        (Amendment(weights={("wishes", "tea"): 1}), "wishes/tea; wishes has day_off"),
        (Amendment(weights={("team", "like"): -1}), "weight -1 of team/like is below 0"),
    ],
)
def test_what_is_not_there_is_refused(amendment: Amendment, said: str) -> None:
    """In one line that names it."""
    with pytest.raises(AmendmentError, match=said) as refused:
        amend(NETWORK, WEEK, amendment)
    assert "\n" not in str(refused.value)


def test_an_amendment_survives_json_and_addition() -> None:
    """As stored with a version, one after the other."""
    one = Amendment(absences=(Absence("anna", FRIDAY, FRIDAY, "sick"),), closed=(("ward", MONDAY),))
    two = Amendment(weights={("team", "like"): 2}, opened=(("clinic", MONDAY),))
    both = one + two
    assert both == amendment_from_json(amendment_to_json(both))
    assert amend(*amend(NETWORK, WEEK, one), two) == amend(NETWORK, WEEK, both)
