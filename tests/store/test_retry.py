"""Transactions that PostgreSQL breaks off: tried again, and under the same key done once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, event, text

from pysched.bank.ledger_rules import LedgerRules
from pysched.store import Database, LedgerStore, StoreError, Writer
from tests.bank.making import earned, transferred
from tests.databases import new_database

RULES = LedgerRules.recommended()


@pytest.fixture
def ledger(postgresql: str) -> Iterator[LedgerStore]:
    """A ledger in which two have something."""
    ledger = LedgerStore(Database(new_database(postgresql)), RULES)
    ledger.post_all([earned("P1", 1000), earned("P2", 1000)])
    yield ledger
    ledger.database.close()


def terminate(ledger: LedgerStore, connection: Connection) -> None:
    """End the server's process of a connection, from another one."""
    pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    end_backend(ledger, int(pid or 0))


def end_backend(ledger: LedgerStore, pid: int) -> None:
    """End a process of the server, and wait for its end."""
    with ledger.database.engine.connect() as other:
        assert other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid}).scalar()


def is_posted_once(ledger: LedgerStore, key: str) -> bool:
    """Return whether a transfer of 3 credits is there once, and all else holds."""
    rows = [row for row in ledger.stored().rows if row.key == key]
    assert ledger.verify() is None
    assert ledger.balances()["person:P2"] == 1300
    return len(rows) == 1


def test_a_backend_that_is_terminated_within_the_transaction(ledger: LedgerStore) -> None:
    """What it had done is gone; the second attempt does it, and the same again nothing."""
    asked, attempts = transferred("t", "P1", "P2", 300), []

    def work(writer: Writer) -> int:
        attempts.append(writer.head.seq)
        row = writer.post(asked)
        if len(attempts) == 1:
            terminate(ledger, writer.connection)
        writer.post(asked)
        return row.seq

    assert ledger.write(work) == 3
    assert attempts == [2, 2]
    assert ledger.post(asked).seq == 3
    assert is_posted_once(ledger, "t")


def test_a_backend_that_is_terminated_just_before_the_commit(ledger: LedgerStore) -> None:
    """All statements were answered, the commit is not."""
    asked, commits = transferred("t", "P1", "P2", 300), []
    engine = ledger.database.engine

    @event.listens_for(engine, "commit")
    def end(connection: Connection) -> None:
        raw = connection.connection.dbapi_connection
        commits.append(raw.info.backend_pid)  # type: ignore[union-attr]
        if len(commits) == 1:
            end_backend(ledger, commits[0])

    assert ledger.post(asked).seq == 3
    assert len(set(commits)) == len(commits) == 2
    assert ledger.post(asked).seq == 3
    assert is_posted_once(ledger, "t")


def test_a_commit_whose_answer_is_lost(ledger: LedgerStore) -> None:
    """It is there, though nobody was told; the second attempt finds it under its key."""
    asked, commits = transferred("t", "P1", "P2", 300), []
    engine = ledger.database.engine

    @event.listens_for(engine, "commit")
    def lose(connection: Connection) -> None:
        raw = connection.connection.dbapi_connection
        commits.append(raw.info.backend_pid)  # type: ignore[union-attr]
        if len(commits) == 1:
            raw.commit()  # type: ignore[union-attr]
            # The driver only asks the server to commit within a transaction.
            raw.execute("SELECT 1")  # type: ignore[union-attr]
            end_backend(ledger, commits[0])

    assert ledger.post(asked).seq == 3
    assert len(commits) == 2
    assert is_posted_once(ledger, "t")


def test_a_deadlock(ledger: LedgerStore) -> None:
    """Two that lock two rows in opposite orders: one is broken off and tried again."""
    both = threading.Barrier(2, timeout=20)
    attempts: list[str] = []
    failures: list[BaseException] = []

    def work(first: str, second: str) -> None:
        def lock(connection: Connection) -> None:
            attempts.append(first)
            change = "UPDATE ledger_account SET version = version + 1 WHERE account = :account"
            connection.execute(text(change), {"account": first})
            if attempts.count(first) == 1:
                both.wait()
            connection.execute(text(change), {"account": second})

        try:
            ledger.database.write(lock)
        except BaseException as error:
            failures.append(error)

    accounts = ("person:P1", "person:P2")
    threads = [
        threading.Thread(target=work, args=order) for order in (accounts, tuple(reversed(accounts)))
    ]
    versions = versions_of(ledger)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(attempts) == 3
    assert versions_of(ledger) == {account: n + 2 for account, n in versions.items()}


def test_a_serialization_failure(ledger: LedgerStore) -> None:
    """A row that another changed since the transaction began to look: once more from the start."""
    attempts = []
    change = text("UPDATE ledger_account SET version = version + 1 WHERE account = 'person:P1'")

    def work(connection: Connection) -> None:
        attempts.append(connection)
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        connection.execute(text("SELECT * FROM ledger_account")).all()
        if len(attempts) == 1:
            with ledger.database.engine.begin() as other:
                other.execute(change)
        connection.execute(change)

    before = versions_of(ledger)["person:P1"]
    ledger.database.write(work)
    assert len(attempts) == 2
    assert versions_of(ledger)["person:P1"] == before + 2


def test_what_another_attempt_cannot_help_is_not_tried_again(ledger: LedgerStore) -> None:
    """A statement that is wrong is wrong at once."""
    attempts = []

    def work(connection: Connection) -> None:
        attempts.append(connection)
        connection.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(StoreError, match="nowhere"):
        ledger.database.write(work)
    assert len(attempts) == 1


def versions_of(ledger: LedgerStore) -> dict[str, int]:
    """Return how often the rows of the two accounts changed."""
    query = text("SELECT account, version FROM ledger_account WHERE account LIKE 'person:%'")
    return ledger.database.read(lambda c: {row.account: row.version for row in c.execute(query)})
