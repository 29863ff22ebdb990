"""Repairs change as few duties as can be, proven by a second solver and one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from ortools.sat.python import cp_model

from benchmarks.peers.cpsat.costs import build, by_level
from pysched.check import Pricing, check
from pysched.explain.amendment import released
from pysched.explain.repair import CHANGED, Repair, repair, rules_of_repair
from pysched.model import Assignment, Schedule
from pysched.solver import Options

from .worlds import QUICK, SickWeek, sick_week


def above_changes(case: SickWeek) -> list[int]:
    """Return the levels that come before the number of changes, highest first."""
    rules = case.world.network.rules
    weights = rules_of_repair(rules).weights
    changes = weights[CHANGED][1]
    levels = {level for key, (_, level) in weights.items() if key != CHANGED and level > changes}
    return sorted((level // 2 for level in levels), reverse=True)


def repaired(case: SickWeek, options: Options = QUICK) -> Repair:
    """Return the repair of a week, whose schedule the checker passes."""
    world = case.world
    found = repair(world.network, world.week, world.state, case.schedule, options)
    report = check(world.network, world.week, world.state, found.schedule)
    assert report.ok
    assert dict(report.by_level) == {row.level: row.cost for row in found.levels}
    searched = {row.level // 2: row.cost for row in found.result.levels if row.level % 2 == 0}
    assert {level: report.by_level[level] for level in searched} == searched
    assert [row for row in found.levels if row.bound > row.cost] == []
    begun = {duty.key for duty in world.week.duties if duty.start <= world.week.now}
    assert not {change.duty for change in found.difference.duties} & begun
    assert found.changes == len(found.difference.duties)
    return found


def least(model: cp_model.CpModel, cost: cp_model.LinearExprT) -> int:
    """Return the least value of a cost, which is held to it from now on."""
    model.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    value = round(solver.objective_value)
    model.add(cost <= value)
    return value


def fewest_changes(case: SickWeek) -> list[int]:
    """Return the least cost of coverage to hours, level by level, and then the fewest changes.

    By CP-SAT on a model of its own.
    """
    world = case.world
    program, units = build(world.network, world.week, world.state)
    told = {row.duty: row.physician for row in case.schedule.assignments}
    changed = []
    for duty in world.week.duties:
        if duty.start <= world.week.now and not program.is_fixed(duty):
            program.model.add(sum(program.filling(duty)) == 0)
        if duty.key in told:
            kept = program.x.get((told[duty.key], duty))
            changed.append(1 if kept is None else 1 - kept)
        else:
            changed.append(sum(program.filling(duty)))
    levels = by_level(world.network, units)
    above = [least(program.model, levels[n]) for n in above_changes(case)]
    return [*above, least(program.model, sum(changed))]


def in_order(case: SickWeek, by_level: Mapping[int, int], changes: int) -> list[int]:
    """Return the costs by which repairs are compared, the changes among them."""
    above = above_changes(case)
    below = sorted(by_level.keys() - set(above), reverse=True)
    return [*(by_level[n] for n in above), changes, *(by_level[n] for n in below)]


@pytest.mark.parametrize("seed", range(24))
def test_a_repair_changes_as_few_duties_as_a_second_solver(seed: int) -> None:
    """At the same cost of coverage, service, double booking and hours."""
    case = sick_week(seed)
    if case is None:
        pytest.skip("nobody has a duty in this week")
    found = repaired(case)
    assert found.is_proven
    report = found.difference.after
    mine = [report.by_level[level] for level in above_changes(case)]
    assert fewest_changes(case) == [*mine, found.changes]


@pytest.mark.parametrize("seed", range(100, 105))
def test_a_repair_is_the_best_of_all_schedules(seed: int) -> None:
    """Of every schedule of a tiny week, looked at one by one by the checker."""
    case = sick_week(seed, people=3, tasks=3)
    if case is None:
        pytest.skip("nobody has a duty in this week")
    world = case.world
    start = released(world.week, case.schedule)
    free = [d for d in world.week.duties if d.start > world.week.now][:4]
    kept = frozenset(r for r in start.assignments if r.duty not in {d.key for d in free})
    pricing = Pricing(world.network, world.week, world.state, start)
    names = ["", *sorted(world.network.physicians)]
    best = None
    for chosen in product(names, repeat=len(free)):
        rows = {Assignment(d.day, d.task, p) for d, p in zip(free, chosen, strict=True) if p}
        schedule = Schedule(start.monday, kept | rows)
        report = pricing.price(schedule)
        if report.ok:
            changes = len({r.duty for r in schedule.assignments ^ case.schedule.assignments})
            row = in_order(case, report.by_level, changes)
            best = row if best is None else min(best, row)
    found = repaired(case)
    assert best is not None
    assert in_order(case, found.difference.after.by_level, found.changes) <= best


def test_a_week_that_needs_no_repair_is_left_alone() -> None:
    """Nothing came up and nothing is better at the levels above: no duty changes."""
    case = sick_week(2)
    assert case is not None
    world = case.world
    once = repaired(case).schedule
    week = replace(world.week, published=once.assignments)
    assert repaired(SickWeek(replace(world, week=week), once, case.sick)).changes == 0


def test_a_week_that_is_not_published_has_nothing_to_keep() -> None:
    """It is refused in one line."""
    case = sick_week(2)
    assert case is not None
    week = replace(case.world.week, published=None)
    with pytest.raises(ValueError, match=r"is not published: there is nothing to repair"):
        repair(case.world.network, week, case.world.state, case.schedule)


@pytest.mark.parametrize("seed", range(6))
def test_without_time_each_lost_duty_gets_its_best_replacement(seed: int) -> None:
    """Every hard rule holds, what has begun stays, and nothing is said to be proven."""
    case = sick_week(seed)
    if case is None:
        pytest.skip("nobody has a duty in this week")
    found = repaired(case, Options(1e-6, None, 1, 1))
    assert found.result.schedule is None
    assert not found.is_proven
    assert found.fewest <= found.changes
