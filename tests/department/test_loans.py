"""Loans and ratings through week-ends: they are read, settled and kept."""

from __future__ import annotations

from datetime import date

from pysched.bank.lending import Ask, lend
from pysched.bank.profile import bank_profile
from pysched.department import WeekEnds
from pysched.store import Database, Repository
from pysched.store.loan_rows import loan_row, read_loans
from pysched.store.social import save_loans, save_rating
from pysched.trust import edge_between, new_graph
from tests.bank.making import earned
from tests.department.long_toy import KEY, NETWORK, by_turns, stored_week, weeks

FIRST, SECOND, *_ = WEEKS = weeks(8)
DAY = date(2024, 4, 15)


def with_loan(url: str) -> WeekEnds:
    """Return a bank in which Bruno has lent Carla 9 credits, and Anna has rated Dario."""
    Repository(url).begin_run(KEY, "toy", "{}")
    bank = WeekEnds(Database(url), NETWORK, bank_profile())
    bank.store.ledger.post(earned("bruno", 1_000, DAY, duty="before"))
    ask = Ask("L1", "bruno", "carla", 900, DAY)
    lent = lend(ask, new_graph(NETWORK.physicians), (), 1_000, bank.profile.lending)
    bank.store.ledger.post_all(lent.transactions)
    with bank.store.database.transaction() as connection:
        save_loans(connection, [loan_row(lent.loan)])
        assert read_loans(connection) == (lent.loan,)
        save_rating(connection, "anna", "dario", DAY, 5)
    return bank


def test_a_loan_is_kept_and_taken_from_earnings_once_it_is_due(url: str) -> None:
    """Due after a month, half of the earnings go to it from then on; trust knows of all of it."""
    bank = with_loan(url)
    owed = []
    for number, week in enumerate(WEEKS):
        bank.close(KEY, stored_week(week), week, by_turns(week, number))
        (loan,) = bank.store.state(NETWORK.physicians).loans
        owed.append(loan.owed_cents)
    assert loan.due == date(2024, 5, 15)
    assert owed[0] == 990
    assert owed[:5] == [owed[0]] * 4 + [owed[4]]
    assert owed[-1] < owed[0]
    repaid = [row.key for row in bank.store.ledger.stored().rows if row.kind == "repay"]
    assert repaid
    assert all(key.startswith("repay|L1|2024-") for key in repaid)
    graph = bank.store.state(NETWORK.physicians).graph
    assert edge_between(graph, "bruno", "carla").evidence == frozenset({"loan"})
    assert edge_between(graph, "bruno", "carla").given_cents == 900
    assert edge_between(graph, "anna", "dario").stars == 5
    assert edge_between(graph, "anna", "dario").score > edge_between(graph, "dario", "anna").score
    assert bank.store.ledger.verify() is None
    assert sum(bank.store.ledger.balances("IOU").values()) == 0
