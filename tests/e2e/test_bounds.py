"""No bound by linear programming is ever above the true optimum, and whole columns reach it."""

from __future__ import annotations

import pytest

from pysched.facts import assignment_day, facts_text
from pysched.solver import Options, solve
from pysched.solver.linear.circuit import Circuit
from pysched.solver.linear.ground import Ground
from pysched.solver.linear.highs import Linear
from pysched.solver.linear.relaxation import Relaxation
from pysched.solver.program import Program, asp_folder

from .agreed_worlds import agreed_world
from .worlds import World

SEEDS = range(200)


def relaxation(world: World, levels: tuple[int, ...], named: bool) -> Relaxation:
    """Translate a world down to the last of some levels, with columns for assignments or not."""
    ground = Ground()
    facts = facts_text(world.network, world.week, world.state)
    program = Program([asp_folder() / "week.lp"], facts, ["--warn=none"], observer=ground)
    symbols = {literal: symbol for symbol, literal in program.literals.items()}

    def day_of(atom: int) -> tuple[str, int] | None:
        return assignment_day(symbols[atom]) if atom in symbols else None

    return Relaxation(Circuit(ground), day_of, levels, {}, named=named)


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_hold_and_whole_columns_reach_the_optimum(seed: int) -> None:
    """Level by level, with the levels above at their optimum."""
    world = agreed_world(seed)
    result = solve(world.network, world.week, world.state, Options(None, 100_000, 1, 1))
    if result.status != "optimal":
        pytest.skip("clingo did not prove this optimum within its conflicts")
    levels = tuple(result.cost)
    named = seed % 2 == 0
    system = relaxation(world, levels, named)
    linear = Linear(system.rows, large=named)
    caps = []
    for level in levels:
        objective = system.objective[level]
        relaxed = linear.relax(objective, caps, lambda: False, 20.0)
        assert relaxed.bound is not None
        assert relaxed.bound <= result.cost[level]
        whole = linear.whole(
            objective, caps, lambda: False, 20.0, lambda values: None, lambda bound: None
        )
        assert not whole.infeasible
        if whole.optimal:
            assert whole.bound == result.cost[level]
        elif whole.bound is not None:
            assert whole.bound <= result.cost[level]
        caps.append((objective, result.cost[level]))
