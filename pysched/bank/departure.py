"""Who leaves with debts: what he has pays them, the rest is written off and the loss told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pysched.bank.amount import credits_of
from pysched.bank.lending_rules import RECOMMENDED, LendingRules
from pysched.bank.loan import Loan, interest_account, pay, transaction
from pysched.bank.transaction import Posting, Transaction, person

_WRITE_OFF = "pool:write_off"


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
        rest, paid = _pay_with(left, loan, day, rules)
        left -= loan.owed_cents - rest.owed_cents
        if rest.outstanding_cents:
            loss[loan.lender] += rest.outstanding_cents
        after[loan.id], written = _write_off(rest, day, rules)
        posted += [*paid, *written]
    overdraft = max(0, -balance_cents)
    if overdraft:
        posted.append(_write_off_overdraft(leaver, overdraft, day))
    sentence = _loss_sentence(leaver, loss, overdraft, rules)
    kept = tuple(after[loan.id] for loan in given)
    return Departure(kept, tuple(posted), dict(loss), overdraft, sentence)


def _pay_with(
    cents: int, loan: Loan, day: date, rules: LendingRules
) -> tuple[Loan, list[Transaction]]:
    cents = min(cents, loan.owed_cents)
    if not cents:
        return loan, []
    after, paid = pay(loan, cents, f"repay|{loan.id}|leaves|{day}", day, rules)
    return after, [paid]


def _write_off(loan: Loan, day: date, rules: LendingRules) -> tuple[Loan, list[Transaction]]:
    """Cancel what is owed; what the lender loses is the pool's loss or his own."""
    if not loan.owed_cents:
        return loan, []
    lost, interest = loan.outstanding_cents, loan.interest_due_cents
    credit = {_WRITE_OFF: -lost, person(loan.lender): lost} if rules.loss_to == "pool" else {}
    debts = Counter({person(loan.lender): -lost})
    debts[interest_account(loan, rules)] -= interest
    debts[person(loan.borrower)] += lost + interest
    closed = replace(loan, outstanding_cents=0, interest_cents=loan.interest_paid_cents, closed=day)
    return closed, [transaction("write_off", f"write_off|{loan.id}", day, credit, debts, loan)]


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
