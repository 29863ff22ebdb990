"""The close of a week: everything in its order, purely."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pysched.bank.book import Book
from pysched.bank.close import BankState, Close, WorkedWeek, close_week, limits_of
from pysched.bank.earning import award_of, award_transaction
from pysched.bank.ledger import effect_of
from pysched.bank.lending_rules import TABLE
from pysched.bank.loan import Loan, due_date
from pysched.bank.profile import BankProfile, bank_profile
from pysched.bank.versions import Agreed, Move
from pysched.model import Assignment, Schedule
from pysched.trust import edges_of, new_graph
from tests.bank.making import earned
from tests.department.long_toy import NETWORK, by_turns, weeks

FIRST, SECOND = weeks(2)
MONDAY = FIRST.monday
SUNDAY = MONDAY + timedelta(days=6)
PROFILE = bank_profile()
EMPTY = BankState(Book(), new_graph(NETWORK.physicians))
WORKED = WorkedWeek(FIRST, by_turns(FIRST, 0))
SHARED = Assignment(MONDAY + timedelta(days=5), "ward", "carla")


def holding(name: str, cents: int, weeks_ago: int, profile: BankProfile = PROFILE) -> Book:
    """Return a book with one lot of some weeks ago."""
    transaction = earned(name, cents, SUNDAY - timedelta(weeks=weeks_ago))
    book = Book()
    return book.after(effect_of(book, transaction, profile.ledger.expiry(transaction.day)))


def loan(name: str) -> Loan:
    """Return a loan of 5 that had to be repaid last week."""
    terms = TABLE[-1][1]
    made = MONDAY - timedelta(days=3)
    return Loan("L", "bruno", name, 500, 500, 250, made, due_date(made, terms), terms)


def covered() -> WorkedWeek:
    """Return the week with Saturday's ward taken over by Carla, as Anna asked."""
    asked = datetime(2024, 4, 17, 8, tzinfo=UTC)
    moved = Move("ward", SHARED.day, "anna", "carla")
    rows = {a for a in WORKED.schedule.assignments if a.duty != SHARED.duty}
    schedule = Schedule(MONDAY, frozenset({*rows, SHARED}))
    return replace(
        WORKED, schedule=schedule, agreed=(Agreed("s1", "cover", "anna", asked, (moved,)),)
    )


def closed(state: BankState = EMPTY, worked: WorkedWeek = WORKED) -> Close:
    """Return the close of a week."""
    return close_week(NETWORK, worked, state, PROFILE)


def balances(close: Close, state: BankState) -> dict[str, int]:
    """Return balances in credits once everything is posted, one after another."""
    book = state.book
    for transaction in close.transactions:
        book = book.after(effect_of(book, transaction, PROFILE.ledger.expiry(transaction.day)))
    return {account: cents for (account, unit), cents in book.balances.items() if unit == "CR"}


def test_the_same_comes_to_the_same() -> None:
    """And every award says who gets what, for which day."""
    close = closed()
    again = closed()
    assert replace(again, graph=close.graph) == close
    assert edges_of(again.graph) == edges_of(close.graph)
    assert close.week == "2024-W16"
    assert close.awards
    for award in close.awards:
        name = NETWORK.physicians[award.physician].name
        amount = f"{award.cents / 100:.2f}"
        assert award.sentence.startswith(f"{name} earns {amount} credits for {award.day}: ")
        assert award_of(award_transaction(award)) == award
    assert sum(balances(close, EMPTY).values()) == 0


def test_what_is_earned_repays_a_loan_before_it_expires_or_is_capped() -> None:
    """Earn, loan, expire, cap: in this order, and in no other."""
    (earner, *_) = (award.physician for award in closed().awards)
    cap = PROFILE.ledger.cap_cents
    assert cap is not None
    book = holding(earner, cap + 2_000, 0)
    old = holding(earner, 300, 52)
    lots = {a: {**held, **book.lots[a]} for a, held in old.lots.items()}
    total = {key: book.balances[key] + old.balances[key] for key in book.balances}
    state = replace(EMPTY, book=replace(book, lots=lots, balances=total), loans=(loan(earner),))
    close = closed(state)
    kinds = [t.kind for t in close.transactions]
    order = ["earn", "repay", "interest", "expire", "cap"]
    assert sorted(set(kinds), key=order.index) == [k for k in order if k in kinds]
    assert kinds == sorted(kinds, key=order.index)
    assert {"earn", "repay", "expire", "cap"} <= set(kinds)
    assert balances(close, state)[f"person:{earner}"] == cap
    assert close.loans[0].owed_cents < loan(earner).owed_cents


def test_trust_moves_last_and_sets_the_limits() -> None:
    """Of all physicians; who took over a duty of another has given him evidence."""
    close = closed(worked=covered())
    assert set(close.limits) == {f"person:{name}" for name in NETWORK.physicians}
    edges = edges_of(close.graph)
    assert edges["carla", "anna"].evidence == frozenset({"swap"})
    assert edges["carla", "anna"].given_cents > 0
    assert edges["anna", "carla"].evidence == frozenset({"swap"})
    assert edges["anna", "bruno"].evidence == frozenset()


def test_the_pool_pays_where_who_asked_has_nothing() -> None:
    """With an alert; who has enough pays himself."""
    for book, payer, alerts in (
        (Book(), "pool:mint", ["anna"]),
        (holding("anna", 9_000, 1), "person:anna", []),
    ):
        close = closed(replace(EMPTY, book=book), covered())
        (award,) = (a for a in close.awards if (a.physician, a.kind) == ("carla", "weekend"))
        assert award.debtor == payer
        assert [a.who for a in close.alerts if a.kind == "unpaid"] == alerts
        assert ("; the pool pays, as anna has too little." in award.sentence) == bool(alerts)


def test_who_is_new_is_trusted_as_anybody() -> None:
    """Though the graph does not know him yet."""
    few = replace(EMPTY, graph=new_graph(["anna", "bruno"]))
    assert set(closed(few).graph) == set(NETWORK.physicians)


def test_how_far_a_balance_may_fall() -> None:
    """By the limit of the level towards the pool, 25 at the default, or the part allowed of it."""
    graph = new_graph(NETWORK.physicians)
    for percent, cents in ((100, 2_500), (40, 1_000), (0, 0)):
        profile = bank_profile("recommended", {"lending": {"overdraft_percent": percent}})
        assert set(limits_of(graph, (), SUNDAY, profile).values()) == {cents}
