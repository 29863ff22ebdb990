"""The close of a week: all that the bank posts, keeps and hands on, from what was worked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pysched.bank.alerts import Alert
from pysched.bank.book import Book
from pysched.bank.earning import post_awards
from pysched.bank.ledger import effect_of
from pysched.bank.loan import Loan
from pysched.bank.loan_week import settle_loans
from pysched.bank.next_week import duty_values
from pysched.bank.profile import BankProfile
from pysched.bank.settlement import BankSettlement, Past, bank_settlement
from pysched.bank.standing import terms_with_pool
from pysched.bank.transaction import Transaction, person
from pysched.bank.valuation import Award
from pysched.bank.versions import Agreed, Version
from pysched.bank.week_end import week_end, week_name
from pysched.model import Network, Schedule, Week
from pysched.trust import admit, co_duties, update
from pysched.trust.events import Event, Swap

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph


@dataclass(frozen=True)
class BankState:
    """What the bank knows before a week's end.

    Args:
        book: of all accounts.
        graph: of trust, as of the week before.
        loans: all, closed ones included.
        past: burdens and counts of the weeks before.
    """

    book: Book
    graph: TrustGraph
    loans: tuple[Loan, ...] = ()
    past: Past = field(default_factory=Past)


@dataclass(frozen=True)
class WorkedWeek:
    """A week as it was worked.

    Args:
        week: its duties, absences and requests.
        schedule: as worked.
        versions: of its schedule, as published.
        agreed: changes that all concerned consented to.
        events: ratings given and loans made or repaid in the week.
    """

    week: Week
    schedule: Schedule
    versions: tuple[Version, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def sunday(self) -> date:
        """Its last day, on which it is closed."""
        return self.week.monday + timedelta(days=6)


@dataclass(frozen=True)
class Close:
    """What the end of a week comes to; nothing of it is stored yet.

    Args:
        week: such as 2023-W22.
        transactions: in the order they are posted: awards, loans, expiry, decay, cap, reset.
        awards: as they are posted; where an asker has too little, the pool pays.
        settlement: sacrifices, burdens, equalization and alerts.
        alerts: those of the settlement, and of awards that their asker could not pay.
        loans: all, as they stand then.
        graph: of trust, then.
        limits: account -> how far below 0 it may fall from then on, in cents.
    """

    week: str
    transactions: tuple[Transaction, ...]
    awards: tuple[Award, ...]
    settlement: BankSettlement
    alerts: tuple[Alert, ...]
    loans: tuple[Loan, ...]
    graph: TrustGraph
    limits: Mapping[str, int]


def close_week(
    network: Network, worked: WorkedWeek, state: BankState, profile: BankProfile
) -> Close:
    """Return the close of a week; it depends on nothing but what is given.

    In this order: what was earned, loans due and their interest, expiry, decay, cap, reset at the
    end of a period, trust with the limits that it gives, and where all stand in equalization. The
    caller anchors the ledger after it.

    Args:
        network: physicians, tasks, categories, calendar.
        worked: the week.
        state: of the bank before it.
        profile: the numbers.

    Raises:
        ValueError: a schedule is of another week, somebody is unknown, or the week is not after
            the last one of trust.
    """
    week, day = worked.week, worked.sunday
    settlement = bank_settlement(
        network, week, worked.versions, worked.schedule, worked.agreed, state.past, profile
    )
    earned = post_awards(settlement.awards, state.book, profile.ledger)
    able = _able(earned.awards, earned.book)
    loans = settle_loans(state.loans, able, day, profile.lending)
    book = _after(earned.book, loans.transactions, profile)
    taken = week_end(book, profile.ledger, day)
    events = [*worked.events, *_seen(network, worked, profile), *loans.events]
    graph = update(_with_all(state.graph, network, profile), events, week.monday, profile.trust)
    return Close(
        week=week_name(week.monday),
        transactions=(*earned.transactions, *loans.transactions, *taken),
        awards=earned.awards,
        settlement=settlement,
        alerts=(*settlement.alerts, *earned.alerts),
        loans=loans.loans,
        graph=graph,
        limits=limits_of(graph, loans.loans, day, profile),
    )


def limits_of(
    graph: TrustGraph, loans: Iterable[Loan], day: date, profile: BankProfile
) -> dict[str, int]:
    """Return account -> how far below 0 it may fall.

    That is the limit of the level towards the pool, or the part of it that the rules allow.
    """
    rows, rules = tuple(loans), profile.lending
    terms = {name: terms_with_pool(graph, rows, name, day, rules, profile.trust) for name in graph}
    return {
        person(name): found.limit_cents * rules.overdraft_percent // 100
        for name, found in terms.items()
    }


def _able(awards: Iterable[Award], book: Book) -> dict[str, int]:
    """Return what of the week's earnings can be taken: no more than is there."""
    earned: Counter[str] = Counter()
    for award in awards:
        earned[award.physician] += award.cents
    return {name: min(cents, max(0, book.balance(person(name)))) for name, cents in earned.items()}


def _after(book: Book, transactions: Iterable[Transaction], profile: BankProfile) -> Book:
    for transaction in transactions:
        expires = profile.ledger.expiry(transaction.day)
        book = book.after(effect_of(book, transaction, expires))
    return book


def _with_all(graph: TrustGraph, network: Network, profile: BankProfile) -> TrustGraph:
    """Return the graph with those in it who are new in the network."""
    for name in sorted(set(network.physicians) - set(graph)):
        graph = admit(graph, name, profile.trust)
    return graph


def _seen(network: Network, worked: WorkedWeek, profile: BankProfile) -> Iterator[Event]:
    """Yield who worked together and who took over whose duty."""
    yield from co_duties(network, worked.schedule)
    values = duty_values(network, worked.week, profile.values)
    for row in worked.agreed:
        for move in row.moves:
            if row.kind != "voluntary" and move.giver and move.giver != move.taker:
                cents = values.get((move.task, move.day), 0)
                yield Swap(worked.week.monday, move.taker, move.giver, cents)
