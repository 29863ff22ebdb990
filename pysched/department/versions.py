"""Versions of a week's schedule: draft, published, worked; who made each, when and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, Self

from pysched.bank.versions import Version as PublishedVersion
from pysched.department.database import made
from pysched.department.worked import hash_of
from pysched.explain.amendment import Amendment
from pysched.explain.amendment_json import amendment_from_json, amendment_to_json
from pysched.instance import Scenario
from pysched.instance.records import state_from_json, state_to_json
from pysched.model import Assignment, Network, Schedule, State
from pysched.store import (
    Database,
    StoredLock,
    StoredVersion,
    StoreError,
    VersionStore,
    dealings,
)
from pysched.store.version_store import said_of

Kind = Literal["draft", "published", "worked"]
KINDS: tuple[Kind, ...] = ("draft", "published", "worked")


@dataclass(frozen=True)
class Version:
    """A version of a week's schedule with all that it is judged by.

    Args:
        schedule: of the week.
        kind: draft before it is published, worked once the week is over.
        author: who made it; made: when, in UTC; note: why.
        state: what the weeks before handed over.
        profile: rules in force, by name; `without` those switched off.
        amendment: what came up since the week was planned.
        number: counts the versions of the week from 1.
    """

    schedule: Schedule
    kind: Kind
    author: str
    made: datetime
    state: State
    note: str = ""
    profile: str | None = None
    without: tuple[str, ...] = ()
    amendment: Amendment = field(default_factory=Amendment)
    number: int = 0

    @property
    def hash(self) -> str:
        """SHA-256 of its assignments."""
        return hash_of(self.schedule)

    def to_bank(self) -> PublishedVersion:
        """Return it as the valuation of sacrifices has it."""
        return PublishedVersion(self.hash, self.made, self.schedule)


class Versions:
    """The versions of a scenario's weeks in a database.

    Args:
        scenario: by whose network names are known.
        url: of the database; it is made if it is not there.

    Raises:
        StoreError: the database cannot be used.
        OSError: its folder cannot be made.
    """

    def __init__(self, scenario: Scenario, url: str) -> None:
        """Open the database."""
        self.network = scenario.network
        self._store = VersionStore(made(url))
        self.url = self._store.database.url

    def __enter__(self) -> Self:
        """Use them."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the database."""
        self._store.database.close()

    def add(self, version: Version) -> Version:
        """Store a version and return it with its number.

        Raises:
            WeekLockedError: the week is locked.
            StoreError: nobody is named, or a worked version comes before any was published.
        """
        monday = version.schedule.monday
        _check_author(version.author)
        if version.kind == "worked" and not any(v.kind == "published" for v in self.all(monday)):
            raise StoreError(f"week of {monday} was not published: nothing was worked by it")
        stored = StoredVersion(
            scenario=self.network.name,
            monday=monday,
            kind=version.kind,
            author=version.author,
            made=version.made,
            note=version.note,
            hash=version.hash,
            schedule=json.dumps([[str(a.day), a.task, a.physician] for a in version.schedule]),
            context=_context(version),
        )
        return _version_of(self._store.add(stored), self.network, self.url)

    def all(self, monday: date | None = None) -> list[Version]:
        """Return the versions of a week, or of all weeks, in order.

        Raises:
            StoreError: one cannot be read, or was changed since.
        """
        return read_versions(self._store.database, self.network, monday)

    def find(self, name: str, monday: date | None = None) -> Version:
        """Return the latest version of a kind, or that of a number.

        Args:
            name: draft, published, worked or a number.
            monday: of the week; None if only one week has versions.

        Raises:
            StoreError: there is none, or several weeks have one.
        """
        rows = self.all(monday)
        mondays = sorted({row.schedule.monday for row in rows})
        if len(mondays) > 1:
            raise StoreError(
                f"{len(mondays)} weeks have versions, {mondays[0]} to {mondays[-1]}: say --week"
            )
        found = [row for row in rows if name in (row.kind, str(row.number))]
        if not found:
            of_week = "" if monday is None else f" of the week of {monday}"
            there = ", ".join(f"{row.number} {row.kind}" for row in rows)
            raise StoreError(
                f"database {self.url} has no version {name!r}{of_week}; "
                f"{f'it has {there}' if there else 'it has none: pysched publish stores one'}"
            )
        return found[-1]

    def set_lock(
        self, monday: date, *, locked: bool, author: str, made: datetime, note: str = ""
    ) -> None:
        """Lock a week, so that it gets no other version, or open it again.

        Raises:
            StoreError: it is so already, or nobody is named.
        """
        _check_author(author)
        self._store.set_lock(StoredLock(self.network.name, monday, locked, author, made, note))

    def is_closed(self, monday: date) -> bool:
        """Return whether the bank of the database has closed a week: corrections alone pay it."""
        last = self._store.database.read(dealings.last_closed)
        return last is not None and monday <= last

    def locked(self) -> dict[date, str]:
        """Return Monday -> who locked it when and why, of each locked week."""
        return read_locks(self._store.database, self.network)

    def refuse_locked(self, monday: date) -> None:
        """Raise if a week is locked.

        Raises:
            StoreError: it is; the message says by whom.
        """
        lock = self._store.lock_of(self.network.name, monday)
        if lock is not None and lock.locked:
            raise StoreError(said_of(lock))


def read_versions(
    database: Database, network: Network, monday: date | None = None
) -> list[Version]:
    """Return the versions of a week, or of all weeks, of an open database, in order.

    Raises:
        StoreError: one cannot be read, or was changed since.
    """
    rows = VersionStore(database).versions(network.name, monday)
    return [_version_of(row, network, database.url) for row in rows]


def read_locks(database: Database, network: Network) -> dict[date, str]:
    """Return Monday -> who locked it when and why, of each locked week of an open database."""
    locks = VersionStore(database).locked(network.name)
    return {lock.monday: said_of(lock) for lock in locks}


def in_force(rows: Sequence[Version]) -> Version | None:
    """Return what the versions of a week come to: as worked, else as published last.

    Args:
        rows: of one week, in order; drafts say nothing.

    Returns:
        It with all that came up; None if the week was not published.
    """
    published = [row for row in rows if row.kind == "published"]
    if not published:
        return None
    last = ([row for row in rows if row.kind == "worked"] or published)[-1]
    # Who stores a file as worked need not say again what came up.
    return replace(last, amendment=last.amendment or published[-1].amendment)


def _check_author(author: str) -> None:
    if not author.strip():
        raise StoreError("the name of who does it is missing")


def _context(version: Version) -> str:
    return json.dumps(
        {
            "state": state_to_json(version.state),
            "profile": version.profile,
            "without": list(version.without),
            "amendment": amendment_to_json(version.amendment),
        }
    )


def _version_of(row: StoredVersion, network: Network, url: str) -> Version:
    place = f"version {row.number} of the week of {row.monday}"
    rows = frozenset(
        Assignment(date.fromisoformat(day), task, name)
        for day, task, name in json.loads(row.schedule)
    )
    context = json.loads(row.context)
    version = Version(
        schedule=Schedule(row.monday, rows),
        kind=row.kind,  # type: ignore[arg-type]
        author=row.author,
        made=row.made,
        note=row.note,
        state=state_from_json(context["state"], place, network),
        profile=context["profile"],
        without=tuple(context["without"]),
        amendment=amendment_from_json(context["amendment"]),
        number=row.number,
    )
    if version.hash != row.hash:
        raise StoreError(f"database {url} was damaged: {place} is not what was stored")
    return version
