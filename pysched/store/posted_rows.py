"""What posted transactions write: rows, postings, balances and lots, a few statements for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, update

from pysched.bank.book import Book, Effect
from pysched.bank.chain import PostingRow, Row
from pysched.bank.shapes import claim_of_row
from pysched.store import ledger_tables as tables
from pysched.store.ledger_rows import lot_row, lot_type

Posted = Sequence[tuple[Row, Effect]]

_CHANGE_BALANCE = (
    update(tables.account)
    .where(
        tables.account.c.account == bindparam("of_account"),
        tables.account.c.unit == bindparam("of_unit"),
    )
    .values(
        balance_cents=bindparam("new_cents"),
        version=tables.account.c.version + bindparam("times"),
    )
)
_CHANGE_LOT = (
    update(tables.lot_balance)
    .where(tables.lot_balance.c.lot == bindparam("of_lot"))
    .values(left_cents=bindparam("new_cents"))
)


def insert_posted(connection: Connection, posted: Posted, before: Book) -> None:
    """Write transactions that follow one another with all that they do.

    Args:
        connection: in a transaction.
        posted: rows of the chain, each with its effect.
        before: the book of their accounts as the database has it.
    """
    _insert(connection, tables.txn, (_row(row) for row, _ in posted))
    _insert(connection, tables.posting, (line for row, _ in posted for line in _postings(row)))
    _write_balances(connection, posted, before)
    _write_lots(connection, posted)


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    if given := list(rows):
        connection.execute(insert(table), given)


def _row(row: Row) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in Row.__dataclass_fields__ if name != "postings"}
    return values | {"claim": claim_of_row(row.kind, row.key)}


def _postings(row: Row) -> list[dict[str, Any]]:
    return [
        {"seq": row.seq, "number": number}
        | {name: getattr(posting, name) for name in PostingRow.__dataclass_fields__}
        for number, posting in enumerate(row.postings)
    ]


def _write_balances(connection: Connection, posted: Posted, before: Book) -> None:
    """Write the last balance of each account, and how often it changed."""
    times = Counter(place for _, effect in posted for place in effect.balances)
    last = {place: cents for _, effect in posted for place, cents in effect.balances.items()}
    new = [
        {"account": place[0], "unit": place[1], "balance_cents": cents, "version": times[place]}
        for place, cents in last.items()
        if place not in before.balances
    ]
    again = [
        {"of_account": place[0], "of_unit": place[1], "new_cents": cents, "times": times[place]}
        for place, cents in last.items()
        if place in before.balances
    ]
    _insert(connection, tables.account, new)
    if again:
        connection.execute(_CHANGE_BALANCE, again)


def _write_lots(connection: Connection, posted: Posted) -> None:
    """Write lots that were opened and what is left of all that were touched."""
    left = {lot.id: lot.left_cents for _, effect in posted for lot in effect.lots}
    opened = [(row, lot) for row, effect in posted for lot in effect.opened]
    rows = (lot_row(lot, lot_type(row.kind, row.metadata)) for row, lot in opened)
    _insert(connection, tables.lot, rows)
    balances = (
        {"lot": lot.id, "seq": row.seq, "account": lot.account, "left_cents": left[lot.id]}
        for row, lot in opened
    )
    _insert(connection, tables.lot_balance, balances)
    uses = (
        {"lot": use.lot.id, "seq": row.seq, "cents": use.cents, "covers": use.covers}
        for row, effect in posted
        for use in effect.uses
    )
    _insert(connection, tables.lot_use, uses)
    new = {lot.id for _, lot in opened}
    old = [{"of_lot": key, "new_cents": cents} for key, cents in left.items() if key not in new]
    if old:
        connection.execute(_CHANGE_LOT, old)
