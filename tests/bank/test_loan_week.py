"""The week-end of loans: earnings taken, interest on, defaults, and leavers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pysched.bank.departure import depart
from pysched.bank.lending import Loan, repay
from pysched.bank.lending_rules import TABLE, LendingRules
from pysched.bank.loan import due_date, flat_interest, next_close
from pysched.bank.loan_week import settle_loans
from pysched.bank.transaction import Transaction

MONDAY = date(2024, 1, 1)
SUNDAY = date(2024, 1, 7)
WEEK = timedelta(weeks=1)
VERY_HIGH, HIGH, MEDIUM, LOW, MINIMAL = range(5)
SEED, RULES = LendingRules.seed(), LendingRules.recommended()


def loan(level: int, cents: int = 1_000, name: str = "L", lender: str = "ada") -> Loan:
    """Return a loan of ben's, made on the first Monday."""
    terms = TABLE[level][1]
    interest = flat_interest(cents, terms.interest_percent)
    due = due_date(MONDAY, terms)
    return Loan(name, lender, "ben", cents, cents, interest, MONDAY, due, terms)


def sums(transactions: Iterable[Transaction]) -> dict[tuple[str, str], int]:
    """Return what each account gets in each unit."""
    totals: Counter[tuple[str, str]] = Counter()
    for one in transactions:
        for posting in one.postings:
            totals[posting.account, posting.unit] += posting.cents
    return dict(totals)


def test_nothing_happens_before_a_loan_is_due() -> None:
    """However much is earned."""
    week = settle_loans([loan(MEDIUM)], {"ben": 9_999}, SUNDAY)
    assert (week.loans, week.transactions, week.events) == ((loan(MEDIUM),), (), ())


def test_a_loan_due_at_once_takes_all_earnings() -> None:
    """4 of the 15 owed; then the next term costs 50 % of the 6 that are left."""
    week = settle_loans([loan(MINIMAL)], {"ben": 400}, SUNDAY)
    assert [one.key for one in week.transactions] == [f"repay|L|{SUNDAY}", "interest|L|1"]
    (after,) = week.loans
    assert (after.outstanding_cents, after.interest_cents) == (600, 500 + 300)
    assert week.events == ()
    assert settle_loans([loan(MINIMAL)], {"ben": 400}, SUNDAY, SEED).loans[0].interest_cents == 500


def test_overdue_loans_take_half_of_the_earnings() -> None:
    """The oldest first; 0.80 are left for the next, whose other 4.20 then cost 20 %."""
    older, newer = loan(LOW, 100), replace(loan(LOW, 500, "M"), due=date(2024, 1, 16))
    week = settle_loans([newer, older], {"ben": 400}, date(2024, 1, 21))
    assert [after.owed_cents for after in week.loans] == [520 + 84, 0]
    assert sums(week.transactions)["person:ben", "CR"] == -200
    assert week.loans[1].closed == date(2024, 1, 21)
    assert week.events == ()
    unearned = settle_loans([older], {"ben": 400}, date(2024, 1, 21), SEED)
    assert unearned.transactions == ()


def test_further_terms_cost_simple_interest_up_to_the_principal() -> None:
    """A low loan of 10: 2 a fortnight, five times, then no more."""
    state, charged = (loan(LOW),), []
    for number in range(2, 40):
        week = settle_loans(state, {}, SUNDAY + number * WEEK)
        state, charged = week.loans, [*charged, *(t.key for t in week.transactions)]
    assert charged == [f"interest|L|{n}" for n in range(1, 5)]
    assert (state[0].interest_cents, state[0].outstanding_cents) == (1_000, 1_000)


def test_a_close_that_comes_late_charges_all_terms_at_once() -> None:
    """Three months by calendar: due on 1 April, further terms on 1 July and 1 October."""
    (after,) = settle_loans([loan(HIGH)], {}, date(2024, 7, 7)).loans
    assert (after.terms_charged, after.interest_cents) == (3, 150)


def test_a_default_after_two_weeks() -> None:
    """It is told once, with what is outstanding."""
    due = loan(LOW).due
    assert due == date(2024, 1, 15)
    early = settle_loans([loan(LOW)], {}, date(2024, 1, 28))
    assert early.events == ()
    late = settle_loans(early.loans, {"ben": 200}, date(2024, 2, 4))
    (event,) = late.events
    assert (event.kind, event.cents, event.week) == ("defaulted", 900, date(2024, 1, 29))
    assert late.loans[0].defaulted == date(2024, 2, 4)
    assert settle_loans(late.loans, {}, date(2024, 2, 11)).events == ()


def test_a_default_is_found_on_the_fourteenth_day() -> None:
    """Due at the first close, it is one at the third."""
    second = settle_loans([loan(MINIMAL)], {}, SUNDAY + WEEK)
    assert second.events == ()
    third = settle_loans(second.loans, {}, SUNDAY + 2 * WEEK)
    assert [event.kind for event in third.events] == ["defaulted"]


def test_what_is_repaid_after_a_default_is_no_good_evidence() -> None:
    """It only ends the default."""
    bad = replace(loan(LOW), defaulted=date(2024, 2, 4))
    paid = repay(bad, bad.owed_cents, date(2024, 2, 5), "k")
    assert (paid.loan.closed, paid.event) == (date(2024, 2, 5), None)


def test_a_close_again_changes_nothing() -> None:
    """The earnings of the week are taken once."""
    close = date(2024, 3, 3)
    once = settle_loans([loan(LOW), loan(MEDIUM, name="M")], {"ben": 100}, close)
    again = settle_loans(once.loans, {}, close)
    assert (again.loans, again.transactions, again.events) == (once.loans, (), ())


def test_a_leaver_pays_with_what_he_has() -> None:
    """Then the pool bears the rest, and the sentence says whose it was."""
    his = [loan(LOW, 500), loan(MEDIUM, 1_000, "M", "cora")]
    gone = depart("ben", 700, his, SUNDAY)
    assert gone.loss_cents == {"cora": 900}
    assert [after.owed_cents for after in gone.loans] == [0, 0]
    assert sums(gone.transactions)["pool:write_off", "CR"] == -900
    assert sums(gone.transactions)["person:ben", "IOU"] == 600 + 1_100
    assert gone.sentence == (
        "ben leaves 9.00 credits of loans unpaid (lent by cora 9.00), a loss of the pool,"
        " and 0.00 of overdraft, a loss of the pool."
    )


def test_the_loss_can_be_the_lenders() -> None:
    """Then no credits move, only what was owed ends."""
    gone = depart("ben", 0, [loan(LOW, 500)], SUNDAY, replace(RULES, loss_to="lender"))
    assert sums(gone.transactions) == {
        ("person:ada", "IOU"): -500,
        ("pool:interest", "IOU"): -100,
        ("person:ben", "IOU"): 600,
    }
    assert "a loss of the lenders" in gone.sentence


def test_who_leaves_without_debts() -> None:
    """Loans of others stay."""
    gone = depart("ada", 500, [loan(LOW)], SUNDAY)
    assert (gone.loans, gone.transactions) == ((loan(LOW),), ())
    assert gone.sentence == "ada leaves no debts."


steps = st.lists(
    st.tuples(st.integers(0, 3_000), st.integers(0, 3_000), st.integers(1, 9)), max_size=20
)


@given(st.integers(0, 4), st.integers(1, 10_000), steps)
def test_a_loan_never_goes_wrong(level: int, cents: int, weeks: list[tuple[int, int, int]]) -> None:
    """Whatever is paid and earned: interest up to the principal, nothing negative, all balanced."""
    start = loan(level, cents)
    state, close, posted = start, next_close(MONDAY), Counter()
    for pay, earned, pause in weeks:
        transactions = []
        if 0 < pay <= state.owed_cents:
            paid = repay(state, pay, close, "k")
            state, transactions = paid.loan, [paid.transaction]
        week = settle_loans([state], {"ben": earned}, close)
        (state,) = week.loans
        for one in (*transactions, *week.transactions):
            for unit in ("CR", "IOU"):
                assert sum(p.cents for p in one.postings if p.unit == unit) == 0
        posted.update(sums([*transactions, *week.transactions]))
        assert 0 <= state.outstanding_cents <= cents
        assert 0 <= state.interest_due_cents <= state.interest_cents <= cents
        assert (state.closed is not None) == (state.owed_cents == 0)
        close += pause * WEEK
    assert posted["person:ben", "IOU"] == start.owed_cents - state.owed_cents
    assert posted["person:ada", "CR"] == cents - state.outstanding_cents


@pytest.mark.parametrize("level", [VERY_HIGH, HIGH, MEDIUM, LOW, MINIMAL])
def test_years_overdue_never_cost_more_than_the_principal(level: int) -> None:
    """At every level."""
    (after,) = settle_loans([loan(level, 777)], {}, date(2034, 1, 1)).loans
    assert after.interest_cents == (0 if level == VERY_HIGH else 777)
