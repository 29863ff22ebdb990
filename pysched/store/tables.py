"""The tables of runs and their settled weeks."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, MetaData, String, Table, Text

FORMAT = 2
"""Version of the tables as a whole; 1 had no ledger and no migrations."""

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
