"""Rows of the ledger as read: books, rows of the chain, lots and their uses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, select

from pysched.bank.audit import Stored, StoredUse
from pysched.bank.book import Book, Posted
from pysched.bank.chain import Anchor, PostingRow, Row
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.lots import Lot, Use
from pysched.bank.transaction import PERSON, POOL, Posting, Transaction, name_of
from pysched.store import ledger_tables as tables

_LOTS = select(tables.lot, tables.lot_balance.c.account, tables.lot_balance.c.left_cents).join(
    tables.lot_balance, tables.lot_balance.c.lot == tables.lot.c.id
)


def shown_account(account: str) -> str:
    """Return an account as the seed's columns have it: the physician, or "pool"."""
    if account.startswith(PERSON):
        return name_of(account)
    return "pool" if account.startswith(POOL) else account


def read_book(
    connection: Connection, rules: LedgerRules, accounts: Collection[str] | None = None
) -> Book:
    """Return the book of some accounts, or of all."""
    query = select(tables.account)
    lots = _LOTS.where(tables.lot_balance.c.left_cents > 0)
    if accounts is not None:
        query = query.where(tables.account.c.account.in_(accounts))
        lots = lots.where(tables.lot_balance.c.account.in_(accounts))
    balances, limits = {}, {}
    for row in connection.execute(query):
        balances[row.account, row.unit] = row.balance_cents
        if row.unit == "CR" and row.account.startswith(PERSON):
            limits[row.account] = rules.limit_cents if row.limit_cents is None else row.limit_cents
    for account in accounts or ():
        if account.startswith(PERSON):
            limits.setdefault(account, rules.limit_cents)
    held: dict[str, dict[str, Lot]] = {}
    for row in connection.execute(lots):
        held.setdefault(row.account, {})[row.id] = lot_of(row)
    return Book(balances, held, limits)


def read_rows(connection: Connection, where: Any = None) -> list[Row]:
    """Return rows of the chain in order; all, or those that a condition on them selects."""
    query: Select[Any] = select(tables.txn).order_by(tables.txn.c.seq)
    postings: Select[Any] = select(tables.posting).order_by(
        tables.posting.c.seq, tables.posting.c.number
    )
    if where is not None:
        query = query.where(where)
        postings = postings.join(tables.txn, tables.txn.c.seq == tables.posting.c.seq).where(where)
    by_seq = {
        seq: tuple(
            PostingRow(row.account, row.unit, row.cents, row.balance_cents, row.floor_cents)
            for row in group
        )
        for seq, group in groupby(connection.execute(postings), lambda row: row.seq)
    }
    return [_row(row, by_seq.get(row.seq, ())) for row in connection.execute(query)]


def read_posted(connection: Connection, row: Row) -> Posted:
    """Return a transaction of the past with its lots."""
    opened = connection.execute(_LOTS.where(tables.lot_balance.c.seq == row.seq))
    lots = tuple(lot_of(lot) for lot in opened)
    query = _LOTS.add_columns(tables.lot_use.c.cents, tables.lot_use.c.covers).join(
        tables.lot_use, tables.lot_use.c.lot == tables.lot.c.id
    )
    used = connection.execute(query.where(tables.lot_use.c.seq == row.seq))
    uses = sorted((Use(lot_of(use), use.cents, use.covers) for use in used), key=_use_order)
    return Posted(transaction_of(row), lots, tuple(uses))


def transaction_of(row: Row) -> Transaction:
    """Return the transaction of a row.

    Raises:
        ValueError: the row was changed, and is none any more.
    """
    postings = tuple(Posting(p.account, p.unit, p.cents) for p in row.postings)  # type: ignore[arg-type]
    return Transaction(row.kind, row.key, row.day, postings, row.metadata, row.reverses)  # type: ignore[arg-type]


def read_stored(connection: Connection) -> Stored:
    """Return the whole ledger for an audit."""
    rows = read_rows(connection)
    kinds = {row.key: lot_type(row.kind, row.metadata) for row in rows}
    uses = connection.execute(select(tables.lot_use))
    accounts = connection.execute(select(tables.account))
    head = connection.execute(select(tables.head)).one()
    return Stored(
        rows=rows,
        lots=[_checked(row, kinds) for row in connection.execute(_LOTS)],
        uses=[StoredUse(row.seq, row.lot, row.cents, row.covers) for row in uses],
        balances={(row.account, row.unit): row.balance_cents for row in accounts},
        head=Anchor(head.seq, head.hash),
    )


def kept_anchors(connection: Connection) -> list[Anchor]:
    """Return the anchors kept beside the ledger."""
    query = select(tables.anchor.c.seq, tables.anchor.c.hash).order_by(tables.anchor.c.seq)
    return [Anchor(*row) for row in connection.execute(query)]


def lot_type(kind: str, metadata: Any) -> str:
    """Return what the seed's column `type` has for a lot of a transaction."""
    return str(metadata.get("type", kind))[:20]


def lot_of(row: Any) -> Lot:
    """Return the lot of a row of both its tables."""
    return Lot(
        id=row.id,
        account=row.account,
        debtor=row.metadata["debtor"],
        opened_by=row.metadata["key"],
        cents=row.amount,
        left_cents=row.left_cents,
        earned=row.earned_date,
        expires=row.expiry_date,
    )


def lot_row(lot: Lot, type_: str) -> dict[str, Any]:
    """Return the row of a lot in the seed's table."""
    return {
        "id": lot.id,
        "creditor_id": shown_account(lot.account),
        "debtor_id": shown_account(lot.debtor),
        "amount": lot.cents,
        "type": type_,
        "earned_date": lot.earned,
        "expiry_date": lot.expires,
        "metadata": {"key": lot.opened_by, "debtor": lot.debtor},
    }


def histories(rows: Iterable[Row], account: str, unit: str) -> Iterator[tuple[Row, PostingRow]]:
    """Yield the rows that move an account, each with its posting."""
    for row in rows:
        for posting in row.postings:
            if (posting.account, posting.unit) == (account, unit):
                yield row, posting


def _checked(row: Any, kinds: dict[str, str]) -> Lot:
    """Return the lot of a row; one whose columns disagree is as if opened with nothing."""
    metadata = row.metadata if isinstance(row.metadata, dict) else {}
    lot = Lot(
        id=row.id,
        account=row.account,
        debtor=str(metadata.get("debtor")),
        opened_by=str(metadata.get("key")),
        cents=row.amount,
        left_cents=row.left_cents,
        earned=row.earned_date,
        expires=row.expiry_date,
    )
    expected = lot_row(lot, kinds.get(lot.opened_by, ""))
    same = all(getattr(row, name) == value for name, value in expected.items() if name != "id")
    return lot if same else replace(lot, cents=0)


def _use_order(use: Use) -> tuple[bool, object]:
    return (use.covers, use.lot.order)


def _row(row: Any, postings: tuple[PostingRow, ...]) -> Row:
    return Row(
        seq=row.seq,
        key=row.key,
        kind=row.kind,
        day=row.day,
        recorded=row.recorded,
        expires=row.expires,
        postings=postings,
        metadata=row.metadata,
        reverses=row.reverses,
        request_hash=row.request_hash,
        hash_before=row.hash_before,
        hash=row.hash,
    )
