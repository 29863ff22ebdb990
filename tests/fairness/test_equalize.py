"""Where everybody stands at the end of the rolling window, and what is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import WeekBurden, equalize, window_of
from pysched.fairness.metrics import cv, gini
from pysched.fairness.reconcile import is_due, settlement_of

END = date(2023, 6, 5)
RULES = EqualizationRules.recommended()
PAIR = frozenset({"ann", "bob"})


def week(ago: int, ann: int, bob: int, active: dict[str, float] | None = None) -> WeekBurden:
    """Return a week so many before the end, whose duties both could do."""
    monday = END - timedelta(weeks=ago)
    active = active or {"ann": 1.0, "bob": 1.0}
    return WeekBurden(monday, {"ann": ann, "bob": bob}, {PAIR: ann + bob}, active)


def test_the_window_is_half_open() -> None:
    """Week 156 before the end is in it, 157 and the one that starts with the end are not."""
    weeks = [week(n, 1, 1) for n in (157, 156, 1, 0, -1)]
    assert [w.monday for w in window_of(weeks, END, RULES)] == [weeks[1].monday, weeks[2].monday]
    with pytest.raises(ValueError, match="2023-06-06"):
        window_of(weeks, END + timedelta(days=1), RULES)


def test_where_they_stand() -> None:
    """Ann bore 30 and Bob 10 of what both could: 20 each, one 10 ahead, the other behind."""
    found = equalize([week(1, 2000, 1000), week(2, 1000, 0)], END, RULES)
    assert found.deviations == {"ann": 1000, "bob": -1000}
    assert [p.ratio for p in found.positions.values()] == [1.5, 0.5]
    assert (found.cv, found.gini, found.most_cents) == (0.5, pytest.approx(0.5), 1000)
    assert (found.floor_cv, found.floor_gini) == (0, 0)
    assert (found.signed_gini, found.spread) == (1, 0.5)


def test_part_time_and_absence_make_the_share_smaller() -> None:
    """Bob at half time and away for half of it: a quarter, so 8 of 40 for him."""
    weeks = [
        week(1, 3200, 800, {"ann": 1.0, "bob": 0.5}),
        week(2, 0, 0, {"ann": 1.0, "bob": 0.0}),
    ]
    found = equalize(weeks, END, RULES)
    assert found.active == {"ann": 1.0, "bob": 0.25}
    assert found.deviations == {"ann": 0, "bob": 0}
    assert found.cv == pytest.approx(0)


def test_the_floor_is_what_skills_allow() -> None:
    """Bob cannot do Ann's 30; with 10 that both can the best is 30 to 10."""
    only = frozenset({"ann"})
    row = WeekBurden(
        END - timedelta(weeks=1), {"ann": 4000}, {only: 3000, PAIR: 1000}, {"ann": 1, "bob": 1}
    )
    found = equalize([row], END, RULES)
    assert found.deviations == {"ann": 1000, "bob": -1000}
    assert (found.floor_cv, found.cv) == (cv([30, 10]), cv([40, 0]))
    assert found.floor_gini == pytest.approx(gini([30, 10]))


def test_the_mean_is_the_seeds_target() -> None:
    """Personal score minus the group's average."""
    rows = [week(1, 3000, 1000, {"ann": 1.0, "bob": 0.5})]
    found = equalize(rows, END, EqualizationRules.seed())
    assert found.deviations == {"ann": 1000, "bob": -1000}


def test_newcomers_are_not_measured() -> None:
    """Cat came in the last of 40 weeks and bore 50: she has a position, but is no measure."""
    rows = [week(n, 500, 500) for n in range(2, 41)]
    last = WeekBurden(
        END - timedelta(weeks=1),
        {"cat": 5000},
        {PAIR | {"cat"}: 5000},
        {"ann": 1.0, "bob": 1.0, "cat": 1.0},
    )
    found = equalize([*rows, last], END, RULES)
    assert found.positions["cat"].burden_cents == 5000
    assert found.cv == 0
    assert equalize([*rows, last], END, replace(RULES, least_weeks=1)).cv > 1


def test_nothing_yet() -> None:
    """Without weeks nobody stands anywhere."""
    found = equalize([], END, RULES)
    assert (found.positions, found.gini, found.cv, found.most_cents) == ({}, 0, 0, 0)


WEEKS = st.lists(
    st.builds(
        week,
        st.integers(1, 156),
        st.integers(0, 5000),
        st.integers(0, 5000),
        st.fixed_dictionaries({"ann": st.floats(0, 1), "bob": st.floats(0, 1)}),
    )
)


@given(WEEKS, st.sampled_from(["mean", "proportional", "egalitarian"]))
def test_deviations_add_up_to_nothing(weeks: list[WeekBurden], target) -> None:
    """To the cent."""
    found = equalize(weeks, END, replace(RULES, target=target))
    assert sum(found.deviations.values()) == 0


@given(st.dictionaries(st.text(min_size=1, max_size=2), st.integers(-20000, 20000), max_size=9))
def test_a_settlement_makes_no_credit(rough: dict[str, int]) -> None:
    """Amounts add up to 0, stay within the limit and go the way of the deviation."""
    deviations = {**rough, "rest": -sum(rough.values())}
    paid = settlement_of(deviations, RULES)
    assert sum(paid.values()) == 0
    assert max(map(abs, paid.values())) <= RULES.settle_limit_cents
    assert all(paid[name] * cents >= 0 for name, cents in deviations.items())
    assert all(abs(paid[name]) <= abs(cents) for name, cents in deviations.items())


def test_a_settlement_by_hand() -> None:
    """Half of +60, -50 and -10 within 20: 20, -20, -5; the takers' 20 are split 16 to 4."""
    paid = settlement_of({"ann": 6000, "bob": -5000, "cat": -1000}, RULES)
    assert paid == {"ann": 2000, "bob": -1600, "cat": -400}
    assert [is_due(n, RULES) for n in (0, 25, 26, 52)] == [False, False, True, True]


def test_numbers_out_of_range_are_refused() -> None:
    """By name and value."""
    with pytest.raises(ValueError, match="limit_cents 0 is not positive"):
        EqualizationRules(limit_cents=0)
    with pytest.raises(ValueError, match="settle_percent -1 is negative"):
        EqualizationRules(settle_percent=-1)
