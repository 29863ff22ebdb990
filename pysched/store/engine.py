"""Connections: each transaction is written wholly or not at all, one writer at a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

LOCK_SECONDS = 30
READ = "pysched_read"
"""Execution option of connections that only read."""

_SQL_STATES = ("40001", "40P01", "55P03")
"""Serialization failure, deadlock, lock not available: PostgreSQL asks to try again."""


class StoreError(RuntimeError):
    """The database cannot be used; the message says which and why."""


def open_engine(url: str) -> Engine:
    """Return an engine for SQLite or PostgreSQL.

    Args:
        url: as SQLAlchemy has it, `sqlite:///FILE` or `postgresql://USER@HOST/DATABASE`.

    Raises:
        StoreError: it is another kind of database, no URL, or its driver is not installed.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"database {url}: {error}") from error
    if url.startswith("sqlite:///"):
        return _sqlite(parsed)
    if parsed.drivername in ("postgresql", "postgresql+psycopg"):
        return _postgresql(parsed)
    raise StoreError(
        f"database {shown(parsed)}: only sqlite:///FILE is supported, and postgresql://..."
    )


def shown(url: URL | str) -> str:
    """Return a URL without its password."""
    return make_url(url).render_as_string(hide_password=True)


def may_pass(error: DBAPIError) -> bool:
    """Return whether the same transaction may succeed when tried again."""
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in _SQL_STATES or state.startswith(("08", "57P0"))
    return isinstance(error, OperationalError) and "locked" in str(error.orig)


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers go on while SQLite is written; the database file remembers it."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": LOCK_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # The driver would begin by itself, and too late: see `begin`.
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reads = connection.get_execution_options().get(READ, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ImportError as error:
        raise StoreError(
            f"database {shown(url)}: its driver is missing; pip install pysched[postgresql]"
        ) from error
