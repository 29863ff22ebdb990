"""Objections to decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; an objection neither changes nor goes."""
    op.create_table(
        "objection",
        sa.Column("conflict", sa.String(50), sa.ForeignKey("conflict.id"), primary_key=True),
        sa.Column("physician", sa.String(50), primary_key=True),
        sa.Column("made", sa.DateTime, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER objection_no_{verb.lower()} BEFORE {verb} ON objection "
                "BEGIN SELECT RAISE(ABORT, 'objection is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER objection_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON objection "
        "FOR EACH STATEMENT EXECUTE FUNCTION pysched_append_only()"
    )
    op.execute("REVOKE UPDATE, DELETE, TRUNCATE ON objection FROM PUBLIC")


def downgrade() -> None:
    """Drop it."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER objection_no_{verb}")
    else:
        op.execute("DROP TRIGGER objection_append_only ON objection")
    op.drop_table("objection")
