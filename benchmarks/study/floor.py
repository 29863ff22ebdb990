"""The least variance that skills, absences and agreements leave: a minimum cost flow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ortools.graph.python import min_cost_flow

from pysched.facts.hours import candidates

from .measures import skilled
from .rolls import RolledWeek


def least_variance(
    weeks: Iterable[RolledWeek], category: str, shares: Mapping[str, int] | None = None
) -> float:
    """Return the least variance of counts, or of counts less shares, over the skilled.

    Each duty covered by one of them goes to one of them who may take it; nothing else is asked,
    neither rest nor hours nor coverage of other categories. So no way to schedule the same duties
    is below it. The sum of squares is convex and separable: the n-th duty of a physician with share
    s costs 2 n - 1 - 2 s more, and the egalitarian flow (min cost) is optimal.

    Args:
        weeks: the rolled horizon.
        category: whose duties are counted.
        shares: physician -> fair share in thousandths; None for plain counts.
    """
    rolled = list(weeks)
    names = skilled(rolled[0].network, category)
    kinds = _kinds(rolled, category, names)
    total = sum(kinds.values())
    if not total:
        return 0.0
    owed = {name: (shares or {}).get(name, 0) for name in names}
    squares = _least_squares(kinds, owed) / 1000 + sum(n * n for n in owed.values()) / 1e6
    mean = (total - sum(owed.values()) / 1000) / len(names)
    return float(squares / len(names) - mean**2)


def _kinds(weeks: list[RolledWeek], category: str, names: list[str]) -> Counter[frozenset[str]]:
    """Return how many covered duties there are for each set of physicians who may take them."""
    kinds: Counter[frozenset[str]] = Counter()
    for rolled in weeks:
        able = {duty.key: who for duty, who in candidates(rolled.network, rolled.week).items()}
        for row in rolled.schedule:
            if rolled.network.tasks[row.task].category == category and row.physician in names:
                kinds[frozenset(able[row.duty]) & frozenset(names)] += 1
    return kinds


def _least_squares(kinds: Counter[frozenset[str]], owed: Mapping[str, int]) -> int:
    """Return the least sum of (2 n - 1 - 2 s), in thousandths."""
    flow = min_cost_flow.SimpleMinCostFlow()
    nodes = {name: n for n, name in enumerate(sorted(owed), len(kinds) + 2)}
    source, sink = 0, 1
    for kind, (who, number) in enumerate(sorted(kinds.items(), key=lambda k: sorted(k[0])), 2):
        flow.add_arc_with_capacity_and_unit_cost(source, kind, number, 0)
        for name in sorted(who):
            flow.add_arc_with_capacity_and_unit_cost(kind, nodes[name], number, 0)
    total = sum(kinds.values())
    for name, share in owed.items():
        for n in range(1, total + 1):
            cost = 1000 * (2 * n - 1) - 2 * share
            flow.add_arc_with_capacity_and_unit_cost(nodes[name], sink, 1, cost)
    flow.set_node_supply(source, total)
    flow.set_node_supply(sink, -total)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ValueError(f"flow of {total} duties is not optimal: {status}")
    return int(flow.optimal_cost())
