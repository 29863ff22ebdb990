"""Blocks of vacation by seniority and credits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pysched.conflicts import Claim, Conflict, ConflictRules, ConflictState, Standing
from pysched.conflicts.seniority import Seniority, score_of
from tests.conflicts.worlds import days, people, seats, state

RULES = ConflictRules()
SENIORITY = Seniority(RULES)


def block(names: tuple[str, ...]) -> Conflict:
    """Return claims of one block of five days."""
    dates = days(5)
    claims = tuple(Claim(name, dates, whole=True) for name in names)
    return Conflict("V1", "vacation", dates, claims)


def standing(known: ConflictState, name: str, **more: object) -> ConflictState:
    """Return a state in which one stands otherwise."""
    return replace(
        known,
        members={**known.members, name: replace(known.members[name], **more)},  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("who", "score"),
    [
        (Standing("A"), Fraction(0)),
        (Standing("A", seniority_years=Decimal(10)), Fraction(1, 4)),
        (Standing("A", seniority_years=Decimal(30)), Fraction(1, 2)),
        (Standing("A", available_cents=4_000), Fraction(1, 5)),
        (Standing("A", available_cents=99_999), Fraction(1, 2)),
        (Standing("A", available_cents=-500), Fraction(0)),
        (Standing("A", blocks=3), Fraction(-3, 10)),
    ],
)
def test_a_score_is_half_years_and_half_credits_less_blocks(who: Standing, score: Fraction) -> None:
    """0.5 min(sen, 20) / 20 + 0.5 clip(credits / cap, 0, 1) - 0.1 blocks, with a cap of 100."""
    assert score_of(who, 10_000, 0, RULES) == score


def test_the_higher_score_has_the_block() -> None:
    """The whole of it; equal scores by lots."""
    names = people(3)
    known = standing(state(names, seats(1, days(5))), "P01", seniority_years=Decimal(5))
    decision = SENIORITY.resolve(block(names), known, "s")
    assert decision.grants == {"P01": days(5)}
    assert decision.order[0] == "P01"
    equal = state(names, seats(1, days(5)))
    winners = {tuple(SENIORITY.resolve(block(names), equal, f"{n}").grants) for n in range(30)}
    assert winners == {(name,) for name in names}


@pytest.mark.parametrize(("years", "close"), [("1.9", True), ("2", False), ("5", False)])
def test_a_margin_under_a_twentieth_is_close(years: str, close: bool) -> None:
    """0.5 * 2 / 20 is just enough; who is owed his claim is no part of it."""
    names = people(2)
    known = standing(state(names, seats(1, days(5))), "P01", seniority_years=Decimal(years))
    assert SENIORITY.is_close(block(names), known, "s") == close
    assert not SENIORITY.is_close(block(names), standing(known, "P01", due=True), "s")
    free = replace(known, oracle=seats(2, days(5)))
    assert not SENIORITY.is_close(block(names), free, "s")


def test_the_bank_has_the_cap() -> None:
    """A state without one takes that of the rules."""
    names = people(2)
    known = state(names, seats(1, days(5)), available_cents=5_000)
    proofs = [
        SENIORITY.resolve(block(names), replace(known, cap_cents=cap), "s").proof["contests"]
        for cap in (None, 20_000)
    ]
    assert [set(proof["all"].values()) for proof in proofs] == [{"1/4"}, {"1/8"}]  # type: ignore[index,call-overload,union-attr]
