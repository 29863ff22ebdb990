"""Alternatives are within the slack and apart; what-if leaves the week as it is."""

from __future__ import annotations

import pytest

from pysched.check import check
from pysched.explain.alternatives import allowed_costs, alternatives, burdens
from pysched.explain.amendment import Amendment, AmendmentError
from pysched.explain.replacement import ReplacementError
from pysched.explain.whatif import what_if
from pysched.model import Absence, Assignment, Schedule
from pysched.solver import Options

from .worlds import planned

QUICK = Options(None, 3_000, 1, 1)


@pytest.mark.parametrize("seed", range(4, 12))
def test_alternatives_are_within_the_slack_and_apart(seed: int) -> None:
    """At every level, by the checker; no two are the same, and distances are as stated."""
    world, schedule = planned(seed)
    place = world.network, world.week, world.state
    report = check(*place, schedule)
    allowed = allowed_costs(report, 20)
    known = [schedule]
    for row in alternatives(*place, schedule, 3, 20, QUICK):
        again = check(*place, row.schedule)
        assert again.ok
        assert again == row.report
        assert [n for n, cost in again.by_level.items() if cost > allowed[n]] == []
        distances = [
            len({a.duty for a in row.schedule.assignments ^ other.assignments}) for other in known
        ]
        assert min(distances) == row.nearest > 0
        was, now = burdens(world.network, schedule), burdens(world.network, row.schedule)
        assert row.shifted == sum((now - was).values())
        known.append(row.schedule)
    assert len(known) == 4


def test_without_slack_no_level_costs_more() -> None:
    """Alternatives are as good: there are two."""
    world, schedule = planned(4)
    place = world.network, world.week, world.state
    report = check(*place, schedule)
    found = list(alternatives(*place, schedule, 2, 0, QUICK))
    assert len(found) == 2
    for row in found:
        assert all(row.report.by_level[n] <= cost for n, cost in report.by_level.items())


def test_a_schedule_that_breaks_a_rule_has_no_alternatives() -> None:
    """It is refused in one line, and so is a slack below 0."""
    world, schedule = planned(4)
    place = world.network, world.week, world.state
    stranger = Assignment(world.week.monday, "t0", "nobody")
    broken = Schedule(schedule.monday, schedule.assignments | {stranger})
    with pytest.raises(ReplacementError, match=r"the schedule breaks duty: nobody, t0@"):
        list(alternatives(*place, broken, 1, 5, QUICK))
    with pytest.raises(ValueError, match=r"slack of -1 % is below 0"):
        list(alternatives(*place, schedule, 1, -1, QUICK))


@pytest.mark.parametrize("seed", range(4))
def test_what_if_somebody_were_absent(seed: int) -> None:
    """He has nothing on that day; each schedule is judged by its own week and kept apart."""
    world, schedule = planned(seed)
    row = sorted(schedule.assignments)[-1]
    absence = Absence(row.physician, row.day, row.day, "leave")
    amendment = Amendment(absences=(absence,))
    week = world.week
    found = what_if(world.network, week, world.state, amendment, QUICK, schedule)
    assert [a for a in found.after if (a.physician, a.day) == (row.physician, row.day)] == []
    assert check(world.network, week, world.state, found.before) == found.difference.before
    assert found.difference.after.ok
    for level in found.proven:
        sides = [{row.level: row for row in result.levels} for result in found.results]
        assert all(side[level].cost == side[level].bound for side in sides)
    assert absence not in world.week.absences


def test_what_if_weights_changed_is_judged_by_the_weights_in_force() -> None:
    """So that costs are of one currency."""
    world, schedule = planned(1)
    amendment = Amendment(weights={("coverage", "other"): 1})
    place = world.network, world.week, world.state
    found = what_if(*place, amendment, QUICK, schedule)
    assert check(*place, found.after) == found.difference.after
    with pytest.raises(AmendmentError, match="unknown rule and grade tea/green"):
        what_if(*place, Amendment(weights={("tea", "green"): 1}), QUICK, schedule)
