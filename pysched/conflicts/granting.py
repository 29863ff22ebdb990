"""Contests and grants: in an order of claimants, each is granted while it is feasible."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

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
        return self.oracle.feasible(days if self.oracle.reach == "day" else {**self.away, **days})

    def add(self, rows: Iterable[tuple[str, date]]) -> None:
        """Add days off that are allowed."""
        for physician, day in rows:
            self.away[day] = self.away.get(day, frozenset()) | {physician}

    def take(self, contest: Contest, physician: str) -> tuple[date, ...]:
        """Grant a claim in a contest and return its days; nothing if it is not feasible."""
        days = contest.wants[physician]
        rows = [(physician, day) for day in days]
        if not self.allows(rows):
            return ()
        self.add(rows)
        return days

    def by_physician(self) -> dict[str, tuple[date, ...]]:
        """Return the days of each physician, in order."""
        days: dict[str, list[date]] = {}
        for day in sorted(self.away):
            for physician in sorted(self.away[day]):
                days.setdefault(physician, []).append(day)
        return {physician: tuple(days[physician]) for physician in sorted(days)}


def safe_rows(conflict: Conflict, oracle: Oracle) -> frozenset[tuple[str, date]]:
    """Return the days off that no other claim can displace, whatever the order.

    Where days are judged alone, these are in every largest set that may be away on the day. Where
    weeks are judged as a whole, they are all days of the weeks in which all claims hold together.
    """
    parts: dict[date, list[tuple[str, date]]] = {}
    for claim in conflict.claims:
        for day in claim.days:
            first = day if oracle.reach == "day" else day - timedelta(days=day.weekday())
            parts.setdefault(first, []).append((claim.physician, day))
    safe: set[tuple[str, date]] = set()
    for rows in parts.values():
        if Grants(oracle).allows(rows):
            safe.update(rows)
        elif oracle.reach == "day":
            safe.update(_undisplaced(rows, oracle))
    return frozenset(safe)


def _undisplaced(rows: Sequence[tuple[str, date]], oracle: Oracle) -> list[tuple[str, date]]:
    """Return what is in every largest set: in no exchange with somebody outside of one."""
    none = Grants(oracle)
    basis: list[tuple[str, date]] = []
    for row in rows:
        if none.allows([*basis, row]):
            basis.append(row)
    outside = [row for row in rows if row not in basis]
    return [
        row
        for row in basis
        if not any(
            none.allows([*(other for other in basis if other != row), rival]) for rival in outside
        )
    ]


def decide(contest: Contest, order: Sequence[str], grants: Grants) -> dict[str, tuple[date, ...]]:
    """Go through an order and grant what is still feasible; return who got what."""
    taken = {physician: grants.take(contest, physician) for physician in order}
    return {physician: days for physician, days in taken.items() if days}


def due_first(order: Iterable[str], state: ConflictState) -> list[str]:
    """Put those first whom the equalization owes their next contested claim."""
    return sorted(order, key=lambda physician: not state.standing(physician).due)
