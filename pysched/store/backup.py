"""Backups: a copy of an SQLite file while it is in use, and back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pysched.instance.beside import beside
from pysched.store.database import Database
from pysched.store.dump import dump, restore
from pysched.store.engine import StoreError
from pysched.store.pending import Audited, audited

_SQLITE = b"SQLite format 3\x00"
_FILE = "sqlite:///"

Check = Callable[[Audited], None]
"""Raises if what was restored is not to stay."""
_Fill = Callable[[str, Path, Check | None], None]


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


def bring_back(url: str, path: Path, check: Check | None = None) -> None:
    """Restore a backup into a database that is empty or not there yet, wholly or not at all.

    Args:
        url: of the database.
        path: of the backup.
        check: raises if what was restored is not to stay.

    Raises:
        StoreError: the database is not empty, or the file is no backup.
        OSError: the file cannot be read.
    """
    target = Path(url.removeprefix(_FILE)) if url.startswith(_FILE) else None
    is_there = target is None or (target.exists() and target.stat().st_size > 0)
    if is_sqlite(path):
        if target is None:
            raise StoreError(f"{path} is an SQLite database; {url} takes a backup in lines of JSON")
        if is_there:
            raise StoreError(f"database {url} is not empty")
        fill: _Fill = _fill_from_database
    else:
        _refuse_binary(path)
        fill = _fill_from_lines
    if target is None or is_there:
        fill(url, path, check)
        return
    with beside(target) as hidden:
        hidden.write_bytes(b"")
        try:
            fill(f"{_FILE}{hidden}", path, check)
        except StoreError as error:
            raise StoreError(str(error).replace(str(hidden), str(target))) from error
        hidden.replace(target)


def _fill_from_database(url: str, path: Path, check: Check | None) -> None:
    _copy(path, Path(url.removeprefix(_FILE)))
    with closing(Database(url)) as database:
        if check is not None:
            check(database.read(audited))


def _fill_from_lines(url: str, path: Path, check: Check | None) -> None:
    with closing(Database(url)) as database, path.open(encoding="utf-8") as lines:
        restore(database, lines, None if check is None else lambda kept: check(audited(kept)))


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
