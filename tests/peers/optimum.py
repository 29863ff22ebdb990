"""The optimal schedules of small worlds, by CP-SAT without a time limit."""

from __future__ import annotations

from functools import cache

from benchmarks.peers.cpsat import Outcome, solve

from .agreed import Costs, agreed_world, nonzero


@cache
def solved(seed: int) -> Outcome:
    """Return an optimal schedule of a world."""
    world = agreed_world(seed)
    outcome = solve(world.network, world.week, world.state, time_limit_seconds=None, threads=1)
    assert all(outcome.proven.values())
    return outcome


def optimum(seed: int) -> Costs:
    """Return its cost by level, what costs nothing left out."""
    return nonzero(solved(seed).cost)
