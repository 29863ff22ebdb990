"""What is asked of the database: the weeks of a run, and one more settled week."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, select

from pysched.store import tables
from pysched.store.database import Database
from pysched.store.engine import StoreError, shown


class WeekTakenError(StoreError):
    """Another process has settled the week meanwhile."""


@dataclass(frozen=True, slots=True)
class StoredWeek:
    """A settled week: its schedule and the states before and after it, as JSON texts."""

    monday: date
    state_before: str
    schedule: str
    state_after: str


class Repository:
    """A database of runs; each method is one transaction.

    Args:
        url: as SQLAlchemy has it; `sqlite:///out/pysched.sqlite` is a file.

    Raises:
        StoreError: the database cannot be opened, belongs to another program or is newer.
    """

    def __init__(self, url: str) -> None:
        """Open the database; an empty or older one is brought up to date."""
        self._database = Database(url)
        self._engine = self._database.engine
        self.url = self._database.url

    @property
    def database(self) -> Database:
        """The database, for what else is kept in it."""
        return self._database

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def begin_run(self, key: str, scenario: str, settings: str) -> bool:
        """Make sure that a run is there; return whether it was there before.

        Args:
            key: SHA-256 of all that its schedules depend on.
            scenario: name, for people.
            settings: what was asked for, for people.
        """
        with self._transaction() as connection:
            found = connection.execute(select(tables.run.c.key).where(tables.run.c.key == key))
            if found.first() is not None:
                return True
            created = datetime.now(UTC).replace(tzinfo=None)
            row = {"key": key, "scenario": scenario, "settings": settings, "created": created}
            connection.execute(insert(tables.run).values(row))
            return False

    def other_runs(self, key: str, scenario: str) -> list[tuple[str, str]]:
        """Return key and settings of the other runs of a scenario, the latest first."""
        columns = (tables.run.c.key, tables.run.c.settings)
        query = select(*columns).where(tables.run.c.scenario == scenario, tables.run.c.key != key)
        with self._transaction() as connection:
            rows = connection.execute(query.order_by(tables.run.c.created.desc()))
            return [(row.key, row.settings) for row in rows]

    def weeks(self, key: str) -> list[StoredWeek]:
        """Return the settled weeks of a run in order."""
        table = tables.week
        columns = (table.c.monday, table.c.state_before, table.c.schedule, table.c.state_after)
        query = select(*columns).where(table.c.run == key).order_by(table.c.monday)
        with self._transaction() as connection:
            return [StoredWeek(*row) for row in connection.execute(query)]

    def add_week(self, key: str, week: StoredWeek) -> None:
        """Add a settled week to a run.

        Raises:
            WeekTakenError: the run has that week already.
        """
        with self._transaction() as connection:
            insert_week(connection, key, week)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._database.transaction() as connection:
            yield connection


def insert_week(connection: Connection, key: str, week: StoredWeek) -> None:
    """Add a settled week to a run, in a transaction that may hold more than that.

    Args:
        connection: in a transaction.
        key: of the run.
        week: settled.

    Raises:
        WeekTakenError: the run has that week already.
    """
    table = tables.week
    taken = select(table.c.monday).where(table.c.run == key, table.c.monday == week.monday)
    if connection.execute(taken).first() is not None:
        raise WeekTakenError(
            f"another process settled the week of {week.monday} meanwhile in "
            f"{shown(connection.engine.url)}; the same command again goes on from there"
        )
    row = {
        "run": key,
        "monday": week.monday,
        "state_before": week.state_before,
        "schedule": week.schedule,
        "state_after": week.state_after,
    }
    connection.execute(insert(table).values(row))


def has_week(connection: Connection, key: str, week: StoredWeek) -> bool:
    """Return whether a run has exactly this settled week, in a transaction that goes on."""
    table = tables.week
    columns = (table.c.monday, table.c.state_before, table.c.schedule, table.c.state_after)
    query = select(*columns).where(table.c.run == key, table.c.monday == week.monday)
    return any(StoredWeek(*row) == week for row in connection.execute(query))
