"""Conflicts, claims, bids and decisions as rows, within a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, and_, delete, insert, select, update

from pysched.conflicts.conflict import Kind, Urgency
from pysched.store import conflict_tables as tables
from pysched.store.engine import StoreError

Status = Literal["open", "decided", "overruled", "settled"]
"""Of a conflict: claims and bids may come; it is decided; a loser objected and another decision
holds; its week is over and all is paid."""
AGAIN = ".again"
"""End of the id of a conflict that is decided once more; the first decision stays beside it."""


@dataclass(frozen=True)
class ClaimRow:
    """A claim as stored; `quarter` is that whose urgency tokens it uses, such as 2023-Q2."""

    physician: str
    days: tuple[date, ...]
    weight: int
    whole: bool
    urgency: Urgency
    quarter: str
    agreed_to: str | None = None


@dataclass(frozen=True)
class BidRow:
    """A sealed bid as stored; `revision` counts how often it was made anew."""

    physician: str
    revision: int
    commitment: str
    held_cents: int
    committed: datetime
    cents: int | None = None
    nonce: str | None = None
    revealed: datetime | None = None


@dataclass(frozen=True)
class ConflictRow:
    """A conflict as stored; times are in UTC without a time zone."""

    id: str
    monday: date
    day: date
    kind: Kind
    status: Status
    opened: datetime
    bids_close: datetime
    reveals_close: datetime
    proposal: Mapping[str, Any] | None = None
    claims: tuple[ClaimRow, ...] = ()
    bids: tuple[BidRow, ...] = ()

    @property
    def overrules(self) -> str | None:
        """The id of the conflict whose decision this one takes the place of, None for none."""
        return self.id.removesuffix(AGAIN) if self.id.endswith(AGAIN) else None

    def claim_of(self, physician: str) -> ClaimRow:
        """Return the claim of a physician.

        Raises:
            StoreError: he has none.
        """
        for claim in self.claims:
            if claim.physician == physician:
                return claim
        names = ", ".join(claim.physician for claim in self.claims)
        raise StoreError(f"{physician!r} claims nothing in conflict {self.id}; {names} do")

    def bid_of(self, physician: str) -> BidRow | None:
        """Return the bid of a physician, None if he made none."""
        return next((bid for bid in self.bids if bid.physician == physician), None)


@dataclass(frozen=True)
class DecisionRow:
    """A decision as stored: inputs and result as canonical JSON, with their digests."""

    conflict: str
    mechanism: str
    decided: datetime
    chain: int | None
    number: int | None
    inputs: str
    inputs_digest: str
    result: str
    digest: str


def read_conflicts(connection: Connection, monday: date | None = None) -> list[ConflictRow]:
    """Return the conflicts of a week, or all, by id."""
    query = select(tables.conflict).order_by(tables.conflict.c.day, tables.conflict.c.id)
    if monday is not None:
        query = query.where(tables.conflict.c.monday == monday)
    return [_whole(connection, row) for row in connection.execute(query).all()]


def read_conflict(connection: Connection, name: str) -> ConflictRow:
    """Return a conflict.

    Raises:
        StoreError: there is none of that id.
    """
    query = select(tables.conflict).where(tables.conflict.c.id == name)
    row = connection.execute(query).first()
    if row is None:
        raise StoreError(f"there is no conflict {name!r}; pysched conflicts list names them")
    return _whole(connection, row)


def insert_conflict(connection: Connection, row: ConflictRow) -> None:
    """Add a conflict with its claims."""
    names = ("id", "monday", "day", "kind", "status", "opened", "bids_close", "reveals_close")
    values = {name: getattr(row, name) for name in names}
    connection.execute(insert(tables.conflict).values(values | {"proposal": None}))
    insert_claims(connection, row.id, row.claims)


def insert_claims(connection: Connection, name: str, claims: Iterable[ClaimRow]) -> None:
    """Add claims to a conflict."""
    rows = [
        {
            "conflict": name,
            "physician": claim.physician,
            "days": [str(day) for day in claim.days],
            "weight": claim.weight,
            "whole": claim.whole,
            "urgency": claim.urgency,
            "quarter": claim.quarter,
            "agreed_to": claim.agreed_to,
        }
        for claim in claims
    ]
    if rows:
        connection.execute(insert(tables.request), rows)


def delete_claims(connection: Connection, name: str, physicians: Iterable[str]) -> None:
    """Take claims out of a conflict, with their bids."""
    for physician in physicians:
        for table in (tables.bid, tables.request):
            connection.execute(delete(table).where(_of(table, name, physician)))


def set_status(connection: Connection, name: str, status: Status) -> None:
    """Change what may be done with a conflict."""
    table = tables.conflict
    connection.execute(update(table).where(table.c.id == name).values(status=status))


def set_times(connection: Connection, name: str, bids: datetime, reveals: datetime) -> None:
    """Change when bids and reveals of a conflict close."""
    table = tables.conflict
    times = {"bids_close": bids, "reveals_close": reveals}
    connection.execute(update(table).where(table.c.id == name).values(times))


def set_urgency(connection: Connection, name: str, physician: str, urgency: Urgency) -> None:
    """Change the stated need of a claim."""
    table = tables.request
    change = update(table).where(_of(table, name, physician)).values(urgency=urgency)
    connection.execute(change)


def set_proposal(connection: Connection, name: str, proposal: Mapping[str, Any] | None) -> None:
    """Put a proposal in the place of another; what was agreed to before is void."""
    table = tables.conflict
    connection.execute(update(table).where(table.c.id == name).values(proposal=proposal))
    claims = tables.request
    connection.execute(update(claims).where(claims.c.conflict == name).values(agreed_to=None))


def set_consent(connection: Connection, name: str, physician: str, digest: str) -> None:
    """Keep what a party agrees to."""
    table = tables.request
    change = update(table).where(_of(table, name, physician)).values(agreed_to=digest)
    connection.execute(change)


def put_bid(connection: Connection, name: str, bid: BidRow) -> None:
    """Put a bid in the place of an earlier one of its owner."""
    table = tables.bid
    connection.execute(delete(table).where(_of(table, name, bid.physician)))
    values = {field: getattr(bid, field) for field in BidRow.__dataclass_fields__}
    connection.execute(insert(table).values(values | {"conflict": name}))


def insert_decision(connection: Connection, row: DecisionRow) -> None:
    """Add a decision, which then neither changes nor goes."""
    values = {field: getattr(row, field) for field in DecisionRow.__dataclass_fields__}
    connection.execute(insert(tables.decision).values(values))


def read_decision(connection: Connection, name: str) -> DecisionRow | None:
    """Return the decision of a conflict, None if it is open."""
    query = select(tables.decision).where(tables.decision.c.conflict == name)
    row = connection.execute(query).first()
    return None if row is None else DecisionRow(*row)


def read_results(
    connection: Connection, first: date, end: date
) -> list[tuple[str, Kind, date, str]]:
    """Return id, kind, first day and result of what was decided for days in [first, end)."""
    table, decided = tables.conflict, tables.decision
    query = (
        select(table.c.id, table.c.kind, table.c.day, decided.c.result)
        .join(decided, decided.c.conflict == table.c.id)
        .where(table.c.day >= first, table.c.day < end)
        .order_by(table.c.day, table.c.id)
    )
    return [tuple(row) for row in connection.execute(query)]


def _whole(connection: Connection, row: Any) -> ConflictRow:
    claims, bids = tables.request, tables.bid
    asked = select(claims).where(claims.c.conflict == row.id).order_by(claims.c.physician)
    offered = select(bids).where(bids.c.conflict == row.id).order_by(bids.c.physician)
    return ConflictRow(
        **row._mapping,
        claims=tuple(
            ClaimRow(
                physician=claim.physician,
                days=tuple(map(date.fromisoformat, claim.days)),
                weight=claim.weight,
                whole=claim.whole,
                urgency=claim.urgency,
                quarter=claim.quarter,
                agreed_to=claim.agreed_to,
            )
            for claim in connection.execute(asked)
        ),
        bids=tuple(
            BidRow(*(getattr(bid, name) for name in BidRow.__dataclass_fields__))
            for bid in connection.execute(offered)
        ),
    )


def _of(table: Any, name: str, physician: str) -> Any:
    return and_(table.c.conflict == name, table.c.physician == physician)
