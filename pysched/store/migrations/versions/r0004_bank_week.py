"""Week-ends of the bank, and the evidence that trust rests on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "bank_week",
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("monday", sa.Date, nullable=False),
        sa.Column("run", sa.String(64), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("worked", sa.Text, nullable=False),
    )
    evidence = sa.Column("evidence", sa.JSON().with_variant(JSONB(), "postgresql"))
    op.add_column("trust_relationships", evidence)


def downgrade() -> None:
    """Drop them."""
    op.drop_column("trust_relationships", "evidence")
    op.drop_table("bank_week")
