"""How many duties at a time different physicians can hold: bounds by matching."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import networkx as nx

from pysched.facts.hours import may_fill
from pysched.model import Duty, Network, Week


def bodies(network: Network, week: Week) -> Iterator[tuple[int, int]]:
    """Return, for each minute at which a duty starts, how many running duties can be held singly.

    That is the size of a maximum matching of running duties with physicians who may fill them
    (Hopcroft and Karp 1973), plus what fixed duties of one physician at once exceed one. All
    further running duties are doubled or left open. Minutes where nothing is short are left out.
    """
    candidates: dict[Duty, list[str]] = {
        duty: [p for p in network.physicians if may_fill(network, week, p, duty)]
        for duty in week.duties
    }
    for duty in week.duties:
        candidates[duty] += [a.physician for a in week.fixed if a.duty == duty.key]
    for minute in sorted({duty.start for duty in week.duties}):
        running = [d for d in week.duties if d.start <= minute < d.end]
        size = _matched({d.key: candidates[d] for d in running})
        held = Counter(a.physician for d in running for a in week.fixed if a.duty == d.key)
        size += sum(count - 1 for count in held.values())
        if size < len(running):
            yield minute, size


def _matched(candidates: dict[tuple[str, object], list[str]]) -> int:
    """Return how many keys can have a candidate of their own."""
    graph: nx.Graph[object] = nx.Graph()
    graph.add_nodes_from(candidates)
    graph.add_edges_from((key, p) for key, names in candidates.items() for p in names)
    matching = nx.bipartite.hopcroft_karp_matching(graph, top_nodes=candidates)
    return sum(1 for key in candidates if key in matching)
