"""Versions of a week's schedule in a database: added one after another, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from pysched.store import version_tables as tables
from pysched.store.database import Database
from pysched.store.engine import StoreError


class WeekLockedError(StoreError):
    """A week that is locked gets no other version."""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version of a week's schedule.

    Args:
        scenario: name of its network. monday: of its week.
        kind: draft, published or worked.
        author: who made it. made: when, in UTC. note: why, in words.
        hash: SHA-256 of the assignments.
        schedule: the assignments, as JSON.
        context: what it is judged by, as JSON.
        number: counts the versions of the week from 1; 0 before it is stored.
    """

    scenario: str
    monday: date
    kind: str
    author: str
    made: datetime
    note: str
    hash: str
    schedule: str
    context: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class StoredLock:
    """Whether a week is locked; who said so, when (in UTC) and why."""

    scenario: str
    monday: date
    locked: bool
    author: str
    made: datetime
    note: str


class VersionStore:
    """The versions and locks of a database; each method is one transaction.

    Args:
        database: of the department.
    """

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self.database = database

    def add(self, version: StoredVersion) -> StoredVersion:
        """Add a version and return it with its number.

        Raises:
            WeekLockedError: the week is locked.
            ValueError: the time has no time zone.
        """
        version = replace(version, made=_utc(version.made))
        with self.database.transaction() as connection:
            found = _last_lock(connection, version.scenario, version.monday)
            if found is not None and found.locked:
                raise WeekLockedError(said_of(found))
            table = tables.version
            number = _next(connection, table, version.scenario, version.monday)
            row = asdict(replace(version, number=number))
            connection.execute(insert(table).values(row | {"made": _plain(version.made)}))
        return replace(version, number=number)

    def versions(self, scenario: str, monday: date | None = None) -> list[StoredVersion]:
        """Return the versions of a week, or of all weeks of a scenario, in order."""
        table = tables.version
        columns = [table.c[name] for name in StoredVersion.__dataclass_fields__]
        query = select(*columns).where(table.c.scenario == scenario)
        if monday is not None:
            query = query.where(table.c.monday == monday)
        query = query.order_by(table.c.monday, table.c.number)
        rows = self.database.read(lambda connection: list(connection.execute(query)))
        return [_with_zone(StoredVersion(*row)) for row in rows]

    def set_lock(self, lock: StoredLock) -> None:
        """Lock a week, or open it again.

        Raises:
            StoreError: it is locked, or open, already.
            ValueError: the time has no time zone.
        """
        lock = replace(lock, made=_utc(lock.made))
        with self.database.transaction() as connection:
            found = _last_lock(connection, lock.scenario, lock.monday)
            if lock.locked == (found is not None and found.locked):
                raise StoreError(
                    said_of(found)
                    if found is not None and found.locked
                    else f"week of {lock.monday} is not locked"
                )
            number = _next(connection, tables.lock, lock.scenario, lock.monday)
            row = asdict(lock) | {"number": number, "made": _plain(lock.made)}
            connection.execute(insert(tables.lock).values(row))

    def locked(self, scenario: str) -> list[StoredLock]:
        """Return the weeks of a scenario that are locked, in order."""
        table = tables.lock
        columns = [table.c[name] for name in StoredLock.__dataclass_fields__]
        query = select(*columns).where(table.c.scenario == scenario)
        query = query.order_by(table.c.monday, table.c.number)
        rows = self.database.read(lambda connection: list(connection.execute(query)))
        last = {lock.monday: lock for lock in (_lock_of(row) for row in rows)}
        return [lock for lock in last.values() if lock.locked]

    def lock_of(self, scenario: str, monday: date) -> StoredLock | None:
        """Return what was last said of a week's lock, None if nothing ever was."""
        return self.database.read(lambda connection: _last_lock(connection, scenario, monday))


def said_of(lock: StoredLock) -> str:
    """Return who locked a week, in one line."""
    why = f": {lock.note}" if lock.note else ""
    return f"week of {lock.monday} was locked by {lock.author} on {lock.made:%Y-%m-%d %H:%M}{why}"


def _last_lock(connection: Connection, scenario: str, monday: date) -> StoredLock | None:
    table = tables.lock
    columns = [table.c[name] for name in StoredLock.__dataclass_fields__]
    here = select(*columns).where(table.c.scenario == scenario, table.c.monday == monday)
    row = connection.execute(here.order_by(table.c.number.desc()).limit(1)).first()
    return None if row is None else _lock_of(row)


def _lock_of(row: Iterable[Any]) -> StoredLock:
    found = StoredLock(*row)
    return replace(found, made=found.made.replace(tzinfo=UTC))


def _next(connection: Connection, table: Table, scenario: str, monday: date) -> int:
    last = select(func.max(table.c.number))
    here = last.where(table.c.scenario == scenario, table.c.monday == monday)
    return int(connection.execute(here).scalar() or 0) + 1


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"time {moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)


def _plain(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _with_zone(version: StoredVersion) -> StoredVersion:
    return replace(version, made=version.made.replace(tzinfo=UTC))
