"""Targets, limits and the group's mean balance, each by hand."""

from datetime import date
from decimal import Decimal

import pytest
from check.builders import day, given, network, physician, week_of

from pysched.facts.hours import (
    candidates,
    is_last_of_month,
    limit_minutes,
    month_of,
    reference_hours,
    target_hours,
)
from pysched.model import Absence, Agreement, Physician, State

FRACTIONAL = Physician("ann", "ann", "expert", Decimal("28.5"), Decimal(10))


@pytest.mark.parametrize(("days_off", "expected"), [(0, 28), (1, 24), (2, 19), (4, 9), (6, 0)])
def test_targets_are_rounded_half_up(days_off: int, expected: int) -> None:
    """6.3 hours a day at three quarters: 28.35, 23.625, 18.9, 9.45 and none."""
    away = tuple(Absence("ann", day(n), day(n), "leave") for n in range(days_off))
    assert expected == target_hours(network([FRACTIONAL]), week_of("", absences=away), "ann")


def test_limits_are_exact_minutes() -> None:
    """48 hours times 28.5 / 38 are 2160 minutes; what is left of a minute is not worked."""
    odd = Physician("bob", "bob", "expert", Decimal("28.7"), Decimal(10))
    net = network([FRACTIONAL, odd])
    assert (limit_minutes(net, "ann"), limit_minutes(net, "bob")) == (2160, 2175)


def test_the_reference_is_shared_out_pro_rata_to_contracts() -> None:
    """Balances of 60 hours less targets of 57 plus 6 hours of duty, two thirds to one third."""
    net = network([physician("ann"), physician("bob", hours=19)])
    state = State(balance_minutes={"ann": 1800, "bob": 1800})
    assert reference_hours(net, week_of("ward 0"), state) == {"ann": 6, "bob": 3}


def test_what_nobody_may_take_counts_for_nobody_unless_it_is_fixed() -> None:
    """A pin against a skill fills the duty all the same."""
    net = network([physician("ann")], without_skills="ann guard")
    week = week_of("guard 0 1")
    pinned = week_of("guard 0 1", pins=given("ann guard 0"))
    state = State(balance_minutes={"ann": 38 * 60})
    assert reference_hours(net, week, state) == {"ann": 0}
    assert reference_hours(net, pinned, state) == {"ann": 6}


@pytest.mark.parametrize(
    ("monday", "month", "last"),
    [
        (date(2023, 6, 19), date(2023, 6, 1), False),
        (date(2023, 6, 26), date(2023, 6, 1), True),
        (date(2023, 7, 31), date(2023, 8, 1), False),
        (date(2024, 12, 30), date(2025, 1, 1), False),
        (date(2024, 12, 23), date(2024, 12, 1), True),
    ],
)
def test_a_week_belongs_to_the_month_of_its_thursday(monday: date, month: date, last: bool) -> None:
    """Across months and years."""
    assert (month_of(monday), is_last_of_month(monday)) == (month, last)


@pytest.mark.parametrize(
    ("agreement", "able"),
    [
        (Agreement("ann", "free_weekday", "mon"), False),
        (Agreement("ann", "free_weekday", "tue"), True),
        (Agreement("ann", "no_nights"), False),
        (Agreement("ann", "not_at_hospital", "cona"), False),
        (Agreement("ann", "not_at_hospital", "delta"), True),
        (Agreement("ann", "max_per_week", "guard", 0), True),
        (Agreement("bob", "no_nights"), True),
    ],
)
def test_who_may_fill_a_duty_by_itself(agreement: Agreement, able: bool) -> None:
    """A number a week is not of one duty alone, and an agreement binds its own physician."""
    week = week_of("night 0")
    net = network(agreements=(agreement,))
    assert able == ("ann" in candidates(net, week)[week.duties[0]])


@pytest.mark.parametrize(("first", "able"), [(0, False), (1, False), (2, True)])
def test_a_night_needs_the_morning_after_too(first: int, able: bool) -> None:
    """Absent from Tuesday, nobody is on duty in Monday's night."""
    week = week_of("night 0", absences=(Absence("ann", day(first), day(6), "leave"),))
    assert able == ("ann" in candidates(network(), week)[week.duties[0]])
