"""The migration of dealings, down and up on data: weeks stay, an open proposal forbids it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pysched.bank.profile import bank_profile
from pysched.department import Dealings, StoreError
from pysched.store import BankStore, Database, dump, restore
from pysched.store.migrate import HEAD, migrate
from tests.department.long_toy import close_all
from tests.department.test_dealings import DAY


def moved_to(url: str, revision: str) -> None:
    """Move a database to a migration."""
    with closing(Database(url, upgrade=False)) as database, database.transaction() as connection:
        migrate(connection, revision)


def test_down_and_up_with_closed_weeks_and_transfers(url: str) -> None:
    """What is of both versions is as it was, and the bank goes on."""
    assert len(list(close_all(url, 4))) == 4
    with Dealings(url) as bank:
        bank.lend("dario", "anna", 200, DAY, key="l")
        done = bank.propose("dario", "bruno", 100, DAY)
        bank.accept("bruno", done.number, DAY)
        pending = bank.propose("dario", "bruno", 100, DAY)
    with pytest.raises(StoreError, match="1 pending transfers are open"):
        moved_to(url, "0004")
    with Dealings(url) as bank:
        assert bank.transfers("bruno") == [pending]
        bank.withdraw("dario", pending.number, DAY)
    before = BankStore(Database(url), bank_profile())
    kept, book, head = before.kept(), before.ledger.book(), before.ledger.head()
    moved_to(url, "0004")
    with pytest.raises(StoreError, match=f"is at migration 0004, not {HEAD}"):
        Dealings(url)
    moved_to(url, HEAD)
    after = BankStore(Database(url), bank_profile())
    assert (after.kept(), after.ledger.book(), after.ledger.head()) == (kept, book, head)
    assert len(list(close_all(url, 5))) == 1
    with Dealings(url) as bank:
        assert bank.transfers("bruno", only_open=False) == []
        assert [loan.outstanding_cents for loan in bank.loans("anna")] == [200]
    assert after.ledger.verify() is None


def test_a_dump_brings_transfers_and_keys_back(tmp_path: Path) -> None:
    """What waits for an answer still does, and what was done under a key is not done again."""
    url, other = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("one", "other"))
    assert len(list(close_all(url, 4))) == 4
    with Dealings(url) as bank:
        pending = bank.propose("dario", "bruno", 100, DAY, key="k")
    lines = list(dump(Database(url)))
    restore(Database(other), lines)
    with Dealings(other) as bank:
        assert bank.transfers("bruno") == [pending]
        assert bank.propose("dario", "bruno", 100, DAY, key="k") == pending
        assert bank.accept("bruno", pending.number, DAY).status == "accepted"
        assert bank.profile == bank_profile()
