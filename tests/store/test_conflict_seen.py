"""What a decision sees: wins of the past year, tokens of the quarter, who is owed a claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pysched.bank.kept import KeptWeek
from pysched.conflicts import Decision, Kind
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import WeekBurden
from pysched.store.conflict_rows import ConflictRow
from pysched.store.conflict_seen import Result, Seen, quarter_of

DAY = date(2024, 5, 10)
MONDAY = date(2024, 5, 6)
NOW = datetime(2024, 4, 1)
ROW = ConflictRow("c", MONDAY, DAY, "holiday", "open", NOW, NOW, NOW)


def result(day: date, kind: Kind = "day_off", mechanism: str = "wheel", **more: object) -> Result:
    """Return a past decision in which A won a day and B had one that nobody contested."""
    grants = {"A": (day,), "B": (day,)}
    decision = Decision(f"of {day}", mechanism, grants, {"B": (day,)}, **more)  # type: ignore[arg-type]
    return Result(decision.conflict, kind, day, decision)


def seen(*results: Result, **more: object) -> Seen:
    """Return what is seen of past decisions."""
    known = Seen(ROW, None, frozenset(), {}, results, {}, {}, None, ())
    return replace(known, **more)  # type: ignore[arg-type]


def kept(monday: date, owed: frozenset[str]) -> KeptWeek:
    """Return a closed week after which some are owed a claim."""
    burden = WeekBurden(monday, {}, {}, {}, 0, {})
    return KeptWeek(burden, {}, owed, {}, {}, (), (), EqualizationRules())


def test_wins_are_contested_grants_of_mechanisms_in_the_past() -> None:
    """Neither what is free nor an agreement nor a later day counts; blocks are counted apart."""
    last = DAY - timedelta(days=7)
    known = seen(
        result(last),
        result(last - timedelta(days=7), "vacation"),
        result(last, mechanism="agreement"),
        result(DAY + timedelta(days=7)),
    )
    assert known.wins() == {"A": 2}
    assert known.wins("vacation") == {"A": 1}


def test_tokens_are_those_of_the_quarter() -> None:
    """Used in decisions, and kept for other open conflicts."""
    known = seen(
        result(date(2024, 4, 1), tokens={"A": 1}),
        result(date(2024, 3, 31), tokens={"A": 1}),
        reserved={"A": 1, "B": 1},
    )
    assert known.tokens_used() == {"A": 2, "B": 1}


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2024-01-01", "2024-Q1"), ("2024-03-31", "2024-Q1"), ("2024-12-31", "2024-Q4")],
)
def test_quarters(day: str, quarter: str) -> None:
    """By the calendar."""
    assert quarter_of(date.fromisoformat(day)) == quarter


def test_who_is_owed_a_claim_has_it_once() -> None:
    """Until he wins one about a day after the week-end that said so."""
    closed = (kept(date(2024, 4, 22), frozenset("AC")), kept(date(2024, 4, 29), frozenset("AC")))
    assert seen().owed() == frozenset()
    assert seen(kept=closed).owed() == {"A", "C"}
    assert seen(result(date(2024, 5, 4)), kept=closed).owed() == {"A", "C"}
    assert seen(result(date(2024, 5, 7)), kept=closed).owed() == {"C"}
    assert seen(result(date(2024, 5, 7), mechanism="agreement"), kept=closed).owed() == {"A", "C"}
