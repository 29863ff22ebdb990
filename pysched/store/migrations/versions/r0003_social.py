"""Trust, loans, sacrifices and equalization."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    _make_trust()
    _make_loans()
    _make_fairness()


def downgrade() -> None:
    """Drop them."""
    for table in (
        "equalization_snapshot",
        "sacrifice_history",
        "loan",
        "peer_rating",
        "trust_history",
        "trust_relationships",
    ):
        op.drop_table(table)


def _edge() -> list[sa.Column[str]]:
    return [
        sa.Column("from_physician_id", sa.String(50), primary_key=True),
        sa.Column("to_physician_id", sa.String(50), primary_key=True),
    ]


def _make_trust() -> None:
    op.create_table(
        "trust_relationships",
        *_edge(),
        sa.Column("trust_score", sa.DECIMAL(3, 2), nullable=False),
        sa.Column("last_updated", sa.DateTime, nullable=False),
        sa.Column("exact_score", sa.DECIMAL(5, 4), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "trust_history",
        *_edge(),
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("exact_score", sa.DECIMAL(5, 4), nullable=False),
        sa.Column("metadata", JSON, nullable=False),
    )
    op.create_table(
        "peer_rating",
        *_edge(),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("rating", sa.SmallInteger, nullable=False),
    )


def _make_loans() -> None:
    op.create_table(
        "loan",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("lender", sa.String(50), nullable=False),
        sa.Column("borrower", sa.String(50), nullable=False),
        sa.Column("principal_cents", sa.BigInteger, nullable=False),
        sa.Column("outstanding_cents", sa.BigInteger, nullable=False),
        sa.Column("interest_cents", sa.BigInteger, nullable=False),
        sa.Column("made", sa.Date, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("days", sa.Integer),
        sa.Column("limit_cents", sa.BigInteger, nullable=False),
        sa.Column("interest_percent", sa.Integer, nullable=False),
        sa.Column("metadata", JSON, nullable=False),
    )
    op.create_index("ix_loan_borrower", "loan", ["borrower"])
    op.create_index("ix_loan_lender", "loan", ["lender"])


def _make_fairness() -> None:
    op.create_table(
        "sacrifice_history",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("physician_id", sa.String(50), nullable=False),
        sa.Column("sacrifice_date", sa.Date, nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("value", sa.DECIMAL(10, 2), nullable=False),
        sa.Column("beneficiaries", JSON, nullable=False),
    )
    op.create_index("ix_sacrifice_history_sacrifice_date", "sacrifice_history", ["sacrifice_date"])
    op.create_table(
        "equalization_snapshot",
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("physician_id", sa.String(50), primary_key=True),
        sa.Column("burden_cents", sa.BigInteger, nullable=False),
        sa.Column("target_cents", sa.BigInteger, nullable=False),
        sa.Column("deviation_cents", sa.BigInteger, nullable=False),
        sa.Column("metadata", JSON, nullable=False),
    )
