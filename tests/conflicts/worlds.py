"""Small conflicts to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

import networkx as nx

from pysched.conflicts import Claim, Conflict, ConflictState, Oracle, Seats, Standing
from pysched.conflicts.oracles import DayGraph, DayMatching

MONDAY = date(2026, 1, 5)


def days(count: int, step: int = 1) -> tuple[date, ...]:
    """Return days from a Monday on."""
    return tuple(MONDAY + timedelta(days=step * number) for number in range(count))


def people(count: int) -> tuple[str, ...]:
    """Return names in order."""
    return tuple(f"P{number:02}" for number in range(count))


def conflict(
    names: Sequence[str], on: Sequence[date] = (MONDAY,), kind: str = "day_off", **claim: object
) -> Conflict:
    """Return a conflict in which all claim all days alike."""
    claims = tuple(Claim(name, tuple(on), **claim) for name in names)  # type: ignore[arg-type]
    return Conflict("C1", kind, tuple(on), claims)  # type: ignore[arg-type]


def auction_of(bids: Mapping[str, int], **more: object) -> Conflict:
    """Return a conflict on one day with bids in cents."""
    claims = tuple(Claim(name, (MONDAY,), bid_cents=bid) for name, bid in bids.items())
    return Conflict("C1", "holiday", (MONDAY,), claims, **more)  # type: ignore[arg-type]


def state(names: Sequence[str], oracle: Oracle, **standing: object) -> ConflictState:
    """Return a state in which all stand alike."""
    own = Standing("", available_cents=100_000)
    members = {name: replace(own, physician=name, **standing) for name in names}  # type: ignore[arg-type]
    return ConflictState(oracle, members)


def seats(count: int, on: Sequence[date] = (MONDAY,)) -> Seats:
    """Return so many seats on each day."""
    return Seats(dict.fromkeys(on, count))


def random_graph(rng: Random, size: int) -> DayGraph:
    """Return a day of some duties and physicians who can do some of them."""
    duties = [f"T{number}" for number in range(rng.randint(1, size))]
    able = {name: tuple(t for t in duties if rng.random() < 0.5) for name in people(size)}
    bound = frozenset(name for name in able if rng.random() < 0.05)
    return DayGraph(able, bound, frozenset(n for n in able if rng.random() < 0.05) - bound)


def random_matching(rng: Random, size: int, on: Sequence[date] = (MONDAY,)) -> DayMatching:
    """Return an oracle of random days."""
    return DayMatching({day: random_graph(rng, size) for day in on})


def largest_matching(graph: DayGraph, away: frozenset[str]) -> int:
    """Return how many duties can be filled, by networkx on the graph without those away."""
    plain: nx.Graph[tuple[str, str]] = nx.Graph()
    left = [("p", name) for name in graph.able if name not in away | graph.off]
    plain.add_nodes_from(left)
    plain.add_edges_from((node, ("d", duty)) for node in left for duty in graph.able[node[1]])
    return len(nx.bipartite.hopcroft_karp_matching(plain, left)) // 2


def feasible_sets(oracle: Oracle, names: Sequence[str]) -> list[frozenset[str]]:
    """Return all sets that may be away on the Monday."""
    return [
        frozenset(chosen)
        for size in range(len(names) + 1)
        for chosen in combinations(names, size)
        if oracle.feasible({MONDAY: frozenset(chosen)})
    ]
