"""Pending transfers without a database: what is posted, and what a close ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pysched.bank.amount import AmountError
from pysched.bank.book import Book
from pysched.bank.ledger import effect_of
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.pending import (
    PendingTransfer,
    accept,
    expired_at_close,
    expiry_of,
    open_transfer,
    withdraw,
)
from pysched.bank.transaction import Transaction
from tests.bank.making import earned

DAY = date(2024, 1, 3)
SUNDAY = date(2024, 1, 7)
RULES = replace(LedgerRules.recommended(), cap_cents=10_000)
PENDING = PendingTransfer(1, "P1", "P2", "P1", 500, DAY, expiry_of(DAY, RULES))


def booked(*transactions: Transaction, book: Book | None = None) -> Book:
    """Return the book after transactions."""
    book = book or Book()
    for row in transactions:
        book = book.after(effect_of(book, row, RULES.expiry(row.day)))
    return book


def held(cents: int = 500, earned_on: date = DAY) -> tuple[PendingTransfer, Book]:
    """Return a proposal of credits that P1 has earned, and the book with it."""
    book = booked(earned("P1", cents, earned_on))
    pending, posted = open_transfer(replace(PENDING, cents=cents), book)
    return pending, booked(*posted, book=book)


def test_seven_days_to_answer() -> None:
    """As the rules of the ledger say."""
    assert PENDING.expires == DAY + timedelta(days=7)
    assert expiry_of(DAY, replace(RULES, transfer_days=3)) == DAY + timedelta(days=3)


def test_what_is_given_keeps_its_expiry() -> None:
    """By way of the escrow, to whom it goes or back."""
    pending, book = held(earned_on=date(2023, 2, 1))
    for _, posted in (accept(pending, "P2", DAY, book), withdraw(pending, "P1", DAY)):
        (row,) = posted
        after = booked(row, book=book)
        lots = [lot for rows in after.lots.values() for lot in rows.values()]
        assert [lot.expires for lot in lots] == [RULES.expiry(date(2023, 2, 1))]
        assert after.balance(pending.escrow) == 0


def test_a_close_ends_what_is_over_and_what_shelters() -> None:
    """Not what is open and would stay through it all the same."""
    pending, book = held()
    assert expired_at_close([pending], book, RULES, SUNDAY) == []
    assert expired_at_close([pending], book, RULES, SUNDAY + timedelta(days=7)) == [pending]
    old, book = held(earned_on=SUNDAY - timedelta(weeks=52))
    assert expired_at_close([old], book, RULES, SUNDAY) == [old]
    rich, book = held(10_100)
    assert expired_at_close([rich], book, RULES, SUNDAY) == [rich]
    assert expired_at_close([rich], book, replace(RULES, cap_cents=None), SUNDAY) == []


def test_several_proposals_shelter_together() -> None:
    """The cap is for a payer, not for a proposal; others are left alone."""
    book = booked(earned("P1", 10_100), earned("P2", 500))
    rows = []
    for number, (payer, cents) in enumerate((("P1", 5_000), ("P1", 5_100), ("P2", 500)), 1):
        asked = replace(PENDING, number=number, payer=payer, payee="P3", asker=payer, cents=cents)
        pending, posted = open_transfer(asked, book)
        book = booked(*posted, book=book)
        rows.append(pending)
    assert expired_at_close(rows, book, RULES, SUNDAY) == rows[:2]


@pytest.mark.parametrize("cents", [1.5, True, 10**12])
def test_an_amount_is_exact(cents: int) -> None:
    """A float is refused, as everywhere in the bank."""
    with pytest.raises(AmountError):
        open_transfer(replace(PENDING, cents=cents), Book())
