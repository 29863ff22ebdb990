"""Migrations: up and down on data, from format 1 without loss, and the tables as declared."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from pysched.bank.ledger_rules import LedgerRules
from pysched.store import Database, LedgerStore, Repository, StoredWeek, StoreError
from pysched.store import tables as run_tables
from pysched.store.dump import TABLES
from pysched.store.migrate import HEAD, migrate, revision_of
from tests.bank.making import earned, moved, transferred

WEEK = StoredWeek(date(2024, 4, 15), "before", "schedule", "after")
FORMAT_1 = """
CREATE TABLE pysched_store (format INTEGER NOT NULL, PRIMARY KEY (format));
CREATE TABLE run (key VARCHAR(64) NOT NULL, scenario TEXT NOT NULL, settings TEXT NOT NULL,
    created DATETIME NOT NULL, PRIMARY KEY (key));
CREATE TABLE week (run VARCHAR(64) NOT NULL, monday DATE NOT NULL, state_before TEXT NOT NULL,
    schedule TEXT NOT NULL, state_after TEXT NOT NULL, PRIMARY KEY (run, monday),
    FOREIGN KEY(run) REFERENCES run (key));
INSERT INTO pysched_store VALUES (1);
INSERT INTO run VALUES ('a', 'toy', '{}', '2024-01-01 10:00:00.000000');
INSERT INTO week VALUES ('a', '2024-04-15', 'before', 'schedule', 'after');
"""


def test_a_database_of_format_1_is_upgraded_without_loss(tmp_path: Path) -> None:
    """As the first version wrote it."""
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(FORMAT_1)
    connection.close()
    repository = Repository(f"sqlite:///{path}")
    assert repository.weeks("a") == [WEEK]
    assert repository.begin_run("a", "toy", "{}")
    assert repository._database.upgraded_from == "0001"
    again = Database(f"sqlite:///{path}")
    assert again.upgraded_from == HEAD
    ledger = LedgerStore(again, LedgerRules.recommended())
    ledger.post(earned("P1", 100))
    assert ledger.verify() is None


def test_migrations_go_down_and_up_on_data(url: str) -> None:
    """What is of both versions stays, step by step."""
    database = Database(url)
    ledger = LedgerStore(database, LedgerRules.recommended())
    with database.transaction() as connection:
        row = text("INSERT INTO run VALUES ('a', 'toy', '{}', '2024-01-01 10:00:00')")
        connection.execute(row)
        connection.execute(
            text("INSERT INTO week VALUES ('a', '2024-04-15', 'before', 'schedule', 'after')")
        )
    ledger.post_all([earned("P1", 100), transferred("t", "P1", "P2", 30)])
    at, formats = [], []
    for revision in ("0004", "0002", "0001", "0002", "0003", "0001", HEAD):
        with database.transaction() as connection:
            migrate(connection, revision)
            at.append(revision_of(connection))
            formats.append(connection.execute(text("SELECT format FROM pysched_store")).scalar())
            weeks = connection.execute(text("SELECT schedule FROM week")).scalars().all()
            assert weeks == ["schedule"]
        if revision == "0002" and len(at) == 2:
            assert ledger.balances()["person:P2"] == 30
            assert ledger.verify() is None
    assert at == ["0004", "0002", "0001", "0002", "0003", "0001", HEAD]
    assert formats == [2, 2, 1, 2, 2, 1, 2]
    ledger.post(earned("P1", 100))
    assert ledger.verify() is None
    with database.transaction() as connection:
        migrate(connection, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_conflicts_come_and_go_with_their_migration(url: str) -> None:
    """Down on data takes their tables alone; what they held in escrow stays in the ledger."""
    database = Database(url)
    ledger = LedgerStore(database, LedgerRules.recommended())
    ledger.post(earned("P1", 100))
    ledger.post(moved("bid_hold", "b", "person:P1", "escrow:C1", 60))
    rows = (
        "INSERT INTO conflict VALUES ('C1', '2024-04-15', '2024-04-17', 'day_off', 'open', "
        "'2024-04-01', '2024-04-03', '2024-04-04', NULL)",
        "INSERT INTO wheel VALUES ('day_off', '2024-04-01')",
        "INSERT INTO wheel_event VALUES ('day_off', 0, 'join', '[]', '', '2024-04-17')",
        "INSERT INTO decision VALUES ('C1', 'wheel', '2024-04-05', 1, 1, 'i', 'd', 'r', 'd')",
    )
    names = {"bid", "conflict", "conflict_request", "decision", "seed_chain", "wheel"}
    names |= {"wheel_event"}
    for revision in (HEAD, "0004", HEAD):
        with database.transaction() as connection:
            migrate(connection, revision)
            found = set(inspect(connection).get_table_names()) & names
            assert found == (names if revision == HEAD else set())
            if revision == HEAD:
                for row in rows:
                    connection.execute(text(row))
        assert ledger.balances()["escrow:C1"] == 60
        assert ledger.verify() is None


def test_the_migrations_make_the_tables_that_the_code_declares(url: str) -> None:
    """Nothing is missing, nothing is over."""
    database = Database(url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, run_tables.metadata) == []
    assert {t.name for t in TABLES} == set(run_tables.metadata.tables) - {"pysched_store"}


def test_the_seed_s_tables_have_its_columns(url: str) -> None:
    """By name and type."""
    seed = {
        "preference_credits": {
            "id": "UUID",
            "creditor_id": "VARCHAR(50)",
            "debtor_id": "VARCHAR(50)",
            "amount": "NUMERIC(10, 2)",
            "type": "VARCHAR(20)",
            "earned_date": "DATE",
            "expiry_date": "DATE",
            "metadata": "JSONB",
        },
        "trust_relationships": {
            "from_physician_id": "VARCHAR(50)",
            "to_physician_id": "VARCHAR(50)",
            "trust_score": "NUMERIC(3, 2)",
            "last_updated": "TIMESTAMP",
        },
        "sacrifice_history": {
            "id": "UUID",
            "physician_id": "VARCHAR(50)",
            "sacrifice_date": "DATE",
            "type": "VARCHAR(20)",
            "value": "NUMERIC(10, 2)",
            "beneficiaries": "JSONB",
        },
    }
    sqlite = {"UUID": "CHAR(32)", "JSONB": "JSON", "TIMESTAMP": "DATETIME"}
    database = Database(url)
    with database.engine.connect() as connection:
        for table, columns in seed.items():
            found = {c["name"]: str(c["type"]) for c in inspect(connection).get_columns(table)}
            for name, kind in columns.items():
                expected = sqlite.get(kind, kind) if database.is_sqlite else kind
                assert found[name].replace("DECIMAL", "NUMERIC") == expected


def test_a_database_that_is_newer_or_another_s_is_refused(url: str) -> None:
    """With its migration, or what is missing in it."""
    database = Database(url)
    real = database.engine.url.render_as_string(hide_password=False)
    with database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="is at migration 9999; this version knows"):
        Database(real)
    with database.transaction() as connection:
        connection.execute(text("DROP TABLE pysched_store"))
    with pytest.raises(StoreError, match="belongs to another program"):
        Database(real)


@pytest.mark.parametrize("table", ["ledger_txn", "ledger_posting", "preference_credits", "lot_use"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_rows_of_the_ledger_neither_change_nor_go(url: str, table: str, change: str) -> None:
    """The database itself refuses."""
    ledger = LedgerStore(Database(url), LedgerRules.recommended())
    ledger.post_all([earned("P1", 100), transferred("t", "P1", "P2", 30)])
    column = {"preference_credits": "type", "lot_use": "cents"}.get(table, "seq")
    statement = change.format(table, column, column)
    refused = pytest.raises(StoreError, match=f"{table} is append-only")
    with refused, ledger.database.transaction() as connection:
        connection.execute(text(statement))
    assert ledger.verify() is None
