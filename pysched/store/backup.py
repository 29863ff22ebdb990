"""Backups: a copy of an SQLite file while it is in use, and back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from pysched.instance.beside import beside
from pysched.store.database import Database
from pysched.store.dump import dump, restore
from pysched.store.engine import StoreError

_SQLITE = b"SQLite format 3\x00"


def is_sqlite(path: Path) -> bool:
    """Return whether a file is an SQLite database.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def back_up(database: Database, path: Path) -> None:
    """Write a backup of a database into a new file: for SQLite a database, else lines of JSON.

    The file has its name only once it is whole.

    Raises:
        StoreError: the file is there already, or the database cannot be used.
        OSError: the file cannot be written.
    """
    if path.exists():
        raise StoreError(f"{path} exists; a backup does not write over another")
    try:
        with beside(path) as hidden:
            if database.is_sqlite:
                _copy(Path(str(database.engine.url.database)), hidden)
            else:
                with hidden.open("w", encoding="utf-8") as file:
                    file.writelines(f"{line}\n" for line in dump(database))
            _sync(hidden)
            os.link(hidden, path)
    except FileExistsError as error:
        raise StoreError(f"{path} exists; a backup does not write over another") from error


def bring_back(url: str, path: Path) -> None:
    """Restore a backup into a database that is empty or not there yet.

    Raises:
        StoreError: the database is not empty, or the file is no backup.
        OSError: the file cannot be read.
    """
    if not is_sqlite(path):
        with closing(Database(url)) as database, path.open(encoding="utf-8") as lines:
            _refuse_binary(path)
            restore(database, lines)
        return
    if not url.startswith("sqlite:///"):
        raise StoreError(f"{path} is an SQLite database; {url} takes a backup in lines of JSON")
    target = Path(url.removeprefix("sqlite:///"))
    if target.exists() and target.stat().st_size:
        raise StoreError(f"database {url} is not empty")
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        _copy(path, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    Database(url).close()


def _copy(source: Path, target: Path) -> None:
    """Copy a database by the backup interface of SQLite, which waits for no writer.

    Raises:
        StoreError: what is copied is no database, or damaged.
        OSError: the copy cannot be written.
    """
    target.write_bytes(b"")
    try:
        uri = f"{source.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as old, closing(_opened(target)) as new:
            old.backup(new)
            # A file of its own, which no log beside it completes.
            new.execute("PRAGMA journal_mode=DELETE")
            problem = new.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"{source} cannot be copied: {error}") from error
    if problem != "ok":
        raise StoreError(f"{source} is damaged: {problem}")


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _refuse_binary(path: Path) -> None:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise StoreError(f"{path} is no backup: {error}") from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
