"""From any earlier version of the tables to that of this program, and back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, select, text

from pysched.store import tables
from pysched.store.engine import StoreError, shown

HEAD = "0008"
"""The migration that this program works with."""
BASELINE = "0001"
"""What format 1 had before there were migrations."""

_FOLDER = Path(__file__).parent / "migrations"
_KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
_ADVISORY_LOCK = 0x7079736368656400
_VERSIONS = "alembic_version"


def prepare(connection: Connection) -> str | None:
    """Bring a database up to date, in the transaction of the connection.

    Returns:
        The migration that it was at; None if it was empty.

    Raises:
        StoreError: the database belongs to another program or is newer than this one.
    """
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        connection.execute(lock, {"key": _ADVISORY_LOCK})
    found = revision_of(connection)
    if found != HEAD:
        migrate(connection, HEAD)
    return found


def revision_of(connection: Connection) -> str | None:
    """Return the migration that a database is at; None if it is empty.

    Raises:
        StoreError: the database belongs to another program or is newer than this one.
    """
    url = shown(connection.engine.url)
    names = inspect(connection).get_table_names()
    if not set(names) - {_VERSIONS}:
        return None
    if tables.store_format.name not in names:
        raise StoreError(
            f"database {url} belongs to another program: it has no table {tables.store_format.name}"
        )
    formats = list(connection.execute(select(tables.store_format.c.format)).scalars())
    if formats not in ([1], [tables.FORMAT]):
        raise StoreError(
            f"database {url} has format {formats}; this version of pysched reads "
            f"format {tables.FORMAT}"
        )
    if _VERSIONS not in names:
        return BASELINE
    revision = connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar()  # noqa: S608
    if revision not in _KNOWN:
        raise StoreError(f"database {url} is at migration {revision}; this version knows {HEAD}")
    return str(revision)


def migrate(connection: Connection, revision: str) -> None:
    """Move a database to a migration, up or down, in the transaction of the connection.

    Args:
        connection: of an empty database or one of ours.
        revision: one of the migrations, or "base" for none.
    """
    # Reading Alembic takes a quarter of a second, which only a migration should cost.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    found = revision_of(connection)
    if found == BASELINE and _VERSIONS not in inspect(connection).get_table_names():
        command.stamp(config, BASELINE)
    if revision == "base" or (found is not None and revision < found):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)
