"""How many duties of a category the levels above fairness force on somebody, week by week."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr
from peers.cpsat.costs import build, by_level
from peers.cpsat.program import Program

from pysched.model import Schedule

from .rolls import RolledWeek

LOWEST_DECIDED = 3
"""Levels from this one up are compared before rules and fairness."""


@dataclass(frozen=True)
class Forced:
    """A week of somebody: duties of a category.

    Args:
        monday: of the week.
        had: in the rolled schedule.
        least: proven: in any schedule as good on the levels above.
        share: his fair share, in duties.
    """

    monday: str
    had: int
    least: int
    share: float


def forced(rolled: RolledWeek, physician: str, category: str, limit_seconds: float) -> Forced:
    """Return the least number of duties of a category that somebody can have in a week.

    Among the schedules that keep the hard rules and cost no more than the rolled one on coverage,
    service, double booking and hours; from the state that the roll had come to.

    Args:
        rolled: the week.
        physician: who.
        category: of the duties.
        limit_seconds: for CP-SAT; the bound proven by then is returned.
    """
    rules = rolled.network.rules
    decided = {key: row for key, row in rules.weights.items() if row[1] >= LOWEST_DECIDED}
    network = replace(rolled.network, rules=replace(rules, weights=decided))
    program, units = build(network, rolled.week, rolled.before)
    for level, cost in by_level(network, units).items():
        program.model.add(cost <= rolled.cost[level])
    mine = [
        literal
        for duty, literal in program.of(physician)
        if network.tasks[duty.task].category == category
    ]
    program.model.minimize(LinearExpr.sum(mine))
    _hint(program, rolled.schedule)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 2, 1
    solver.parameters.max_time_in_seconds = limit_seconds
    status = solver.solve(program.model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise ValueError(f"{rolled.week.monday}: {solver.status_name(status)}, not even the roll's")
    load = rolled.settlement.loads.get((physician, category))
    return Forced(
        rolled.week.monday.isoformat(),
        sum(
            row.physician == physician and network.tasks[row.task].category == category
            for row in rolled.schedule
        ),
        round(solver.best_objective_bound),
        load.count_share / 1000 if load else 0.0,
    )


def least_variance(surplus: float, people: int) -> float:
    """Return the least variance of deviations that add up to 0, one of which is so high."""
    return surplus**2 / (people - 1) if surplus > 0 else 0.0


def _hint(program: Program, schedule: Schedule) -> None:
    chosen = {(row.physician, row.duty) for row in schedule}
    for (physician, duty), literal in program.x.items():
        program.model.add_hint(literal, int((physician, duty.key) in chosen))
