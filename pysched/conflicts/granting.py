"""Contests and grants: claimants are gone through in an order, each granted while it is feasible."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pysched.conflicts.conflict import Conflict
from pysched.conflicts.state import ConflictState, Oracle


@dataclass(frozen=True)
class Contest:
    """Claims that are decided at once: those on one day, or all where days are linked.

    Args:
        key: names it within the conflict: the day, or "all".
        wants: claimant -> days of his claim in this contest.
        whole: claimants whose days are granted all or not at all.
    """

    key: str
    wants: Mapping[str, tuple[date, ...]]
    whole: frozenset[str] = frozenset()


def contests_of(conflict: Conflict, seed: str) -> Iterator[Contest]:
    """Yield the contests of a conflict; days by the hash of seed and day, so by nobody's choice."""
    whole = frozenset(c.physician for c in conflict.claims if c.whole and len(c.days) > 1)
    if whole:
        yield Contest("all", {c.physician: c.days for c in conflict.claims}, whole)
        return
    for day in sorted(conflict.days, key=lambda day: _place(seed, conflict.id, day)):
        wants = {c.physician: (day,) for c in conflict.claims if day in c.days}
        if wants:
            yield Contest(day.isoformat(), wants)


def _place(seed: str, conflict: str, day: date) -> str:
    return hashlib.sha256(f"{seed}|{conflict}|{day}".encode()).hexdigest()


@dataclass
class Grants:
    """What has been granted so far; grows while contests are decided."""

    oracle: Oracle
    away: dict[date, frozenset[str]] = field(default_factory=dict)

    def copy(self) -> Grants:
        """Return the same grants, to try on."""
        return Grants(self.oracle, dict(self.away))

    def allows(self, rows: Iterable[tuple[str, date]]) -> bool:
        """Return whether days off may be added."""
        days: dict[date, frozenset[str]] = {}
        for physician, day in rows:
            days[day] = days.get(day, self.away.get(day, frozenset())) | {physician}
        return self.oracle.feasible(days if self.oracle.days_apart else {**self.away, **days})

    def add(self, rows: Iterable[tuple[str, date]]) -> None:
        """Add days off that are allowed."""
        for physician, day in rows:
            self.away[day] = self.away.get(day, frozenset()) | {physician}

    def take(self, contest: Contest, physician: str) -> tuple[date, ...]:
        """Grant what is feasible of a claim and return its days; all or none if it is whole."""
        days = contest.wants[physician]
        if physician in contest.whole or len(days) == 1:
            rows = [(physician, day) for day in days]
            if not self.allows(rows):
                return ()
            self.add(rows)
            return days
        taken = []
        for day in days:
            if self.allows([(physician, day)]):
                self.add([(physician, day)])
                taken.append(day)
        return tuple(taken)

    def by_physician(self) -> dict[str, tuple[date, ...]]:
        """Return the days of each physician, in order."""
        days: dict[str, list[date]] = {}
        for day in sorted(self.away):
            for physician in sorted(self.away[day]):
                days.setdefault(physician, []).append(day)
        return {physician: tuple(days[physician]) for physician in sorted(days)}


def uncontested(contest: Contest, grants: Grants) -> frozenset[str]:
    """Return the claimants whom no other claim can displace, whatever the order.

    On one day of an oracle that judges days apart these are in every largest set that may be away:
    a claimant of a largest set is contested if somebody outside could take his place. Elsewhere
    they are all claimants if all claims hold together, and nobody if not.
    """
    everyone = [(p, day) for p in sorted(contest.wants) for day in contest.wants[p]]
    if grants.allows(everyone):
        return frozenset(contest.wants)
    if not grants.oracle.days_apart or len({day for _, day in everyone}) > 1:
        return frozenset()
    taken = grants.copy()
    basis = [row for row in everyone if taken.take(contest, row[0])]
    outside = [row for row in everyone if row not in basis]
    safe = set()
    for row in basis:
        others = [other for other in basis if other != row]
        if not any(grants.allows([*others, rival]) for rival in outside):
            safe.add(row[0])
    return frozenset(safe)


def decide(contest: Contest, order: Sequence[str], grants: Grants) -> dict[str, tuple[date, ...]]:
    """Go through an order and grant what is still feasible; return who got what."""
    taken = {physician: grants.take(contest, physician) for physician in order}
    return {physician: days for physician, days in taken.items() if days}


def due_first(order: Iterable[str], state: ConflictState) -> list[str]:
    """Put those first whom the equalization owes their next contested claim."""
    return sorted(order, key=lambda physician: not state.standing(physician).due)


