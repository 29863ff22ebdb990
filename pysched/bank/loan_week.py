"""The week-end of loans: earnings are taken, further terms charged and defaults found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pysched.bank.lending_rules import RECOMMENDED, LendingRules
from pysched.bank.loan import (
    Loan,
    charge,
    due_date,
    pay,
    week_of,
)
from pysched.bank.transaction import Transaction
from pysched.trust.events import LoanEvent


@dataclass(frozen=True, slots=True)
class LoanWeek:
    """What a close does to loans.

    Args:
        loans: all, as they stand then, in the order given.
        transactions: to be posted, under natural keys.
        events: for trust.
    """

    loans: tuple[Loan, ...]
    transactions: tuple[Transaction, ...]
    events: tuple[LoanEvent, ...]


def settle_loans(
    loans: Iterable[Loan],
    earned_cents: Mapping[str, int],
    close: date,
    rules: LendingRules = RECOMMENDED,
) -> LoanWeek:
    """Settle the loans at the close of a week.

    What is due is taken from the week's earnings, all of them for loans due at once and a share
    for others; then what is still owed costs interest for each further term that begins; then
    who is overdue for long has defaulted. Settling the result again at that close with nothing
    earned changes nothing.

    Args:
        loans: all, closed ones included.
        earned_cents: physician -> earned in the week, 0 where absent.
        close: last day of the week.
        rules: of lending.
    """
    given = tuple(loans)
    after = {loan.id: loan for loan in given}
    posted: list[Transaction] = []
    events: list[LoanEvent] = []
    taken: Counter[str] = Counter()
    due = [loan for loan in given if loan.owed_cents and loan.due <= close]
    for loan in sorted(due, key=lambda loan: (loan.due, loan.id)):
        loan, paid = _take_earnings(loan, earned_cents, taken, close, rules)
        loan, charged = _charge_further(loan, close, rules)
        loan, defaults = _find_default(loan, close, rules)
        after[loan.id] = loan
        posted += [*paid, *charged]
        events += defaults
    return LoanWeek(tuple(after[loan.id] for loan in given), tuple(posted), tuple(events))


def _take_earnings(
    loan: Loan,
    earned_cents: Mapping[str, int],
    taken: Counter[str],
    close: date,
    rules: LendingRules,
) -> tuple[Loan, list[Transaction]]:
    percent = 100 if loan.terms.days is None else rules.garnish_percent
    most = max(0, earned_cents.get(loan.borrower, 0)) * percent // 100
    cents = min(loan.owed_cents, max(0, most - taken[loan.borrower]))
    if not cents:
        return loan, []
    taken[loan.borrower] += cents
    after, paid = pay(loan, cents, f"repay|{loan.id}|{close}", close, rules)
    return after, [paid]


def _charge_further(loan: Loan, close: date, rules: LendingRules) -> tuple[Loan, list[Transaction]]:
    posted: list[Transaction] = []
    if not rules.further_interest:
        return loan, posted
    while (
        loan.outstanding_cents
        and loan.interest_cents < loan.principal_cents
        and loan.terms.interest_percent
        and due_date(loan.made, loan.terms, loan.terms_charged) <= close
    ):
        key = f"interest|{loan.id}|{loan.terms_charged}"
        loan, charged = charge(loan, key, close, rules)
        posted += charged
    return loan, posted


def _find_default(loan: Loan, close: date, rules: LendingRules) -> tuple[Loan, list[LoanEvent]]:
    late = close - loan.due >= timedelta(days=rules.default_days)
    if not late or not loan.outstanding_cents or loan.defaulted is not None:
        return loan, []
    event = LoanEvent(
        week_of(close), loan.lender, loan.borrower, "defaulted", loan.outstanding_cents
    )
    return replace(loan, defaulted=close), [event]
