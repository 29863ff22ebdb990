"""A database of the department: opened, brought up to date, written one transaction at a time."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError

from pysched.store.engine import (
    LOCK_SECONDS,
    READ,
    StoreError,
    may_pass,
    open_engine,
    shown,
    use_write_ahead_log,
)
from pysched.store.migrate import prepare, revision_of
from pysched.store.queue import lock_of

T = TypeVar("T")

ATTEMPTS = 12
"""How often a transaction is tried that failed for want of a turn or of a connection."""
_FIRST_PAUSE_SECONDS = 0.02
_LONGEST_PAUSE_SECONDS = 1.0


class Database:
    """A database at the migration of this program.

    Args:
        url: `sqlite:///FILE` or `postgresql://...`.
        upgrade: whether an empty or older one is brought up to date; otherwise it is refused.

    Raises:
        StoreError: the database cannot be opened, belongs to another program, is newer, or older
            and not to be upgraded.
    """

    def __init__(self, url: str, upgrade: bool = True) -> None:
        """Open the database."""
        self.engine = open_engine(url)
        self.url = shown(self.engine.url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._queue = lock_of(self.url) if self.is_sqlite else None
        if upgrade:
            with self.transaction() as connection:
                self.upgraded_from = prepare(connection)
        else:
            self.upgraded_from = self.read(revision_of)
        # Only now is it known that the database is ours to change.
        if self.is_sqlite and upgrade:
            with self._said():
                use_write_ahead_log(self.engine)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do some work in one transaction, again if it failed for want of a turn or connection.

        Args:
            work: must come to the same when done twice, as after a commit whose answer was lost.

        Raises:
            StoreError: the database cannot be used.
        """
        for attempt in range(ATTEMPTS):
            try:
                with self._turn(), self.engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if attempt == ATTEMPTS - 1 or not may_pass(error):
                    with self._said():
                        raise
            pause = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2**attempt)
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 (spreads those who wait)
        raise AssertionError

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do some reading, all of it of the same moment.

        Raises:
            StoreError: the database cannot be used.
        """
        with self._said(), self.engine.connect() as connection:
            connection = connection.execution_options(**{READ: True})
            with connection.begin():
                if not self.is_sqlite:
                    mode = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
                    connection.execute(text(mode))
                return work(connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Write one transaction, without another attempt."""
        with self._said(), self._turn(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for one's turn among the threads of this process."""
        try:
            with self._queue.held(LOCK_SECONDS) if self._queue else nullcontext():
                yield
        except TimeoutError as error:
            raise StoreError(f"database {self.url}: {error}") from error

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say errors of the database in the words of the house."""
        try:
            yield
        except IntegrityError as error:
            raise StoreError(f"database {self.url}: {error.orig}") from error
        except DatabaseError as error:
            raise StoreError(f"database {self.url} cannot be used: {error.orig}") from error
        except sqlite3.Error as error:
            raise StoreError(f"database {self.url} cannot be used: {error}") from error
