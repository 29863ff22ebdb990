"""The tables of trust, loans and fairness; those of the seed have its columns."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Index, Integer, SmallInteger, String, Table, Text

from pysched.store.tables import metadata
from pysched.store.types import Cents, Credits, Exact, Id, JsonColumn

trust = Table(
    "trust_relationships",
    metadata,
    Column("from_physician_id", String(50), primary_key=True),
    Column("to_physician_id", String(50), primary_key=True),
    Column("trust_score", Exact(3, 2), nullable=False),
    Column("last_updated", DateTime, nullable=False),
    Column("exact_score", Exact(5, 4), nullable=False),
    Column("version", Integer, nullable=False),
    Column("evidence", JsonColumn),
)
"""`trust_score` is the shown form, rounded down; `exact_score` is what is reckoned with."""

trust_history = Table(
    "trust_history",
    metadata,
    Column("from_physician_id", String(50), primary_key=True),
    Column("to_physician_id", String(50), primary_key=True),
    Column("week", String(8), primary_key=True),
    Column("exact_score", Exact(5, 4), nullable=False),
    Column("metadata", JsonColumn, nullable=False),
)

sacrifice = Table(
    "sacrifice_history",
    metadata,
    Column("id", Id, primary_key=True),
    Column("physician_id", String(50), nullable=False),
    Column("sacrifice_date", Date, nullable=False, index=True),
    Column("type", String(20), nullable=False),
    Column("value", Credits, nullable=False),
    Column("beneficiaries", JsonColumn, nullable=False),
)

peer_rating = Table(
    "peer_rating",
    metadata,
    Column("from_physician_id", String(50), primary_key=True),
    Column("to_physician_id", String(50), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("rating", SmallInteger, nullable=False),
)

loan = Table(
    "loan",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("lender", String(50), nullable=False),
    Column("borrower", String(50), nullable=False),
    Column("principal_cents", Cents, nullable=False),
    Column("outstanding_cents", Cents, nullable=False),
    Column("interest_cents", Cents, nullable=False),
    Column("made", Date, nullable=False),
    Column("due", Date),
    Column("level", String(20), nullable=False),
    Column("days", Integer),
    Column("limit_cents", Cents, nullable=False),
    Column("interest_percent", Integer, nullable=False),
    Column("metadata", JsonColumn, nullable=False),
    Index("ix_loan_borrower", "borrower"),
    Index("ix_loan_lender", "lender"),
)

equalization = Table(
    "equalization_snapshot",
    metadata,
    Column("week", String(8), primary_key=True),
    Column("physician_id", String(50), primary_key=True),
    Column("burden_cents", Cents, nullable=False),
    Column("target_cents", Cents, nullable=False),
    Column("deviation_cents", Cents, nullable=False),
    Column("metadata", JsonColumn, nullable=False),
)

bank_week = Table(
    "bank_week",
    metadata,
    Column("week", String(8), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("monday", Date, nullable=False),
    Column("run", String(64), nullable=False),
    Column("record", Text, nullable=False),
    Column("worked", Text, nullable=False),
    Column("profile", Text),
)
"""What a week-end hands on and what was worked, as JSON; a correction adds a revision.

`profile` holds the numbers of the bank that it was closed with, where they are known."""
