"""Pending transfers as rows, within a writer's transaction, and how a week's end ends them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, or_, select, update

from pysched.bank.audit import Stored
from pysched.bank.chain import Anchor
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.pending import (
    PendingTransfer,
    TransferRefusedError,
    expire,
    expired_at_close,
)
from pysched.store import dealing_tables as tables
from pysched.store.conflict_settle import open_escrows
from pysched.store.ledger_rows import kept_anchors, read_stored
from pysched.store.writer import Writer


def next_number(connection: Connection) -> int:
    """Return the number of the next transfer; the writer's lock keeps it unique."""
    last = connection.execute(select(func.max(tables.pending_transfer.c.number))).scalar()
    return int(last or 0) + 1


def pending_transfer(connection: Connection, number: int) -> PendingTransfer:
    """Return the transfer of a number.

    Raises:
        TransferRefusedError: there is none.
    """
    table = tables.pending_transfer
    row = connection.execute(select(table).where(table.c.number == number)).mappings().first()
    if row is None:
        raise TransferRefusedError(f"there is no transfer {number}")
    return PendingTransfer(**row)


def pending_transfers(
    connection: Connection, physician: str | None = None, only_open: bool = False
) -> list[PendingTransfer]:
    """Return transfers by number: all, or those of one; only open ones if asked."""
    table = tables.pending_transfer
    query = select(table).order_by(table.c.number)
    if physician is not None:
        query = query.where(or_(table.c.payer == physician, table.c.payee == physician))
    if only_open:
        query = query.where(table.c.status == "open")
    return [PendingTransfer(**row) for row in connection.execute(query).mappings()]


def save_pending(connection: Connection, pending: PendingTransfer) -> None:
    """Add a transfer, or change what became of it."""
    table, row = tables.pending_transfer, asdict(pending)
    change = update(table).where(table.c.number == pending.number).values(row)
    if connection.execute(change).rowcount == 0:
        connection.execute(insert(table).values(row))


class Audited(NamedTuple):
    """What an audit looks at: ledger, escrows that may hold something, anchors kept beside it."""

    stored: Stored
    escrows: set[str]
    anchors: list[Anchor]


def audited(connection: Connection) -> Audited:
    """Return the whole ledger with the escrows that may hold something, of one moment.

    Those of transfers hold something while these are open, those of conflicts until the close of
    the week settles them.
    """
    rows = pending_transfers(connection, only_open=True)
    held = {row.escrow for row in rows if row.is_held}
    escrows = held | open_escrows(connection)
    return Audited(read_stored(connection), escrows, kept_anchors(connection))


def end_at_close(writer: Writer, rules: LedgerRules, sunday: date) -> None:
    """End the open transfers that a close ends; what they held is back before all else of it."""
    rows = pending_transfers(writer.connection, only_open=True)
    if rows:
        end_all(writer, expired_at_close(rows, writer.book(), rules, sunday), sunday)


def end_overdue(writer: Writer, day: date) -> list[PendingTransfer]:
    """End the open transfers whose last day is over, and return them as they are then."""
    rows = pending_transfers(writer.connection, only_open=True)
    return end_all(writer, [row for row in rows if row.expires < day], day)


def end_all(writer: Writer, rows: Iterable[PendingTransfer], day: date) -> list[PendingTransfer]:
    """End open transfers that nobody answered."""
    ended = []
    for row in rows:
        after, posted = expire(row, day)
        writer.post_all(posted)
        save_pending(writer.connection, after)
        ended.append(after)
    return ended
