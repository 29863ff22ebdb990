"""Targets, the month, overtime and the spread of hours, each by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pysched.model import Absence, Limits, profile_rules

from .builders import MONDAY, checked, day, network, physician, units

LAST_WEEK_OF_JUNE = date(2023, 6, 26)
NO_WORKING_DAYS = frozenset(day(n) for n in range(6))
ANN = network([physician("ann")])
TWO = network([physician("ann"), physician("bob")])


@pytest.mark.parametrize(
    ("hours", "facts", "expected"),
    [
        (38, {}, 38),
        (19, {}, 19),
        (38, {"holidays": frozenset({day(4)})}, 32),
        (38, {"holidays": frozenset({day(6)})}, 38),
        (38, {"absences": (Absence("ann", day(0), day(3), "leave"),)}, 13),
        (38, {"absences": (Absence("ann", day(6), day(8), "leave"),)}, 38),
        (38, {"absences": (Absence("bob", day(0), day(3), "leave"),)}, 38),
    ],
)
def test_minimum_hours_of_the_idle_are_their_target(
    hours: int, facts: dict[str, Any], expected: int
) -> None:
    """6 days are 37.8 -> 38 h, half time 18.9 -> 19, 5 days 31.5 -> 32 (half up), 2 days 12.6."""
    report = checked("", net=network([physician("ann", hours=hours)]), **facts)
    assert units("minimum_hours", "hour", report) == {"ann": expected}


def test_minimum_hours_are_started_hours() -> None:
    """38 h - 360 min = 32 h; 38 h - 230 min = 2050 min = 34.2 h, 35 started; bob has 48 h."""
    net = network([physician("ann"), physician("bob"), physician("cat")])
    report = checked("ann guard 0, cat clinic 0, bob night 0 2 4 6", net=net)
    assert units("minimum_hours", "hour", report) == {"ann": 32, "cat": 35}


def test_target_numbers_are_the_networks() -> None:
    """6 days x 7 h x 38 / 42 = 38 h exactly, where 6.3 h and 38 h would give 37.8."""
    limits = Limits(target_hours_per_day=Decimal(7), full_time_hours=Decimal(42))
    net = network([physician("ann")], rules=profile_rules("recommended", limits=limits))
    report = checked("ann night 0 2, ann guard 4 5", net=net)
    assert units("minimum_hours", "hour", report) == {"ann": 2}


@pytest.mark.parametrize(
    ("monday", "month", "expected"),
    [
        (LAST_WEEK_OF_JUNE, date(2023, 6, 1), {"ann": 28}),
        (LAST_WEEK_OF_JUNE, date(2023, 5, 1), {"ann": 38}),
        (MONDAY, date(2023, 6, 1), {}),
        (date(2023, 5, 29), date(2023, 6, 1), {}),
        (date(2023, 8, 28), date(2023, 8, 1), {"ann": 28}),
        (date(2023, 8, 21), date(2023, 8, 1), {}),
        (date(2023, 5, 22), date(2023, 5, 1), {"ann": 28}),
    ],
)
def test_month_hours_count_in_the_last_week_of_a_month(
    monday: date, month: date, expected: dict[str, int]
) -> None:
    """10 hours too many so far and 38 too few now make 28; without that month's, 38."""
    state = {"month": month, "month_minutes": {"ann": 600}}
    report = checked("", net=ANN, monday=monday, state=state)
    assert units("month_hours", "hour", report) == expected


def test_month_hours_are_started_hours_of_the_months_difference() -> None:
    """-30 + 2160 - 2280 = -150 min: 3 started hours; the week alone lacks 120 min: 2."""
    state = {"month": date(2023, 6, 1), "month_minutes": {"ann": -30}}
    report = checked("ann night 0 2 4", net=ANN, monday=LAST_WEEK_OF_JUNE, state=state)
    assert units("month_hours", "hour", report) == {"ann": 3}
    assert units("minimum_hours", "hour", report) == {"ann": 2}


def test_maximum_overtime_is_the_largest_once() -> None:
    """Nobody has a target: ann has a night, 12 h; bob a clinic, 230 min, 4 started hours."""
    report = checked("ann night 0, bob clinic 0", holidays=NO_WORKING_DAYS)
    assert units("maximum_overtime", "hour", report) == {"ann": 12}


def test_maximum_overtime_names_all_who_have_it() -> None:
    """230 and 240 min are both 4 started hours; below a target of 38 h they are no overtime."""
    rows = "ann clinic 0, bob visit 0 1"
    report = checked(rows, holidays=NO_WORKING_DAYS)
    assert units("maximum_overtime", "hour", report) == {"ann, bob": 4}
    assert units("maximum_overtime", "hour", checked(rows)) == {}


def test_hours_spread_is_triangular_on_either_side() -> None:
    """720 + 360 min over four are 4.5 h each, 5 h rounded.

    Ann has 12 h, 7 too many: 2 blocks, 3 units; bob 6 h: 1 block; cat and dan lack 5 h: 3 units.
    """
    report = checked("ann night 0, bob guard 0", holidays=NO_WORKING_DAYS)
    assert units("hours_spread", "block", report) == {"ann": 3, "bob": 1, "cat": 3, "dan": 3}


def test_hours_spread_follows_contracts_and_what_can_be_covered() -> None:
    """300 - 60 before and an open guard of 360 min are 10 h: ann's two thirds 7 h, bob's 3 h.

    Ann has 5 h, 2 too few: 1 unit; bob -1 h, 4 h too few: 1 block, 1 unit.
    """
    net = network([physician("ann"), physician("bob", hours=19)])
    state = {"balance_minutes": {"ann": 300, "bob": -60}}
    report = checked("", opened="guard 0", net=net, state=state, holidays=NO_WORKING_DAYS)
    assert units("hours_spread", "block", report) == {"ann": 1, "bob": 1}


@pytest.mark.parametrize(
    ("fixed", "expected"), [("", {"ann": 1, "bob": 1}), ("bob guard 0", {"bob": 3})]
)
def test_hours_spread_leaves_out_what_nobody_may_take(fixed: str, expected: dict[str, int]) -> None:
    """A guard that nobody is skilled for adds nothing, so 3 h and -3 h are 3 h from 0 each.

    If bob is fixed to it, 6 h are 3 each: ann is right, bob 6 h below, 2 blocks, 3 units.
    """
    net = network([physician("ann"), physician("bob")], "ann guard, bob guard")
    state = {"balance_minutes": {"ann": 180, "bob": -180}}
    report = checked(
        "", opened="guard 0", fixed=fixed, net=net, state=state, holidays=NO_WORKING_DAYS
    )
    assert units("hours_spread", "block", report) == expected


def test_hours_spread_counts_the_targets_of_the_week() -> None:
    """Before 38 h each; minus two targets of 38 h and no duties: 0 h each, and so they are."""
    state = {"balance_minutes": {"ann": 38 * 60, "bob": 38 * 60}}
    assert units("hours_spread", "block", checked("", net=TWO, state=state)) == {}
