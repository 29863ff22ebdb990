"""Pending transfers, keys of requests, and the numbers that each week was closed with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from pysched.store.engine import StoreError

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the column."""
    op.create_table(
        "pending_transfer",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("payer", sa.String(50), nullable=False),
        sa.Column("payee", sa.String(50), nullable=False),
        sa.Column("asker", sa.String(50), nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("opened", sa.Date, nullable=False),
        sa.Column("expires", sa.Date, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("closed", sa.Date),
    )
    op.create_index("ix_pending_transfer_status", "pending_transfer", ["status"])
    op.create_table(
        "request_key",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("result", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
    )
    op.add_column("bank_week", sa.Column("profile", sa.Text))


def downgrade() -> None:
    """Drop them.

    Raises:
        StoreError: a proposal is open; what it holds would stay in escrow for ever.
    """
    query = "SELECT count(*) FROM pending_transfer WHERE status = 'open'"
    count = op.get_bind().execute(sa.text(query)).scalar()
    if count:
        raise StoreError(f"{count} pending transfers are open; they have to be answered before")
    op.drop_column("bank_week", "profile")
    op.drop_table("request_key")
    op.drop_table("pending_transfer")
