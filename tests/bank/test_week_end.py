"""The week's end: expiry, decay, cap and reset, computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pysched.bank.book import Book
from pysched.bank.ledger import effect_of
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import Transaction
from pysched.bank.week_end import week_end, week_name
from tests.bank.making import DAY, earned, moved

OFF = LedgerRules.seed()
SUNDAY = date(2024, 1, 7)
HELD = moved("bid_hold", "bid", "person:P1", "escrow:c1", 500)


def book_of(*transactions: Transaction, rules: LedgerRules = OFF) -> Book:
    """Return the book after transactions."""
    book = Book()
    for transaction in transactions:
        book = book.after(effect_of(book, transaction, rules.expiry(transaction.day)))
    return book


def taken(book: Book, rules: LedgerRules, day: date = SUNDAY) -> list[tuple[str, str, int]]:
    """Return kind, account and cents of what a week's end takes."""
    return [
        (t.kind, p.account, -p.cents)
        for t in week_end(book, rules, day)
        for p in t.postings
        if p.cents < 0
    ]


def test_the_seed_takes_nothing() -> None:
    """Credits lie for ever."""
    assert taken(book_of(earned("P1", 99_999)), OFF, date(2099, 1, 4)) == []


def test_lots_expire_at_the_close_of_their_day_and_not_before() -> None:
    """52 weeks after they were earned; what is spent expires no more."""
    rules = LedgerRules.recommended()
    book = book_of(earned("P1", 500), earned("P1", 300, SUNDAY), rules=rules)
    assert taken(book, rules, DAY + timedelta(weeks=52, days=-1)) == []
    assert taken(book, rules, DAY + timedelta(weeks=52)) == [("expire", "person:P1", 500)]
    (first,) = week_end(book, rules, DAY + timedelta(weeks=52))
    assert first.key == "close|2025-W01|expire|P1"
    assert taken(book, rules, date(2026, 1, 4)) == [("expire", "person:P1", 800)]


def test_decay_is_rounded_half_to_even_lot_by_lot() -> None:
    """Half a cent of 50 at 1 % stays, one and a half of 150 is two, half of 250 is two."""
    rules = replace(OFF, decay_basis_points=100)
    lots = [earned("P1", cents, duty=f"T{cents}") for cents in (50, 150, 250)]
    assert taken(book_of(*lots), rules) == [("decay", "person:P1", 4)]


def test_the_cap_takes_the_excess_from_what_expires_first() -> None:
    """Of those above it only."""
    rules = replace(LedgerRules.recommended(), cap_cents=1000)
    book = book_of(earned("P1", 700), earned("P1", 800, SUNDAY), earned("P2", 1000), rules=rules)
    assert taken(book, rules) == [("cap", "person:P1", 500)]
    (cap,) = week_end(book, rules, SUNDAY)
    after = book.after(effect_of(book, cap, None))
    assert [lot.left_cents for lot in after.open_lots("person:P1")] == [200, 800]


def test_a_reset_comes_with_its_period() -> None:
    """Every fourth week here, a quarter of each lot."""
    rules = replace(OFF, reset_weeks=4, reset_basis_points=2500)
    book = book_of(earned("P1", 1001))
    weeks = [SUNDAY + timedelta(weeks=n) for n in range(8)]
    takings = [taken(book, rules, day) for day in weeks]
    assert [bool(taking) for taking in takings].count(True) == 2
    first = next(n for n, taking in enumerate(takings) if taking)
    assert takings[first] == takings[first + 4] == [("reset", "person:P1", 250)]


def test_steps_follow_from_one_another() -> None:
    """What expired is not capped once more."""
    rules = replace(LedgerRules.recommended(), cap_cents=1000)
    late = DAY + timedelta(weeks=52)
    book = book_of(earned("P1", 900), earned("P1", 900, SUNDAY), rules=rules)
    assert taken(book, rules, late) == [("expire", "person:P1", 900)]


def test_escrow_is_left_alone() -> None:
    """What is bid expires when it is back; what is given goes with its expiry."""
    rules = LedgerRules.recommended()
    book = book_of(earned("P1", 900), HELD, rules=rules)
    assert taken(book, rules, DAY + timedelta(weeks=52)) == [("expire", "person:P1", 400)]


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2023, 6, 2), "2023-W22"), (date(2024, 12, 30), "2025-W01"), (SUNDAY, "2024-W01")],
)
def test_weeks_are_named_as_iso_does(day: date, name: str) -> None:
    """The year is that of the week."""
    assert week_name(day) == name
