"""Versions are added one after another and never change; a locked week gets no more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from pysched.store import (
    Database,
    StoredLock,
    StoredVersion,
    StoreError,
    VersionStore,
    WeekLockedError,
    dump,
    restore,
)

MONDAY = date(2024, 4, 15)
NOON = datetime(2024, 4, 8, 12, tzinfo=timezone(timedelta(hours=2)))


def version(**changes: object) -> StoredVersion:
    """Return a version that is not stored yet."""
    fields: dict[str, object] = {
        "scenario": "toy",
        "monday": MONDAY,
        "kind": "published",
        "author": "anna",
        "made": NOON,
        "note": "",
        "hash": "a" * 64,
        "schedule": "[]",
        "context": "{}",
    }
    return StoredVersion(**(fields | changes))  # type: ignore[arg-type]


def test_versions_are_counted_by_week(url: str) -> None:
    """From 1 on, each week and scenario by itself; times come back in UTC."""
    store = VersionStore(Database(url))
    numbers = [
        store.add(version(**changes)).number
        for changes in ({}, {"kind": "worked"}, {"monday": date(2024, 4, 22)}, {"scenario": "b"})
    ]
    assert numbers == [1, 2, 1, 1]
    found = store.versions("toy", MONDAY)
    assert [(row.number, row.kind) for row in found] == [(1, "published"), (2, "worked")]
    assert datetime(2024, 4, 8, 10, tzinfo=UTC) == found[0].made
    assert len(store.versions("toy")) == 3


def test_a_locked_week_gets_no_other_version(url: str) -> None:
    """Who locked it, when and why is said; opened again it takes them."""
    store = VersionStore(Database(url))
    store.add(version())
    lock = StoredLock("toy", MONDAY, True, "carla", NOON, "worked")
    store.set_lock(lock)
    with pytest.raises(
        WeekLockedError, match=r"2024-04-15 was locked by carla on 2024-04-08 10:00: worked"
    ):
        store.add(version())
    with pytest.raises(StoreError, match="was locked by carla"):
        store.set_lock(lock)
    store.add(version(monday=date(2024, 4, 22)))
    opened = StoredLock("toy", MONDAY, False, "anna", NOON, "")
    store.set_lock(opened)
    assert store.lock_of("toy", MONDAY) is not None
    assert store.add(version()).number == 2
    with pytest.raises(StoreError, match="week of 2024-04-15 is not locked"):
        store.set_lock(opened)


def test_times_need_a_time_zone(url: str) -> None:
    """A time of nowhere is refused."""
    store = VersionStore(Database(url))
    with pytest.raises(ValueError, match="has no time zone"):
        store.add(version(made=datetime(2024, 4, 8, 12)))


def test_versions_are_in_a_dump(tmp_path_factory: pytest.TempPathFactory) -> None:
    """And come back from it, locks included."""
    folder = tmp_path_factory.mktemp("dump")
    one, other = (Database(f"sqlite:///{folder / name}.sqlite") for name in ("one", "other"))
    store = VersionStore(one)
    store.add(version())
    store.set_lock(StoredLock("toy", MONDAY, True, "carla", NOON, ""))
    restore(other, dump(one))
    again = VersionStore(other)
    assert store.versions("toy") == again.versions("toy")
    assert store.lock_of("toy", MONDAY) == again.lock_of("toy", MONDAY)
