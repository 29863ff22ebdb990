"""The tables of what physicians do between weeks: pending transfers, and keys of requests."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Index, Integer, String, Table

from pysched.store.tables import metadata
from pysched.store.types import Cents, JsonColumn

pending_transfer = Table(
    "pending_transfer",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("payer", String(50), nullable=False),
    Column("payee", String(50), nullable=False),
    Column("asker", String(50), nullable=False),
    Column("cents", Cents, nullable=False),
    Column("opened", Date, nullable=False),
    Column("expires", Date, nullable=False),
    Column("status", String(10), nullable=False),
    Column("closed", Date),
    Index("ix_pending_transfer_status", "status"),
)

request_key = Table(
    "request_key",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("result", JsonColumn, nullable=False),
    Column("recorded", DateTime, nullable=False),
)
"""Idempotency keys of requests that are not one transaction of the ledger, with their results."""
