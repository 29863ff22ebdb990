"""The tables of the ledger, the seed's `preference_credits` among them as its lots."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from pysched.store.tables import metadata
from pysched.store.types import Cents, Credits, Id, JsonColumn

_SEQ = BigInteger().with_variant(Integer(), "sqlite")

txn = Table(
    "ledger_txn",
    metadata,
    Column("seq", _SEQ, primary_key=True, autoincrement=False),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("recorded", DateTime, nullable=False),
    Column("expires", Date),
    Column("metadata", JsonColumn, nullable=False),
    Column("reverses", String(200), unique=True),
    Column("claim", String(200), index=True),
    Column("request_hash", String(64), nullable=False),
    Column("hash_before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

posting = Table(
    "ledger_posting",
    metadata,
    Column("seq", _SEQ, ForeignKey("ledger_txn.seq"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("account", String(60), nullable=False),
    Column("unit", String(3), nullable=False),
    Column("cents", Cents, nullable=False),
    Column("balance_cents", Cents, nullable=False),
    Column("floor_cents", Cents),
    Index("ix_ledger_posting_account", "account", "seq"),
)

account = Table(
    "ledger_account",
    metadata,
    Column("account", String(60), primary_key=True),
    Column("unit", String(3), primary_key=True),
    Column("balance_cents", Cents, nullable=False),
    Column("limit_cents", Cents),
    Column("version", BigInteger, nullable=False),
)

head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("recorded", DateTime),
    Column("closed_week", String(8)),
)

anchor = Table(
    "ledger_anchor",
    metadata,
    Column("seq", _SEQ, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
    Column("recorded", DateTime, nullable=False),
    Column("note", String(200), nullable=False),
)

lot = Table(
    "preference_credits",
    metadata,
    Column("id", Id, primary_key=True),
    Column("creditor_id", String(50), nullable=False),
    Column("debtor_id", String(50), nullable=False),
    Column("amount", Credits, nullable=False),
    Column("type", String(20), nullable=False),
    Column("earned_date", Date, nullable=False),
    Column("expiry_date", Date),
    Column("metadata", JsonColumn, nullable=False),
)

lot_balance = Table(
    "lot_balance",
    metadata,
    Column("lot", Id, ForeignKey("preference_credits.id"), primary_key=True),
    Column("seq", _SEQ, ForeignKey("ledger_txn.seq"), nullable=False, index=True),
    Column("account", String(60), nullable=False),
    Column("left_cents", Cents, nullable=False),
    Index(
        "ix_lot_balance_open",
        "account",
        sqlite_where=text("left_cents > 0"),
        postgresql_where=text("left_cents > 0"),
    ),
)
"""What is left of a lot, whose account it is and which row opened it."""

lot_use = Table(
    "lot_use",
    metadata,
    Column("lot", Id, ForeignKey("preference_credits.id"), primary_key=True),
    Column("seq", _SEQ, ForeignKey("ledger_txn.seq"), primary_key=True, index=True),
    Column("cents", Cents, nullable=False),
    Column("covers", Boolean, nullable=False),
)

APPEND_ONLY = ("ledger_txn", "ledger_posting", "ledger_anchor", "preference_credits", "lot_use")
"""Tables whose rows neither change nor go."""
