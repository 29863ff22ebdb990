"""What physicians do between weeks, on each kind of database: once, wholly, by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from pysched.bank.ledger import InsufficientError, RefusedError
from pysched.bank.lending import FrozenError, LoanRefusedError, RepaymentError
from pysched.bank.pending import TransferRefusedError
from pysched.bank.profile import bank_profile
from pysched.bank.transaction import person
from pysched.department import DayClosedError, Dealings, UnknownPhysicianError, WeekEnds
from pysched.department.database import verify_database
from pysched.store import BankStore, Database, KeyReuseError, Repository
from pysched.trust import NotOwnerError, edge_between
from tests.department.long_toy import KEY, NETWORK, by_turns, close_all, stored_week, weeks

CLOSED = 4
DAY = date(2024, 5, 13)
"""The first that no closed week has; all but Bruno have more than 10 credits then."""


@pytest.fixture
def bank(url: str) -> Iterator[Dealings]:
    """A bank that has closed four weeks."""
    assert len(list(close_all(url, CLOSED))) == CLOSED
    with Dealings(url) as dealings:
        yield dealings


def ledger(url: str) -> BankStore:
    """Return the bank of a database, to be looked at."""
    return BankStore(Database(url), bank_profile())


def balances(url: str) -> dict[str, int]:
    """Return what is in each account, and check that nothing came or went."""
    found = ledger(url).ledger.balances()
    assert sum(found.values()) == 0
    assert ledger(url).ledger.verify() is None
    return {account: cents for account, cents in found.items() if cents}


def close_next(url: str) -> None:
    """Close the week after those that are closed."""
    closed = len(ledger(url).kept())
    assert len(list(close_all(url, closed + 1))) == 1


def test_a_proposal_is_held_and_accepted_once(bank: Dealings, url: str) -> None:
    """The payer has it no more at once, the payee from the answer on; with the expiry it had."""
    before = balances(url)
    lots = ledger(url).ledger.lots(person("dario"))
    pending = bank.propose("dario", "bruno", 250, DAY, key="k")
    held = balances(url)
    assert held[person("dario")] == before[person("dario")] - 250
    assert held[pending.escrow] == 250
    assert bank.transfers("bruno") == bank.transfers("dario") == [pending]
    assert pending.expires == DAY + timedelta(days=7)
    done = bank.accept("bruno", pending.number, DAY)
    assert done.status == "accepted"
    after = balances(url)
    assert after[person("bruno")] == before.get(person("bruno"), 0) + 250
    assert pending.escrow not in after
    assert bank.accept("bruno", pending.number, DAY) == done
    assert balances(url) == after
    assert bank.transfers("bruno") == []
    got = ledger(url).ledger.lots(person("bruno"))
    assert {lot.expires for lot in got} & {lot.expires for lot in lots}
    assert max(str(lot.expires) for lot in got) < str(DAY + timedelta(weeks=52))


def test_the_same_under_a_key_is_done_once(bank: Dealings, url: str) -> None:
    """Whatever comes between; something else under the key is refused."""
    first = bank.propose("dario", "bruno", 250, DAY, key="k")
    held = balances(url)
    assert bank.propose("dario", "bruno", 250, DAY + timedelta(days=1), key="k") == first
    assert balances(url) == held
    with pytest.raises(KeyReuseError, match="key k was used"):
        bank.propose("dario", "bruno", 251, DAY, key="k")
    lent = bank.lend("dario", "anna", 300, DAY, key="l")
    assert bank.lend("dario", "anna", 300, DAY, key="l") == lent
    paid = bank.repay("anna", lent.id, 100, DAY, key="r")
    assert bank.repay("anna", lent.id, 100, DAY, key="r") == paid
    assert paid.outstanding_cents == 200
    bank.accept("bruno", first.number, DAY)
    close_next(url)
    again = bank.propose("dario", "bruno", 250, DAY, key="k")
    assert (again.number, again.status) == (first.number, "accepted")
    with pytest.raises(KeyReuseError):
        bank.lend("dario", "bruno", 300, DAY, key="k")


def test_what_is_asked_for_is_paid_when_the_payer_accepts(bank: Dealings, url: str) -> None:
    """Nothing is held before; he may decline instead."""
    before = balances(url)
    asked = bank.ask("bruno", "dario", 300, DAY)
    assert balances(url) == before
    with pytest.raises(TransferRefusedError, match="not for bruno to accept, but for dario"):
        bank.accept("bruno", asked.number, DAY)
    bank.accept("dario", asked.number, DAY)
    assert balances(url)[person("dario")] == before[person("dario")] - 300
    other = bank.ask("bruno", "dario", 300, DAY)
    assert bank.withdraw("dario", other.number, DAY).status == "declined"
    with pytest.raises(TransferRefusedError, match=f"transfer {other.number} is declined"):
        bank.accept("dario", other.number, DAY)


def test_what_is_withdrawn_is_as_it_was(bank: Dealings, url: str) -> None:
    """Credits, lots and their expiry; a stranger cannot do it, and nobody twice otherwise."""
    before = balances(url)
    lots = {(lot.expires, lot.left_cents) for lot in ledger(url).ledger.lots(person("dario"))}
    pending = bank.propose("dario", "bruno", 250, DAY)
    with pytest.raises(TransferRefusedError, match="is none of anna"):
        bank.withdraw("anna", pending.number, DAY)
    assert bank.withdraw("dario", pending.number, DAY).status == "withdrawn"
    assert bank.withdraw("dario", pending.number, DAY).status == "withdrawn"
    with pytest.raises(TransferRefusedError, match="is withdrawn"):
        bank.withdraw("bruno", pending.number, DAY)
    assert balances(url) == before
    after = ledger(url).ledger.lots(person("dario"))
    assert {lot.expires for lot in after} == {expires for expires, _ in lots}


def test_a_proposal_expires_after_seven_days(bank: Dealings, url: str) -> None:
    """It can be accepted on the last day and not after it; then its payer has it back."""
    before = balances(url)
    first = bank.propose("dario", "bruno", 100, DAY)
    second = bank.propose("dario", "bruno", 100, DAY)
    bank.accept("bruno", first.number, first.expires)
    late = first.expires + timedelta(days=1)
    with pytest.raises(TransferRefusedError, match=f"until {first.expires}, not on {late}"):
        bank.accept("bruno", second.number, late)
    assert bank.expire(second.expires) == []
    assert [row.number for row in bank.expire(late)] == [second.number]
    assert balances(url)[person("dario")] == before[person("dario")] - 100


def test_the_end_of_a_week_ends_what_nobody_answered(bank: Dealings, url: str) -> None:
    """On the Sunday that is its last day or later, with the week and no sooner."""
    early = bank.propose("dario", "bruno", 100, DAY)
    close_next(url)
    assert bank.transfers("bruno") == [early]
    close_next(url)
    (found,) = bank.transfers("bruno", only_open=False)
    assert (found.status, found.closed) == ("expired", DAY + timedelta(days=13))
    assert early.escrow not in balances(url)


def test_what_is_no_transfer_is_refused(bank: Dealings, url: str) -> None:
    """And leaves nothing behind."""
    head = ledger(url).ledger.head()
    for payer, payee, cents, error in (
        ("dario", "bruno", 100_000, InsufficientError),
        ("dario", "bruno", 0, TransferRefusedError),
        ("dario", "bruno", -5, TransferRefusedError),
        ("dario", "dario", 100, TransferRefusedError),
        ("dario", "zeno", 100, UnknownPhysicianError),
        ("zeno", "dario", 100, UnknownPhysicianError),
    ):
        with pytest.raises(error):
            bank.propose(payer, payee, cents, DAY)
    assert ledger(url).ledger.head() == head
    assert bank.transfers("dario", only_open=False) == []


def test_no_overdraft_is_given_away(bank: Dealings, url: str) -> None:
    """The limit is for what one buys; two proposals of the same credits are one too many."""
    has = balances(url)[person("dario")]
    bank.propose("dario", "bruno", has, DAY)
    with pytest.raises(InsufficientError, match=r"dario has 0\.00 credits"):
        bank.propose("dario", "anna", 1, DAY)
    asked = bank.ask("anna", "dario", 1, DAY)
    with pytest.raises(InsufficientError):
        bank.accept("dario", asked.number, DAY)


def test_who_is_overdue_gives_nothing(bank: Dealings, url: str) -> None:
    """Neither proposed nor asked for, nor by a loan, until he has paid."""
    loan = bank.lend("dario", "carla", 300, DAY)
    late = loan.due + timedelta(days=1)
    asked = bank.ask("bruno", "carla", 100, late)
    with pytest.raises(FrozenError, match="carla has a loan overdue"):
        bank.propose("carla", "bruno", 100, late)
    with pytest.raises(FrozenError):
        bank.accept("carla", asked.number, late)
    with pytest.raises(FrozenError):
        bank.lend("carla", "bruno", 100, late)
    bank.repay("carla", loan.id, None, late)
    assert bank.accept("carla", asked.number, late).status == "accepted"


def test_a_loan_has_the_terms_of_trust(bank: Dealings) -> None:
    """At the default a month, 25 credits and 10 %; one's own credits are the other limit."""
    loan = bank.lend("dario", "anna", 1_000, DAY)
    assert (loan.terms.level, loan.due, loan.owed_cents) == ("medium", date(2024, 6, 13), 1_100)
    with pytest.raises(LoanRefusedError, match=r"limit of 25\.00, 10\.00 of it in use"):
        bank.lend("dario", "anna", 1_501, DAY)
    with pytest.raises(UnknownPhysicianError):
        bank.lend("dario", "zeno", 100, DAY)
    assert bank.loans("anna") == bank.loans("dario") == [loan]
    with pytest.raises(RepaymentError, match="owed by anna, not dario"):
        bank.repay("dario", loan.id, 100, DAY)
    with pytest.raises(RepaymentError, match="no loan 'L9'"):
        bank.repay("anna", "L9", 100, DAY)
    with pytest.raises(RepaymentError, match=r"11\.00 are owed"):
        bank.repay("anna", loan.id, 1_101, DAY)
    assert bank.repay("anna", loan.id, None, DAY).closed == DAY
    with pytest.raises(RepaymentError, match="nothing is owed for loan L1 any more"):
        bank.repay("anna", loan.id, None, DAY)
    assert bank.loans("anna") == []
    assert len(bank.loans("anna", only_open=False)) == 1


def test_trust_hears_of_loans_repaid_and_of_ratings(bank: Dealings, url: str) -> None:
    """At the end of the week; a later rating of the same day holds."""
    loan = bank.lend("dario", "anna", 600, DAY)
    bank.repay("anna", loan.id, None, DAY)
    bank.rate("anna", "anna", "carla", 1, DAY)
    bank.rate("anna", "anna", "carla", 5, DAY)
    close_next(url)
    graph = ledger(url).state(NETWORK.physicians).graph
    lender = edge_between(graph, "dario", "anna")
    assert (lender.given_cents, lender.evidence) == (600, frozenset({"loan"}))
    assert lender.repaid > 0
    assert edge_between(graph, "anna", "carla").stars == 5
    assert edge_between(graph, "anna", "carla").score > edge_between(graph, "carla", "anna").score


def test_ratings_are_one_s_own(bank: Dealings) -> None:
    """Of somebody else, from 1 to 5, by the one who rates."""
    with pytest.raises(NotOwnerError, match="carla cannot decide what anna thinks of bruno"):
        bank.rate("carla", "anna", "bruno", 5, DAY)
    with pytest.raises(ValueError, match="no pair"):
        bank.rate("anna", "anna", "anna", 5, DAY)
    with pytest.raises(ValueError, match="not a number from 1 to 5"):
        bank.rate("anna", "anna", "bruno", 6, DAY)
    with pytest.raises(UnknownPhysicianError):
        bank.rate("anna", "anna", "zeno", 5, DAY)


def test_nothing_is_done_in_a_closed_week(bank: Dealings) -> None:
    """Its day is over; the next open one is known."""
    closed = DAY - timedelta(days=1)
    with pytest.raises(DayClosedError, match="the bank has closed 2024-W19"):
        bank.propose("dario", "bruno", 100, closed)
    with pytest.raises(DayClosedError):
        bank.rate("anna", "anna", "bruno", 5, closed)
    assert bank.open_day(date(2024, 1, 1)) == DAY
    assert bank.open_day(date(2025, 1, 1)) == date(2025, 1, 1)


def test_a_proposal_does_not_shelter_credits_from_the_close(url: str) -> None:
    """What would expire or is above the cap is taken, held or not."""
    overrides = {"ledger": {"expiry_weeks": 3, "cap_cents": 2_000}}
    Repository(url).begin_run(KEY, "toy", "{}")
    bank = WeekEnds(Database(url), NETWORK, bank_profile("recommended", overrides))
    for number, week in enumerate(weeks(CLOSED)):
        bank.close(KEY, stored_week(week), week, by_turns(week, number))
    with Dealings(url) as dealings:
        assert dealings.profile == bank.profile
        payer = max(NETWORK.physicians, key=lambda name: balances(url).get(person(name), 0))
        payee = min(set(NETWORK.physicians) - {payer})
        has = balances(url)[person(payer)]
        pending = dealings.propose(payer, payee, has, DAY)
        expiring = [
            lot.left_cents
            for lot in ledger(url).ledger.lots(pending.escrow)
            if lot.expires is not None and lot.expires <= DAY + timedelta(days=6)
        ]
        assert expiring
        week = weeks(CLOSED + 1)[CLOSED]
        bank.close(KEY, stored_week(week), week, by_turns(week, CLOSED))
        (found,) = dealings.transfers(payer, only_open=False)
    assert found.status == "expired"
    rows = [row.key for row in ledger(url).ledger.stored().rows if row.kind == "expire"]
    assert f"close|2024-W20|expire|{payer}" in rows


def test_an_escrow_that_nobody_knows_of_is_found(bank: Dealings, url: str) -> None:
    """What is held for no open transfer; what one that is open holds is fine."""
    pending = bank.propose("dario", "bruno", 100, DAY)
    assert verify_database(url, []).finding is None
    with Database(url).transaction() as connection:
        connection.execute(text("UPDATE pending_transfer SET status = 'expired'"))
    found = str(verify_database(url, []).finding)
    assert found == f"ledger_account {pending.escrow} CR: has 100, what it was held for is over"


def test_refusals_are_of_one_kind() -> None:
    """So that an edge can tell them from mistakes."""
    assert issubclass(TransferRefusedError, RefusedError)
    assert issubclass(KeyReuseError, RefusedError)
    assert not issubclass(UnknownPhysicianError, RefusedError)
