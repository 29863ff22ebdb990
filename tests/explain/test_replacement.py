"""Replacements are all there are, keep every hard rule and are priced as a check prices them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from pysched.bank.versions import Move
from pysched.check import check
from pysched.explain.amendment import Amendment, AmendmentError, amend
from pysched.explain.chain import applied
from pysched.explain.published import under_way
from pysched.explain.replacement import (
    ReplacementError,
    Replacements,
    refusals,
    replacements,
    swap,
)
from pysched.model import Assignment, Schedule

from .worlds import SickWeek, planned, sick_week

WEEKS = range(12)


def week_of(seed: int) -> SickWeek:
    """Return a published week with a sick call; the first from a seed on that has one."""
    return next(case for n in range(seed, seed + 50) if (case := sick_week(n)) is not None)


def lost_duties(case: SickWeek) -> list[tuple[str, object]]:
    """Return the duties that the sick one cannot fill."""
    world = case.world
    report = check(world.network, world.week, world.state, case.schedule)
    words = {b.culprit.split(", ")[1] for b in report.breaches if b.rule == "absence"}
    return [
        row.duty
        for row in case.schedule
        if row.physician == case.sick
        and f"{row.task}@{row.day}" in words
        and row not in world.week.fixed
    ]


def found(case: SickWeek, key: tuple, chains: bool | None = None) -> Replacements:  # type: ignore[type-arg]
    """Return the replacements for a duty of a week."""
    world = case.world
    return replacements(world.network, world.week, world.state, case.schedule, key, chains=chains)


def new_breaches(case: SickWeek, schedule: Schedule) -> set[object]:
    """Return the breaches that a schedule has and the one in force has not."""
    world = case.world
    place = world.network, world.week, world.state
    before = set(check(*place, case.schedule).breaches)
    return {b for b in check(*place, schedule).breaches if not b.accepted} - before


@pytest.mark.parametrize("seed", WEEKS)
def test_the_direct_ones_are_all_that_the_checker_allows(seed: int) -> None:
    """Everybody is tried, by a whole check each."""
    case = week_of(seed)
    for key in lost_duties(case):
        allowed = {
            name
            for name in case.world.network.physicians
            if name != case.sick
            and not new_breaches(case, applied(case.schedule, [Move(*key, case.sick, name)]))
        }
        ranked = found(case, key, chains=None).ranked
        direct = {row.physician for row in ranked if len(row.moves) == 1}
        assert allowed == direct


@pytest.mark.parametrize("seed", range(6))
def test_the_chains_are_all_that_the_checker_allows(seed: int) -> None:
    """Every pair of moves is tried, by a whole check each, where nobody can take it at once."""
    case = week_of(seed)
    week = case.world.week
    names = sorted(case.world.network.physicians)
    for key in lost_duties(case)[:1]:
        at_once = {r.physician for r in found(case, key).ranked if len(r.moves) == 1}
        expected = set()
        begun = {duty.key for duty in week.duties if duty.start <= week.now}
        for row in case.schedule.assignments - week.fixed:
            if row.duty in begun or row.physician in {case.sick, *at_once}:
                continue
            for other in names:
                moves = (
                    Move(*key, case.sick, row.physician),
                    Move(*row.duty, row.physician, other),
                )
                if other != row.physician and not new_breaches(case, applied(case.schedule, moves)):
                    expected.add(moves)
        all_ = found(case, key, chains=True)
        assert len(expected) == all_.chains
        assert {row.moves for row in all_.ranked if len(row.moves) == 2} <= expected


@pytest.mark.parametrize("seed", WEEKS)
def test_replacements_are_priced_and_ranked_as_checked(seed: int) -> None:
    """The report of each is that of a whole check; the cheapest comes first."""
    case = week_of(seed)
    world = case.world
    for key in lost_duties(case)[:2]:
        every = found(case, key, chains=True)
        vectors = [row.difference.vector for row in every.ranked]
        assert sorted(vectors) == vectors
        for row in every.ranked[:8]:
            report = check(world.network, world.week, world.state, row.schedule)
            assert report == row.difference.after
            assert new_breaches(case, row.schedule) == set()
        assert len(every.ranked) + every.unpriced == every.direct + every.chains


@pytest.mark.parametrize("seed", WEEKS)
def test_who_cannot_take_it_is_told_why(seed: int) -> None:
    """Nobody is both a replacement and refused."""
    case = week_of(seed)
    world = case.world
    place = world.network, world.week, world.state, case.schedule
    for key in lost_duties(case)[:1]:
        direct = {r.physician for r in found(case, key).ranked if len(r.moves) == 1}
        for name in sorted(world.network.physicians):
            if name != case.sick:
                assert bool(refusals(*place, key, name)) == (name not in direct)


@pytest.mark.parametrize("seed", WEEKS)
def test_a_swap_keeps_the_rules_or_is_refused_with_the_rule_it_breaks(seed: int) -> None:
    """Each pair of duties of a small week."""
    case = week_of(seed)
    world = case.world
    place = world.network, world.week, world.state, case.schedule
    rows = [r for r in case.schedule if r not in world.week.fixed][:6]
    for one, other in itertools.pairwise(rows):
        swapped = applied(
            case.schedule,
            [
                Move(*one.duty, one.physician, other.physician),
                Move(*other.duty, other.physician, one.physician),
            ],
        )
        broken = new_breaches(case, swapped)
        if one.physician == other.physician:
            with pytest.raises(ReplacementError, match="has both"):
                swap(*place, one.duty, other.duty)
        elif broken:
            rules = "|".join(sorted({b.rule for b in broken}))  # type: ignore[attr-defined]
            with pytest.raises(ReplacementError, match=f"the swap breaks the rule ({rules})"):
                swap(*place, one.duty, other.duty)
        else:
            result = swap(*place, one.duty, other.duty)
            assert swapped == result.schedule
            report = check(world.network, world.week, world.state, swapped)
            assert report == result.difference.after


def test_careless_questions_get_one_clear_line() -> None:
    """An unknown physician or duty, one that has begun, is pinned, or is open."""
    world, schedule = planned(3)
    week = under_way(world.week, schedule, -1000)
    place = world.network, week, world.state, schedule
    row = sorted(schedule.assignments)[0]
    with pytest.raises(AmendmentError, match=r"unknown physician 'nobody' in random"):
        replacements(*place, row.duty, only="nobody")
    with pytest.raises(AmendmentError, match=rf"no duty sleep@{row.day}$"):
        replacements(*place, ("sleep", row.day))
    begun = under_way(world.week, schedule, 9000)
    with pytest.raises(ReplacementError, match=rf"duty {row.task}@{row.day} has begun"):
        replacements(world.network, begun, world.state, schedule, row.duty)
    pinned = replace(week, pins=frozenset([row]))
    with pytest.raises(ReplacementError, match=rf"is pinned to {row.physician}$"):
        replacements(world.network, pinned, world.state, schedule, row.duty)
    less = Schedule(schedule.monday, schedule.assignments - {row})
    other = sorted(less.assignments)[-1]
    with pytest.raises(ReplacementError, match=r"is open: there is nobody to swap it with"):
        swap(world.network, week, world.state, less, row.duty, other.duty)


@pytest.mark.parametrize("seed", range(6))
def test_a_new_duty_is_open_and_can_be_filled(seed: int) -> None:
    """A duty that comes up after publication has replacements, or none for a rule's sake."""
    world, schedule = planned(seed)
    keys = {duty.key for duty in world.week.duties}
    fresh = [
        (task, day)
        for task in sorted(world.network.tasks)
        for day in world.week.days
        if (task, day) not in keys
    ]
    if not fresh:
        pytest.skip("every task has a duty on every day")
    network, week = amend(world.network, world.week, Amendment(opened=(fresh[0],)))
    week = under_way(week, schedule, -1000)
    all_ = replacements(network, week, world.state, schedule, fresh[0])
    assert all_.holder == ""
    for row in all_.ranked:
        task, day = fresh[0]
        taken = [m for m in row.moves if m.duty == fresh[0]]
        assert Assignment(day, task, taken[0].taker) in row.schedule.assignments
