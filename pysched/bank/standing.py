"""What a borrower's loans say about him: how high he may stand, and whether he is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pysched.bank.lending_rules import RECOMMENDED, LendingRules, Terms
from pysched.bank.loan import Loan
from pysched.trust.graph import ONE, lending_score
from pysched.trust.pool import pool_score
from pysched.trust.rules import RECOMMENDED as TRUST
from pysched.trust.rules import TrustRules

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph


def terms_of(score: int, rules: LendingRules = RECOMMENDED) -> Terms:
    """Return the terms of a score; a level begins at its least score and ends before the next.

    Args:
        score: in ten-thousandths.
        rules: with the table.

    Raises:
        ValueError: the score is no whole number from 0 to 10,000.
    """
    if type(score) is not int or not 0 <= score <= ONE:
        raise ValueError(f"score {score!r} is no whole number of ten-thousandths from 0 to {ONE}")
    return next(terms for floor, terms in rules.table if score >= floor)


def terms_between(
    graph: TrustGraph,
    loans: Iterable[Loan],
    lender: str,
    borrower: str,
    day: date,
    rules: LendingRules = RECOMMENDED,
) -> Terms:
    """Return the terms at which one physician lends to another on a day.

    Args:
        graph: of trust.
        loans: all of the borrower's, closed ones included.
        lender: who may have lowered his terms.
        borrower: whose defaults lower them too.
        day: of the loan.
        rules: of lending.
    """
    terms = terms_of(lending_score(graph, lender, borrower), rules)
    return effective(terms, loans, borrower, day, rules)


def terms_with_pool(
    graph: TrustGraph,
    loans: Iterable[Loan],
    physician: str,
    day: date,
    rules: LendingRules = RECOMMENDED,
    trust_rules: TrustRules = TRUST,
) -> Terms:
    """Return the terms of a physician towards the pool; their limit is that of his overdraft.

    Args:
        graph: of trust.
        loans: all of his, closed ones included.
        physician: who.
        day: on which.
        rules: of lending.
        trust_rules: for who has nobody to trust him.
    """
    score = pool_score(graph, physician, trust_rules)
    return effective(terms_of(score, rules), loans, physician, day, rules)


def effective(
    terms: Terms,
    loans: Iterable[Loan],
    borrower: str,
    day: date,
    rules: LendingRules = RECOMMENDED,
) -> Terms:
    """Return terms, or worse ones where a borrower's defaults say so.

    An open default leaves at most the default level; repeated ones leave the lowest, until some
    weeks after the last of them was repaid.

    Args:
        terms: that trust alone would give.
        loans: all of the borrower's, closed ones included; those of others do not matter.
        borrower: who.
        day: on which.
        rules: of lending.
    """
    defaults = sorted(
        (loan for loan in loans if loan.borrower == borrower and loan.defaulted is not None),
        key=lambda loan: (loan.defaulted or date.max, loan.id),
    )
    if _is_repeated(defaults, day, rules):
        return rules.table[-1][1]
    is_open = any(loan.outstanding_cents for loan in defaults)
    if is_open and rules.default_level is not None:
        levels = [row.level for _, row in rules.table]
        lowest = max(levels.index(terms.level), levels.index(rules.default_level))
        return rules.table[lowest][1]
    return terms


def _is_repeated(defaults: Sequence[Loan], day: date, rules: LendingRules) -> bool:
    """Return whether defaults close to each other still count."""
    if not rules.repeated_defaults:
        return False
    groups = (
        defaults[start : start + rules.repeated_defaults]
        for start in range(len(defaults) - rules.repeated_defaults + 1)
    )
    return any(_is_close(group, rules) and _still_counts(group, day, rules) for group in groups)


def _is_close(group: Sequence[Loan], rules: LendingRules) -> bool:
    days = [loan.defaulted for loan in group if loan.defaulted]
    return max(days) - min(days) < timedelta(weeks=rules.repeated_weeks)


def _still_counts(group: Sequence[Loan], day: date, rules: LendingRules) -> bool:
    after = timedelta(weeks=rules.minimal_weeks)
    return any(loan.closed is None or day < loan.closed + after for loan in group)


def is_frozen(
    loans: Iterable[Loan], physician: str, day: date, rules: LendingRules = RECOMMENDED
) -> bool:
    """Return whether somebody may neither borrow nor give credits away, being overdue."""
    return rules.freeze_overdue and any(
        loan.borrower == physician and loan.is_overdue(day) for loan in loans
    )
