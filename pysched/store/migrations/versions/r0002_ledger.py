"""The ledger: rows that neither change nor go, balances and lots beside them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
APPEND_ONLY = ("ledger_txn", "ledger_posting", "ledger_anchor", "preference_credits", "lot_use")


def upgrade() -> None:
    """Make the tables of the ledger and guard them."""
    _make_rows()
    _make_head()
    _make_lots()
    for table in APPEND_ONLY:
        _guard(table)
    op.execute("UPDATE pysched_store SET format = 2")


def downgrade() -> None:
    """Drop the ledger; the runs stay."""
    for table in APPEND_ONLY:
        _unguard(table)
    for table in (
        "lot_use",
        "lot_balance",
        "preference_credits",
        "ledger_anchor",
        "ledger_head",
        "ledger_account",
        "ledger_posting",
        "ledger_txn",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION pysched_append_only()")
    op.execute("UPDATE pysched_store SET format = 1")


def _make_rows() -> None:
    op.create_table(
        "ledger_txn",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
        sa.Column("expires", sa.Date),
        sa.Column("metadata", JSON, nullable=False),
        sa.Column("reverses", sa.String(200), unique=True),
        sa.Column("claim", sa.String(200)),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("hash_before", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_ledger_txn_claim", "ledger_txn", ["claim"])
    op.create_table(
        "ledger_posting",
        sa.Column("seq", SEQ, sa.ForeignKey("ledger_txn.seq"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("account", sa.String(60), nullable=False),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("balance_cents", sa.BigInteger, nullable=False),
        sa.Column("floor_cents", sa.BigInteger),
    )
    op.create_index("ix_ledger_posting_account", "ledger_posting", ["account", "seq"])


def _make_head() -> None:
    op.create_table(
        "ledger_account",
        sa.Column("account", sa.String(60), primary_key=True),
        sa.Column("unit", sa.String(3), primary_key=True),
        sa.Column("balance_cents", sa.BigInteger, nullable=False),
        sa.Column("limit_cents", sa.BigInteger),
        sa.Column("version", sa.BigInteger, nullable=False),
    )
    head = op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("recorded", sa.DateTime),
        sa.Column("closed_week", sa.String(8)),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
    op.create_table(
        "ledger_anchor",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
    )


def _make_lots() -> None:
    op.create_table(
        "preference_credits",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("creditor_id", sa.String(50), nullable=False),
        sa.Column("debtor_id", sa.String(50), nullable=False),
        sa.Column("amount", sa.DECIMAL(10, 2), nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("earned_date", sa.Date, nullable=False),
        sa.Column("expiry_date", sa.Date),
        sa.Column("metadata", JSON, nullable=False),
    )
    lot = sa.ForeignKey("preference_credits.id")
    op.create_table(
        "lot_balance",
        sa.Column("lot", sa.Uuid, lot, primary_key=True),
        sa.Column("seq", SEQ, sa.ForeignKey("ledger_txn.seq"), nullable=False),
        sa.Column("account", sa.String(60), nullable=False),
        sa.Column("left_cents", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_lot_balance_seq", "lot_balance", ["seq"])
    left = sa.text("left_cents > 0")
    op.create_index(
        "ix_lot_balance_open",
        "lot_balance",
        ["account"],
        sqlite_where=left,
        postgresql_where=left,
    )
    op.create_table(
        "lot_use",
        sa.Column("lot", sa.Uuid, sa.ForeignKey("preference_credits.id"), primary_key=True),
        sa.Column("seq", SEQ, sa.ForeignKey("ledger_txn.seq"), primary_key=True),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("covers", sa.Boolean, nullable=False),
    )
    op.create_index("ix_lot_use_seq", "lot_use", ["seq"])


def _guard(table: str) -> None:
    """Let the database refuse every change of a row of a table."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION pysched_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
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
