"""Rows against each other: who is better, where, and what contradicts."""

import pytest

from pysched.bench.compare import (
    Verdict,
    contradictions,
    current,
    gap,
    judge,
    proven_levels,
    races,
    verdicts,
)
from tests.bench.making import costs, made_row


@pytest.mark.parametrize(
    ("mine", "other", "verdict"),
    [
        (costs(0, 2, 8, 9, 9, 9), costs(0, 2, 10, 0, 0, 0), Verdict(1, 4, 0.8)),
        (costs(1, 0, 0, 0, 0, 0), costs(0, 9, 9, 9, 9, 9), Verdict(-1, 6, 0.0)),
        (costs(1, 2, 3, 4, 5, 6), costs(1, 2, 3, 4, 5, 6), Verdict(0)),
        ({}, costs(9, 9, 9, 9, 9, 9), Verdict(-1, 6)),
        (costs(9, 9, 9, 9, 9, 9), {}, Verdict(1, 6)),
        ({}, {}, Verdict(0)),
    ],
)
def test_the_first_level_that_differs_decides(
    mine: dict[int, int], other: dict[int, int], verdict: Verdict
) -> None:
    """With the ratio there; no schedule is worse than any."""
    assert judge(mine, other) == verdict


def test_rows_race_where_all_but_the_engine_is_equal() -> None:
    """Another seed, state or limit is another race."""
    rows = [made_row("a", costs(0, 0, 0, 0, 0, 5)), made_row("b", costs(0, 0, 0, 0, 0, 7))]
    for name, value in (("seed", "2"), ("digest", "e"), ("limit", "3"), ("threads", "1")):
        rows.append(made_row("b", costs(0, 0, 0, 0, 0, 1), **{name: value}))
    found = races(rows)
    assert [sorted(race) for race in found] == [["a", "b"], ["b"], ["b"], ["b"], ["b"]]
    assert verdicts(found, "a", "b") == [Verdict(1, 1, 5 / 7)]


def test_rows_of_earlier_states_are_left_aside() -> None:
    """Instance by instance."""
    old = made_row("a", costs(0, 0, 0, 0, 0, 1), digest="old")
    other = made_row("a", costs(0, 0, 0, 0, 0, 1), digest="old", instance="j")
    new = made_row("a", costs(0, 0, 0, 0, 0, 2))
    assert current([old, other, new]) == [other, new]


def test_a_level_is_proven_with_all_above() -> None:
    """A bound below an open level does not count."""
    row = made_row("a", costs(1, 2, 3, 4, 5, 6), {6: 1, 5: 2, 4: 2, 3: 4})
    assert proven_levels(row) == [6, 5]


def test_the_gap_is_stated_on_what_can_be_decided() -> None:
    """The forced part is no merit of a bound, and counts as one where there is none."""
    row = made_row("a", costs(0, 0, 0, 110, 0, 20), {3: 105})
    assert gap(row, 3, forced=100) == 0.5
    assert gap(row, 1, forced=0) == 1.0
    assert gap(row, 1, forced=20) == 0.0
    assert gap(made_row("a", {}), 1, forced=0) is None


@pytest.mark.parametrize(
    ("above", "other", "is_said"),
    [(3, 9, True), (2, 9, True), (4, 9, False), (3, 10, False)],
)
def test_a_bound_above_the_cost_of_another_is_told(above: int, other: int, is_said: bool) -> None:
    """If the other is as good on the levels above: for one that is worse there it does not hold."""
    mine = made_row("a", costs(0, 0, 3, 12, 0, 0), {3: 10})
    rows = [mine, made_row("b", costs(0, 0, above, other, 0, 0))]
    said = list(contradictions(rows))
    assert bool(said) == is_said
    assert all("level 3: a's bound 10, b has 9" in line for line in said)
