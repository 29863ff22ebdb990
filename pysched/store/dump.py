"""A whole database as lines of JSON, and back into an empty one of either kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Column, Connection, Date, DateTime, Table, func, insert, select, update

from pysched.store import (
    conflict_tables,
    dealing_tables,
    ledger_tables,
    social_tables,
    tables,
    version_tables,
)
from pysched.store.database import Database
from pysched.store.engine import StoreError
from pysched.store.migrate import HEAD
from pysched.store.types import Credits, Exact

_KIND = "pysched database"
_BATCH = 500

TABLES: tuple[Table, ...] = (
    tables.run,
    tables.week,
    ledger_tables.txn,
    ledger_tables.posting,
    ledger_tables.account,
    ledger_tables.head,
    ledger_tables.anchor,
    ledger_tables.lot,
    ledger_tables.lot_balance,
    ledger_tables.lot_use,
    social_tables.trust,
    social_tables.trust_history,
    social_tables.peer_rating,
    social_tables.loan,
    social_tables.sacrifice,
    social_tables.equalization,
    social_tables.bank_week,
    dealing_tables.pending_transfer,
    dealing_tables.request_key,
    conflict_tables.conflict,
    conflict_tables.request,
    conflict_tables.bid,
    conflict_tables.decision,
    conflict_tables.objection,
    conflict_tables.wheel,
    conflict_tables.wheel_event,
    conflict_tables.seed_chain,
    version_tables.version,
    version_tables.lock,
)
"""In an order in which they can be filled."""

_KNOWN = {table.name: table for table in TABLES}


def dump(database: Database) -> Iterator[str]:
    """Yield a database line by line: a heading, then each row with the name of its table.

    The heading says how many rows there are. Amounts are written as text; all is of one moment.

    Raises:
        StoreError: the database cannot be used.
    """
    rows = database.read(lambda connection: list(_lines(connection)))
    yield json.dumps({"kind": _KIND, "migration": HEAD, "rows": len(rows)})
    yield from rows


def restore(
    database: Database, lines: Iterable[str], check: Callable[[Connection], None] | None = None
) -> int:
    """Fill an empty database from the lines of a dump; return how many rows it has.

    Args:
        database: to be filled.
        lines: of the dump.
        check: raises if what was filled in is not to stay.

    Raises:
        StoreError: the database is not empty, or the lines are no whole dump of this version.
    """
    rows = iter(lines)
    expected = _rows_in(next(rows, ""))
    with database.transaction() as connection:
        for table in TABLES:
            count = connection.execute(select(func.count()).select_from(table)).scalar()
            if count and table is not ledger_tables.head:
                raise StoreError(f"database {database.url} is not empty: {table.name} has rows")
        count = sum(_insert(connection, table, batch) for table, batch in _batches(rows))
        if count != (count if expected is None else expected):
            raise StoreError(f"the dump has {count} rows, and had {expected} when it was written")
        if check is not None:
            check(connection)
        return count


def _lines(connection: Connection) -> Iterator[str]:
    for table in TABLES:
        query = select(table).order_by(*table.primary_key.columns)
        for row in connection.execute(query).mappings():
            values = {c.name: _written(row[c.name], c) for c in table.columns}
            yield json.dumps({"table": table.name, "row": values}, ensure_ascii=False)


def _rows_in(heading_line: str) -> int | None:
    """Return how many rows a heading says there are; earlier ones do not."""
    heading = _heading(heading_line)
    rows = heading.get("rows")
    return rows if isinstance(rows, int) else None


def _heading(line: str) -> dict[str, Any]:
    try:
        heading = json.loads(line)
    except ValueError:
        heading = None
    if not isinstance(heading, dict) or heading.get("kind") != _KIND:
        raise StoreError(f"line 1: {line[:60]!r} is not the heading of a dump")
    if heading.get("migration") != HEAD:
        raise StoreError(f"line 1: the dump is of migration {heading.get('migration')}, not {HEAD}")
    return heading


def _batches(lines: Iterable[str]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Yield rows that follow one another in one table, not too many at once."""
    batch: list[dict[str, Any]] = []
    table: Table | None = None
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        found, row = _parsed(line, number)
        if table is not None and (found is not table or len(batch) == _BATCH):
            yield table, batch
            batch = []
        table = found
        batch.append(row)
    if table is not None:
        yield table, batch


def _parsed(line: str, number: int) -> tuple[Table, dict[str, Any]]:
    try:
        data = json.loads(line)
        table = _KNOWN[data["table"]]
        return table, {c.name: _read(data["row"][c.name], c) for c in table.columns}
    except (ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise StoreError(f"line {number}: {line[:60]!r} is no row of a dump: {error!r}") from error


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    if table is ledger_tables.head:
        connection.execute(update(table).values(rows[0]))
    else:
        connection.execute(insert(table), rows)
    return len(rows)


def _written(value: Any, column: Column[Any]) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Credits):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(value: Any, column: Column[Any]) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Credits):
        return int(value)
    if isinstance(column.type, Exact):
        return Decimal(value)
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
