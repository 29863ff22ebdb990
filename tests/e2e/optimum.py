"""The optimum of small weeks, found without anything that is there to find it faster."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import clingo
from clingo import ast

from pysched.facts import facts_text
from pysched.facts.hours import candidates
from pysched.model import Assignment, Schedule
from pysched.solver.program import asp_folder

from .agreement import report_on
from .pricing import parts_of_week
from .worlds import World

PLAIN_COST = "#minimize { W * N @ L, R, G, C : cost(R, G, C, N), weight(R, G, W, L) }."
FORBIDDING = "hard/forbid.lp"


def plain_optimum(world: World) -> dict[int, int]:
    """Return the least cost by level, zeros included.

    Branch and bound on the plain cost; of all constraints only that of the hard rules is kept.
    """
    control = clingo.Control(["--warn=none", "--opt-mode=opt", "--opt-strategy=bb,lin"])
    with ast.ProgramBuilder(control) as builder:
        for part in parts_of_week({"objective.lp"}):
            redundant = part != FORBIDDING
            for statement in _statements(part):
                if not (redundant and _is_constraint(statement)):
                    builder.add(statement)
        ast.parse_string(PLAIN_COST, builder.add)
        ast.parse_string(facts_text(world.network, world.week, world.state), builder.add)
    control.ground([("base", [])])
    best: dict[int, int] = {}

    def keep(model: clingo.Model) -> None:
        best.clear()
        best.update(zip(model.priority, model.cost, strict=True))

    assert control.solve(on_model=keep).satisfiable
    return best


def counted_optimum(world: World) -> dict[int, int]:
    """Return the least cost by level of all schedules that the checker passes, one by one."""
    reports = (report_on(world, schedule) for schedule in _every_schedule(world))
    costs = [report.by_level for report in reports if report.ok]
    return dict(min(costs, key=lambda cost: [cost[level] for level in sorted(cost, reverse=True)]))


def _every_schedule(world: World) -> Iterator[Schedule]:
    network, week = world.network, world.week
    fixed = {row.duty for row in week.fixed}
    choices = [
        [None, *(Assignment(d.day, d.task, p) for p in network.physicians if _may(world, p, d.key))]
        for d in week.duties
        if d.key not in fixed
    ]
    for rows in product(*choices):
        yield Schedule(week.monday, week.fixed | {row for row in rows if row is not None})


def _may(world: World, physician: str, key: tuple[str, object]) -> bool:
    able = candidates(world.network, world.week)
    return physician in next(names for duty, names in able.items() if duty.key == key)


def _statements(part: str) -> list[ast.AST]:
    found: list[ast.AST] = []
    ast.parse_files([str(asp_folder() / part)], found.append)
    return found


def _is_constraint(statement: ast.AST) -> bool:
    """Return whether a statement is a rule that only forbids."""
    if statement.ast_type is not ast.ASTType.Rule:
        return False
    head = statement.head
    return head.ast_type is ast.ASTType.Literal and (
        head.atom.ast_type is ast.ASTType.BooleanConstant
    )
