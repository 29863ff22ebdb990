"""No bound by linear programming is ever above the true optimum, and whole columns reach it."""

from __future__ import annotations

import pytest

from pysched.facts import assignment_day, facts_text
from pysched.solver import Options, solve
from pysched.solver.linear import highs
from pysched.solver.linear.circuit import Circuit
from pysched.solver.linear.ground import Ground
from pysched.solver.linear.highs import Caps, Linear, Solved
from pysched.solver.linear.relaxation import Relaxation
from pysched.solver.linear.terms import Terms
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


def asked(linear: Linear, objective: Terms, caps: Caps) -> Solved:
    """Return what the integer program of a level says within some costs."""
    return linear.whole(
        objective, caps, lambda: False, 20.0, lambda values: None, lambda bound: None
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_hold_and_whole_columns_reach_the_optimum(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Level by level, with the levels above at their optimum; presolved as large weeks are or not.

    Asked for no more than the optimum there is a schedule, asked for less there is none.
    """
    if seed % 4 == 0:
        monkeypatch.setattr(highs, "SMALL", 0)
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
        whole = asked(linear, objective, caps)
        assert not whole.infeasible
        if whole.optimal:
            assert whole.bound == result.cost[level]
        elif whole.bound is not None:
            assert whole.bound <= result.cost[level]
        caps.append((objective, result.cost[level]))
        assert not asked(linear, objective, caps).infeasible
        less = asked(linear, objective, [*caps[:-1], (objective, result.cost[level] - 1)])
        assert less.infeasible or not (whole.optimal or less.optimal)
