"""What the weeks to come charge for what this one takes: prices of counters and of last days."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .automaton import Automaton, Tail
from .forecast import forecasts
from .market import Group, Market, worth
from .model import DAYS, EVERY_DAY, History, Past, Scenario, Week
from .score import WEIGHTS
from .value import Table, Value

STEP = 5
"""Prices are rounded to multiples of it, as all weights are: the search sees fewer costs."""
FORECASTS = 5
"""Weeks that are drawn; what they charge is averaged, so that no one market decides."""
MARKET_SHARE = 0.2
"""Of the time of a week, the most that the linear programs may take."""


@dataclass(frozen=True)
class Prices:
    """Charges of a week besides its own cost, in units of cost.

    Args:
        total: (nurse, n) -> of her n-th assignment in the week; below 0 for leaving it.
        weekend: nurse -> of a working weekend.
        tail: nurse, tail -> of ending the week in it, at least 0.
        cap: nurse, kind -> length from which on tails are alike.
    """

    total: Mapping[tuple[str, int], int] = field(default_factory=dict)
    weekend: Mapping[str, int] = field(default_factory=dict)
    tail: Mapping[tuple[str, Tail], int] = field(default_factory=dict)
    cap: Mapping[tuple[str, str], int] = field(default_factory=dict)


def look_ahead(
    scenario: Scenario, history: History, number: int, seen: Sequence[Week], seconds: float
) -> Prices:
    """Return the prices of a week.

    Args:
        scenario: nurses and rules.
        history: before the week.
        number: of the week, from 0.
        seen: its own data and that of the weeks before.
        seconds: that the linear programs may take, but for the first one.
    """
    weeks_left = scenario.weeks - number
    values = _values(scenario, history, weeks_left, seen, seconds)
    quotes = {
        name: _Quote(*values[nurse.contract, nurse.skills], history[name], weeks_left)
        for name, nurse in scenario.nurses.items()
    }
    total = {(name, n): p for name, q in quotes.items() for n, p in enumerate(q.total(), 1)}
    weekend = {name: quote.weekend() for name, quote in quotes.items()}
    if weeks_left == 1:
        return Prices(total, weekend)
    tail = {(name, state): p for name, q in quotes.items() for state, p in q.tails() if p}
    return Prices(total, weekend, tail, {(n, k): c for n, q in quotes.items() for k, c in q.caps()})


def _values(
    scenario: Scenario,
    history: History,
    weeks_left: int,
    seen: Sequence[Week],
    seconds: float,
) -> dict[Group, tuple[Automaton, Table]]:
    """Return by group the value of the weeks after this one, the mean over forecasts."""
    demands = forecasts(scenario, seen, FORECASTS) if weeks_left > 1 else []
    deadline = time.monotonic() + seconds
    markets: list[Market] = []
    for demand in demands:
        # One market there must be; the others are left out when they take too long.
        left = deadline - time.monotonic() if markets else math.inf
        found = worth(scenario, history, weeks_left, demand, left) if left > 0 else None
        if found is not None:
            markets.append(found)
    values: dict[Group, tuple[Automaton, Table]] = {}
    for contract, skills in {(n.contract, n.skills) for n in scenario.nurses.values()}:
        automaton = Automaton(scenario.contracts[contract], scenario.shifts, scenario.forbidden)
        tables = [_value(automaton, market, skills, weeks_left - 1) for market in markets]
        table = np.mean(tables, axis=0) if tables else Value(automaton, {}).end
        values[contract, skills] = automaton, table
    return values


def _value(
    automaton: Automaton,
    market: Market,
    skills: Sequence[str],
    weeks: int,
) -> Table:
    """Return the value of so many weeks of one market to a nurse with some skills."""
    best = {
        (day, shift): max(market[shift, skill, day] for skill in skills)
        for day in EVERY_DAY
        for shift in automaton.shifts
    }
    value = Value(automaton, best)
    table = value.end
    for _ in range(weeks):
        table = value.before(table)
    return table


class _Quote:
    """The prices of one nurse: differences of the value of what she may hand on."""

    def __init__(self, automaton: Automaton, table: Table, past: Past, weeks_left: int) -> None:
        contract = automaton.contract
        self.automaton, self.table, self.weeks_left = automaton, table, weeks_left
        self.left = contract.total.most - past.assignments
        self.free = max(0, contract.weekends - past.weekends)
        self.busy = max(0, self.free - 1)
        counts = np.arange(len(DAYS) + 1)
        self.places = np.clip(self.left - counts, 0, contract.total.most)
        self.usual = min(len(DAYS), round(max(0, self.left) / weeks_left))
        self.mean = table[:, self.places, :].mean(axis=0)

    def total(self) -> Iterator[int]:
        """Yield the price of each assignment: it takes one of those left, or is in excess."""
        counts = np.arange(len(DAYS) + 1)
        excess = WEIGHTS["total"] * np.maximum(0, counts - max(0, self.left))
        by_count = excess + (self.mean[:, self.free] + self.mean[:, self.busy]) / 2
        yield from map(_rounded, np.diff(by_count))

    def weekend(self) -> int:
        """Return the price of a working weekend."""
        excess = WEIGHTS["weekends"] * (self.free == 0)
        return _rounded(self._taken + excess)

    def tails(self) -> Iterator[tuple[Tail, int]]:
        """Yield the prices of tails, after the usual number of assignments."""
        place, rests = self.places[self.usual], self.automaton.rests
        # She who works on Sunday has one weekend less, which is priced on its own.
        ends = self.table[:, place, self.busy] - self._taken
        ends[:rests] = self.table[:rests, place, self.free]
        yield from zip(self.automaton.states, map(_rounded, ends - ends.min()), strict=True)

    def caps(self) -> Iterator[tuple[str, int]]:
        """Yield from which length on tails of a kind are alike."""
        yield "work", self.automaton.contract.work.most
        yield from ((kind, self.automaton.cap(kind)) for kind in self.automaton.actions)

    @property
    def _taken(self) -> float:
        return float(self.mean[self.usual, self.busy] - self.mean[self.usual, self.free])


def _rounded(price: float) -> int:
    return STEP * round(float(price) / STEP)
