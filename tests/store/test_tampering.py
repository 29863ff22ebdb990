"""Whoever owns the database can change it: each change is found, some only with an anchor."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, delete, text, update

from pysched.bank.audit import verify
from pysched.bank.chain import (
    GENESIS,
    Anchor,
    PostingRow,
    Row,
    anchors_of,
    chain_hash,
    request_hash,
)
from pysched.bank.ledger import mirror
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import Posting, Transaction
from pysched.store import Database, LedgerStore, Writer
from pysched.store import ledger_tables as tables
from pysched.store.ledger_rows import read_rows, read_stored, transaction_of
from tests.bank.making import DAY, earned, lent, moved, owed, spent, transferred

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def filled(url: str, rows: int = 12) -> LedgerStore:
    """Return a ledger of some rows, without the guards that its owner can take away."""
    ledger = LedgerStore(Database(url), LedgerRules.recommended(), lambda: NOON)
    ledger.post_all(transactions()[:rows])
    with ledger.database.transaction() as connection:
        unguard(connection)
    return ledger


def transactions() -> list[Transaction]:
    """Return a dozen, the last three of which can go without a trace."""
    gift = transferred("gift", "P1", "P2", 300)
    return [
        earned("P1", 1000),
        earned("P2", 500),
        gift,
        spent("leave", "P2", 200),
        lent("loan", "P1", "P3", 250),
        moved("bid_hold", "bid", "person:P1", "escrow:c1", 100),
        moved("bid_release", "back", "escrow:c1", "person:P1", 100),
        mirror(gift, DAY),
        owed("repay", "repaid", {"person:P3": -250, "person:P1": 250}),
        earned("P4", 700, duty="T4"),
        earned("P5", 700, duty="T5"),
        earned("P6", 700, duty="T6"),
    ]


def unguard(connection: Connection) -> None:
    """Drop the triggers, as the owner of a database can."""
    for table in tables.APPEND_ONLY:
        if connection.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
        else:
            connection.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))


SIMPLE: dict[str, tuple[str, str]] = {
    "a posting's amount": (
        "UPDATE ledger_posting SET cents = cents * 2 WHERE seq = 4",
        "ledger_txn 4",
    ),
    "a posting's account": (
        "UPDATE ledger_posting SET account = 'person:P9' WHERE seq = 2 AND account = 'person:P2'",
        "ledger_txn 2",
    ),
    "a posting's balance": (
        "UPDATE ledger_posting SET balance_cents = balance_cents + 1 WHERE seq = 3",
        "ledger_txn 3",
    ),
    "a posting's floor": (
        "UPDATE ledger_posting SET floor_cents = -900 WHERE seq = 4 AND cents < 0",
        "ledger_txn 4",
    ),
    "a posting gone": (
        "DELETE FROM ledger_posting WHERE seq = 5 AND account = 'person:P3'",
        "ledger_txn 5",
    ),
    "the body": ("UPDATE ledger_txn SET kind = 'cap' WHERE seq = 4", "ledger_txn 4"),
    "the day": ("UPDATE ledger_txn SET day = '2023-01-01' WHERE seq = 1", "ledger_txn 1"),
    "the time": (
        "UPDATE ledger_txn SET recorded = '2024-01-01 13:00:00.000000' WHERE seq = 6",
        "ledger_txn 6",
    ),
    "the expiry": ("UPDATE ledger_txn SET expires = NULL WHERE seq = 2", "ledger_txn 2"),
    "the metadata": ("UPDATE ledger_txn SET metadata = '{}' WHERE seq = 1", "ledger_txn 1"),
    "the key": ("UPDATE ledger_txn SET key = 'other' WHERE seq = 4", "ledger_txn 4"),
    "what is reversed": ("UPDATE ledger_txn SET reverses = 'leave' WHERE seq = 8", "ledger_txn 8"),
    "the request": (
        "UPDATE ledger_txn SET request_hash = hash WHERE seq = 9",
        "ledger_txn 9",
    ),
    "a cached balance": (
        "UPDATE ledger_account SET balance_cents = 9999 WHERE account = 'person:P2'",
        "ledger_account person:P2",
    ),
    "the head": ("UPDATE ledger_head SET seq = 11", "ledger_head"),
    "a lot's expiry": (
        "UPDATE preference_credits SET expiry_date = '2034-01-01' WHERE creditor_id = 'P6'",
        "preference_credits",
    ),
    "a lot's amount": (
        "UPDATE preference_credits SET amount = 99 WHERE creditor_id = 'P6'",
        "preference_credits",
    ),
    "a lot's creditor": (
        "UPDATE preference_credits SET creditor_id = 'P1' WHERE creditor_id = 'P6'",
        "preference_credits",
    ),
    "a lot's type": (
        "UPDATE preference_credits SET type = 'weekend' WHERE creditor_id = 'P6'",
        "preference_credits",
    ),
    "what is left of a lot": (
        "UPDATE lot_balance SET left_cents = 1 WHERE account = 'person:P6'",
        "lot_balance",
    ),
    "a use of a lot": ("UPDATE lot_use SET cents = 1 WHERE seq = 4", "lot_use"),
    "a use gone": ("DELETE FROM lot_use WHERE seq = 4", "lot_use"),
    "a row gone": (
        "DELETE FROM lot_use WHERE seq = 4; DELETE FROM ledger_posting WHERE seq = 4; "
        "DELETE FROM ledger_txn WHERE seq = 4",
        "ledger_txn 4",
    ),
    "two rows swapped": (
        "UPDATE ledger_posting SET seq = seq + 100 WHERE seq IN (10, 11);"
        "UPDATE lot_balance SET seq = seq + 100 WHERE seq IN (10, 11);"
        "UPDATE ledger_txn SET seq = seq + 100 WHERE seq IN (10, 11);"
        "UPDATE ledger_txn SET seq = 11 WHERE seq = 110; UPDATE ledger_txn SET seq = 10"
        " WHERE seq = 111; UPDATE ledger_posting SET seq = 11 WHERE seq = 110;"
        "UPDATE ledger_posting SET seq = 10 WHERE seq = 111;"
        "UPDATE lot_balance SET seq = 11 WHERE seq = 110;"
        "UPDATE lot_balance SET seq = 10 WHERE seq = 111",
        "ledger_txn 10",
    ),
    "a careless cut of the tail": (
        "DELETE FROM lot_balance WHERE seq = 12; DELETE FROM ledger_posting WHERE seq = 12; "
        "DELETE FROM preference_credits WHERE creditor_id = 'P6'; "
        "DELETE FROM ledger_txn WHERE seq = 12",
        "ledger_head",
    ),
}
"""What is changed, by which statements, and what the audit names."""


def tamper(connection: Connection, statements: str) -> None:
    """Run statements, without heed of foreign keys."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    for statement in statements.split(";"):
        connection.execute(text(statement))


def test_every_change_is_found_and_the_row_named(url: str) -> None:
    """One change after another, each undone before the next."""
    ledger = filled(url)
    found = {}
    for name, (statements, _) in SIMPLE.items():
        with ledger.database.engine.connect() as connection, connection.begin() as transaction:
            tamper(connection, statements)
            finding = verify(read_stored(connection))
            transaction.rollback()
        found[name] = "nothing" if finding is None else finding.place
    assert ledger.verify() is None
    expected = {name: place for name, (_, place) in SIMPLE.items()}
    assert {n: p[: len(expected[n])] for n, p in found.items()} == expected


def test_a_chain_computed_anew_is_found_with_an_anchor_only(url: str) -> None:
    """An old amount is changed, and all that follows from it."""
    ledger = filled(url)
    published = anchors_of(str(ledger.head()))
    with ledger.database.transaction() as connection:
        rewrite(connection, ledger)
    assert ledger.balances()["person:P6"] == 7700
    assert ledger.verify() is None
    finding = ledger.verify(published)
    assert finding is not None
    assert finding.place == "ledger_txn 12"


def rewrite(connection: Connection, ledger: LedgerStore) -> None:
    """Post all again with another amount, into the emptied tables."""
    asked = [transaction_of(row) for row in read_rows(connection)]
    for table in (
        tables.lot_use,
        tables.lot_balance,
        tables.lot,
        tables.posting,
        tables.txn,
        tables.account,
    ):
        connection.execute(delete(table))
    connection.execute(update(tables.head).values(seq=0, hash=GENESIS))
    writer = Writer(connection, ledger.rules, NOON)
    writer.post_all([*asked[:-1], earned("P6", 7700, duty="T6")])
    writer.finish()


def test_a_careful_cut_of_the_tail_is_found_with_an_anchor_only(url: str) -> None:
    """The last rows go, with balances, lots and head as they were before."""
    ledger = filled(url)
    published = [Anchor(11, ledger.stored().rows[10].hash), ledger.head()]
    before = ledger.stored().rows[9].hash
    cut = (
        "DELETE FROM lot_balance WHERE seq > 10; DELETE FROM ledger_posting WHERE seq > 10;"
        "DELETE FROM preference_credits WHERE creditor_id IN ('P5', 'P6');"
        "DELETE FROM ledger_txn WHERE seq > 10;"
        "DELETE FROM ledger_account WHERE account IN ('person:P5', 'person:P6');"
        "UPDATE ledger_account SET balance_cents = balance_cents + 1400"
        " WHERE account = 'pool:mint';"
        "UPDATE ledger_head SET seq = 10"
    )
    with ledger.database.transaction() as connection:
        tamper(connection, cut)
        connection.execute(update(tables.head).values(hash=before))
    assert len(ledger.stored().rows) == 10
    assert ledger.verify() is None
    finding = ledger.verify(published)
    assert finding is not None
    assert str(finding) == "ledger_txn 11: is missing; it was there when it was published"


def test_rows_that_break_rules_are_found_though_their_hashes_fit(tmp_path: object) -> None:
    """The chain alone proves nothing of what it holds."""
    ledger = filled(f"sqlite:///{tmp_path}/x.sqlite", rows=2)
    stored = ledger.stored()
    forged = forge(
        stored.rows[-1], moved("spend", "much", "person:P1", "pool:surplus", 5000), -4000
    )
    head = Anchor(3, forged.hash)
    finding = verify(replace(stored, rows=[*stored.rows, forged], head=head))
    assert finding is not None
    assert finding.place == "ledger_txn 3"
    assert "P1 has 10.00 credits and may go down to 0.00: 50.00 cannot" in finding.reason


def forge(last: Row, asked: Transaction, balance_cents: int) -> Row:
    """Return a row after another whose hashes fit."""

    def kept(posting: Posting) -> PostingRow:
        floor = 0 if posting.cents < 0 else None
        return PostingRow(posting.account, posting.unit, posting.cents, balance_cents, floor)

    row = Row(
        seq=last.seq + 1,
        key=asked.key,
        kind=asked.kind,
        day=asked.day,
        recorded=last.recorded,
        expires=None,
        postings=tuple(kept(p) for p in asked.postings),
        metadata={},
        reverses=None,
        request_hash=request_hash(asked),
        hash_before=last.hash,
    )
    return replace(row, hash=chain_hash(row))


def test_anchors_are_read_line_by_line() -> None:
    """A line that is none is named."""
    line = f"12 {'ab' * 32}"
    assert anchors_of(f"{line}\n\n") == [Anchor(12, "ab" * 32)]
    for wrong in ("12", "x " + "ab" * 32, "12 " + "ab" * 31, "12 " + "AB" * 32):
        with pytest.raises(ValueError, match=f"line 2: '{wrong}'"):
            anchors_of(f"{line}\n{wrong}")
