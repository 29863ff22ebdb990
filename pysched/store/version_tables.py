"""The tables of the versions of a week's schedule, and of who locked it; rows are only added."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, String, Table, Text

from pysched.store.tables import metadata

version = Table(
    "schedule_version",
    metadata,
    Column("scenario", String(200), primary_key=True),
    Column("monday", Date, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("author", Text, nullable=False),
    Column("made", DateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("schedule", Text, nullable=False),
    Column("context", Text, nullable=False),
)
"""`made` is in UTC; `schedule` and `context` (what it is judged by) are JSON."""

lock = Table(
    "week_lock",
    metadata,
    Column("scenario", String(200), primary_key=True),
    Column("monday", Date, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("locked", Boolean, nullable=False),
    Column("author", Text, nullable=False),
    Column("made", DateTime, nullable=False),
    Column("note", Text, nullable=False),
)
"""The last row of a week says whether it is locked."""
