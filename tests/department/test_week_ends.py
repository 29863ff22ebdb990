"""Two weeks of the toy with the bank: planned, settled, paid, once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pysched.bank.profile import bank_profile
from pysched.department import (
    Accounts,
    Order,
    PlannedWeek,
    Run,
    StoreError,
    UnknownPhysicianError,
    WeekEnds,
    WeekTakenError,
)
from pysched.department.run import run_key
from pysched.instance import weeks_of
from pysched.model import State
from pysched.solver import Options
from pysched.store import LedgerStore
from pysched.store.database import Database
from pysched.store.tables import metadata
from tests.department.long_toy import SCENARIO, by_turns, close_all, stored_week, weeks

OPTIONS = Options(None, 2_000, 1, 1)
PLAIN = Order(SCENARIO, weeks_of(SCENARIO), State(), OPTIONS)
ORDER = replace(PLAIN, bank=bank_profile())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the database of the run."""
    return tmp_path_factory.mktemp("bank")


@pytest.fixture(scope="module")
def url(folder: Path) -> str:
    """The database of the run."""
    return f"sqlite:///{folder / 'toy.sqlite'}"


@pytest.fixture(scope="module")
def planned(url: str) -> list[PlannedWeek]:
    """The two weeks, settled."""
    with Run(ORDER, url) as run:
        return list(run.weeks())


@pytest.fixture
def accounts(planned: list[PlannedWeek], url: str) -> Iterator[Accounts]:
    """The bank after them."""
    assert len(planned) == 2
    with Accounts(url) as accounts:
        yield accounts


def rows_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with sqlite3.connect(folder / "toy.sqlite") as connection:
        return {
            table.name: sorted(connection.execute(f"SELECT * FROM {table.name}"), key=repr)  # noqa: S608
            for table in metadata.tables.values()
        }


def test_credits_sum_to_zero_and_every_award_says_why(accounts: Accounts, url: str) -> None:
    """The holiday of 25 April and the weekends are paid; the chain holds and is anchored."""
    ledger = LedgerStore(Database(url), bank_profile().ledger)
    assert sum(ledger.balances().values()) == 0
    assert ledger.verify() is None
    assert ledger.head() in ledger.anchors()
    awards = [row for row in ledger.stored().rows if row.kind == "earn"]
    for row in awards:
        (payee,) = (p for p in row.postings if p.cents > 0)
        name = SCENARIO.network.physicians[payee.account.removeprefix("person:")].name
        start = f"{name} earns {payee.cents / 100:.2f} credits for {row.day}: "
        assert str(row.metadata["sentence"]).startswith(start)
    assert {"holiday", "weekend"} <= {row.metadata["rule"] for row in awards}


def test_a_second_run_changes_nothing(planned: list[PlannedWeek], folder: Path, url: str) -> None:
    """No row of any table; the weeks come from the database."""
    before = rows_of(folder)
    with Run(ORDER, url) as run:
        again = list(run.weeks())
    assert again == [replace(week, is_stored=True) for week in planned]
    assert rows_of(folder) == before


def test_the_second_week_knows_the_burdens_of_the_first(planned: list[PlannedWeek]) -> None:
    """Its sacrifice duties cost more with those who bore more."""
    rules = {cost.rule for week in planned for cost in week.record.costs}
    assert "equalization" in rules
    with_bank = {cost.culprit for cost in planned[1].record.costs if cost.rule == "equalization"}
    assert with_bank


def test_a_bank_closes_each_week_for_one_run_only(planned: list[PlannedWeek], url: str) -> None:
    """Another run of the same weeks needs another database; one without the bank does not."""
    other = replace(ORDER, options=Options(None, 1_000, 2, 1))
    with pytest.raises(StoreError, match="closed 2024-W17 for another run; the week of 2024-04-15"):
        Run(other, url)
    Run(PLAIN, url).__exit__()
    third = replace(ORDER, weeks=tuple(weeks(3)[2:]))
    Run(third, url).__exit__()


def test_runs_with_and_without_a_bank_differ() -> None:
    """And those with other numbers; what the bank knew before counts."""
    keys = {run_key(PLAIN), run_key(ORDER, "empty"), run_key(ORDER, "something")}
    assert len(keys) == 3


def test_the_accounts_say_what_the_ledger_has(accounts: Accounts) -> None:
    """Balances, what came from whom, and lines that add up."""
    total = 0
    for row in accounts.balances():
        statement = accounts.statement(row.physician)
        assert sum(statement.net.values()) == row.balance_cents
        assert sum(lot.left_cents for lot in statement.lots) == row.balance_cents
        assert sum(entry.cents for entry in statement.entries) == row.balance_cents
        assert accounts.history(row.physician) == list(statement.entries)
        last = list(accounts.balance_series()[row.physician].values())[-1]
        assert last == row.balance_cents
        assert row.limit_cents == 2_500
        total += row.balance_cents
    assert total > 0
    assert sum(row.deviation_cents for row in accounts.balances()) == 0


def test_fairness_says_where_all_stand(accounts: Accounts) -> None:
    """The same as was kept at the week-end; two weeks are too few for a trend."""
    found = accounts.fairness()
    kept = {name: list(row.values())[-1] for name, row in accounts.deviations().items()}
    assert found.snapshot.deviations == kept
    assert set(found.trends.values()) == {None}
    assert set(found.floor) == set(SCENARIO.network.physicians)
    assert found.snapshot.gini >= found.snapshot.floor_gini


def test_a_stranger_is_named(accounts: Accounts) -> None:
    """With those whom the bank knows."""
    with pytest.raises(UnknownPhysicianError, match=r"'zeno' is no physician .* anna, bruno"):
        accounts.statement("zeno")


def test_who_comes_second_is_told_that_another_run_closed_the_week(tmp_path: Path) -> None:
    """It was open when he began; the same command goes on from there."""
    url = f"sqlite:///{tmp_path / 'bank.sqlite'}"
    (week,) = close_all(url, 1)
    database = Database(url)
    bank = WeekEnds(database, SCENARIO.network, bank_profile())
    with pytest.raises(WeekTakenError, match="another run closed 2024-W16 meanwhile; the same"):
        bank.close("b" * 64, stored_week(week), week, by_turns(week, 1))
    database.close()
