"""Profiles and curves, computed by hand."""

import pytest

from pysched.bench.curves import (
    NEVER,
    anytime,
    cost_profiles,
    over_sizes,
    profile,
    time_profiles,
)
from pysched.bench.rows import Row
from tests.bench.making import costs, made_row


def test_a_profile_is_the_share_of_runs_within_a_ratio() -> None:
    """It starts at the share of wins and never reaches that of failures."""
    assert profile([1.0, 3.0, NEVER, 1.5]) == [(1.0, 0.25), (1.5, 0.5), (3.0, 0.75)]
    assert profile([NEVER]) == [(1.0, 0.0)]


def rows() -> list[Row]:
    """Return two races of two engines; b is worse on level 4 once, on level 1 once."""
    return [
        made_row("a", costs(0, 0, 4, 0, 0, 9)),
        made_row("b", costs(0, 0, 9, 0, 0, 3)),
        made_row("a", costs(0, 0, 4, 0, 0, 9), instance="j"),
        made_row("b", costs(0, 0, 4, 0, 0, 19), instance="j"),
    ]


def test_a_level_has_a_ratio_where_all_above_is_as_good_as_the_best() -> None:
    """Levels on which nobody differs have no panel."""
    panels = cost_profiles(rows(), ["a", "b"])
    assert panels["level 4"] == {"a": [(1.0, 1.0)], "b": [(1.0, 0.5), (2.0, 1.0)]}
    assert panels["level 1"] == {"a": [(1.0, 1.0)], "b": [(1.0, 0.0), (2.0, 0.5)]}
    assert "level 6" not in panels
    assert "level 5" not in panels


def test_times_are_those_to_the_worst_ending() -> None:
    """Costs on the way below it count; a race that somebody did not run is left out."""
    worst = made_row("a", costs(0, 0, 9, 0, 0, 9))
    worst = Row(worst.texts, worst.cost, {}, {}, {}, ((2.0, worst.cost),))
    steps = ((0.5, costs(0, 0, 12, 0, 0, 0)), (1.0, costs(0, 0, 8, 0, 0, 99)))
    better = made_row("b", costs(0, 0, 1, 0, 0, 1))
    better = Row(better.texts, better.cost, {}, {}, {}, (*steps, (9.0, better.cost)))
    alone = made_row("a", costs(0, 0, 0, 0, 0, 0), instance="j")
    expected = {"a": [(1.0, 0.0), (2.0, 1.0)], "b": [(1.0, 1.0)]}
    assert time_profiles([worst, better, alone], ["a", "b"]) == expected


def test_anytime_curves_are_medians_of_what_is_there() -> None:
    """They begin when most runs have a schedule; equal levels have no panel."""
    panels = anytime(rows(), ["a", "b"])
    assert list(panels) == [
        "levels as good as the best known",
        "level 4, median cost",
        "level 1, median cost",
    ]
    good = panels["levels as good as the best known"]
    assert (good["a"][0][1], good["a"][-1][1], good["b"][-1][1]) == (0, 6.0, (2 + 5) / 2)
    line = panels["level 4, median cost"]["b"]
    assert line[0][0] == pytest.approx(0.5, abs=0.05)
    assert {y for _, y in line} == {6.5}


def test_sizes_are_in_order_and_what_nobody_solved_is_missing() -> None:
    """Medians of cost, gap in percent, first week and memory."""
    small = made_row("a", costs(0, 0, 0, 0, 0, 20), {1: 5}, memory_mb="50")
    big = made_row("a", costs(0, 0, 0, 0, 0, 40), physicians="28", instance="k", memory_mb="70")
    other = made_row("b", costs(0, 0, 0, 0, 0, 30))
    none = made_row("b", {}, physicians="28", instance="k", first_seconds="")
    panels = over_sizes([big, none, small, other], ["a", "b"])
    assert panels["level 1, cost"] == {"a": [(14, 20), (28, 40)], "b": [(14, 30)]}
    assert panels["level 1, certified gap, %"]["a"] == [(14, 75), (28, 100)]
    assert panels["first complete week, s"]["b"] == [(14, 0.5)]
    assert panels["memory, MB"]["a"] == [(14, 50), (28, 70)]
