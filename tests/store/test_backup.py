"""Backups and dumps: whole, into empty databases only, from one kind to the other."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from beancount import loader
from sqlalchemy import Connection

from pysched.bank.beancount import account_name, beancount
from pysched.bank.ledger import mirror
from pysched.bank.ledger_rules import LedgerRules
from pysched.store import (
    Database,
    LedgerStore,
    Repository,
    StoredWeek,
    StoreError,
    Writer,
    back_up,
    bring_back,
    dump,
    restore,
    social,
)
from tests.bank.making import DAY, earned, lent, moved, transferred
from tests.databases import new_database

RULES = LedgerRules.recommended()
LOAN = social.LoanRow(
    "l1", "P1", "P2", 2500, 2000, 250, DAY, None, "Minimal", None, 500, 50, {"why": ["a", 1]}
)
SACRIFICE = social.SacrificeRow("earn|holiday|P1|x|T1", "P1", DAY, "holiday", 2000, ("P2", "P3"))
SNAPSHOT = social.EqualizationRow("2024-W01", "P1", 2000, 1500, 500, {"floor": "0.01"})
TRUST = {("P1", "P2"): Decimal("0.8999"), ("P2", "P1"): Decimal("1.0000")}


def filled(url: str) -> Database:
    """Return a database with something in every table."""
    database = Database(url)
    repository = Repository(database.engine.url.render_as_string(hide_password=False))
    repository.begin_run("a" * 64, "toy", "{}")
    repository.add_week("a" * 64, StoredWeek(date(2024, 4, 15), "before", "ü", "after"))
    ledger = LedgerStore(database, RULES)
    gift = transferred("gift", "P1", "P2", 125)
    ledger.post_all(
        [earned("P1", 1000), gift, lent("loan", "P1", "Dr Ü. 'x'", 301), mirror(gift, DAY)]
    )
    ledger.post(moved("bid_hold", "bid", "person:P1", "escrow:c-1", 99))
    ledger.add_anchor("week 1")
    ledger.write(save_social)
    return database


def save_social(writer: Writer) -> None:
    """Save rows beside the ledger."""
    connection = writer.connection
    now = datetime(2024, 1, 7, 12, tzinfo=UTC)
    social.save_trust(connection, "2024-W01", TRUST, now, {("P1", "P2"): {"reliability": "0.9"}})
    social.save_rating(connection, "P1", "P2", DAY, 5)
    social.save_loans(connection, [LOAN])
    social.save_sacrifices(connection, [SACRIFICE])
    social.save_equalization(connection, [SNAPSHOT])


def test_social_rows_come_back_as_they_were(url: str) -> None:
    """Saved twice they are there once; the shown trust is rounded down."""
    database = filled(url)
    LedgerStore(database, RULES).write(save_social)

    def look(connection: Connection) -> None:
        assert social.trust_scores(connection) == TRUST
        shown = connection.exec_driver_sql(
            "SELECT trust_score FROM trust_relationships WHERE from_physician_id = 'P1'"
        ).scalar()
        assert f"{shown:.2f}" == "0.89"
        assert social.ratings(connection) == [("P1", "P2", DAY, 5)]
        assert social.loans(connection) == [LOAN]
        assert social.equalizations(connection) == [SNAPSHOT]
        assert social.burdens(connection, DAY, date(2024, 1, 2)) == {"P1": 2000}
        assert social.burdens(connection, date(2024, 1, 2), date(2024, 1, 9)) == {}

    database.read(look)
    with database.transaction() as connection:
        social.withdraw_sacrifices(connection, [SACRIFICE.key])
        assert social.burdens(connection, DAY, date(2024, 1, 2)) == {}
        with pytest.raises(ValueError, match="rating 6"):
            social.save_rating(connection, "P1", "P2", DAY, 6)


def test_a_backup_is_restored_into_an_empty_database(url: str, tmp_path: Path) -> None:
    """Row for row; it writes over nothing."""
    database = filled(url)
    path = tmp_path / "backup"
    back_up(database, path)
    with pytest.raises(StoreError, match="exists; a backup does not write over another"):
        back_up(database, path)
    target = f"sqlite:///{tmp_path / 'restored.sqlite'}"
    bring_back(target, path)
    restored = Database(target)
    assert list(dump(restored)) == list(dump(database))
    assert LedgerStore(restored, RULES).verify() is None
    with pytest.raises(StoreError, match="is not empty"):
        bring_back(target, path)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_a_dump_goes_from_one_kind_to_the_other(url: str, tmp_path: Path, postgresql: str) -> None:
    """And on: the chain holds, the next row follows."""
    database = filled(url)
    lines = list(dump(database))
    for other in (new_database(postgresql), f"sqlite:///{tmp_path / 'other.sqlite'}"):
        copy = Database(other)
        assert restore(copy, lines) == len(lines) - 1
        assert list(dump(copy)) == lines
        ledger = LedgerStore(copy, RULES)
        ledger.post(earned("P5", 1, duty="T5"))
        assert ledger.verify() is None


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], "is not the heading of a dump"),
        (["[]"], "is not the heading of a dump"),
        (['{"kind": "pysched database", "migration": "0001"}'], "is of migration 0001"),
        (["HEADING", '{"table": "song", "row": {}}'], "line 2: .* is no row"),
        (["HEADING", '{"table": "run", "row": {"key": "a"}}'], "line 2: .* is no row"),
    ],
)
def test_what_is_no_dump_is_refused(tmp_path: Path, lines: list[str], text: str) -> None:
    """By its line; nothing of it stays."""
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    heading = next(iter(dump(database)))
    with pytest.raises(StoreError, match=text):
        restore(database, [heading if line == "HEADING" else line for line in lines])
    assert len(list(dump(database))) == 2


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    """Files of other programs, damaged ones too."""
    path = tmp_path / "backup"
    path.write_bytes(b"\xff\xfe nothing")
    with pytest.raises(StoreError, match="is no backup"):
        bring_back(f"sqlite:///{tmp_path / 'a.sqlite'}", path)
    path.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    with pytest.raises(StoreError, match=r"cannot be copied|is damaged"):
        bring_back(f"sqlite:///{tmp_path / 'b.sqlite'}", path)
    assert not (tmp_path / "b.sqlite").exists()
    with pytest.raises(StoreError, match="takes a backup in lines of JSON"):
        bring_back("postgresql://nobody@127.0.0.1:1/x", path)


def test_a_backup_that_cannot_be_written_names_the_place_of_the_backup(tmp_path: Path) -> None:
    """Neither the database, which is in order, nor the file beside that it is written to."""
    database = filled(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with pytest.raises(FileNotFoundError) as error:
        back_up(database, tmp_path / "nowhere" / "backup")
    assert error.value.filename == str(tmp_path / "nowhere" / "backup")


def test_a_dump_that_was_cut_off_is_refused(url: str, tmp_path: Path) -> None:
    """Wherever, even between two rows after the ledger; nothing of it stays, so that the whole one
    goes into the same database."""
    lines = list(dump(filled(f"sqlite:///{tmp_path / 'x.sqlite'}")))
    path, target = tmp_path / "rows", Database(url)
    for cut in (1, len(lines) // 2, len(lines) - 1):
        path.write_text("\n".join(lines[:cut]))
        with pytest.raises(StoreError, match=f"has {cut - 1} rows, and had {len(lines) - 1}"):
            bring_back(url, path)
    path.write_text("\n".join(lines))
    bring_back(url, path)
    assert list(dump(target)) == lines


def test_what_fails_leaves_no_database(tmp_path: Path) -> None:
    """What is no backup, the database of another program, a file that is missing."""
    song, text = tmp_path / "song", tmp_path / "text"
    with sqlite3.connect(song) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    connection.close()
    text.write_text("nothing\n")
    place = tmp_path / "new"
    place.mkdir()
    for path in (song, text):
        with pytest.raises(StoreError, match=r"new/x\.sqlite belongs to another|heading of a dump"):
            bring_back(f"sqlite:///{place / 'x.sqlite'}", path)
    with pytest.raises(FileNotFoundError):
        bring_back(f"sqlite:///{place / 'x.sqlite'}", tmp_path / "missing")
    assert list(place.iterdir()) == []


def test_a_backup_is_taken_while_the_database_is_written(tmp_path: Path) -> None:
    """It waits for nobody, and holds what was committed."""
    database = filled(f"sqlite:///{tmp_path / 'x.sqlite'}")
    holder = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("UPDATE ledger_head SET seq = 99")
    back_up(database, tmp_path / "backup")
    holder.rollback()
    holder.close()
    bring_back(f"sqlite:///{tmp_path / 'y.sqlite'}", tmp_path / "backup")
    assert LedgerStore(Database(f"sqlite:///{tmp_path / 'y.sqlite'}"), RULES).head().seq == 5


def test_beancount_agrees_with_the_ledger(url: str) -> None:
    """Its loader finds every transaction balanced and every balance as asserted."""
    stored = LedgerStore(filled(url), RULES).stored()
    lines = list(beancount(stored.rows, stored.balances))
    entries, errors, _ = loader.load_string("\n".join(lines))
    assert errors == []
    kinds = [type(entry).__name__ for entry in entries]
    assert kinds.count("Transaction") == len(stored.rows)
    assert kinds.count("Balance") == len(stored.balances)
    assert account_name("person:Dr Ü. 'x'") == "Assets:Person:XDr-20--dc--2e--20--27-x-27-"
    wrong = [line.replace("  10.00 CR", "  11.00 CR") for line in lines]
    assert loader.load_string("\n".join(wrong))[1] != []
