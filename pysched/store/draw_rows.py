"""Wheels and the chain of seeds as rows, within a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from pysched.conflicts.draw import seed_of
from pysched.conflicts.wheel import WheelEvent, turns_of
from pysched.store import conflict_tables as tables

CHAIN_LENGTH = 1_000
"""Decisions for which the seeds of a chain suffice."""


@dataclass(frozen=True)
class SeedChain:
    """A chain of seeds: `published` from the beginning, `used` gone by, `secret` at its end."""

    id: int
    length: int
    secret: str
    published: str
    used: int

    @property
    def number(self) -> int:
        """The number of the next seed."""
        return self.used + 1

    @property
    def seed(self) -> str:
        """The next seed, secret until it is used."""
        return seed_of(self.secret, self.length, self.number)


def read_chain(connection: Connection) -> SeedChain | None:
    """Return the chain whose seeds are used next; None if there is none, or none is left."""
    table = tables.seed_chain
    row = connection.execute(select(table).order_by(table.c.id.desc()).limit(1)).first()
    if row is None or row.used >= row.length:
        return None
    return SeedChain(row.id, row.length, row.last, row.published, row.used)


def insert_chain(connection: Connection, secret: str, now: datetime) -> SeedChain:
    """Begin a chain; its first hash is for all to see from then on.

    Args:
        connection: in a transaction.
        secret: that nobody can guess.
        now: in UTC, without a time zone.
    """
    table = tables.seed_chain
    number = connection.execute(select(table.c.id).order_by(table.c.id.desc())).scalar() or 0
    published = seed_of(secret, CHAIN_LENGTH, 0)
    chain = SeedChain(number + 1, CHAIN_LENGTH, secret, published, 0)
    row = {"id": chain.id, "length": chain.length, "last": secret, "published": published}
    connection.execute(insert(table).values(row | {"used": 0, "created": now}))
    return chain


def use_seed(connection: Connection, chain: SeedChain) -> None:
    """Count the next seed of a chain as used."""
    table = tables.seed_chain
    change = update(table).where(table.c.id == chain.id).values(used=chain.number)
    connection.execute(change)


def seed_before(connection: Connection, chain: int, number: int) -> str:
    """Return the seed before a used one: published, or used before it."""
    table = tables.seed_chain
    row = connection.execute(select(table).where(table.c.id == chain)).one()
    return row.published if number == 1 else seed_of(row.last, row.length, number - 1)


def read_events(connection: Connection) -> dict[str, list[WheelEvent]]:
    """Return the events of every wheel, in order."""
    table = tables.wheel_event
    found: dict[str, list[WheelEvent]] = {}
    for row in connection.execute(select(table).order_by(table.c.wheel, table.c.number)):
        names = tuple(row.physicians)
        event = WheelEvent(row.number, row.wheel, row.kind, names, row.conflict)
        found.setdefault(row.wheel, []).append(event)
    return found


def joined(wheel: str, events: Sequence[WheelEvent], names: Iterable[str]) -> list[WheelEvent]:
    """Return the events of a wheel, and one more if some are not on it: they join at its back.

    Args:
        wheel: its id.
        events: all so far, in order.
        names: physicians who are to be on it.
    """
    new = sorted(set(names) - set(turns_of(events)))
    return [*events, WheelEvent(len(events), wheel, "join", tuple(new))] if new else [*events]


def admit(
    connection: Connection, wheel: str, names: Iterable[str], day: date, now: datetime
) -> None:
    """Put those at the back of a wheel who are not on it; all of them when it is new.

    Args:
        connection: in a transaction.
        wheel: its id.
        names: physicians who are to be on it.
        day: of the first conflict that they are on it for.
        now: in UTC, without a time zone.
    """
    table = tables.wheel
    if connection.execute(select(table.c.id).where(table.c.id == wheel)).first() is None:
        connection.execute(insert(table).values(id=wheel, created=now))
    events = read_events(connection).get(wheel, [])
    for event in joined(wheel, events, names)[len(events) :]:
        _insert(connection, event, day)


def turn(
    connection: Connection, wheel: str, winners: Iterable[str], conflict: str, day: date
) -> None:
    """Move winners to the back of a wheel, in their order."""
    events = read_events(connection).get(wheel, [])
    names = tuple(winners)
    if names:
        _insert(connection, WheelEvent(len(events), wheel, "win", names, conflict), day)


def _insert(connection: Connection, event: WheelEvent, day: date) -> None:
    row = {
        "wheel": event.wheel,
        "number": event.number,
        "kind": event.kind,
        "physicians": list(event.physicians),
        "conflict": event.conflict,
        "day": day,
    }
    connection.execute(insert(tables.wheel_event).values(row))
