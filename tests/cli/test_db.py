"""The care of a database from the command line: what is said, and the exit codes."""

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pysched.bank.ledger_rules import LedgerRules
from pysched.cli.main import commands
from pysched.store import Database, LedgerStore, StoreError
from pysched.store.migrate import HEAD
from tests.bank.making import earned, transferred
from tests.store.test_migrations import FORMAT_1

RUNNER = CliRunner()


def run(*arguments: object, code: int = 0) -> str:
    """Run a command of `pysched db` and return what it prints."""
    result = RUNNER.invoke(commands, ["db", *map(str, arguments)])
    if isinstance(result.exception, StoreError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture
def ledger(tmp_path: Path) -> LedgerStore:
    """A ledger with two rows in bank.sqlite."""
    database = Database(f"sqlite:///{tmp_path / 'bank.sqlite'}")
    ledger = LedgerStore(database, LedgerRules.recommended())
    ledger.post_all([earned("P1", 1000), transferred("gift", "P1", "P2", 300)])
    return ledger


def test_upgrade_says_from_where_to_where(tmp_path: Path) -> None:
    """A database of format 1 first, then one that is up to date, then an empty one."""
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(FORMAT_1)
    connection.close()
    with pytest.raises(StoreError, match=f"is at migration 0001, not {HEAD}; pysched db upgrade"):
        run("verify", path)
    assert run("upgrade", path) == f"{path}: from 0001 to migration {HEAD}\n"
    assert run("upgrade", path) == f"{path} is up to date, at migration {HEAD}\n"
    (tmp_path / "new.sqlite").touch()
    with pytest.raises(StoreError, match=r"new.sqlite is empty; pysched db upgrade"):
        run("verify", tmp_path / "new.sqlite")
    assert f"from empty to migration {HEAD}" in run("upgrade", tmp_path / "new.sqlite")


def test_verify_prints_the_head_that_verify_takes_as_anchor(
    ledger: LedgerStore, tmp_path: Path
) -> None:
    """The first row that is wrong ends it with 1."""
    path, anchors = tmp_path / "bank.sqlite", tmp_path / "anchors.txt"
    out = run("verify", path)
    assert out == f"ok: 2 transactions, held against 0 anchors\nhead: {ledger.head()}\n"
    anchors.write_text(out.splitlines()[1].removeprefix("head: "))
    assert "held against 1 anchor\n" in run("verify", path, "--anchors", anchors)
    anchors.write_text(f"2 {'0' * 64}\n")
    wrong = "wrong: ledger_txn 2: is not the one that was published\n"
    assert run("verify", path, "--anchors", anchors, code=1) == wrong
    found = json.loads(run("verify", path, "--anchors", anchors, "--format", "json", code=1))
    assert (found["ok"], found["place"], found["rows"]) == (False, "ledger_txn 2", 2)
    anchors.write_text("nothing\n")
    with pytest.raises(StoreError, match=r"anchors.txt: line 1: 'nothing' is no anchor"):
        run("verify", path, "--anchors", anchors)


def test_backup_and_restore_and_export(ledger: LedgerStore, tmp_path: Path) -> None:
    """What was there is there again; a database that is not there is named."""
    path, backup, other = (tmp_path / name for name in ("bank.sqlite", "backup", "other.sqlite"))
    assert run("backup", path, backup) == f"backup: {backup}\n"
    assert f"head: {ledger.head()}" in run("restore", other, backup)
    assert run("export", other) == run("export", path)
    out = tmp_path / "rows.jsonl"
    run("export", path, "--as", "jsonl", "--out", out)
    assert out.read_text() == run("export", other, "--as", "jsonl")
    with pytest.raises(StoreError, match=r"bank.sqlite is a database; an export does not write"):
        run("export", path, "-o", path)
    forged = tmp_path / "forged.jsonl"
    forged.write_text(out.read_text().replace('"cents": -300', '"cents": -299'))
    wrong = run("restore", tmp_path / "fourth.sqlite", forged, code=1)
    assert wrong.startswith("wrong: ledger_txn 2")
    assert not (tmp_path / "fourth.sqlite").exists()
    third = tmp_path / "third.sqlite"
    assert "ok: 2 transactions" in run("restore", third, out)
    with pytest.raises(StoreError, match="there is no such file"):
        run("verify", tmp_path / "nowhere.sqlite")
    assert not (tmp_path / "nowhere.sqlite").exists()
