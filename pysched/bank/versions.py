"""Published versions of a week, what was agreed upon them, and when a duty came to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from pysched.model import Assignment, Schedule, Week

Key = tuple[str, date]
"""A duty: its task and day."""


@dataclass(frozen=True, slots=True)
class Version:
    """A schedule as published; the server states the time, in UTC."""

    hash: str
    published_at: datetime
    schedule: Schedule

    def __post_init__(self) -> None:
        """Refuse a time that is not UTC."""
        check_utc(f"version {self.hash}", self.published_at)


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A duty goes from one physician to another; the giver is empty where it was open."""

    task: str
    day: date
    giver: str
    taker: str

    @property
    def duty(self) -> Key:
        """The key of the duty."""
        return self.task, self.day


@dataclass(frozen=True, slots=True)
class Agreed:
    """A request that all its physicians consented to, and the duties it moved.

    Args:
        id: of the request.
        kind: `swap` and `cover` are asked of another; `voluntary` is an extra duty or a day off
            given up by the asker himself, paid otherwise or not at all.
        asker: who asked. asked_at: when, in UTC, as the server states it.
        moves: the duties moved.
    """

    id: str
    kind: Literal["swap", "cover", "voluntary"]
    asker: str
    asked_at: datetime
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        """Refuse a time that is not UTC."""
        check_utc(f"request {self.id}", self.asked_at)


def check_utc(what: str, moment: datetime) -> None:
    """Check that a time is in UTC.

    Raises:
        ValueError: it is not.
    """
    if moment.utcoffset() != timedelta(0):
        raise ValueError(f"{what}: {moment.isoformat()} is not in UTC")


def in_order(week: Week, versions: Sequence[Version]) -> tuple[Version, ...]:
    """Return the versions of a week by the time they were published.

    Raises:
        ValueError: one is of another week.
    """
    for version in versions:
        if version.schedule.monday != week.monday:
            raise ValueError(f"version {version.hash} is not of the week {week.monday}")
    return tuple(sorted(versions, key=lambda version: version.published_at))


def cause(agreed: Sequence[Agreed], physician: str, key: Key) -> Agreed | None:
    """Return the last request that gave a duty to a physician, None if none did.

    Of several that moved the duty about, only the last put it on him, so that there is at most one.
    """
    found = [
        row
        for row in agreed
        if any((m.task, m.day) == key and m.taker == physician for m in row.moves)
    ]
    return max(found, key=lambda row: (row.asked_at, row.id), default=None)


def published_at(
    versions: Sequence[Version], physician: str, key: Key, otherwise: datetime
) -> datetime:
    """Return since when the published versions give a duty to a physician, without a break.

    Args:
        versions: by the time they were published.
        physician: who has the duty.
        key: the duty.
        otherwise: what to return if the last version does not give it to him.
    """
    row = Assignment(key[1], key[0], physician)
    told = otherwise
    for version in reversed(versions):
        if row not in version.schedule.assignments:
            break
        told = version.published_at
    return told
