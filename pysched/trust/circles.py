"""Circles of loans: who lends to each other so often that it recommends nobody outside."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from pysched.trust.graph import MILLION, Edge
from pysched.trust.rules import TrustRules

Pair = tuple[str, str]


def circles_of(edges: Mapping[Pair, Edge], rules: TrustRules) -> list[frozenset[Pair]]:
    """Return the pairs of each circle: all of them have good records and lie on a way round.

    Args:
        edges: (lender, borrower) -> what one has seen of the other.
        rules: how good a record is too good.
    """
    least = rules.circle_units * MILLION
    often = [pair for pair, edge in edges.items() if edge.repaid >= least]
    parts = list(nx.strongly_connected_components(nx.DiGraph(often)))
    part_of = {physician: number for number, part in enumerate(parts) for physician in part}
    circles: list[set[Pair]] = [set() for _ in parts]
    for i, j in often:
        if part_of[i] == part_of[j]:
            circles[part_of[i]].add((i, j))
    return [frozenset(circle) for circle in circles if circle]


def small_circles(
    edges: Mapping[Pair, Edge], people: int, rules: TrustRules
) -> dict[str, frozenset[str]]:
    """Return physician -> all who are on a circle with him that lends to itself alone.

    Where lending is common all are on one large circle, and there is nothing odd about it.

    Args:
        edges: (lender, borrower) -> what one has seen of the other.
        people: how many physicians there are.
        rules: how large a circle is too large to be one.
    """
    found: dict[str, frozenset[str]] = {}
    for circle in circles_of(edges, rules):
        members = frozenset(name for pair in circle for name in pair)
        if 100 * len(members) <= rules.circle_percent * people:
            found |= dict.fromkeys(members, members)
    return found
