"""Corrections of a closed week: reversals and new awards, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pysched.bank.profile import bank_profile
from pysched.bank.transaction import person
from pysched.department import StoreError, WeekEnds
from pysched.model import Assignment, Schedule
from pysched.store import Database
from pysched.store import social_tables as tables
from tests.department.long_toy import NETWORK, by_turns, close_all, weeks

TODAY = date(2024, 5, 6)
FIRST, SECOND = weeks(2)
SATURDAY = date(2024, 4, 20)


@pytest.fixture
def bank(url: str) -> Iterator[WeekEnds]:
    """A bank that has closed two weeks, on each kind of database."""
    assert len(list(close_all(url, 2))) == 2
    database = Database(url)
    yield WeekEnds(database, NETWORK, bank_profile())
    database.close()


def saturday_of() -> str:
    """Return who had the ward on the first Saturday."""
    (row,) = (a for a in by_turns(FIRST, 0) if a.duty == ("ward", SATURDAY))
    return row.physician


def really() -> tuple[Schedule, str, str]:
    """Return the first week with another physician on Saturday's ward, and both their names."""
    had = saturday_of()
    other = next(name for name in ("anna", "carla", "dario") if name != had)
    rows = {a for a in by_turns(FIRST, 0) if a.duty != ("ward", SATURDAY)}
    rows |= {Assignment(SATURDAY, "ward", other)}
    return Schedule(FIRST.monday, frozenset(rows)), had, other


def borne(bank: WeekEnds) -> set[tuple[str, date, str]]:
    """Return the rows of the sacrifice history."""
    columns = tables.sacrifice.c
    query = tables.sacrifice.select().with_only_columns(
        columns.physician_id, columns.sacrifice_date, columns.type
    )
    return bank.store.database.read(lambda c: {tuple(row) for row in c.execute(query)})  # type: ignore[misc]


def test_a_correction_takes_back_and_awards_anew(bank: WeekEnds) -> None:
    """Credits, history and where all stand; a second time it changes nothing."""
    schedule, had, other = really()
    before = bank.store.ledger.balances()
    assert (had, SATURDAY, "weekend") in borne(bank)
    correction = bank.correct(FIRST, schedule, TODAY)
    after = bank.store.ledger.balances()
    assert f"reverse|earn|weekend|{had}|{SATURDAY}|ward" in [r.key for r in correction.reversals]
    assert after[person(had)] < before[person(had)]
    assert after.get(person(other), 0) > before.get(person(other), 0)
    assert sum(after.values()) == 0
    assert (had, SATURDAY, "weekend") not in borne(bank)
    assert (other, SATURDAY, "weekend") in borne(bank)
    kept = bank.store.kept()
    assert [row.revision for row in kept] == [1, 0]
    standing = {r.physician: r for r in bank.store.equalizations() if r.week == "2024-W17"}
    total = [sum(k.burden.burdens.get(name, 0) for k in kept) for name in (had, other)]
    assert [standing[name].burden_cents for name in (had, other)] == total
    head = bank.store.ledger.head()
    again = bank.correct(FIRST, schedule, TODAY)
    assert (again.reversals, again.awards) == ((), ())
    assert bank.store.ledger.head() == head
    assert bank.store.ledger.verify() is None


def test_a_correction_can_be_corrected(bank: WeekEnds) -> None:
    """Back to what it was: everybody has again what he had."""
    before, history = bank.store.ledger.balances(), borne(bank)
    bank.correct(FIRST, really()[0], TODAY)
    bank.correct(FIRST, by_turns(FIRST, 0), TODAY)
    after = {name: cents for name, cents in bank.store.ledger.balances().items() if cents}
    assert after == {name: cents for name, cents in before.items() if cents}
    assert borne(bank) == history
    assert bank.store.kept()[0].revision == 2
    assert bank.store.ledger.verify() is None


def test_what_is_as_it_was_is_no_correction(bank: WeekEnds) -> None:
    """Nothing is posted, no revision is kept."""
    head = bank.store.ledger.head()
    assert bank.correct(SECOND, by_turns(SECOND, 1), TODAY).reversals == ()
    assert bank.store.ledger.head() == head
    assert [row.revision for row in bank.store.kept()] == [0, 0]


def test_a_week_that_is_not_closed_cannot_be_corrected(tmp_path: Path) -> None:
    """It is named."""
    bank = WeekEnds(Database(f"sqlite:///{tmp_path / 'new.sqlite'}"), NETWORK, bank_profile())
    with pytest.raises(StoreError, match="week 2024-04-15 is not closed"):
        bank.correct(FIRST, by_turns(FIRST, 0), TODAY)
