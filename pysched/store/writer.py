"""The writer of the ledger: within one database transaction, the only one at that moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from pysched.bank.book import Book, Effect, Past
from pysched.bank.chain import Anchor, PostingRow, Row, chain_hash, plain, request_hash
from pysched.bank.ledger import RefusedError, effect_of
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.shapes import claim_of
from pysched.bank.transaction import PERSON, Transaction
from pysched.store import ledger_tables as tables
from pysched.store.ledger_rows import lot_row, lot_type, read_book, read_posted, read_rows


class KeyReuseError(RefusedError):
    """A key comes again with another transaction."""


class WeekClosedError(RefusedError):
    """A week is closed that is before the last one closed."""


class Writer:
    """Posts within a transaction of the database; `LedgerStore.write` makes and finishes it.

    Args:
        connection: in a transaction.
        rules: of the ledger.
        now: time of all that is recorded, with a time zone.
    """

    def __init__(self, connection: Connection, rules: LedgerRules, now: datetime) -> None:
        """Lock the head: whoever else wants to write waits from here on."""
        self.connection = connection
        self.rules = rules
        head = connection.execute(select(tables.head).with_for_update()).one()
        self.head = Anchor(head.seq, head.hash)
        self.closed_week: str | None = head.closed_week
        now = now.astimezone(UTC).replace(tzinfo=None)
        # A clock that was set back does not take the order of the rows with it.
        self.recorded = now if head.recorded is None else max(now, head.recorded)
        self._found = head

    def post(self, transaction: Transaction) -> Row:
        """Post a transaction; one that was posted before under its key is returned as it is.

        Raises:
            KeyReuseError: the key was used for another transaction.
            RefusedError: a rule forbids it; the subclass says which.
            ValueError: its accounts do not fit its kind.
        """
        asked = request_hash(transaction)
        before = self.row_of(transaction.key)
        if before is not None:
            if before.request_hash != asked:
                raise KeyReuseError(f"key {transaction.key} was used for another transaction")
            return before
        accounts = {p.account for p in transaction.postings}
        book = read_book(self.connection, self.rules, accounts)
        expires = self.rules.expiry(transaction.day)
        effect = effect_of(book, transaction, expires, self._past(transaction))
        row = self._chained(transaction, effect, asked)
        self._insert_row(row, transaction)
        for (account, unit), cents in effect.balances.items():
            self._upsert(account, unit, {"balance_cents": cents})
        self._insert_lots(row, effect)
        self.head = Anchor(row.seq, row.hash)
        return row

    def post_all(self, transactions: Iterable[Transaction]) -> list[Row]:
        """Post transactions one after another; one that is refused takes all with it."""
        return [self.post(transaction) for transaction in transactions]

    def book(self, accounts: Collection[str] | None = None) -> Book:
        """Return the book of some accounts or of all, what was posted just now included."""
        return read_book(self.connection, self.rules, accounts)

    def set_limits(self, limits_cents: Mapping[str, int]) -> None:
        """Set how far below 0 balances may fall.

        Args:
            limits_cents: account of a physician -> cents, from 0 on.

        Raises:
            ValueError: an account is no physician's, or a limit is below 0 or no int.
        """
        for account, cents in limits_cents.items():
            if not account.startswith(PERSON) or type(cents) is not int or cents < 0:
                raise ValueError(f"limit {cents!r} of account {account!r}")
            self._upsert(account, "CR", {"limit_cents": cents})

    def begin_close(self, week: str) -> bool:
        """Mark a week as closed; return False if it is the last one closed already.

        Args:
            week: such as 2023-W22.

        Raises:
            WeekClosedError: a later one is closed.
        """
        if self.closed_week is not None and week < self.closed_week:
            raise WeekClosedError(f"week {week} is before {self.closed_week}, the last one closed")
        is_new = week != self.closed_week
        self.closed_week = week
        return is_new

    def anchor(self, note: str) -> Anchor:
        """Keep the head as an anchor, to be published; an empty ledger has nothing to keep."""
        known = select(tables.anchor.c.seq).where(tables.anchor.c.seq == self.head.seq)
        if self.head.seq and self.connection.execute(known).first() is None:
            row = {
                "seq": self.head.seq,
                "hash": self.head.hash,
                "recorded": self.recorded,
                "note": note,
            }
            self.connection.execute(insert(tables.anchor).values(row))
        return self.head

    def finish(self) -> None:
        """Write the head."""
        values: dict[str, Any] = {"closed_week": self.closed_week}
        if self.head.seq != self._found.seq:
            values |= {"seq": self.head.seq, "hash": self.head.hash, "recorded": self.recorded}
        elif self.closed_week == self._found.closed_week:
            return
        self.connection.execute(update(tables.head).values(values))

    def row_of(self, key: str) -> Row | None:
        """Return the row of a key, None if there is none."""
        rows = read_rows(self.connection, tables.txn.c.key == key)
        return rows[0] if rows else None

    def _past(self, transaction: Transaction) -> Past:
        column = tables.txn.c
        if transaction.reverses is not None:
            row = self.row_of(transaction.reverses)
            original = None if row is None else read_posted(self.connection, row)
            query = select(column.key).where(column.reverses == transaction.reverses)
            return Past(original, self.connection.execute(query).scalar())
        claim = claim_of(transaction)
        if claim is None:
            return Past()
        reversal = tables.txn.alias()
        query = (
            select(column.key)
            .outerjoin(reversal, reversal.c.reverses == column.key)
            .where(column.claim == claim, reversal.c.seq.is_(None))
        )
        return Past(claimed_by=self.connection.execute(query).scalar())

    def _chained(self, transaction: Transaction, effect: Effect, asked: str) -> Row:
        postings = tuple(
            PostingRow(
                account=p.account,
                unit=p.unit,
                cents=p.cents,
                balance_cents=effect.balances[p.account, p.unit],
                floor_cents=effect.floors.get(p.account) if p.unit == "CR" else None,
            )
            for p in transaction.postings
        )
        row = Row(
            seq=self.head.seq + 1,
            key=transaction.key,
            kind=transaction.kind,
            day=transaction.day,
            recorded=self.recorded,
            expires=self.rules.expiry(transaction.day),
            postings=postings,
            metadata=plain(transaction.metadata),
            reverses=transaction.reverses,
            request_hash=asked,
            hash_before=self.head.hash,
        )
        return replace(row, hash=chain_hash(row))

    def _insert_row(self, row: Row, transaction: Transaction) -> None:
        values = {name: getattr(row, name) for name in Row.__dataclass_fields__}
        postings = values.pop("postings")
        values["claim"] = claim_of(transaction)
        self.connection.execute(insert(tables.txn).values(values))
        rows = [
            {"seq": row.seq, "number": number}
            | {name: getattr(posting, name) for name in PostingRow.__dataclass_fields__}
            for number, posting in enumerate(postings)
        ]
        self.connection.execute(insert(tables.posting), rows)

    def _upsert(self, account: str, unit: str, values: Mapping[str, Any]) -> None:
        table = tables.account
        here = and_(table.c.account == account, table.c.unit == unit)
        change = update(table).where(here).values(version=table.c.version + 1, **values)
        if self.connection.execute(change).rowcount == 0:
            row = {"account": account, "unit": unit, "balance_cents": 0, "version": 1}
            self.connection.execute(insert(table).values(row | dict(values)))

    def _insert_lots(self, row: Row, effect: Effect) -> None:
        left = {lot.id: lot.left_cents for lot in effect.lots}
        new = {lot.id for lot in effect.opened}
        if effect.opened:
            type_ = lot_type(row.kind, row.metadata)
            self.connection.execute(
                insert(tables.lot), [lot_row(lot, type_) for lot in effect.opened]
            )
            rows = [
                {"lot": lot.id, "seq": row.seq, "account": lot.account, "left_cents": left[lot.id]}
                for lot in effect.opened
            ]
            self.connection.execute(insert(tables.lot_balance), rows)
        if effect.uses:
            uses = [
                {"lot": use.lot.id, "seq": row.seq, "cents": use.cents, "covers": use.covers}
                for use in effect.uses
            ]
            self.connection.execute(insert(tables.lot_use), uses)
        for key in left.keys() - new:
            change = update(tables.lot_balance).where(tables.lot_balance.c.lot == key)
            self.connection.execute(change.values(left_cents=left[key]))
