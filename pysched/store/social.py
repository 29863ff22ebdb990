"""Trust, loans, ratings, sacrifices and equalization as rows, within a writer's transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from pysched.bank.transaction import PERSON, name_of
from pysched.store import ledger_tables
from pysched.store import social_tables as tables

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "pysched sacrifice")


@dataclass(frozen=True)
class LoanRow:
    """A loan with the terms that it was made on."""

    id: str
    lender: str
    borrower: str
    principal_cents: int
    outstanding_cents: int
    interest_cents: int
    made: date
    due: date | None
    level: str
    days: int | None
    limit_cents: int
    interest_percent: int
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SacrificeRow:
    """A sacrifice at its full value; `key` is that of its award or would be."""

    key: str
    physician: str
    day: date
    type: str
    value_cents: int
    beneficiaries: tuple[str, ...]


@dataclass(frozen=True)
class EqualizationRow:
    """What one physician bore in the window, at the end of a week."""

    week: str
    physician: str
    burden_cents: int
    target_cents: int
    deviation_cents: int
    metadata: Mapping[str, Any] = field(default_factory=dict)


def save_trust(
    connection: Connection,
    week: str,
    scores: Mapping[tuple[str, str], Decimal],
    now: datetime,
    factors: Mapping[tuple[str, str], Mapping[str, Any]] | None = None,
) -> None:
    """Save the scores of a week's end, and keep each in the history.

    Args:
        connection: in a transaction.
        week: such as 2023-W22.
        scores: (from, to) -> trust in [0, 1] with at most four decimals.
        now: with a time zone.
        factors: why, for the history.
    """
    stamp = now.astimezone(UTC).replace(tzinfo=None)
    for (giver, taker), score in sorted(scores.items()):
        key = {"from_physician_id": giver, "to_physician_id": taker}
        shown = score.quantize(Decimal("0.01"), rounding=ROUND_DOWN)
        values = {"trust_score": shown, "exact_score": score, "last_updated": stamp}
        change = update(tables.trust).where(_matches(tables.trust, key))
        change = change.values(version=tables.trust.c.version + 1, **values)
        if connection.execute(change).rowcount == 0:
            connection.execute(insert(tables.trust).values(key | values | {"version": 1}))
        why = dict((factors or {}).get((giver, taker), {}))
        row = {"week": week, "exact_score": score, "metadata": why}
        _put(connection, tables.trust_history, key | row)


def trust_scores(connection: Connection) -> dict[tuple[str, str], Decimal]:
    """Return the exact scores, (from, to) -> trust."""
    rows = connection.execute(select(tables.trust))
    return {(row.from_physician_id, row.to_physician_id): row.exact_score for row in rows}


def save_rating(connection: Connection, giver: str, taker: str, day: date, rating: int) -> None:
    """Save how one physician rates another on a day; a later rating of the day replaces it.

    Raises:
        ValueError: the rating is not 1 to 5.
    """
    if type(rating) is not int or not 1 <= rating <= 5:
        raise ValueError(f"rating {rating!r} of {taker} by {giver} is not 1 to 5")
    key = {"from_physician_id": giver, "to_physician_id": taker, "day": day}
    _put(connection, tables.peer_rating, key | {"rating": rating})


def ratings(connection: Connection) -> list[tuple[str, str, date, int]]:
    """Return all ratings: who, whom, when, 1 to 5."""
    table = tables.peer_rating
    query = select(table).order_by(*table.primary_key.columns)
    return [tuple(row) for row in connection.execute(query)]


def known_physicians(connection: Connection) -> set[str]:
    """Return who has an account or is in the graph of trust."""
    account = ledger_tables.account.c.account
    held = connection.execute(select(account).where(account.startswith(PERSON)).distinct())
    rated = connection.execute(select(tables.trust.c.from_physician_id).distinct())
    return {name_of(row.account) for row in held} | set(rated.scalars())


def save_loans(connection: Connection, loans: Iterable[LoanRow]) -> None:
    """Save loans as they are now."""
    for loan in loans:
        _put(connection, tables.loan, asdict(loan))


def loans(connection: Connection) -> list[LoanRow]:
    """Return all loans, repaid ones too, in order of the day they were made."""
    query = select(tables.loan).order_by(tables.loan.c.made, tables.loan.c.id)
    return [LoanRow(**row) for row in connection.execute(query).mappings()]


def save_sacrifices(connection: Connection, sacrifices: Iterable[SacrificeRow]) -> None:
    """Save sacrifices; the same under its key again changes nothing but what was corrected."""
    rows = [
        {
            "id": str(uuid.uuid5(_NAMESPACE, sacrifice.key)),
            "physician_id": sacrifice.physician,
            "sacrifice_date": sacrifice.day,
            "type": sacrifice.type,
            "value": sacrifice.value_cents,
            "beneficiaries": list(sacrifice.beneficiaries),
        }
        for sacrifice in sacrifices
    ]
    _put_all(connection, tables.sacrifice, rows)


def withdraw_sacrifices(connection: Connection, keys: Iterable[str]) -> None:
    """Take back sacrifices that a correction says were not borne."""
    for key in keys:
        identity = str(uuid.uuid5(_NAMESPACE, key))
        connection.execute(delete(tables.sacrifice).where(tables.sacrifice.c.id == identity))


def burdens(connection: Connection, first: date, end: date) -> dict[str, int]:
    """Return the value in cents of what each bore from a day on, until before another."""
    table = tables.sacrifice
    query = select(table.c.physician_id, table.c.value).where(
        table.c.sacrifice_date >= first, table.c.sacrifice_date < end
    )
    total: dict[str, int] = {}
    for physician, cents in connection.execute(query):
        total[physician] = total.get(physician, 0) + cents
    return total


def save_equalization(connection: Connection, rows: Iterable[EqualizationRow]) -> None:
    """Save the snapshot of a week's end."""
    given = [asdict(row) for row in rows]
    for values in given:
        values["physician_id"] = values.pop("physician")
    _put_all(connection, tables.equalization, given)


def equalizations(connection: Connection) -> list[EqualizationRow]:
    """Return all snapshots by week and physician."""
    query = select(tables.equalization).order_by(*tables.equalization.primary_key.columns)
    return [
        EqualizationRow(
            row.week,
            row.physician_id,
            row.burden_cents,
            row.target_cents,
            row.deviation_cents,
            row.metadata,
        )
        for row in connection.execute(query)
    ]


def _put_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in place of those that have their keys, in two statements."""
    names = [column.name for column in table.primary_key.columns]
    if rows:
        here = (table.c[name] == bindparam(f"old_{name}") for name in names)
        old = [{f"old_{name}": row[name] for name in names} for row in rows]
        connection.execute(delete(table).where(*here), old)
        connection.execute(insert(table), list(rows))


def _put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or change the one that has its key."""
    names = [column.name for column in table.primary_key.columns]
    here = _matches(table, {name: row[name] for name in names})
    if connection.execute(update(table).where(here).values(dict(row))).rowcount == 0:
        connection.execute(insert(table).values(dict(row)))


def _matches(table: Table, key: Mapping[str, Any]) -> Any:
    return and_(*(table.c[name] == value for name, value in key.items()))
