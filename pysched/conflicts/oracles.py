"""Who may be away together on one day: counted seats, or a matching of duties."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import networkx as nx

from pysched.bank.transaction import Json
from pysched.conflicts.state import Away, Reach


@dataclass(frozen=True)
class Seats:
    """So many may be away on a day, whoever they are; 0 on a day that is not named.

    Args:
        most: day -> how many.
    """

    most: Mapping[date, int]

    reach: ClassVar[Reach] = "day"

    @property
    def description(self) -> Mapping[str, Json]:
        """The seats by day."""
        return {"seats": {day.isoformat(): self.most[day] for day in sorted(self.most)}}

    def feasible(self, away: Away) -> bool:
        """Return whether no day has more away than seats."""
        return all(len(who) <= self.most.get(day, 0) for day, who in away.items())


@dataclass(frozen=True)
class DayGraph:
    """One day: who could do which of the duties to be filled, one duty each.

    Args:
        able: physician -> duties, by name.
        bound: physicians with a fixed duty, who cannot be off.
        off: physicians off already.
    """

    able: Mapping[str, tuple[str, ...]]
    bound: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    @cached_property
    def _base(self) -> dict[str, str]:
        """A largest matching of duties with those not off (Hopcroft and Karp): duty -> who."""
        graph: nx.Graph[tuple[str, str]] = nx.Graph()
        people = [("p", p) for p in sorted(self.able) if p not in self.off]
        graph.add_nodes_from(people)
        graph.add_edges_from((("p", p), ("d", d)) for _, p in people for d in sorted(self.able[p]))
        pairs = nx.bipartite.hopcroft_karp_matching(graph, people)
        return {name: pairs[side, name][1] for side, name in sorted(pairs) if side == "d"}

    @cached_property
    def _last(self) -> dict[str, str]:
        """The matching that the last question with yes led to; the next one starts from it.

        From which one it starts changes how long an answer takes, not what it is.
        """
        return dict(self._base)

    @cached_property
    def _able_for(self) -> dict[str, list[str]]:
        """Duty -> who could do it."""
        found: dict[str, list[str]] = {}
        for physician in sorted(self.able):
            if physician not in self.off:
                for duty in self.able[physician]:
                    found.setdefault(duty, []).append(physician)
        return {duty: found[duty] for duty in sorted(found)}

    @property
    def filled(self) -> int:
        """How many duties can be filled if nobody claims anything."""
        return len(self._base)

    def spares(self, away: Collection[str]) -> bool:
        """Return whether as many duties are filled without some as with them.

        Such sets are independent in the dual of the transversal matroid of the duties: taking
        claimants in any order of priority while this holds is optimal for that order.
        """
        if any(physician in self.bound for physician in away):
            return False
        gone = {*away, *self.off}
        kept = {duty: who for duty, who in self._last.items() if who not in gone}
        busy = {who: duty for duty, who in kept.items()}
        missing = len(self._base) - len(kept)
        for duty in self._able_for if missing else ():
            if duty not in kept:
                missing -= self._augmented(duty, busy, gone, set())
                if missing == 0:
                    break
        if missing == 0:
            self._last.clear()
            self._last.update((duty, who) for who, duty in busy.items())
        return missing == 0

    def _augmented(
        self, duty: str, busy: dict[str, str], gone: Collection[str], seen: set[str]
    ) -> bool:
        """Fill a duty along an augmenting path, if there is one."""
        for physician in self._able_for[duty]:
            if physician in gone or physician in seen:
                continue
            seen.add(physician)
            held = busy.get(physician)
            if held is None or self._augmented(held, busy, gone, seen):
                busy[physician] = duty
                return True
        return False


@dataclass(frozen=True)
class DayMatching:
    """Every day alone: those off must leave as many duties filled as there would be with them.

    Each physician fills at most one of a day's required duties, which is on the safe side where
    two in a row are allowed. Nobody may be off on a day without a graph.

    Args:
        graphs: day -> who could do what.
    """

    graphs: Mapping[date, DayGraph]
    _memory: dict[tuple[date, frozenset[str]], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    reach: ClassVar[Reach] = "day"

    @property
    def description(self) -> Mapping[str, Json]:
        """The graphs by day."""
        return {
            "matching": {
                day.isoformat(): {
                    "able": {p: sorted(graph.able[p]) for p in sorted(graph.able)},
                    "bound": sorted(graph.bound),
                    "off": sorted(graph.off),
                }
                for day, graph in sorted(self.graphs.items())
            }
        }

    def feasible(self, away: Away) -> bool:
        """Return whether every day is filled as it would be without anybody away."""
        return all(self._spares(day, who) for day, who in away.items())

    def _spares(self, day: date, who: frozenset[str]) -> bool:
        known = self._memory.get((day, who))
        if known is None:
            known = not who or (day in self.graphs and self.graphs[day].spares(who))
            self._memory[day, who] = known
        return known


def matching_of(body: Mapping[str, Any]) -> DayMatching:
    """Return the matching that was described by its graphs; it answers the same."""
    return DayMatching({date.fromisoformat(day): _graph_of(graph) for day, graph in body.items()})


def _graph_of(body: Mapping[str, Any]) -> DayGraph:
    """Return the graph of a day from its description."""
    able = {physician: tuple(duties) for physician, duties in body["able"].items()}
    return DayGraph(able, frozenset(body["bound"]), frozenset(body["off"]))
