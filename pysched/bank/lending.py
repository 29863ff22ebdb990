"""Lending between physicians: a loan is asked for, made or refused, and repaid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pysched.bank.amount import checked_cents, credits_of
from pysched.bank.lending_rules import RECOMMENDED, LendingRules, Terms
from pysched.bank.loan import Loan, charge, due_date, pay, transaction, week_of
from pysched.bank.standing import (
    effective,
    is_frozen,
    terms_between,
    terms_of,
    terms_with_pool,
)
from pysched.bank.transaction import Transaction, person
from pysched.trust.events import LoanEvent
from pysched.trust.rules import RECOMMENDED as TRUST
from pysched.trust.rules import TrustRules

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph

__all__ = [
    "Ask",
    "FrozenError",
    "Lent",
    "Loan",
    "LoanRefusedError",
    "Repaid",
    "RepaymentError",
    "Terms",
    "due_date",
    "effective",
    "is_frozen",
    "lend",
    "outstanding",
    "repay",
    "terms_between",
    "terms_of",
    "terms_with_pool",
]


class LoanRefusedError(ValueError):
    """A loan that is not made.

    Args:
        message: says why, with limit and amount.
        limit_cents: what could have been lent.
        amount_cents: what was asked for.
    """

    def __init__(self, message: str, limit_cents: int, amount_cents: int) -> None:
        """Keep limit and amount for who wants to show them."""
        super().__init__(message)
        self.limit_cents, self.amount_cents = limit_cents, amount_cents


class FrozenError(LoanRefusedError):
    """Somebody has a loan overdue."""


class RepaymentError(ValueError):
    """A payment that is more than is owed, or no amount."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a borrower asks for.

    Args:
        id: of the loan to be, unique.
        lender: from whom.
        borrower: for whom.
        cents: principal.
        day: on which.
    """

    id: str
    lender: str
    borrower: str
    cents: int
    day: date


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan that is made.

    Args:
        loan: as it stands.
        transactions: the loan, and its interest if it bears any.
        event: for trust.
    """

    loan: Loan
    transactions: tuple[Transaction, ...]
    event: LoanEvent


@dataclass(frozen=True, slots=True)
class Repaid:
    """A payment that is taken.

    Args:
        loan: as it stands then.
        transaction: the payment.
        event: for trust; None where no principal was repaid, or only after a default.
    """

    loan: Loan
    transaction: Transaction
    event: LoanEvent | None


def outstanding(loans: Iterable[Loan], borrower: str, lender: str | None = None) -> int:
    """Return the principal in cents that a borrower has from one lender, or from all."""
    return sum(
        loan.outstanding_cents
        for loan in loans
        if loan.borrower == borrower and lender in (None, loan.lender)
    )


def lend(
    ask: Ask,
    graph: TrustGraph,
    loans: Sequence[Loan],
    available_cents: int,
    rules: LendingRules = RECOMMENDED,
    trust_rules: TrustRules = TRUST,
) -> Lent:
    """Make a loan under the terms of its day.

    Args:
        ask: what is asked for.
        graph: of trust.
        loans: all so far, closed ones included.
        available_cents: what the lender has to give.
        rules: of lending.
        trust_rules: say what of trust counts towards the pool.

    Raises:
        UnknownPhysicianError: one of them is not in the graph, or they are one.
        AmountError: the amount is no whole number of cents.
        LoanRefusedError: not above 0, or above a limit; FrozenError: somebody is overdue.
    """
    cents = checked_cents(ask.cents)
    terms = terms_between(graph, loans, ask.lender, ask.borrower, ask.day, rules)
    if cents <= 0:
        raise LoanRefusedError(f"loan of {credits_of(cents)} credits is none", 0, cents)
    _refuse_frozen(ask, loans, rules)
    room = _room(ask, graph, loans, terms, (rules, trust_rules))
    _refuse_beyond(ask, room, available_cents)
    due = due_date(ask.day, terms)
    bare = Loan(
        ask.id, ask.lender, ask.borrower, cents, cents, 0, ask.day, due, terms, terms_charged=0
    )
    given = {person(ask.lender): -cents, person(ask.borrower): cents}
    debts = {person(ask.lender): cents, person(ask.borrower): -cents}
    made = transaction("loan", f"loan|{ask.id}", ask.day, given, debts, bare)
    loan, interest = charge(bare, f"interest|{ask.id}|0", ask.day, rules)
    event = LoanEvent(week_of(ask.day), ask.lender, ask.borrower, "lent", cents)
    return Lent(loan, (made, *interest), event)


def _refuse_frozen(ask: Ask, loans: Sequence[Loan], rules: LendingRules) -> None:
    for physician in (ask.borrower, ask.lender):
        if is_frozen(loans, physician, ask.day, rules):
            raise FrozenError(
                f"{physician} has a loan overdue on {ask.day}: the limit is 0 of"
                f" {credits_of(ask.cents)} credits asked",
                0,
                ask.cents,
            )


def _room(
    ask: Ask,
    graph: TrustGraph,
    loans: Sequence[Loan],
    terms: Terms,
    both: tuple[LendingRules, TrustRules],
) -> list[tuple[str, int, int]]:
    """Return the limits that hold: what for, the limit, and what of it is used."""
    used = outstanding(loans, ask.borrower, ask.lender)
    rows = [(f"{ask.lender} to {ask.borrower}", terms.limit_cents, used)]
    if both[0].aggregate_cap:
        pool = terms_with_pool(graph, loans, ask.borrower, ask.day, *both)
        total = outstanding(loans, ask.borrower)
        rows.append((f"all loans of {ask.borrower}", pool.limit_cents, total))
    return rows


def _refuse_beyond(ask: Ask, limits: list[tuple[str, int, int]], available_cents: int) -> None:
    for what, limit, used in (*limits, (f"credits of {ask.lender}", available_cents, 0)):
        if used + ask.cents > limit:
            raise LoanRefusedError(
                f"{credits_of(ask.cents)} credits asked from {ask.lender} for {ask.borrower}:"
                f" {what} have a limit of {credits_of(limit)}, {credits_of(used)} of it in use",
                max(0, limit - used),
                ask.cents,
            )


def repay(loan: Loan, cents: int, day: date, key: str, rules: LendingRules = RECOMMENDED) -> Repaid:
    """Repay a loan wholly or in part.

    Args:
        loan: before.
        cents: at most what is owed.
        day: of the payment.
        key: of the transaction.
        rules: of lending.

    Raises:
        AmountError: it is no whole number of cents.
        RepaymentError: it is not above 0 or more than is owed, or before the loan was made.
    """
    if not loan.owed_cents:
        raise RepaymentError(f"nothing is owed for loan {loan.id} any more")
    if not 0 < checked_cents(cents) <= loan.owed_cents:
        raise RepaymentError(
            f"payment of {credits_of(cents)} credits for loan {loan.id}:"
            f" {credits_of(loan.owed_cents)} are owed"
        )
    if day < loan.made:
        raise RepaymentError(f"payment on {day} for loan {loan.id} of {loan.made}")
    after, paid = pay(loan, cents, key, day, rules)
    principal = loan.outstanding_cents - after.outstanding_cents
    if not principal or loan.defaulted is not None:
        return Repaid(after, paid, None)
    event = LoanEvent(week_of(day), loan.lender, loan.borrower, "repaid", principal)
    return Repaid(after, paid, event)
