"""Runs and their settled weeks: the tables of format 1."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of format 1."""
    store = op.create_table("pysched_store", sa.Column("format", sa.Integer, primary_key=True))
    op.bulk_insert(store, [{"format": 1}])
    op.create_table(
        "run",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
    )
    op.create_table(
        "week",
        sa.Column("run", sa.String(64), sa.ForeignKey("run.key"), primary_key=True),
        sa.Column("monday", sa.Date, primary_key=True),
        sa.Column("state_before", sa.Text, nullable=False),
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("state_after", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Leave an empty database."""
    for table in ("week", "run", "pysched_store"):
        op.drop_table(table)
