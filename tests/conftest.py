"""Fixtures that tests of several packages share."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.databases import new_database, postgresql_server


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A running server; its first database's URL."""
    own = tmp_path_factory.getbasetemp()
    base = own if worker_id == "master" else own.parent
    with postgresql_server(base / "postgresql") as url:
        # Processes are killed here, never the machine: waiting for the disk proves nothing.
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bank.sqlite'}"
    return new_database(request.getfixturevalue("postgresql"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of Timefold last: the Java machine that they start stays in the process.

    It took part in every collection of Python's garbage, and made what came after it, a search of
    28 physicians, three times as slow; some tests have clocks.
    """
    items.sort(key=lambda item: item.path.name.startswith("test_timefold"))
