"""What a decision reads of the database, all of one moment."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from pysched.bank.kept import KeptWeek
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import person
from pysched.conflicts.canonical import decision_of
from pysched.conflicts.conflict import Kind
from pysched.conflicts.decision import Decision
from pysched.conflicts.negotiation import AGREEMENT
from pysched.conflicts.wheel import WheelEvent
from pysched.store import conflict_tables as tables
from pysched.store import ledger_tables
from pysched.store.bank_rows import read_kept
from pysched.store.conflict_rows import ConflictRow, read_conflicts, read_results
from pysched.store.draw_rows import SeedChain, read_chain, read_events
from pysched.store.ledger_rows import read_book

MEMORY = timedelta(weeks=52)
Day = tuple[str, date]
"""A physician's day off."""


@dataclass(frozen=True)
class Result:
    """A decision of the past, as later ones look at it."""

    conflict: str
    kind: Kind
    day: date
    decision: Decision


@dataclass(frozen=True)
class Seen:
    """What is known when a conflict is decided; the same again means that nothing came between.

    Args:
        row: the conflict with its claims and bids.
        closed_week: last week closed.
        granted: days off granted in its week.
        available: physician -> cents that he may bid here, what this conflict holds included.
        results: decisions about days of the 52 weeks before, and of those after.
        reserved: physician -> tokens of the quarter that claims in other open conflicts need.
        events: wheel -> what turned it.
        chain: of seeds.
        kept: weeks closed.
        overruled: ids of conflicts that were decided again, or are now.
    """

    row: ConflictRow
    closed_week: str | None
    granted: frozenset[Day]
    available: Mapping[str, int]
    results: tuple[Result, ...]
    reserved: Mapping[str, int]
    events: Mapping[str, list[WheelEvent]]
    chain: SeedChain | None
    kept: tuple[KeptWeek, ...]
    overruled: frozenset[str] = frozenset()

    @property
    def contests(self) -> list[Result]:
        """Decisions of mechanisms that hold; an agreement is nobody's win, nor is work."""
        return [
            row
            for row in self.results
            if row.decision.mechanism != AGREEMENT
            and row.kind != "coverage"
            and row.conflict not in self.overruled
        ]

    def turned(self, wheel: str) -> list[WheelEvent]:
        """Return what turned a wheel; who won what was decided again has not won it."""
        return [
            replace(event, physicians=()) if event.conflict in self.overruled else event
            for event in self.events.get(wheel, [])
        ]

    def wins(self, kind: Kind | None = None) -> Counter[str]:
        """Return how many decisions of the 52 weeks before each won against others."""
        return Counter(
            name
            for row in self.contests
            if row.day < self.row.day and kind in (None, row.kind)
            for name in row.decision.grants
            if row.decision.contested(name)
        )

    def tokens_used(self) -> Counter[str]:
        """Return the tokens of the quarter that each used or has to keep for other conflicts."""
        used = Counter(self.reserved)
        for row in self.results:
            if quarter_of(row.day) == quarter_of(self.row.day):
                used.update(row.decision.tokens)
        return used

    def owed(self) -> frozenset[str]:
        """Return who is owed his next contested claim, and has not had it since."""
        if not self.kept:
            return frozenset()
        last = self.kept[-1].monday + timedelta(days=6)
        since = [row.decision for row in self.contests if row.day > last]
        return frozenset(
            name for name in self.kept[-1].owed if not any(d.contested(name) for d in since)
        )


def quarter_of(day: date) -> str:
    """Return the quarter of a day, such as 2023-Q2."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def read_seen(
    connection: Connection, row: ConflictRow, rules: LedgerRules, physicians: Iterable[str]
) -> Seen:
    """Return what is known for a decision.

    Args:
        connection: in a transaction.
        row: the conflict, whether or not it is stored.
        rules: of the ledger.
        physicians: of the network.
    """
    first, end = row.day - MEMORY, row.day + MEMORY
    found = read_results(connection, first, end)
    closed = connection.execute(select(ledger_tables.head.c.closed_week)).scalar()
    return Seen(
        row=row,
        closed_week=closed,
        granted=read_granted(connection, row.monday, row.overrules),
        available=_available(connection, row, rules, physicians),
        results=tuple(Result(i, kind, day, result_of(text)) for i, kind, day, text in found),
        reserved=_reserved(connection, row),
        events=read_events(connection),
        chain=read_chain(connection),
        kept=tuple(read_kept(connection)),
        overruled=_overruled(connection, row),
    )


def read_granted(
    connection: Connection, monday: date, without: str | None = None
) -> frozenset[Day]:
    """Return the days off granted in a week, those of one conflict left out if it is named."""
    return frozenset(
        (name, day)
        for row, decision in read_decided(connection, monday)
        if row.id != without
        for name, days in decision.grants.items()
        for day in days
    )


def read_refused(connection: Connection, monday: date) -> frozenset[Day]:
    """Return the days off that were claimed in a week and refused, and not granted otherwise."""
    rows = read_decided(connection, monday)
    asked = {(c.physician, day) for row, _ in rows for c in row.claims for day in c.days}
    return frozenset(asked) - read_granted(connection, monday)


def read_decided(connection: Connection, monday: date) -> list[tuple[ConflictRow, Decision]]:
    """Return the conflicts of days off of a week, each with the decision that holds."""
    rows = [
        row
        for row in read_conflicts(connection, monday)
        if row.kind != "coverage" and row.status != "overruled"
    ]
    table = tables.decision
    query = select(table.c.conflict, table.c.result).where(
        table.c.conflict.in_([row.id for row in rows])
    )
    texts = dict(tuple(row) for row in connection.execute(query))
    return [(row, result_of(texts[row.id])) for row in rows if row.id in texts]


def result_of(text: str) -> Decision:
    """Return the decision of a stored result."""
    body: dict[str, Any] = json.loads(text)
    return decision_of(body)


def _available(
    connection: Connection, row: ConflictRow, rules: LedgerRules, physicians: Iterable[str]
) -> dict[str, int]:
    names = sorted(physicians)
    book = read_book(connection, rules, {person(name) for name in names})
    held = {bid.physician: bid.held_cents for bid in row.bids}
    return {
        name: book.balance(person(name)) + book.limits[person(name)] + held.get(name, 0)
        for name in names
    }


def _overruled(connection: Connection, row: ConflictRow) -> frozenset[str]:
    table = tables.conflict
    query = select(table.c.id).where(table.c.status == "overruled")
    found = frozenset(connection.execute(query).scalars())
    return found if row.overrules is None else found | {row.overrules}


def _reserved(connection: Connection, row: ConflictRow) -> dict[str, int]:
    table, claims = tables.conflict, tables.request
    query = (
        select(claims.c.physician)
        .join(table, table.c.id == claims.c.conflict)
        .where(
            table.c.status == "open",
            table.c.id != row.id,
            claims.c.urgency != "none",
            claims.c.quarter == quarter_of(row.day),
        )
    )
    return dict(Counter(connection.execute(query).scalars()))
