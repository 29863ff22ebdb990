"""Claims, conflicts and rules that are none are refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from pysched.bank.amount import AmountError
from pysched.conflicts import Claim, Conflict, ConflictError, ConflictRules, conflict_rules
from pysched.conflicts.lottery import Lottery
from tests.conflicts.worlds import MONDAY, conflict, days, people, seats, state

TUESDAY = days(2)[1]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"days": ()}, "are none or double"),
        ({"days": (MONDAY, MONDAY)}, "are none or double"),
        ({"days": ("2026-01-05",)}, "are not all dates"),
        ({"physician": ""}, "no physician"),
        ({"urgency": "dire"}, "urgency 'dire' is none of none, some, high"),
        ({"bid_cents": -1}, "bid of -1 cents is below 0"),
        ({"points": {TUESDAY: 3}}, "3 points for 2026-01-06"),
        ({"points": {MONDAY: 101}}, "101 points for 2026-01-05"),
        ({"points": {MONDAY: 0.5}}, "0.5 points"),
        ({"days": days(2), "points": {MONDAY: 60, TUESDAY: 41}}, "101 points in all"),
    ],
)
def test_a_claim_that_is_none_is_refused(wrong: dict[str, Any], message: str) -> None:
    """The message names the claimant and the value."""
    good = {"physician": "P1", "days": (MONDAY,)}
    with pytest.raises(ConflictError, match=message):
        Claim(**(good | wrong))


@pytest.mark.parametrize("bid", [1.5, "100", True, 10**11])
def test_a_bid_is_a_whole_number_of_cents(bid: object) -> None:
    """Floats, texts and what no posting holds are refused."""
    with pytest.raises(AmountError):
        Claim("P1", (MONDAY,), bid_cents=bid)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"id": ""}, "no id"),
        ({"id": "a|b"}, "no id"),
        ({"id": "x" * 44}, "no id"),
        ({"kind": "brawl"}, "kind 'brawl' is not known"),
        ({"claims": ()}, "nobody claims anything"),
        ({"claims": (Claim("P1", (MONDAY,)),) * 2}, "two claims of one physician"),
        ({"claims": (Claim("P1", (TUESDAY,)),)}, "P1 claims other days"),
        ({"seats": 0}, "0 seats"),
    ],
)
def test_a_conflict_that_is_none_is_refused(wrong: dict[str, Any], message: str) -> None:
    """The message names the conflict and the value."""
    good = {"id": "C1", "kind": "day_off", "days": (MONDAY,), "claims": (Claim("P1", (MONDAY,)),)}
    with pytest.raises(ConflictError, match=message):
        Conflict(**(good | wrong))


def test_nobody_unknown_takes_part() -> None:
    """Neither as a claimant nor as one of the group."""
    known = state(people(2), seats(1))
    with pytest.raises(ConflictError, match="nothing is known of physician 'P02'"):
        Lottery().resolve(conflict(people(3)), known, "s")
    case = Conflict("C1", "day_off", (MONDAY,), conflict(people(2)).claims, ("Q1",))
    with pytest.raises(ConflictError, match="nothing is known of physician 'Q1'"):
        Lottery().resolve(case, known, "s")
    with pytest.raises(ConflictError, match="'P09' claims nothing"):
        conflict(people(2)).claim_of("P09")


def test_points_are_approvals_where_none_are_given() -> None:
    """One for each day asked for; with points a day without any is worth nothing."""
    approval = Claim("P1", days(2))
    points = Claim("P1", days(2), points={MONDAY: 70})
    assert [approval.worth(day) for day in days(3)] == [1, 1, 0]
    assert [points.worth(day) for day in days(3)] == [70, 0, 0]


def test_profiles_and_their_keys() -> None:
    """Every number has a key; a text stands for what it says."""
    seed, usual = conflict_rules("seed"), conflict_rules()
    assert (seed.price, seed.distribution) == ("first", "losers")
    assert (usual.price, usual.distribution) == ("uniform", "on_duty")
    changed = conflict_rules("recommended", {"price": "cavallo", "win_percent": "75"})
    assert (changed.price, changed.win_percent) == ("cavallo", 75)


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"prize": 1}, "conflicts has no key 'prize'"),
        ({"price": "last"}, "conflicts.price 'last' is none of cavallo, first, uniform"),
        ({"price": 3}, "conflicts.price 3 is none of"),
        ({"win_percent": 0.8}, "conflicts.win_percent 0.8 is no whole number"),
        ({"win_percent": True}, "conflicts.win_percent True is no whole number"),
        ({"win_percent": 0}, "win_percent 0 is too small"),
        ({"least_bid_cents": -1}, "least_bid_cents -1 is too small"),
        ({"credit_most_percent": 40}, "credit_most_percent 40 is below credit_least_percent 50"),
    ],
)
def test_a_key_that_does_not_fit_is_refused(overrides: dict[str, Any], message: str) -> None:
    """By name and value."""
    with pytest.raises(ValueError, match=message):
        conflict_rules("recommended", overrides)


def test_there_are_two_profiles() -> None:
    """Another name is refused; numbers that are no numbers too."""
    with pytest.raises(ValueError, match="conflicts profile 'mine' is none of seed, recommended"):
        conflict_rules("mine")
    with pytest.raises(ValueError, match="win_percent '80' is no whole number"):
        ConflictRules(win_percent="80")  # type: ignore[arg-type]
