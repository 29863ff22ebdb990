"""The ledger in a database: posting, reading and verifying, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import select

from pysched.bank.audit import Finding, Stored, verify
from pysched.bank.book import Book
from pysched.bank.chain import Anchor, PostingRow, Row
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.lots import Lot
from pysched.bank.transaction import Transaction
from pysched.store import ledger_tables as tables
from pysched.store.database import Database
from pysched.store.ledger_rows import (
    histories,
    kept_anchors,
    read_book,
    read_rows,
    read_stored,
)
from pysched.store.writer import Writer

T = TypeVar("T")


def utc_now() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


class LedgerStore:
    """The ledger of a department.

    Args:
        database: where it is; several may share one.
        rules: of the ledger.
        clock: gives the time, with a time zone, that rows are recorded at.
    """

    def __init__(
        self, database: Database, rules: LedgerRules, clock: Callable[[], datetime] = utc_now
    ) -> None:
        """Use a database."""
        self.database = database
        self.rules = rules
        self._clock = clock

    def write(self, work: Callable[[Writer], T]) -> T:
        """Do some work with a writer in one transaction of the database.

        Args:
            work: may be called again when the transaction did not come through; all it posts has
                keys, so that this does no harm.

        Raises:
            RefusedError: a rule forbids a transaction; nothing of the work stays.
            StoreError: the database cannot be used.
        """
        now = self._clock()

        def all_of_it(connection: object) -> T:
            writer = Writer(connection, self.rules, now)  # type: ignore[arg-type]
            result = work(writer)
            writer.finish()
            return result

        return self.database.write(all_of_it)

    def post(self, transaction: Transaction) -> Row:
        """Post a transaction; the same one under its key again returns the stored row.

        Raises:
            KeyReuseError: its key was used for another transaction.
            RefusedError: a rule forbids it; the subclass says which.
            StoreError: the database cannot be used.
        """
        return self.write(lambda writer: writer.post(transaction))

    def post_all(self, transactions: Iterable[Transaction]) -> list[Row]:
        """Post transactions, all or none."""
        batch = tuple(transactions)
        return self.write(lambda writer: writer.post_all(batch))

    def close_week(self, week: str, work: Callable[[Writer], None]) -> bool:
        """Do the work of a week's end once; return whether it was done now.

        Args:
            week: such as 2023-W22.
            work: posts and saves all of the week's end.

        Raises:
            WeekClosedError: a later week is closed.
        """

        def close(writer: Writer) -> bool:
            if not writer.begin_close(week):
                return False
            work(writer)
            return True

        return self.write(close)

    def book(self) -> Book:
        """Return balances, open lots and limits of all accounts, of one moment."""
        return self.database.read(lambda connection: read_book(connection, self.rules))

    def balances(self, unit: str = "CR") -> dict[str, int]:
        """Return the balance in cents by account."""
        found = self.book().balances
        return {account: cents for (account, u), cents in sorted(found.items()) if u == unit}

    def lots(self, account: str) -> list[Lot]:
        """Return the open lots of an account, in the order they are used."""
        read = self.database.read(lambda connection: read_book(connection, self.rules, {account}))
        return read.open_lots(account)

    def history(self, account: str, unit: str = "CR") -> list[tuple[Row, PostingRow]]:
        """Return the rows that moved an account, each with its posting, the oldest first."""
        moved = tables.txn.c.seq.in_(
            select(tables.posting.c.seq).where(
                tables.posting.c.account == account, tables.posting.c.unit == unit
            )
        )
        rows = self.database.read(lambda connection: read_rows(connection, moved))
        return list(histories(rows, account, unit))

    def row(self, key: str) -> Row | None:
        """Return the row of a key, None if there is none."""
        found = self.database.read(lambda c: read_rows(c, tables.txn.c.key == key))
        return found[0] if found else None

    def head(self) -> Anchor:
        """Return number and hash of the last row: what is published as an anchor."""
        row = self.database.read(lambda connection: connection.execute(select(tables.head)).one())
        return Anchor(row.seq, row.hash)

    def closed_week(self) -> str | None:
        """Return the last week closed, None before the first."""
        query = select(tables.head.c.closed_week)
        return self.database.read(lambda connection: connection.execute(query).scalar())

    def anchors(self) -> list[Anchor]:
        """Return the anchors kept beside the ledger; those published elsewhere prove more."""
        return self.database.read(kept_anchors)

    def add_anchor(self, note: str = "") -> Anchor:
        """Keep the head as an anchor and return it."""
        return self.write(lambda writer: writer.anchor(note))

    def set_limits(self, limits_cents: Mapping[str, int]) -> None:
        """Set how far below 0 the accounts of physicians may fall."""
        self.write(lambda writer: writer.set_limits(limits_cents))

    def stored(self) -> Stored:
        """Return the whole ledger of one moment."""
        return self.database.read(read_stored)

    def verify(
        self, anchors: Sequence[Anchor] = (), open_escrows: Collection[str] | None = None
    ) -> Finding | None:
        """Return the first thing that is wrong with the ledger, None if nothing is.

        Args:
            anchors: published; those kept beside the ledger are looked at as well.
            open_escrows: accounts of conflicts that are not decided, None if not known.
        """
        return verify(self.stored(), [*anchors, *self.anchors()], open_escrows)
