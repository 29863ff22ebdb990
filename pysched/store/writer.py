"""The writer of the ledger: within one database transaction, the only one at that moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from pysched.bank.book import Book, Effect, Past
from pysched.bank.chain import Anchor, PostingRow, Row, chain_hash, plain, request_hash
from pysched.bank.ledger import RefusedError, effect_of
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.shapes import claim_of
from pysched.bank.transaction import PERSON, Transaction
from pysched.store import ledger_tables as tables
from pysched.store.ledger_rows import read_book, read_posted, read_rows
from pysched.store.posted_rows import insert_posted


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
        (row,) = self.post_all([transaction])
        return row

    def post_all(self, transactions: Iterable[Transaction]) -> list[Row]:
        """Post transactions one after another; one that is refused takes all with it."""
        rows: list[Row] = []
        for is_reversal, group in groupby(transactions, lambda t: t.reverses is not None):
            together = list(group)
            # A reversal needs the lots of what it reverses from the database.
            size = 1 if is_reversal else len(together)
            for first in range(0, len(together), size):
                rows += self._post_group(together[first : first + size])
        return rows

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

    def _post_group(self, group: Sequence[Transaction]) -> list[Row]:
        """Post transactions in a few statements: what they do is followed in memory."""
        known = {t.key: t for t in group}
        rows = {row.key: row for row in read_rows(self.connection, tables.txn.c.key.in_(known))}
        book = self.book({p.account for t in group for p in t.postings})
        claims = self._claims(group)
        before, head, posted = book, self.head, []
        for transaction in group:
            asked = request_hash(transaction)
            if transaction.key in rows:
                if rows[transaction.key].request_hash != asked:
                    key = transaction.key
                    raise KeyReuseError(f"key {key} was used for another transaction")
                continue
            past = self._past(transaction, claims)
            effect = effect_of(book, transaction, self.rules.expiry(transaction.day), past)
            book = book.after(effect)
            row = self._chained(head, transaction, effect, asked)
            head, rows[row.key] = Anchor(row.seq, row.hash), row
            if claim := claim_of(transaction):
                claims[claim] = transaction.key
            posted.append((row, effect))
        insert_posted(self.connection, posted, before)
        self.head = head
        return [rows[transaction.key] for transaction in group]

    def _claims(self, group: Iterable[Transaction]) -> dict[str, str]:
        """Return what of the awards asked for is claimed by others that are not reversed."""
        column, reversal = tables.txn.c, tables.txn.alias()
        claims = {claim for t in group if (claim := claim_of(t))}
        if not claims:
            return {}
        query = (
            select(column.claim, column.key)
            .outerjoin(reversal, reversal.c.reverses == column.key)
            .where(column.claim.in_(claims), reversal.c.seq.is_(None))
        )
        return {row.claim: row.key for row in self.connection.execute(query)}

    def _past(self, transaction: Transaction, claims: Mapping[str, str]) -> Past:
        if transaction.reverses is None:
            return Past(claimed_by=claims.get(claim_of(transaction) or ""))
        column = tables.txn.c
        row = self.row_of(transaction.reverses)
        original = None if row is None else read_posted(self.connection, row)
        query = select(column.key).where(column.reverses == transaction.reverses)
        return Past(original, self.connection.execute(query).scalar())

    def _chained(self, head: Anchor, transaction: Transaction, effect: Effect, asked: str) -> Row:
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
            seq=head.seq + 1,
            key=transaction.key,
            kind=transaction.kind,
            day=transaction.day,
            recorded=self.recorded,
            expires=self.rules.expiry(transaction.day),
            postings=postings,
            metadata=plain(transaction.metadata),
            reverses=transaction.reverses,
            request_hash=asked,
            hash_before=head.hash,
        )
        return replace(row, hash=chain_hash(row))

    def _upsert(self, account: str, unit: str, values: Mapping[str, Any]) -> None:
        table = tables.account
        here = and_(table.c.account == account, table.c.unit == unit)
        change = update(table).where(here).values(version=table.c.version + 1, **values)
        if self.connection.execute(change).rowcount == 0:
            row = {"account": account, "unit": unit, "balance_cents": 0, "version": 1}
            self.connection.execute(insert(table).values(row | dict(values)))
