"""The linear relaxation of a week: each nurse a flow through her days; a guide for the search."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .automaton import FORBIDDEN, OFF, Automaton
from .linear import Program
from .market import weekend_cost
from .model import ANY, EVERY_DAY, SUNDAY, Assignment, History, Past, Scenario, Week
from .prices import STEP, Prices
from .score import WEIGHTS

TOLERANCE = 1e-4


@dataclass(frozen=True)
class Guide:
    """What the relaxation says.

    Args:
        shares: assignment -> share in which a fractional schedule makes it, those above 0.
        bound: what every schedule costs at least; every cost is a multiple of `STEP`.
    """

    shares: Mapping[Assignment, float] = field(default_factory=dict)
    bound: int = 0


@dataclass
class Relaxation:
    """Rows and columns of a week's linear program."""

    scenario: Scenario
    week: Week
    prices: Prices
    program: Program = field(default_factory=Program)
    slots: dict[tuple[str, str, int], int] = field(default_factory=dict)
    columns: dict[Assignment, int] = field(default_factory=dict)

    def build(self, history: History) -> None:
        """Add the demand and all nurses."""
        for slot, (least, optimal) in self.week.demand.items():
            self.slots[slot] = row = self.program.row(optimal, np.inf)
            self.program.column(WEIGHTS["coverage"], [(row, 1.0)], optimal - least)
        for name in self.scenario.nurses:
            _Nurse(self, name).add(history[name])


class _Nurse:
    """A nurse's part of the program."""

    def __init__(self, relaxation: Relaxation, name: str) -> None:
        scenario, self.program = relaxation.scenario, relaxation.program
        self.relaxation, self.name, self.prices = relaxation, name, relaxation.prices
        contract = scenario.contract(name)
        self.automaton = Automaton(contract, scenario.shifts, scenario.forbidden)
        self.working = {
            (day, shift): self.program.row(0, 0) for day in EVERY_DAY for shift in scenario.shifts
        }
        self.total = self.program.row(0, 0)

    def add(self, past: Past) -> None:
        """Add her roles, the prices of her total, and her walk from the last Sunday to the next."""
        for skill in self.relaxation.scenario.nurses[self.name].skills:
            for (day, shift), row in self.working.items():
                slot = self.relaxation.slots[shift, skill, day]
                role = Assignment(self.name, day, shift, skill)
                self.relaxation.columns[role] = len(self.program.cost)
                self.program.column(0.0, [(row, -1.0), (slot, 1.0)])
        for count in EVERY_DAY:
            price = self.prices.total.get((self.name, count), 0)
            self.program.column(price, [(self.total, -1.0)], 1.0)
        start = self.automaton.index[self.automaton.tail(past)]
        nodes = {start: self.program.row(-1, -1)}
        for day in EVERY_DAY:
            nodes = self._walk(day, nodes)

    def _walk(self, day: int, nodes: Mapping[int, int]) -> dict[int, int]:
        """Add the arcs of a day and return the rows of the tails it may end in."""
        after, cost = self.automaton.arcs
        then: dict[int, int] = {}
        for state, row in nodes.items():
            for n in np.nonzero(cost[state] < FORBIDDEN)[0]:
                target = int(after[state, n])
                entries = [(row, -1.0)]
                if day != SUNDAY:
                    if target not in then:
                        then[target] = self.program.row(0, 0)
                    entries.append((then[target], 1.0))
                shift = self.automaton.actions[n]
                if shift != OFF:
                    entries += [(self.working[day, shift], 1.0), (self.total, 1.0)]
                extra = self._cost(day, state, shift, target)
                self.program.column(float(cost[state, n]) + extra, entries)
        return then

    def _cost(self, day: int, state: int, shift: str, target: int) -> int:
        """Return what a day costs besides the runs."""
        tail, wishes = self.automaton.states[state], self.relaxation.week.wishes
        cost = weekend_cost(self.automaton.contract, day, tail.kind, shift)
        if shift != OFF:
            refused = {(self.name, shift, day), (self.name, ANY, day)} & wishes
            cost += WEIGHTS["wishes"] * len(refused)
        if day == SUNDAY:
            cost += self.prices.tail.get((self.name, self.automaton.states[target]), 0)
            if shift != OFF or tail.kind != OFF:
                cost += self.prices.weekend.get(self.name, 0)
        return cost


def relax(
    scenario: Scenario, history: History, week: Week, prices: Prices, seconds: float
) -> Guide:
    """Solve the linear relaxation of a week, its prices included.

    A path through a nurse's days pays for her runs exactly, so that the relaxation is tight: only
    the demand ties nurses together.
    """
    relaxation = Relaxation(scenario, week, prices)
    relaxation.build(history)
    values = relaxation.program.values(seconds)
    if values is None:
        return Guide()
    shares = {role: float(values[column]) for role, column in relaxation.columns.items()}
    left = sum(max(0, -price) for price in prices.total.values())
    cost = float(values @ np.array(relaxation.program.cost)) + left
    bound = STEP * math.ceil((cost - TOLERANCE) / STEP)
    return Guide({role: share for role, share in shares.items() if share > TOLERANCE}, bound)
