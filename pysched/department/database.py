"""The care of a database: brought up to date, verified, backed up, restored and exported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pysched.bank.audit import Finding, verify
from pysched.bank.beancount import beancount
from pysched.bank.chain import Anchor, anchors_of
from pysched.bank.profile import bank_profile
from pysched.store import (
    Database,
    LedgerStore,
    StoreError,
    back_up,
    bring_back,
    dealings,
    dump,
    is_sqlite,
)
from pysched.store.migrate import HEAD

FILE = "sqlite:///"
"""How the URL of a database begins that is a file."""


@dataclass(frozen=True)
class Verification:
    """What an audit of a ledger found.

    Args:
        finding: the first thing that is wrong, None if nothing is.
        rows: how many transactions there are.
        head: the last row: what to publish as an anchor.
        anchors: how many published hashes it was held against.
    """

    finding: Finding | None
    rows: int
    head: Anchor
    anchors: int


def upgrade_database(url: str) -> tuple[str | None, str]:
    """Bring a database up to date; return the migrations it was at, None if empty, and is at.

    Raises:
        StoreError: it cannot be used, belongs to another program or is newer.
    """
    with closing(Database(url)) as database:
        return database.upgraded_from, HEAD


def read_anchors(path: Path) -> list[Anchor]:
    """Return the anchors of a file, one a line: number, space, hash.

    Raises:
        StoreError: a line is no anchor.
        OSError: the file cannot be read.
    """
    try:
        return anchors_of(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreError(f"{path}: {error}") from error


def verify_database(url: str, anchors: list[Anchor]) -> Verification:
    """Replay the ledger of a database and hold it against published anchors.

    Raises:
        StoreError: the database cannot be used.
    """
    with closing(existing(url)) as database:
        return _verified(database.read(dealings.audited), anchors)


def back_up_database(url: str, path: Path) -> None:
    """Write a backup of a database into a new file.

    Raises:
        StoreError: the file is there already, or the database cannot be used.
    """
    with closing(existing(url)) as database:
        back_up(database, path)


def restore_database(url: str, path: Path) -> Verification:
    """Restore a backup into an empty database, if its ledger is as it must be.

    Raises:
        StoreError: the database is not empty, or the file is no backup.
    """
    try:
        bring_back(url, path, _refuse_wrong)
    except _WrongError as wrong:
        return wrong.found
    return verify_database(url, [])


class _WrongError(Exception):
    def __init__(self, found: Verification) -> None:
        super().__init__(str(found.finding))
        self.found = found


def _refuse_wrong(kept: dealings.Audited) -> None:
    found = _verified(kept, [])
    if found.finding is not None:
        raise _WrongError(found)


def _verified(kept: dealings.Audited, published: list[Anchor]) -> Verification:
    anchors, head = [*published, *kept.anchors], kept.stored.head
    finding = verify(kept.stored, anchors, kept.escrows)
    return Verification(finding, head.seq, head, len(set(anchors)))


def export_beancount(url: str) -> Iterator[str]:
    """Yield the ledger of a database as lines of beancount.

    Raises:
        StoreError: the database cannot be used.
    """
    with closing(existing(url)) as database:
        stored = LedgerStore(database, bank_profile().ledger).stored()
    yield from beancount(stored.rows, stored.balances)


def export_lines(url: str) -> Iterator[str]:
    """Yield a whole database as lines of JSON, which `restore` takes.

    Raises:
        StoreError: the database cannot be used.
    """
    with closing(existing(url)) as database:
        yield from dump(database)


def refuse_database(path: Path) -> None:
    """Raise if a file that an export is to be written to is a database.

    Raises:
        StoreError: it is.
        OSError: it cannot be read.
    """
    if path.is_file() and is_sqlite(path):
        raise StoreError(f"{path} is a database; an export does not write over one")


def existing(url: str) -> Database:
    """Open a database that is there and up to date; looking does not change it.

    Raises:
        StoreError: it is not there, or older than this program.
    """
    if not has_database(url):
        raise StoreError(f"database {url}: there is no such file")
    database = Database(url, upgrade=False)
    if database.upgraded_from != HEAD:
        database.close()
        found = database.upgraded_from
        state = "is empty" if found is None else f"is at migration {found}, not {HEAD}"
        raise StoreError(f"database {database.url} {state}; pysched db upgrade {database.url}")
    return database


def made(url: str) -> Database:
    """Open a database to write to; it is made or brought up to date if need be.

    Raises:
        StoreError: it cannot be used.
        OSError: its folder cannot be made.
    """
    file = file_of(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    return Database(url)


def has_database(url: str) -> bool:
    """Return whether a database may be there; only a file can be known to be missing."""
    file = file_of(url)
    return file is None or file.is_file()


def file_of(url: str) -> Path | None:
    """Return the file of a database, None if it is none."""
    return Path(url.removeprefix(FILE)) if url.startswith(FILE) else None
