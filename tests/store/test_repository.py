"""The database: weeks once each, transactions whole, errors in words."""

import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest

from pysched.store import Repository, StoredWeek, StoreError, WeekTakenError

KEY = "a" * 64
FIRST = StoredWeek(date(2024, 4, 15), "before", "schedule", "after")
SECOND = StoredWeek(date(2024, 4, 22), "after", "schedule 2", "after 2")


def opened(folder: Path) -> Repository:
    """Return the repository of a folder."""
    return Repository(f"sqlite:///{folder / 'some.sqlite'}")


def test_weeks_come_back_as_they_were_in_order(tmp_path: Path) -> None:
    """From another connection, too."""
    repository = opened(tmp_path)
    assert not repository.begin_run(KEY, "toy", "{}")
    repository.add_week(KEY, SECOND)
    repository.add_week(KEY, FIRST)
    repository.close()
    again = opened(tmp_path)
    assert again.begin_run(KEY, "toy", "{}")
    assert again.weeks(KEY) == [FIRST, SECOND]


def test_a_week_is_added_once(tmp_path: Path) -> None:
    """What is there stays."""
    repository = opened(tmp_path)
    repository.begin_run(KEY, "toy", "{}")
    repository.add_week(KEY, FIRST)
    with pytest.raises(WeekTakenError, match="2024-04-15"):
        repository.add_week(KEY, StoredWeek(FIRST.monday, "x", "y", "z"))
    assert repository.weeks(KEY) == [FIRST]


def test_runs_do_not_see_each_other_s_weeks(tmp_path: Path) -> None:
    """The same Monday is another week in another run; others of the scenario are listed."""
    repository = opened(tmp_path)
    other = "b" * 64
    for key, name in ((KEY, "toy"), (other, "toy"), ("c" * 64, "ferrara")):
        repository.begin_run(key, name, f"of {key[0]}")
    repository.add_week(KEY, FIRST)
    repository.add_week(other, FIRST)
    assert repository.other_runs(KEY, "toy") == [(other, "of b")]
    assert repository.weeks("c" * 64) == []


def test_a_week_needs_its_run(tmp_path: Path) -> None:
    """The foreign key is in force."""
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        opened(tmp_path).add_week(KEY, FIRST)


def test_the_database_outlives_power_cuts(tmp_path: Path) -> None:
    """A write-ahead log, each commit on disk before it counts."""
    repository = opened(tmp_path)
    with repository._engine.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]


def test_a_transaction_takes_the_write_lock_at_once(tmp_path: Path) -> None:
    """Who comes second waits until the first is done."""
    repository = opened(tmp_path)
    repository.begin_run(KEY, "toy", "{}")
    holder = sqlite3.connect(
        tmp_path / "some.sqlite", isolation_level=None, check_same_thread=False
    )
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, holder.rollback)
    release.start()
    repository.add_week(KEY, FIRST)
    assert release.finished.is_set()
    assert repository.weeks(KEY) == [FIRST]


def test_a_crash_in_a_transaction_leaves_nothing(tmp_path: Path) -> None:
    """Neither the run nor anything else of it."""
    repository = opened(tmp_path)
    with pytest.raises(ZeroDivisionError):
        _crash(repository)
    assert not repository.begin_run("k", "toy", "{}")


def _crash(repository: Repository) -> None:
    with repository._transaction() as connection:
        connection.exec_driver_sql("INSERT INTO run VALUES ('k', 'toy', '{}', '2024-01-01')")
        raise ZeroDivisionError
