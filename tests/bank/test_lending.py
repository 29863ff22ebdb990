"""Terms, limits and refusals of loans, and what is posted for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pysched.bank.lending import (
    Ask,
    FrozenError,
    Loan,
    LoanRefusedError,
    RepaymentError,
    due_date,
    effective,
    is_frozen,
    lend,
    outstanding,
    repay,
    terms_between,
    terms_of,
    terms_with_pool,
)
from pysched.bank.lending_rules import TABLE, LendingRules
from pysched.bank.loan import flat_interest
from pysched.bank.transaction import Transaction
from pysched.trust import Edge, edges_of, graph_of, new_graph, score_of, with_ceiling

DAY = date(2024, 1, 31)
NAMES = ("ada", "ben", "cora", "dan", "eve")
SEED, RULES = LendingRules.seed(), LendingRules.recommended()


def trusting(score: int, **others: int) -> object:
    """Return a graph where ben is trusted by all, by some differently."""
    edges = edges_of(new_graph(NAMES))
    edges |= {(i, "ben"): Edge(others.get(i, score)) for i in NAMES if i != "ben"}
    return graph_of(NAMES, edges, None)


def sums(transactions: Iterable[Transaction]) -> dict[tuple[str, str], int]:
    """Return what each account gets in each unit."""
    totals: Counter[tuple[str, str]] = Counter()
    for one in transactions:
        for posting in one.postings:
            totals[posting.account, posting.unit] += posting.cents
    return dict(totals)


@pytest.mark.parametrize(
    ("score", "level", "limit", "interest"),
    [
        ("1", "very_high", 10_000, 0),
        ("0.9", "very_high", 10_000, 0),
        ("0.8999", "high", 5_000, 5),
        ("0.7", "high", 5_000, 5),
        ("0.6999", "medium", 2_500, 10),
        ("0.5", "medium", 2_500, 10),
        ("0.4999", "low", 1_000, 20),
        ("0.3", "low", 1_000, 20),
        ("0.2999", "minimal", 500, 50),
        ("0", "minimal", 500, 50),
    ],
)
def test_terms_at_the_bounds(score: str, level: str, limit: int, interest: int) -> None:
    """A level begins with its lower bound; both profiles have the same table."""
    for rules in (SEED, RULES):
        terms = terms_of(score_of(score), rules)
        assert (terms.level, terms.limit_cents, terms.interest_percent) == (level, limit, interest)


@pytest.mark.parametrize("score", [-1, 10_001, 0.9, True])
def test_what_is_no_score_has_no_terms(score: object) -> None:
    """It is named."""
    with pytest.raises(ValueError, match=str(score)):
        terms_of(score)


@pytest.mark.parametrize(
    ("score", "day", "due"),
    [
        (9_000, date(2023, 8, 31), date(2024, 2, 29)),
        (7_000, date(2024, 11, 30), date(2025, 2, 28)),
        (5_000, date(2024, 12, 15), date(2025, 1, 15)),
        (3_000, date(2024, 2, 20), date(2024, 3, 5)),
        (0, date(2024, 1, 31), date(2024, 2, 4)),
        (0, date(2024, 2, 4), date(2024, 2, 4)),
    ],
)
def test_due_dates_follow_the_calendar(score: int, day: date, due: date) -> None:
    """Six, three and one month, two weeks, the next close."""
    assert due_date(day, terms_of(score)) == due


@pytest.mark.parametrize(
    ("cents", "percent", "interest"),
    [(1_000, 5, 50), (10, 5, 0), (30, 5, 2), (50, 5, 2), (11, 5, 1), (1, 50, 0), (3, 50, 2)],
)
def test_interest_is_in_whole_cents_half_even(cents: int, percent: int, interest: int) -> None:
    """0.5 is 0, 1.5 and 2.5 are 2."""
    assert flat_interest(cents, percent) == interest


def test_a_loan_and_what_is_posted() -> None:
    """Credits go to the borrower, what he owes is the lender's, and interest the pool's."""
    lent = lend(Ask("L", "ada", "ben", 2_000, DAY), trusting(5_000), [], 9_999)
    assert (lent.loan.due, lent.loan.owed_cents) == (date(2024, 2, 29), 2_200)
    assert [one.key for one in lent.transactions] == ["loan|L", "interest|L|0"]
    assert sums(lent.transactions) == {
        ("person:ada", "CR"): -2_000,
        ("person:ben", "CR"): 2_000,
        ("person:ada", "IOU"): 2_000,
        ("person:ben", "IOU"): -2_200,
        ("pool:interest", "IOU"): 200,
    }
    assert (lent.event.kind, lent.event.week) == ("lent", date(2024, 1, 29))


def test_very_high_trust_costs_nothing() -> None:
    """One transaction, no interest."""
    lent = lend(Ask("L", "ada", "ben", 10_000, DAY), trusting(9_000), [], 10_000)
    assert (len(lent.transactions), lent.loan.owed_cents) == (1, 10_000)


def test_the_limit_is_for_what_is_outstanding_on_the_edge() -> None:
    """15 of 25 lent: 10 more are fine, 10.01 are not; what is repaid can be lent again."""
    graph = trusting(9_900, ada=5_000)
    loan = lend(Ask("L", "ada", "ben", 1_500, DAY), graph, [], 9_999).loan
    lend(Ask("M", "ada", "ben", 1_000, DAY), graph, [loan], 9_999)
    with pytest.raises(LoanRefusedError, match=r"10\.01 credits.*limit of 25\.00, 15\.00") as told:
        lend(Ask("M", "ada", "ben", 1_001, DAY), graph, [loan], 9_999)
    assert (told.value.limit_cents, told.value.amount_cents) == (1_000, 1_001)
    part = repay(loan, 1, DAY, "k").loan
    lend(Ask("M", "ada", "ben", 1_001, DAY), graph, [part], 9_999)


def test_all_loans_together_have_the_limit_of_the_pool_level() -> None:
    """Ben is at 25 with the pool, so nobody lends him more in all; the seed does not mind."""
    graph = trusting(5_000, ada=9_000)
    loan = lend(Ask("L", "ada", "ben", 2_500, DAY), graph, [], 9_999).loan
    with pytest.raises(LoanRefusedError, match="all loans of ben have a limit of 25"):
        lend(Ask("M", "cora", "ben", 1, DAY), graph, [loan], 9_999)
    assert lend(Ask("M", "cora", "ben", 2_500, DAY), graph, [loan], 9_999, SEED)


def test_nobody_lends_what_he_has_not() -> None:
    """The lender's credits are a limit too."""
    with pytest.raises(LoanRefusedError, match=r"credits of ada have a limit of 3\.00"):
        lend(Ask("L", "ada", "ben", 301, DAY), trusting(5_000), [], 300)


@pytest.mark.parametrize("cents", [0, -5, 2.5, float("nan"), "100", True])
def test_amounts_that_are_none(cents: object) -> None:
    """Floats above all."""
    with pytest.raises(ValueError, match=r"cents|credits"):
        lend(Ask("L", "ada", "ben", cents, DAY), trusting(5_000), [], 300)


def test_who_is_overdue_neither_borrows_nor_lends() -> None:
    """From the day after the due date until all is paid."""
    loan = lend(Ask("L", "ada", "ben", 100, DAY), trusting(5_000), [], 300).loan
    late = loan.due + timedelta(days=1)
    assert [is_frozen([loan], "ben", day) for day in (loan.due, late)] == [False, True]
    for lender, borrower in (("cora", "ben"), ("ben", "cora")):
        with pytest.raises(FrozenError, match=r"ben has a loan overdue.*limit is 0"):
            lend(Ask("M", lender, borrower, 100, late), trusting(5_000), [loan], 300)
    paid = repay(loan, loan.owed_cents, late, "k").loan
    assert not is_frozen([paid], "ben", late)
    assert not is_frozen([loan], "ben", late, SEED)


def test_a_payment_is_principal_first() -> None:
    """The lender has his own back before the pool has its interest."""
    loan = lend(Ask("L", "ada", "ben", 1_000, DAY), trusting(5_000), [], 1_000).loan
    part = repay(loan, 1_040, DAY, "k")
    assert (part.loan.outstanding_cents, part.loan.interest_due_cents) == (0, 60)
    assert (part.event.kind, part.event.cents) == ("repaid", 1_000)
    assert sums([part.transaction]) == {
        ("person:ada", "CR"): 1_000,
        ("pool:interest", "CR"): 40,
        ("person:ben", "CR"): -1_040,
        ("person:ada", "IOU"): -1_000,
        ("pool:interest", "IOU"): -40,
        ("person:ben", "IOU"): 1_040,
    }
    whole = repay(part.loan, 60, DAY, "l")
    assert (whole.loan.closed, whole.event) == (DAY, None)


def test_interest_can_be_the_lenders() -> None:
    """As the profile says."""
    rules = replace(RULES, interest_to="lender")
    loan = lend(Ask("L", "ada", "ben", 1_000, DAY), trusting(5_000), [], 1_000, rules).loan
    paid = repay(loan, 1_100, DAY, "k", rules).transaction
    assert sums([paid])["person:ada", "CR"] == 1_100


@pytest.mark.parametrize("cents", [0, -1, 1_101])
def test_payments_that_are_refused(cents: int) -> None:
    """More than is owed, or nothing."""
    loan = lend(Ask("L", "ada", "ben", 1_000, DAY), trusting(5_000), [], 1_000).loan
    with pytest.raises(RepaymentError, match=r"11\.00 are owed"):
        repay(loan, cents, DAY, "k")
    with pytest.raises(RepaymentError, match="2024-01-30"):
        repay(loan, 1, DAY - timedelta(days=1), "k")


def test_terms_are_those_of_the_day_the_loan_was_made() -> None:
    """What trust becomes later does not matter to it."""
    lent = lend(Ask("L", "ada", "ben", 1_000, DAY), trusting(9_000), [], 1_000)
    assert lent.loan.terms == TABLE[0][1]


def test_an_override_lowers_the_terms() -> None:
    """Not those of others."""
    graph = with_ceiling(trusting(9_500), "ada", "ada", "ben", 4_000)
    assert terms_between(graph, [], "ada", "ben", DAY).level == "low"
    assert terms_between(graph, [], "cora", "ben", DAY).level == "very_high"


def defaulted(number: int, found: date, closed: date | None = None) -> Loan:
    """Return a loan of ben's that he did not repay in time."""
    left = 0 if closed else 100
    made = found - timedelta(weeks=6)
    terms = TABLE[2][1]
    return Loan(
        str(number), "ada", "ben", 100, left, 0, made, made, terms, defaulted=found, closed=closed
    )


def test_an_open_default_leaves_low_at_most() -> None:
    """Until it is repaid; for who is lower already nothing changes."""
    very_high, minimal = TABLE[0][1], TABLE[-1][1]
    is_open = [defaulted(1, DAY)]
    assert effective(very_high, is_open, "ben", DAY).level == "low"
    assert effective(minimal, is_open, "ben", DAY).level == "minimal"
    assert effective(very_high, is_open, "ada", DAY).level == "very_high"
    assert effective(very_high, [defaulted(1, DAY, DAY)], "ben", DAY).level == "very_high"
    assert effective(very_high, is_open, "ben", DAY, SEED).level == "very_high"
    assert terms_with_pool(trusting(9_500), is_open, "ben", DAY).limit_cents == 1_000


def test_two_defaults_in_a_year_leave_minimal() -> None:
    """Until 13 weeks after the last was repaid; 52 weeks apart they are not repeated."""
    terms, week = TABLE[0][1], timedelta(weeks=1)
    first = defaulted(1, DAY, DAY + 10 * week)
    second = defaulted(2, DAY + 51 * week, DAY + 60 * week)
    late = replace(second, defaulted=DAY + 52 * week)
    still, over = DAY + 73 * week - timedelta(days=1), DAY + 73 * week
    assert effective(terms, [first, second], "ben", still).level == "minimal"
    assert effective(terms, [first, second], "ben", over).level == "very_high"
    assert effective(terms, [first, late], "ben", still).level == "very_high"
    unpaid = [first, defaulted(2, DAY + 51 * week)]
    assert effective(terms, unpaid, "ben", DAY + 500 * week).level == "minimal"


def test_rules_with_gaps_are_refused() -> None:
    """The table goes down to 0, the garnish is a percentage."""
    with pytest.raises(ValueError, match="9000"):
        LendingRules(table=TABLE[:1])
    with pytest.raises(ValueError, match="101"):
        LendingRules(garnish_percent=101)


@given(st.lists(st.tuples(st.sampled_from("acde"), st.integers(1, 12_000)), max_size=25))
def test_limits_hold_whatever_is_asked(asks: list[tuple[str, int]]) -> None:
    """On every edge and in all, and every transaction balances."""
    lenders = {name[0]: name for name in NAMES}
    graph, loans = trusting(7_500, ada=9_500, eve=3_500), []
    for number, (letter, cents) in enumerate(asks):
        try:
            lent = lend(Ask(str(number), lenders[letter], "ben", cents, DAY), graph, loans, 99_999)
        except LoanRefusedError:
            continue
        loans.append(lent.loan)
        assert all(not sum(p.cents for p in t.postings) for t in lent.transactions)
    assert outstanding(loans, "ben") <= 5_000
    for lender in ("ada", "cora", "dan", "eve"):
        limit = terms_between(graph, [], lender, "ben", DAY).limit_cents
        assert outstanding(loans, "ben", lender) <= limit
