"""Emergency coverage: who works."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pysched.conflicts import Claim, Conflict, ConflictError, ConflictRules, Standing
from pysched.conflicts.coverage import Coverage, chore_weight
from tests.conflicts.worlds import MONDAY, conflict, people, seats, state

RULES = ConflictRules()
COVERAGE = Coverage(RULES)


def emergency(volunteers: tuple[str, ...], **more: object) -> Conflict:
    """Return an emergency among six."""
    claims = tuple(Claim(name, (MONDAY,)) for name in volunteers)
    return Conflict("E1", "coverage", (MONDAY,), claims, people(6), **more)  # type: ignore[arg-type]


def test_volunteers_come_first() -> None:
    """Then somebody is drawn; all who work earn the bonus, twice under 24 hours."""
    known = state(people(6), seats(6))
    for number in range(20):
        two = COVERAGE.resolve(emergency(("P03", "P05"), seats=2), known, f"{number}")
        assert two.grants == {"P03": (MONDAY,), "P05": (MONDAY,)}
        assert two.bonus_cents == {"P03": 300, "P05": 300}
        three = COVERAGE.resolve(
            emergency(("P03", "P05"), seats=3, short_notice=True), known, f"{number}"
        )
        assert set(three.grants) > {"P03", "P05"}
        assert set(three.bonus_cents.values()) == {600}
    assert three.sentences[0] == "E1: 2 claims on 1 day, by coverage."


def test_who_gave_least_is_drawn_likelier() -> None:
    """In the proportion exp(-D / 10): e to 1 at ten credits apart, over 600 draws."""
    names = people(2)
    known = state(names, seats(2))
    members = {**known.members, "P00": replace(known.members["P00"], deviation_cents=1_000)}
    case = Conflict("E1", "coverage", (MONDAY,), (), names)
    drawn = [
        next(iter(COVERAGE.resolve(case, replace(known, members=members), f"{n}").grants))
        for n in range(600)
    ]
    assert abs(drawn.count("P01") / 600 - 0.731) < 0.06


def test_weights_stay_within_what_can_be_drawn() -> None:
    """However much somebody gave or owes."""
    weights = [
        chore_weight(Standing("A", deviation_cents=cents), RULES)
        for cents in (-(10**9), -1_000, 0, 1_000, 10**9)
    ]
    assert weights == sorted(weights, reverse=True)
    assert weights[2] == 1
    assert weights[-1] > 0


def test_what_is_no_emergency_is_refused() -> None:
    """Another kind, or too few."""
    known = state(people(6), seats(6))
    with pytest.raises(ConflictError, match="day_off is no coverage"):
        COVERAGE.resolve(conflict(people(2)), known, "s")
    with pytest.raises(ConflictError, match="7 must work, 6 are eligible"):
        COVERAGE.resolve(emergency((), seats=7), known, "s")
