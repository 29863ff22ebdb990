"""Fixtures that tests of several packages share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import new_database, postgresql_server


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A running server; its first database's URL."""
    own = tmp_path_factory.getbasetemp()
    base = own if worker_id == "master" else own.parent
    with postgresql_server(base / "postgresql") as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bank.sqlite'}"
    return new_database(request.getfixturevalue("postgresql"))
