"""How conflicts come to be, change with their claims, and end when there is none any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pysched.bank.week_end import week_name
from pysched.conflicts.conflict import Kind
from pysched.store import conflict_money, conflict_rows
from pysched.store.conflict_rows import ClaimRow, ConflictRow
from pysched.store.conflict_seen import quarter_of
from pysched.store.engine import StoreError
from pysched.store.writer import Writer


@dataclass(frozen=True)
class Opening:
    """Claims that contend, as they are found.

    Args:
        kind: of the conflict.
        monday: of its week.
        day: its first day.
        claims: physician -> days.
        weights: physician -> what his wish weighs.
        whole: who asks for a block.
    """

    kind: Kind
    monday: date
    day: date
    claims: Mapping[str, tuple[date, ...]]
    weights: Mapping[str, int]
    whole: frozenset[str] = frozenset()


def row_of(
    opening: Opening, number: int, now: datetime, bidding: timedelta, revealing: timedelta
) -> ConflictRow:
    """Return the open conflict that claims are.

    Args:
        opening: the claims.
        number: of the conflict among those that begin on its day, from 1 on.
        now: in UTC, without a time zone.
        bidding: how long bids and agreements may come.
        revealing: how long bids may be revealed after that.
    """
    quarter = quarter_of(opening.day)
    return ConflictRow(
        id=f"{opening.day}.{number}",
        monday=opening.monday,
        day=opening.day,
        kind=opening.kind,
        status="open",
        opened=now,
        bids_close=now + bidding,
        reveals_close=now + bidding + revealing,
        claims=tuple(
            ClaimRow(name, days, opening.weights[name], name in opening.whole, "none", quarter)
            for name, days in sorted(opening.claims.items())
        ),
    )


def opened(
    writer: Writer, opening: Opening, bidding: timedelta, revealing: timedelta
) -> ConflictRow:
    """Return the open conflict that some claims belong to, made or brought up to date."""
    connection = writer.connection
    rows = conflict_rows.read_conflicts(connection, opening.monday)
    number = 1 + sum(row.day == opening.day for row in rows)
    new = row_of(opening, number, writer.recorded, bidding, revealing)
    for row in rows:
        if row.status == "open" and _overlap(row, opening):
            _bring_up(writer, row, new.claims)
            return conflict_rows.read_conflict(connection, row.id)
    conflict_rows.insert_conflict(connection, new)
    return new


def end_others(writer: Writer, monday: date, going_on: Collection[str]) -> None:
    """End the open conflicts of a week that are none any more; who bid has his bid back."""
    for row in conflict_rows.read_conflicts(writer.connection, monday):
        if row.status == "open" and row.id not in going_on:
            conflict_money.void(writer, row, "there is no conflict any more")
            conflict_rows.set_status(writer.connection, row.id, "settled")


def refuse_closed(writer: Writer, monday: date) -> None:
    """Raise if a week is closed: what was worked is not decided any more.

    Raises:
        StoreError: it is.
    """
    name = week_name(monday)
    if writer.closed_week is not None and name <= writer.closed_week:
        raise StoreError(f"week {name} is closed; nothing of it can be decided any more")


def _overlap(row: ConflictRow, opening: Opening) -> bool:
    held = {(claim.physician, day) for claim in row.claims for day in claim.days}
    asked = {(name, day) for name, days in opening.claims.items() for day in days}
    return bool(held & asked)


def _bring_up(writer: Writer, row: ConflictRow, claims: Iterable[ClaimRow]) -> None:
    """Give an open conflict the claims that are there now; needs and bids of the same ones stay."""
    same = {c.physician: c for c in row.claims}
    wanted = {c.physician: c for c in claims}
    gone = [n for n, c in same.items() if n not in wanted or _asked(wanted[n]) != _asked(c)]
    new = [c for n, c in wanted.items() if n not in same or n in gone]
    if not gone and not new:
        return
    for name in gone:
        bid = row.bid_of(name)
        if bid is not None:
            conflict_money.release(writer, row, bid, 0, "his claim is not what it was")
    conflict_rows.delete_claims(writer.connection, row.id, gone)
    conflict_rows.insert_claims(writer.connection, row.id, new)
    conflict_rows.set_proposal(writer.connection, row.id, None)


def _asked(claim: ClaimRow) -> tuple[object, ...]:
    return claim.days, claim.weight, claim.whole
