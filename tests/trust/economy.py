"""A made-up department that works, rates, swaps and lends week by week, by a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from pysched.bank.lending import Ask, LoanRefusedError, lend, repay
from pysched.bank.loan import Loan, next_close
from pysched.bank.loan_week import settle_loans
from pysched.trust import CoDuty, Event, LoanEvent, Rating, Swap, new_graph, update

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph

START = date(2024, 1, 1)
PHYSICIANS = tuple(f"P{number:02}" for number in range(1, 15))
DEFAULTER = "P14"


@dataclass
class Economy:
    """What goes on in the department.

    Args:
        seed: of all chance.
        defaulter: repays every second loan only, None for nobody.
        loans_a_week: tried on average.
        ratings_a_week: given.
        swaps_a_week: exchanges of two duties.
        meetings_a_week: pairs that have a duty together.
    """

    seed: int
    defaulter: str | None = None
    loans_a_week: int = 2
    ratings_a_week: int = 5
    swaps_a_week: int = 1
    meetings_a_week: int = 14
    loans: tuple[Loan, ...] = ()
    history: list[LoanEvent] = field(default_factory=list)
    unwilling: set[str] = field(default_factory=set)

    def weeks(self, count: int) -> Iterator[tuple[date, TrustGraph, list[Event]]]:
        """Yield Monday, graph after it and events of each week."""
        chance, graph = Random(self.seed), new_graph(PHYSICIANS)
        for number in range(count):
            week = START + timedelta(weeks=number)
            events = [*self._together(chance, week), *self._lending(chance, graph, week)]
            self.history += [event for event in events if isinstance(event, LoanEvent)]
            graph = update(graph, events, week)
            yield week, graph, events

    def _together(self, chance: Random, week: date) -> Iterator[Event]:
        for _ in range(self.meetings_a_week):
            yield CoDuty(week, *chance.sample(PHYSICIANS, 2))
        for _ in range(self.ratings_a_week):
            rater, rated = chance.sample(PHYSICIANS, 2)
            yield Rating(week, rater, rated, chance.choice((3, 4, 4, 5)))
        for _ in range(self.swaps_a_week):
            one, other = chance.sample(PHYSICIANS, 2)
            yield Swap(week, one, other, chance.choice((300, 500, 750)))
            yield Swap(week, other, one, chance.choice((300, 500, 750)))

    def _lending(self, chance: Random, graph: TrustGraph, week: date) -> Iterator[LoanEvent]:
        for number in range(self.loans_a_week):
            lender, borrower = chance.sample(PHYSICIANS, 2)
            ask = Ask(f"{week}.{number}", lender, borrower, 100 * chance.randint(2, 10), week)
            bad = chance.random() < 0.5
            try:
                lent = lend(ask, graph, self.loans, 10_000)
            except LoanRefusedError:
                continue
            self.loans += (lent.loan,)
            if borrower == self.defaulter and bad:
                self.unwilling.add(lent.loan.id)
            yield lent.event
        yield from self._repaying(week)

    def _repaying(self, week: date) -> Iterator[LoanEvent]:
        close = next_close(week)
        kept: list[Loan] = []
        for loan in self.loans:
            if loan.owed_cents and loan.due <= close and loan.id not in self.unwilling:
                paid = repay(loan, loan.owed_cents, loan.due, f"repay|{loan.id}")
                kept.append(paid.loan)
                if paid.event:
                    yield LoanEvent(week, loan.lender, loan.borrower, "repaid", paid.event.cents)
            else:
                kept.append(loan)
        settled = settle_loans(kept, dict.fromkeys(PHYSICIANS, 250), close)
        self.loans = settled.loans
        yield from settled.events
