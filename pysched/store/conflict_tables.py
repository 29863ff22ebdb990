"""The tables of conflicts: claims, sealed bids, decisions, wheels and the chain of seeds."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from pysched.store.tables import metadata
from pysched.store.types import Cents, JsonColumn

conflict = Table(
    "conflict",
    metadata,
    Column("id", String(50), primary_key=True),
    Column("monday", Date, nullable=False, index=True),
    Column("day", Date, nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("status", String(10), nullable=False),
    Column("opened", DateTime, nullable=False),
    Column("bids_close", DateTime, nullable=False),
    Column("reveals_close", DateTime, nullable=False),
    Column("proposal", JsonColumn),
)
"""`status` is open, decided, overruled or settled; `proposal` what one party offers the others."""

request = Table(
    "conflict_request",
    metadata,
    Column("conflict", String(50), ForeignKey("conflict.id"), primary_key=True),
    Column("physician", String(50), primary_key=True),
    Column("days", JsonColumn, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("urgency", String(10), nullable=False),
    Column("quarter", String(7), nullable=False),
    Column("agreed_to", String(64)),
    Index("ix_conflict_request_token", "physician", "quarter", "urgency"),
)
"""A claim: its days, its stated need, and the digest of the proposal that its owner accepts."""

bid = Table(
    "bid",
    metadata,
    Column("conflict", String(50), ForeignKey("conflict.id"), primary_key=True),
    Column("physician", String(50), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("held_cents", Cents, nullable=False),
    Column("committed", DateTime, nullable=False),
    Column("cents", Cents),
    Column("nonce", String(64)),
    Column("revealed", DateTime),
)
"""A sealed bid; `cents` and `nonce` are known once it is revealed."""

decision = Table(
    "decision",
    metadata,
    Column("conflict", String(50), ForeignKey("conflict.id"), primary_key=True),
    Column("mechanism", String(20), nullable=False),
    Column("decided", DateTime, nullable=False),
    Column("chain", Integer),
    Column("number", Integer),
    Column("inputs", Text, nullable=False),
    Column("inputs_digest", String(64), nullable=False),
    Column("result", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("chain", "number", name="uq_decision_seed"),
)
"""What was decided from what, as canonical JSON; `digest` covers both and the mechanism."""

objection = Table(
    "objection",
    metadata,
    Column("conflict", String(50), ForeignKey("conflict.id"), primary_key=True),
    Column("physician", String(50), primary_key=True),
    Column("made", DateTime, nullable=False),
)
"""A loser who asks for a bargain over all days in the place of what was decided."""

wheel = Table(
    "wheel",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("created", DateTime, nullable=False),
)

wheel_event = Table(
    "wheel_event",
    metadata,
    Column("wheel", String(20), ForeignKey("wheel.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("physicians", JsonColumn, nullable=False),
    Column("conflict", String(50), nullable=False),
    Column("day", Date, nullable=False),
)
"""What turned a wheel; its order follows from its events alone."""

seed_chain = Table(
    "seed_chain",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("length", Integer, nullable=False),
    Column("last", String(64), nullable=False),
    Column("published", String(64), nullable=False),
    Column("used", Integer, nullable=False),
    Column("created", DateTime, nullable=False),
)
"""Seeds that hash to one another; `published` is the hash of them all, `used` how many are gone."""

APPEND_ONLY = ("decision", "objection", "wheel_event")
"""Tables whose rows neither change nor go."""
