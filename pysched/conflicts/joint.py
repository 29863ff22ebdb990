"""The oracle of a department: days on which one duty each suffices, and the week as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from pysched.bank.transaction import Json
from pysched.conflicts.feasibility import Required, day_matching, week_oracle, week_oracle_of
from pysched.conflicts.oracles import DayGraph, DayMatching, Seats, matching_of
from pysched.conflicts.state import Away, Oracle, Reach
from pysched.model import Network, State, Week


@dataclass(frozen=True)
class Joint:
    """Both must allow it: the matching of each of these days, and all hard rules of the week.

    Hard rules alone would let few physicians fill many duties of one day. Where there are enough
    for one duty each, those off must leave it so; where there never are, as on busy weekdays, the
    rules of the week decide alone.

    Args:
        days: matchings of the days that have one of all their duties.
        week: the rules of the whole week.
    """

    days: DayMatching
    week: Oracle

    reach: ClassVar[Reach] = "week"

    @property
    def description(self) -> Mapping[str, Json]:
        """Those of both."""
        return {"joint": {"days": self.days.description, "week": self.week.description}}

    def feasible(self, away: Away) -> bool:
        """Return whether both allow it."""
        known = {day: who for day, who in away.items() if day in self.days.graphs}
        return self.days.feasible(known) and self.week.feasible(away)


def joint_oracle(network: Network, week: Week, state: State, required: Required = "all") -> Joint:
    """Return who may be away together in a week.

    Args:
        network: physicians, tasks and rules.
        week: what is known of it, days off granted before included.
        state: with the tail of the week before.
        required: which duties must be filled, as far as they can be at all.
    """
    graphs = day_matching(network, week, state, required).graphs
    whole = {day: graph for day, graph in graphs.items() if _is_whole(graph)}
    return Joint(DayMatching(whole), week_oracle(network, [(week, state)], required))


def oracle_of(body: Mapping[str, Any]) -> Oracle:
    """Return the oracle that was described, of whatever sort; it answers the same.

    Raises:
        ValueError: it is of other encodings than those installed, or of no known sort.
    """
    if "seats" in body:
        return Seats({date.fromisoformat(day): most for day, most in body["seats"].items()})
    if "matching" in body:
        return matching_of(body["matching"])
    if "weeks" in body:
        return week_oracle_of(body)
    if "joint" in body:
        days, week = oracle_of(body["joint"]["days"]), oracle_of(body["joint"]["week"])
        if not isinstance(days, DayMatching):
            raise ValueError(f"oracle {sorted(body['joint']['days'])} is no matching of days")
        return Joint(days, week)
    raise ValueError(f"oracle {sorted(body)} is of no known sort")


def _is_whole(graph: DayGraph) -> bool:
    """Return whether all duties of a day that anybody can do are filled by one physician each."""
    return graph.filled == len({duty for duties in graph.able.values() for duty in duties})
