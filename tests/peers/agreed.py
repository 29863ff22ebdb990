"""Small worlds as jobs, and what an engine made of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from e2e.agreed_worlds import agreed_world
from e2e.worlds import World

from pysched.bench.engine import Engine, Job
from pysched.check import check
from pysched.model import Schedule

SEEDS = (2, 7, 12, 20, 26, 30, 41, 52)
"""Each profile, weeks of one to seven days; the engines prove each within two seconds."""

Costs = dict[int, int]


@dataclass(frozen=True)
class Run:
    """What an engine said of a world, each schedule seen by the checker.

    Args:
        allowed: whether each schedule keeps the hard rules, in the order they were found.
        costs: what each costs by level, what costs nothing left out.
        bound: by level, 0 left out.
        status: in the end.
    """

    allowed: list[bool]
    costs: list[Costs]
    bound: Costs
    status: str


def run_on(world: World, engine: Engine, seconds: float, start: Schedule | None = None) -> Run:
    """Return what an engine makes of a world, with two threads."""
    found: list[Schedule] = []
    case = world.network, world.week, world.state
    answer = engine(Job(*case, start, seconds, 1, 2), found.append)
    reports = [check(*case, schedule) for schedule in found]
    return Run(
        [report.ok for report in reports],
        [nonzero(report.by_level) for report in reports],
        nonzero(answer.bound),
        answer.status,
    )


def nonzero(costs: Mapping[int, int]) -> Costs:
    """Return what costs something."""
    return {level: cost for level, cost in costs.items() if cost}


def all_better(seed: int, run: Run) -> bool:
    """Return whether each schedule of a run is better than the one before."""
    return all(
        in_order(seed, later) < in_order(seed, earlier) for earlier, later in pairwise(run.costs)
    )


def in_order(seed: int, costs: Mapping[int, int]) -> list[int]:
    """Return the costs of all levels of a world, the highest first: lists compare as weeks do."""
    weights = agreed_world(seed).network.rules.weights.values()
    return [costs.get(level, 0) for level in sorted({level for _, level in weights}, reverse=True)]


def overstated(seed: int, run: Run, best: Mapping[int, int]) -> list[int]:
    """Return the levels whose bound is above what is possible.

    A bound holds for schedules that are as good as the last one on all higher levels, so it is
    held against the optimum down to the first level on which the last one is worse.
    """
    wrong, weights = [], agreed_world(seed).network.rules.weights.values()
    for level in sorted({level for _, level in weights}, reverse=True):
        least, cost = best.get(level, 0), run.costs[-1].get(level, 0)
        if run.bound.get(level, 0) > least:
            wrong.append(level)
        if cost != least:
            break
    return wrong


__all__ = ["SEEDS", "Costs", "Run", "agreed_world", "all_better", "nonzero", "overstated", "run_on"]
