"""The week-end of loans: earnings taken, further interest, defaults; and the debts of a leaver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pysched.bank.amount import credits_of
from pysched.bank.lending_rules import RECOMMENDED, LendingRules
from pysched.bank.loan import (
    Loan,
    charge,
    due_date,
    interest_account,
    pay,
    transaction,
    week_of,
)
from pysched.bank.transaction import Posting, Transaction, person
from pysched.trust.events import LoanEvent

_WRITE_OFF = "pool:write_off"


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


@dataclass(frozen=True, slots=True)
class Departure:
    """What a leaver leaves behind.

    Args:
        loans: all, as they stand then, in the order given.
        transactions: payments from what he has, then what is written off.
        loss_cents: lender -> principal that he did not get back from the leaver.
        overdraft_cents: what he owed the pool.
        sentence: what was lost, for people.
    """

    loans: tuple[Loan, ...]
    transactions: tuple[Transaction, ...]
    loss_cents: Mapping[str, int]
    overdraft_cents: int
    sentence: str


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


def depart(
    leaver: str,
    balance_cents: int,
    loans: Iterable[Loan],
    day: date,
    rules: LendingRules = RECOMMENDED,
) -> Departure:
    """Settle the debts of somebody who leaves, and write off what he cannot pay.

    What he has pays his loans by due date. What is left of a loan goes to the pool, which pays the
    lender where the rules say so; an overdraft goes to the pool too.

    Args:
        leaver: who.
        balance_cents: what he has, negative for an overdraft.
        loans: all, of others too.
        day: of the departure.
        rules: of lending.
    """
    given = tuple(loans)
    after = {loan.id: loan for loan in given}
    posted: list[Transaction] = []
    loss: Counter[str] = Counter()
    left = max(0, balance_cents)
    his = [loan for loan in given if loan.borrower == leaver and loan.owed_cents]
    for loan in sorted(his, key=lambda loan: (loan.due, loan.id)):
        if cents := min(left, loan.owed_cents):
            loan, paid = pay(loan, cents, f"repay|{loan.id}|leaves|{day}", day, rules)
            posted.append(paid)
            left -= cents
        if loan.owed_cents:
            loss[loan.lender] += loan.outstanding_cents
            loan, written = _write_off(loan, day, rules)
            posted.append(written)
        after[loan.id] = loan
    overdraft = max(0, -balance_cents)
    if overdraft:
        posted.append(_write_off_overdraft(leaver, overdraft, day))
    sentence = _loss_sentence(leaver, loss, overdraft, rules)
    kept = tuple(after[loan.id] for loan in given)
    return Departure(kept, tuple(posted), dict(loss), overdraft, sentence)


def _write_off(loan: Loan, day: date, rules: LendingRules) -> tuple[Loan, Transaction]:
    """Cancel what is owed; what the lender loses is the pool's loss or his own."""
    lost, interest = loan.outstanding_cents, loan.interest_due_cents
    credit = {_WRITE_OFF: -lost, person(loan.lender): lost} if rules.loss_to == "pool" else {}
    debts = Counter({person(loan.lender): -lost})
    debts[interest_account(loan, rules)] -= interest
    debts[person(loan.borrower)] += lost + interest
    closed = replace(loan, outstanding_cents=0, interest_cents=loan.interest_paid_cents, closed=day)
    return closed, transaction("write_off", f"write_off|{loan.id}", day, credit, debts, loan)


def _write_off_overdraft(leaver: str, cents: int, day: date) -> Transaction:
    postings = (Posting(_WRITE_OFF, "CR", -cents), Posting(person(leaver), "CR", cents))
    return Transaction("write_off", f"write_off|{leaver}|{day}", day, postings)


def _loss_sentence(
    leaver: str, loss: Mapping[str, int], overdraft: int, rules: LendingRules
) -> str:
    if not loss and not overdraft:
        return f"{leaver} leaves no debts."
    lent = sum(loss.values())
    bearer = "the pool" if rules.loss_to == "pool" else "the lenders"
    parts = [f"{lender} {credits_of(cents)}" for lender, cents in sorted(loss.items())]
    lenders = f" (lent by {', '.join(parts)})" if parts else ""
    return (
        f"{leaver} leaves {credits_of(lent)} credits of loans unpaid{lenders}, a loss of {bearer},"
        f" and {credits_of(overdraft)} of overdraft, a loss of the pool."
    )
