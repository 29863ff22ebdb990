"""A loan: what is owed of it, when it is due, and what a payment does to it."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pysched.bank.lending_rules import LendingRules, Terms
from pysched.bank.transaction import Kind, Posting, Transaction, person

_INTEREST = "pool:interest"
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Loan:
    """Credits that one physician lent to another, under the terms of the day it was made.

    Args:
        id: unique.
        lender: who is owed the principal.
        borrower: who owes it.
        principal_cents: lent.
        outstanding_cents: principal not repaid yet.
        interest_cents: charged so far, in all at most the principal.
        made: day of the loan.
        due: last day to repay it.
        terms: as of that day.
        interest_paid_cents: of the interest charged.
        terms_charged: for how many terms interest was charged.
        defaulted: the close at which it was found a default, None if it was not.
        closed: day on which nothing was owed any more.
    """

    id: str
    lender: str
    borrower: str
    principal_cents: int
    outstanding_cents: int
    interest_cents: int
    made: date
    due: date
    terms: Terms
    interest_paid_cents: int = 0
    terms_charged: int = 1
    defaulted: date | None = None
    closed: date | None = None

    @property
    def interest_due_cents(self) -> int:
        """Interest charged and not paid."""
        return self.interest_cents - self.interest_paid_cents

    @property
    def owed_cents(self) -> int:
        """Principal and interest not paid."""
        return self.outstanding_cents + self.interest_due_cents

    def is_overdue(self, day: date) -> bool:
        """Return whether something is owed after the day it was due."""
        return self.owed_cents > 0 and self.due < day


def next_close(day: date) -> date:
    """Return the close of the week of a day, its Sunday."""
    return day + timedelta(days=6 - day.weekday())


def week_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def due_date(made: date, terms: Terms, count: int = 1) -> date:
    """Return when a loan is due: months by calendar, else days, else the next close.

    Months end on the same day of the month, or on its last one if it is shorter.

    Args:
        made: day of the loan.
        terms: of the loan.
        count: how many terms later.
    """
    if terms.months is not None:
        months = made.year * 12 + made.month - 1 + terms.months * count
        year, month = months // 12, months % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(made.day, last))
    if terms.days is not None:
        return made + timedelta(days=terms.days * count)
    return next_close(made) + _WEEK * (count - 1)


def flat_interest(cents: int, percent: int) -> int:
    """Return a percentage in whole cents, halves to the even cent."""
    whole, rest = divmod(cents * percent, 100)
    return whole + (2 * rest > 100 or (2 * rest == 100 and whole % 2 == 1))


def charge(loan: Loan, key: str, day: date, rules: LendingRules) -> tuple[Loan, list[Transaction]]:
    """Charge one further term of simple interest on what is outstanding, up to the principal.

    Args:
        loan: before.
        key: of the transaction.
        day: of the charge.
        rules: say who gets the interest.

    Returns:
        The loan, and the transaction if there is anything to charge.
    """
    wanted = flat_interest(loan.outstanding_cents, loan.terms.interest_percent)
    cents = min(wanted, loan.principal_cents - loan.interest_cents)
    after = replace(
        loan, interest_cents=loan.interest_cents + cents, terms_charged=loan.terms_charged + 1
    )
    if cents == 0:
        return after, []
    debts = {person(loan.borrower): -cents, interest_account(loan, rules): cents}
    return after, [transaction("interest", key, day, {}, debts, loan)]


def pay(
    loan: Loan, cents: int, key: str, day: date, rules: LendingRules
) -> tuple[Loan, Transaction]:
    """Take a payment off a loan, first the principal and then interest.

    So the lender has his own back before the pool has its interest.

    Args:
        loan: owes at least `cents`.
        cents: above 0.
        key: of the transaction.
        day: of the payment.
        rules: say who gets the interest.
    """
    principal = min(cents, loan.outstanding_cents)
    interest = cents - principal
    paid = Counter({person(loan.lender): principal})
    paid[interest_account(loan, rules)] += interest
    paid[person(loan.borrower)] -= cents
    after = replace(
        loan,
        outstanding_cents=loan.outstanding_cents - principal,
        interest_paid_cents=loan.interest_paid_cents + interest,
    )
    if after.owed_cents == 0:
        after = replace(after, closed=day)
    debts = {account: -amount for account, amount in paid.items()}
    return after, transaction("repay", key, day, paid, debts, loan)


def interest_account(loan: Loan, rules: LendingRules) -> str:
    """Return the account that gets the interest of a loan."""
    return _INTEREST if rules.interest_to == "pool" else person(loan.lender)


def transaction(
    kind: Kind,
    key: str,
    day: date,
    credit: dict[str, int] | Counter[str],
    debts: dict[str, int] | Counter[str],
    loan: Loan,
) -> Transaction:
    """Return the transaction of a loan.

    Args:
        kind: of transaction.
        key: idempotency key.
        day: of business.
        credit: account -> cents of credits that it gets; 0 is left out.
        debts: account -> cents of what it is owed, negative if it owes.
        loan: named in the metadata.
    """
    postings = (
        *(Posting(account, "CR", cents) for account, cents in credit.items() if cents),
        *(Posting(account, "IOU", cents) for account, cents in debts.items() if cents),
    )
    return Transaction(kind, key, day, postings, {"loan": loan.id})
