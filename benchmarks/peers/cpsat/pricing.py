"""What exactly one schedule costs."""

from __future__ import annotations

from collections.abc import Mapping

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr, LinearExprT

from pysched.model import Network, Schedule, State, Week

from .costs import Key, build
from .program import Program


def price(network: Network, week: Week, state: State, schedule: Schedule) -> dict[Key, int] | None:
    """Return the units of a schedule by rule and grade, None where a hard rule forbids it."""
    program, units = build(network, week, state)
    solver = held_to(program, units, schedule)
    return None if solver is None else units_in(solver, units)


def held_to(
    program: Program, units: Mapping[Key, LinearExprT], schedule: Schedule
) -> cp_model.CpSolver | None:
    """Return the solver that holds every variable of the cheapest reading of one schedule.

    Costs are pressed down together: given the schedule, none rests on another.
    """
    wanted = {(row.physician, row.duty) for row in schedule.assignments}
    if not wanted <= {(p, duty.key) for p, duty in program.x}:
        return None
    model = program.model.clone()
    for (physician, duty), literal in program.x.items():
        model.add(literal == int((physician, duty.key) in wanted))
    model.minimize(LinearExpr.sum(list(units.values())))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    is_allowed = solver.solve(model) == cp_model.OPTIMAL
    return solver if is_allowed else None


def units_in(solver: cp_model.CpSolver, units: Mapping[Key, LinearExprT]) -> dict[Key, int]:
    """Return the units by rule and grade as a solver left them."""
    return {key: solver.value(amount) for key, amount in units.items()}
