"""Wheels, seeds and decisions as rows: rebuilt, fixed beforehand, kept for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text

from pysched.bank.profile import bank_profile
from pysched.conflicts.draw import follows
from pysched.conflicts.wheel import turns_of
from pysched.store import ConflictStore, Database, StoreError
from pysched.store.draw_rows import (
    CHAIN_LENGTH,
    admit,
    insert_chain,
    read_chain,
    read_events,
    seed_before,
    turn,
    use_seed,
)
from pysched.store.dump import dump, restore
from tests.bank.making import earned
from tests.store.conflict_world import DAY, HOURS, MONDAY, OTHER, Clock, names_of, opening, sealed


@pytest.fixture
def clock() -> Clock:
    """A clock that is moved by hand."""
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[ConflictStore]:
    """Two open conflicts of A and B, who have 10.00 each, on each kind of database."""
    database = Database(url)
    store = ConflictStore(database, bank_profile(), clock, lambda: "the last seed")
    store.ledger.post_all(earned(name, 1_000) for name in ("A", "B"))
    store.open(MONDAY, [opening(DAY), opening(OTHER)], 48 * HOURS, 24 * HOURS)
    yield store
    database.close()


def test_a_wheel_is_rebuilt_from_its_events(store: ConflictStore, clock: Clock) -> None:
    """All join together, winners go to the back in their order, new ones behind all."""
    now = clock().replace(tzinfo=None)
    with store.database.transaction() as connection:
        admit(connection, "holiday", ["A", "B", "C"], DAY, now)
        admit(connection, "holiday", ["A", "B", "C"], DAY, now)
        turn(connection, "holiday", ["B", "A"], "one", DAY)
        admit(connection, "holiday", ["A", "B", "C", "D"], DAY, now)
        turn(connection, "holiday", ["C"], "two", DAY)
        turn(connection, "day_off", [], "three", DAY)
    events = store.database.read(read_events)
    assert set(events) == {"holiday"}
    assert turns_of(events["holiday"]) == {"A": (1, 1), "B": (1, 0), "C": (3, 0), "D": (2, 0)}


def test_seeds_of_a_chain_are_fixed_before_they_are_used(
    store: ConflictStore, clock: Clock
) -> None:
    """Each hashes to the one before, the first to what was published; then a chain begins anew."""
    read, now = store.database.read, clock().replace(tzinfo=None)
    chain = read(read_chain)
    assert chain is not None
    assert (chain.id, chain.used) == (1, 0)
    for number in (1, 2, 3):
        chain = read(read_chain)
        assert chain is not None
        assert chain.number == number
        seed = chain.seed
        assert follows(seed, read(lambda c, n=number: seed_before(c, 1, n)))
        with store.database.transaction() as connection:
            use_seed(connection, chain)
    with store.database.transaction() as connection:
        connection.execute(text(f"UPDATE seed_chain SET used = {CHAIN_LENGTH}"))  # noqa: S608
        assert read_chain(connection) is None
        assert insert_chain(connection, "another", now).id == 2
    assert read(read_chain).published != chain.published  # type: ignore[union-attr]


def test_decisions_and_turns_neither_change_nor_go(store: ConflictStore) -> None:
    """The database itself refuses."""
    name, _ = names_of(store)
    values = f"'{name}', 'wheel', '2024-04-01', NULL, NULL, 'i', 'd', 'r', 'd'"
    with store.database.transaction() as connection:
        connection.execute(text(f"INSERT INTO decision VALUES ({values})"))  # noqa: S608
        admit(connection, "holiday", ["A"], DAY, datetime(2024, 4, 1))
    for statement, table in (
        ("UPDATE decision SET result = 'other'", "decision"),
        ("DELETE FROM decision", "decision"),
        ("UPDATE wheel_event SET number = 7", "wheel_event"),
        ("DELETE FROM wheel_event", "wheel_event"),
    ):
        refused = pytest.raises(StoreError, match=f"{table} is append-only")
        with refused, store.database.transaction() as connection:
            connection.execute(text(statement))


def test_a_dump_has_the_conflicts(store: ConflictStore, tmp_path: object) -> None:
    """And a restored database is the same, line by line."""
    name, _ = names_of(store)
    sealed(store, name, "A", 500)
    store.agree(name, "A", "0" * 64, {"a": "proposal"})
    lines = list(dump(store.database))
    assert any('"table": "bid"' in line for line in lines)
    other = Database(f"sqlite:///{tmp_path}/other.sqlite")
    restore(other, lines)
    assert list(dump(other)) == lines
    assert ConflictStore(other, bank_profile()).conflicts() == store.conflicts()
    other.close()
