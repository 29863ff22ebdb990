"""How many duties at a time different physicians can hold: bounds by matching."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

from pysched.model import Duty, Week


def bodies(week: Week, candidates: Mapping[Duty, Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Return, for each minute at which a duty starts, how many running duties can be held singly.

    That is the size of a maximum matching of running duties with physicians who may fill them
    (Hopcroft and Karp 1973), plus what fixed duties of one physician at once exceed one. All
    further running duties are doubled or left open. Minutes where nothing is short are left out.
    """
    for minute in sorted({duty.start for duty in week.duties}):
        running = {d: candidates[d] for d in week.duties if d.start <= minute < d.end}
        size = _matched(running)
        keys = {d.key for d in running}
        held = Counter(a.physician for a in week.fixed if a.duty in keys)
        size += sum(count - 1 for count in held.values())
        if size < len(running):
            yield minute, size


def _matched(candidates: Mapping[Duty, Sequence[str]]) -> int:
    """Return how many duties can have a candidate of their own."""
    graph: nx.Graph[object] = nx.Graph()
    graph.add_nodes_from(candidates)
    graph.add_edges_from((duty, p) for duty, names in candidates.items() for p in names)
    matching = nx.bipartite.hopcroft_karp_matching(graph, top_nodes=candidates)
    return sum(1 for duty in candidates if duty in matching)
