"""Trust towards the pool: what all think of one, without what a circle thinks of its own."""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING

from pysched.trust.circles import small_circles
from pysched.trust.graph import edges_of, refuse_strangers
from pysched.trust.rules import RECOMMENDED, TrustRules

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph


def pool_score(graph: TrustGraph, physician: str, rules: TrustRules = RECOMMENDED) -> int:
    """Return the score towards the pool: the median of the incoming ones, the lower of two.

    A median cannot be lifted by few friends as a rank by eigenvector can, but by a rank or two for
    each of them. So what those think of him who lend to each other in a small circle counts as the
    least: by whatever they do for each other, none of them rises.
    """
    refuse_strangers(graph, [physician])
    circle = _circles(graph, rules).get(physician, frozenset())
    incoming = [
        0 if other in circle else graph.edges[other, physician]["score"]
        for other in graph.predecessors(physician)
    ]
    return median_low(incoming) if incoming else rules.default_score


def _circles(graph: TrustGraph, rules: TrustRules) -> dict[str, frozenset[str]]:
    """Return the small circles of a graph; as nobody can change it, they are looked for once."""
    known: dict[TrustRules, dict[str, frozenset[str]]] = graph.graph.setdefault("circles", {})
    if rules not in known:
        known[rules] = small_circles(edges_of(graph), len(graph), rules)
    return known[rules]
