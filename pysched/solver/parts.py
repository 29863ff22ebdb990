"""Cutting a large problem: owners who may take the same targets belong together."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import networkx as nx
from clingo.symbol import Symbol

from pysched.solver.neighbourhood import names_in
from pysched.solver.problem import Parts, Target

PART_SIZE = 1_200
"""Assignments of a part, as many as 14 physicians have. 112 physicians, one thread, a minute, cost
of the two last levels: parts of 10 physicians 620 and 969, of 14 522 and 848, of 20 559 and 926,
of 28 633 and 1,192."""
LARGE = 1_800
"""Of more assignments than that a problem is cut. Five weeks of 28 physicians (2,300), two threads,
a minute: with parts 3 ended better and 2 worse than without, above the lowest level 1 and none."""


@dataclass(frozen=True)
class Part:
    """Owners, and the targets that are theirs alone to take."""

    owners: frozenset[str]
    targets: frozenset[Target]


class Cut:
    """Draws parts of a problem.

    Args:
        parts: says who may take what.
        rng: random numbers.
    """

    def __init__(self, parts: Parts, rng: random.Random) -> None:
        """Join owners by the targets that both may take: the fewer may, the closer they are."""
        self._rng = rng
        self._parts = parts
        self._sizes: Counter[str] = Counter()
        near: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for names in parts.takers.values():
            self._sizes.update(names)
            for name, other in permutations(sorted(names), 2):
                near[name][other] += 1 / len(names)
        self._near = {name: sorted(others.items()) for name, others in near.items()}
        self._owners = sorted(self._sizes)
        self.size = sum(self._sizes.values())

    def communities(self) -> list[Part]:
        """Return parts that have every owner and every target once.

        Communities of Blondel et al. (Fast unfolding of communities in large networks, 2008), small
        ones joined; a target goes where most of those are who may take it.
        """
        # On numbers: sets of strings have another order in every process.
        number = {name: n for n, name in enumerate(self._owners)}
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(number.values())
        graph.add_weighted_edges_from(
            (number[a], number[b], weight)
            for a in self._owners
            for b, weight in self._near.get(a, ())
            if a < b
        )
        found = nx.community.louvain_communities(graph, seed=self._rng.randrange(1 << 30))
        groups = self._joined([{self._owners[n] for n in group} for group in found])
        home = {name: n for n, group in enumerate(groups) for name in group}
        targets: list[set[Target]] = [set() for _ in groups]
        for target, names in self._parts.takers.items():
            counts = Counter(home[name] for name in names)
            targets[min(counts, key=lambda n: (-counts[n], n))].add(target)
        return [Part(frozenset(x), frozenset(y)) for x, y in zip(groups, targets, strict=True) if y]

    def draw(self, assigned: Iterable[Symbol], size: int, costs: Sequence[Symbol] = ()) -> Part:
        """Return neighbours of an owner, and what they have or nobody has.

        Args:
            assigned: the best schedule.
            size: how many assignments may be chosen from, about.
            costs: what the best schedule costs; every other time the owner is one of those whom a
                random one names.
        """
        holders: defaultdict[Target, set[str]] = defaultdict(set)
        for symbol in assigned:
            owner, target = self._parts.split(symbol)
            holders[target].add(owner)
        owners = _closed(self._grown(self._first(costs), size), holders.values())
        return Part(
            owners,
            frozenset(
                target
                for target, names in self._parts.takers.items()
                if not owners.isdisjoint(names) and owners.issuperset(holders.get(target, ()))
            ),
        )

    def _first(self, costs: Sequence[Symbol]) -> str:
        """Return an owner to begin with: any, or one of whom a cost names."""
        named: list[str] = []
        if costs and self._rng.random() < 0.5:
            named = sorted(names_in(self._rng.choice(costs)).intersection(self._owners))
        return self._rng.choice(named or self._owners)

    def _grown(self, first: str, size: int) -> frozenset[str]:
        """Return an owner and those nearest to all who are in already, with some chance."""
        grown, total = {first}, self._sizes[first]
        near = dict(self._near.get(first, ()))
        while near and total < size:
            name = max(near, key=lambda x: near[x] * self._rng.uniform(0.7, 1.0))
            del near[name]
            grown.add(name)
            total += self._sizes[name]
            for other, weight in self._near[name]:
                if other not in grown:
                    near[other] = near.get(other, 0.0) + weight
        return frozenset(grown)

    def _joined(self, groups: list[set[str]]) -> list[set[str]]:
        """Return communities of which none is much smaller than a part, if there are two left."""
        groups = sorted(groups, key=min)
        while len(groups) > 1:
            smallest = min(groups, key=self._weight)
            if self._weight(smallest) >= PART_SIZE / 3:
                break
            groups.remove(smallest)
            nearest = max(groups, key=lambda group: self._between(smallest, group))
            nearest |= smallest
        return groups

    def _weight(self, group: Collection[str]) -> int:
        return sum(self._sizes[name] for name in group)

    def _between(self, group: Collection[str], other: Collection[str]) -> float:
        return sum(
            weight for a in sorted(group) for b, weight in self._near.get(a, ()) if b in other
        )


def _closed(owners: frozenset[str], holders: Collection[set[str]]) -> frozenset[str]:
    """Return owners with those who hold something together with one of them."""
    several = [names for names in holders if len(names) > 1]
    grown, last = set(owners), 0
    while len(grown) > last:
        last = len(grown)
        grown.update(*(names for names in several if not grown.isdisjoint(names)))
    return frozenset(grown)


def is_large(takers: Mapping[Target, Collection[str]]) -> bool:
    """Return whether there are so many assignments to choose from that a problem is cut."""
    return sum(len(names) for names in takers.values()) > LARGE
