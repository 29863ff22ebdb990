"""What burdens say about the week to come: costs by hand, limits, and what none can avoid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from pysched.bank.case import case_of
from pysched.bank.detection import sacrifices_of
from pysched.bank.next_week import duty_values, unavoidable, with_equalization
from pysched.check import check
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.model import Absence, Assignment, Schedule, State, Week
from tests.bank.builders import GROSS, MONDAY, NET, NO_ROLES, Numbers, day, given
from tests.check.builders import week_of

FULL = dict.fromkeys(NET.physicians, 1.0)
NUMBERS = Numbers(values=NO_ROLES, equalization=EqualizationRules(cost_scale=Fraction(1, 10)))


def test_what_duties_are_worth() -> None:
    """A guard on Sunday, a major holiday, 20 + 2; a guard on Monday 2; a ward on Saturday 5."""
    sunday = frozenset({day(6)})
    week = week_of("guard 0 6, ward 0 5", holidays=sunday, major_holidays=sunday)
    assert duty_values(NET, week, GROSS) == {
        ("guard", day(6)): 2200,
        ("guard", day(0)): 200,
        ("ward", day(5)): 500,
    }


def day_costs(week: Week) -> dict[str, int]:
    """Return physician -> units, where a week has one day to lose."""
    assert len({counted for _, counted in week.day_costs}) == 1
    return {name: units for (name, _), units in week.day_costs.items()}


def test_costs_by_hand() -> None:
    """A weekend of 5 to Ann, 10 ahead: (2 * 10 * 5 + 25) / 10 = 12.5, so 12; Bob, 10 behind: -7.5.

    Cat and Dan, where they should be: 2.5. Rounded half even.
    """
    week = with_equalization(NET, week_of("ward 5"), {"ann": 1000, "bob": -1000}, FULL, NUMBERS)
    assert week.sacrifices == {("ward", day(5))}
    assert day_costs(week) == {"ann": 12, "bob": -8, "cat": 2, "dan": 2}


def test_a_weekend_is_one_loss_and_each_holiday_another() -> None:
    """Saturday and Sunday together, long as Friday, a holiday, is beside them: 7.5^2 and 10^2."""
    week = week_of("ward 4 5 6, clinic 6", holidays=frozenset({day(4)}))
    week = with_equalization(NET, week, {}, FULL, NUMBERS)
    assert week.sacrifice_days == {day(4): day(4), day(5): day(5), day(6): day(5)}
    ann = {counted: units for (name, counted), units in week.day_costs.items() if name == "ann"}
    assert ann == {day(4): 10, day(5): 6}
    assert week.sacrifice_costs == {}


def test_days_of_a_weekend_apart() -> None:
    """With the unit day each is worth 2.5: 6.25 / 10."""
    numbers = replace(NUMBERS, values=replace(NO_ROLES, unit="day"))
    week = with_equalization(NET, week_of("ward 5 6"), {}, FULL, numbers)
    assert week.sacrifice_days == {day(5): day(5), day(6): day(6)}
    assert set(week.day_costs.values()) == {1}


def test_an_undesirable_duty_costs_each_time() -> None:
    """A guard of 2 to Ann, 10 ahead: 4.4; to Bob, 10 behind: -3.6; else 0.4. Shifted by 4."""
    numbers = replace(NUMBERS, values=GROSS)
    deviation = {"ann": 1000, "bob": -1000}
    week = with_equalization(NET, week_of("guard 0 1"), deviation, FULL, numbers)
    expected = {"ann": 8, "bob": 0, "cat": 4, "dan": 4}
    for number in (0, 1):
        costs = {n: u for (n, _, d), u in week.sacrifice_costs.items() if d == day(number)}
        assert costs == expected
    assert week.day_costs == {}


def test_half_time_doubles_the_cost_and_absence_frees_of_it() -> None:
    """Ann at 0.5: 25 against 2.5; Dan, absent, has none."""
    away = (Absence("dan", day(5), day(5), "vacation"),)
    fte = {**FULL, "ann": 0.5}
    week = with_equalization(NET, week_of("ward 5", absences=away), {"ann": 1000}, fte, NUMBERS)
    assert day_costs(week) == {"ann": 25, "bob": 2, "cat": 2}


def test_without_activity_the_contract_counts() -> None:
    """Who has no history yet is taken by his contract: 25 / 0.5."""
    people = {**NET.physicians, "ann": replace(NET.physicians["ann"], weekly_hours=Decimal(19))}
    net = replace(NET, physicians=people)
    numbers = replace(NUMBERS, equalization=EqualizationRules(cost_scale=Fraction(1)))
    week = with_equalization(net, week_of("ward 5"), {}, {}, numbers)
    assert day_costs(week) == {"ann": 50, "bob": 25, "cat": 25, "dan": 25}


@for_all(
    st.fixed_dictionaries({name: st.integers(-4000, 4000) for name in NET.physicians}),
    st.fixed_dictionaries({name: st.sampled_from([0.25, 0.5, 1.0]) for name in NET.physicians}),
)
def test_shifting_keeps_differences(deviation: dict[str, int], fte: dict[str, float]) -> None:
    """Least 0 a duty, and differences those of round(s (2 D v + v^2) / a)."""
    numbers = replace(NUMBERS, values=GROSS)
    week = with_equalization(NET, week_of("guard 0 1"), deviation, fte, numbers)
    for key in week.sacrifices:
        costs = {name: week.sacrifice_costs[name, *key] for name in NET.physicians}
        raw = {}
        for name in NET.physicians:
            ahead = Fraction(deviation[name], 100)
            raw[name] = round((2 * ahead * 2 + 4) / Fraction(fte[name]) / 10)
        assert min(costs.values()) == 0
        assert {n: c - costs["ann"] for n, c in costs.items()} == {
            n: c - raw["ann"] for n, c in raw.items()
        }


@pytest.mark.parametrize("far", [4000, 9000])
def test_a_deviation_counts_up_to_the_limit(far: int) -> None:
    """Ann as far behind as may be: 2.5 - 40, however far she is."""
    week = with_equalization(NET, week_of("ward 5"), {"ann": -far}, FULL, NUMBERS)
    assert day_costs(week) == {"ann": -38, "bob": 2, "cat": 2, "dan": 2}


def test_who_is_over_the_limit() -> None:
    """Above 40; who left the network is not named."""
    deviation = {"ann": 4001, "bob": 4000, "gone": 9000}
    week = with_equalization(NET, week_of("ward 5"), deviation, FULL, NUMBERS)
    assert (week.over_limit, week.unavoidable_sacrifices) == ({"ann"}, 0)


@pytest.mark.parametrize(
    ("duties", "over", "fixed", "expected"),
    [
        ("ward 5", {"ann"}, "", 0),
        ("ward 5, clinic 5, early 5", {"ann"}, "", 0),
        ("ward 5, clinic 5, early 5, dawn 5", {"ann"}, "", 1),
        ("ward 5, guard 5", {"ann", "bob", "cat"}, "", 0),
        ("ward 5, clinic 5", {"ann", "bob", "cat"}, "", 1),
        ("ward 5 6", {"ann", "bob", "cat"}, "", 0),
        ("ward 5", {"ann", "bob", "cat", "dan"}, "", 1),
        ("ward 5", {"ann"}, "ann ward 5", 1),
        ("ward 5, clinic 5", {"ann", "cat"}, "bob ward 5", 0),
        ("ward 5, clinic 5", {"ann", "cat", "dan"}, "bob ward 5", 1),
        ("", {"ann"}, "", 0),
    ],
)
def test_what_none_can_avoid(duties: str, over: set[str], fixed: str, expected: int) -> None:
    """By hand: so many duties at once, so many who are under the limit."""
    week = week_of(duties, pins=given(fixed))
    assert unavoidable(NET, week, {d.key for d in week.duties}, over) == expected


def test_what_nobody_may_do_is_not_counted() -> None:
    """Nobody is given it, so nobody over the limit either."""
    net = replace(NET, skills=NET.skills - {(name, "ward") for name in NET.physicians})
    assert unavoidable(net, week_of("ward 5"), {("ward", day(5))}, {"ann"}) == 0


def test_the_checker_reads_what_the_week_says() -> None:
    """Ann, 41 ahead, counts as 40: (400 + 25) / 10, and one beyond the unavoidable."""
    week = with_equalization(NET, week_of("ward 5"), {"ann": 4100}, FULL, NUMBERS)
    report = check(NET, week, State(), Schedule(MONDAY, given("ann ward 5")))
    costs = {(c.rule, c.grade): c.units for c in report.costs}
    assert costs["equalization", "day"] == 42
    assert costs["debt_limit", "sacrifice"] == 1


@for_all(st.lists(st.sampled_from(["", "ann", "bob", "cat"]), min_size=5, max_size=5))
def test_the_week_end_counts_what_the_week_said(names: list[str]) -> None:
    """Where all are as they should be, costs are v^2 for each sacrifice that is then found."""
    week = week_of("ward 4 5 6, clinic 5, guard 6", holidays=frozenset({day(4)}))
    numbers = Numbers(values=GROSS, equalization=EqualizationRules(cost_scale=Fraction(16)))
    week = with_equalization(NET, week, {}, FULL, numbers)
    keys = [duty.key for duty in week.duties]
    rows = frozenset(
        Assignment(when, task, name) for (task, when), name in zip(keys, names, strict=True) if name
    )
    schedule = Schedule(MONDAY, rows)
    found = sacrifices_of(case_of(NET, week, (), (), schedule, GROSS))
    report = check(NET, week, State(), schedule)
    said = sum(c.units for c in report.costs if c.rule == "equalization" and c.grade == "day")
    assert said == sum(16 * row.cents**2 // 100**2 for row in found if row.kind != "role")


def test_the_monday_after_makes_a_weekend_long() -> None:
    """Easter Monday lies in the next week; the calendar knows."""
    week = week_of("ward 5", monday=date(2023, 4, 3))
    assert set(duty_values(NET, week, NO_ROLES).values()) == {750}
