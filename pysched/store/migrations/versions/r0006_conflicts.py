"""Conflicts: claims, sealed bids, decisions, wheels and the chain of seeds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
APPEND_ONLY = ("decision", "wheel_event")


def upgrade() -> None:
    """Make the tables; decisions and what moved a wheel neither change nor go."""
    _make_conflicts()
    _make_decisions()
    _make_wheels()
    for table in APPEND_ONLY:
        _guard(table)


def downgrade() -> None:
    """Drop them."""
    for table in APPEND_ONLY:
        _unguard(table)
    for table in (
        "seed_chain",
        "wheel_event",
        "wheel",
        "decision",
        "bid",
        "conflict_request",
        "conflict",
    ):
        op.drop_table(table)


def _conflict() -> sa.Column[str]:
    return sa.Column("conflict", sa.String(50), sa.ForeignKey("conflict.id"), primary_key=True)


def _make_conflicts() -> None:
    op.create_table(
        "conflict",
        sa.Column("id", sa.String(50), primary_key=True),
        sa.Column("monday", sa.Date, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("opened", sa.DateTime, nullable=False),
        sa.Column("bids_close", sa.DateTime, nullable=False),
        sa.Column("reveals_close", sa.DateTime, nullable=False),
        sa.Column("proposal", JSON),
    )
    op.create_index("ix_conflict_monday", "conflict", ["monday"])
    op.create_index("ix_conflict_day", "conflict", ["day"])
    op.create_table(
        "conflict_request",
        _conflict(),
        sa.Column("physician", sa.String(50), primary_key=True),
        sa.Column("days", JSON, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("urgency", sa.String(10), nullable=False),
        sa.Column("quarter", sa.String(7), nullable=False),
        sa.Column("agreed_to", sa.String(64)),
    )
    columns = ["physician", "quarter", "urgency"]
    op.create_index("ix_conflict_request_token", "conflict_request", columns)


def _make_decisions() -> None:
    op.create_table(
        "bid",
        _conflict(),
        sa.Column("physician", sa.String(50), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("commitment", sa.String(64), nullable=False),
        sa.Column("held_cents", sa.BigInteger, nullable=False),
        sa.Column("committed", sa.DateTime, nullable=False),
        sa.Column("cents", sa.BigInteger),
        sa.Column("nonce", sa.String(64)),
        sa.Column("revealed", sa.DateTime),
    )
    op.create_table(
        "decision",
        _conflict(),
        sa.Column("mechanism", sa.String(20), nullable=False),
        sa.Column("decided", sa.DateTime, nullable=False),
        sa.Column("chain", sa.Integer),
        sa.Column("number", sa.Integer),
        sa.Column("inputs", sa.Text, nullable=False),
        sa.Column("inputs_digest", sa.String(64), nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.UniqueConstraint("chain", "number", name="uq_decision_seed"),
    )


def _make_wheels() -> None:
    op.create_table(
        "wheel",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("created", sa.DateTime, nullable=False),
    )
    op.create_table(
        "wheel_event",
        sa.Column("wheel", sa.String(20), sa.ForeignKey("wheel.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("physicians", JSON, nullable=False),
        sa.Column("conflict", sa.String(50), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_table(
        "seed_chain",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("last", sa.String(64), nullable=False),
        sa.Column("published", sa.String(64), nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
    )


def _guard(table: str) -> None:
    """Let the database refuse every change of a row of a table, as it does for the ledger."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION pysched_append_only()"
    )
    op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC")


def _unguard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
    else:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
