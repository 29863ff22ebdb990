"""The tables, and connections that write each transaction wholly or not at all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)

FORMAT = 1
"""Version of the tables."""
LOCK_SECONDS = 30

metadata = MetaData()

store_format = Table("pysched_store", metadata, Column("format", Integer, primary_key=True))

run = Table(
    "run",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("scenario", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("created", DateTime, nullable=False),
)

week = Table(
    "week",
    metadata,
    Column("run", String(64), ForeignKey("run.key"), primary_key=True),
    Column("monday", Date, primary_key=True),
    Column("state_before", Text, nullable=False),
    Column("schedule", Text, nullable=False),
    Column("state_after", Text, nullable=False),
)


def open_engine(url: str) -> Engine:
    """Return an engine whose transactions take the write lock at once and survive a crash."""
    engine = create_engine(url, connect_args={"timeout": LOCK_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # The driver would begin by itself, and too late: see `begin`.
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers go on while a week is written; the database file remembers it."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
