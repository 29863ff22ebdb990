"""What a nurse is worth on a day, shift type and skill of a week to come: a linear program."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .automaton import FORBIDDEN, OFF, Automaton
from .forecast import Demand
from .linear import Program
from .model import EVERY_DAY, SUNDAY, Contract, History, Past, Scenario
from .score import WEIGHTS

BELOW_MINIMUM = 100.0
"""Charge of a nurse below the minimum, which the week itself forbids."""


Market = Mapping[tuple[str, str, int], float]
"""Shift type, skill, day -> worth of a nurse."""

Group = tuple[str, tuple[str, ...]]
"""Contract and skills: nurses alike in both are worth the same."""


@dataclass(frozen=True)
class Quota:
    """What is left to a group: assignments and weekends of a week, all its nurses together."""

    least: float
    most: float
    weekends: float


def worth(
    scenario: Scenario, history: History, weeks_left: int, demand: Demand, seconds: float = math.inf
) -> Market | None:
    """Return the worth of a nurse by shift type, skill and day of a steady week.

    The nurses of a group are a flow through the tails of their automaton, from Sunday round to
    Monday, with the runs' costs, that covers the demand as far as it pays. Worth is the dual of the
    demand.

    Args:
        scenario: nurses and rules.
        history: before the week that is to be scheduled.
        weeks_left: that week included.
        demand: of the steady week.
        seconds: to give up after, with None.
    """
    program = Program()
    slots = _demand(program, demand)
    groups: dict[Group, list[Past]] = {}
    for name, nurse in scenario.nurses.items():
        groups.setdefault((nurse.contract, nurse.skills), []).append(history[name])
    for (name, skills), pasts in groups.items():
        automaton = Automaton(scenario.contracts[name], scenario.shifts, scenario.forbidden)
        flow = _Flow(program, automaton, len(pasts), _quota(automaton.contract, pasts, weeks_left))
        flow.work(skills, slots)
        flow.walk()
    duals = program.duals(seconds)
    if duals is None:
        return None
    return {slot: max(0.0, float(duals[row])) for slot, row in slots.items()}


def _demand(program: Program, demand: Demand) -> dict[tuple[str, str, int], int]:
    slots: dict[tuple[str, str, int], int] = {}
    for slot, (least, optimal) in demand.items():
        slots[slot] = row = program.row(optimal, np.inf)
        program.column(WEIGHTS["coverage"], [(row, 1.0)], optimal - least)
        program.column(BELOW_MINIMUM, [(row, 1.0)])
    return slots


def _quota(contract: Contract, pasts: Sequence[Past], weeks_left: int) -> Quota:
    def left(limit: int, used: Iterable[int]) -> float:
        return sum(max(0, limit - n) for n in used) / weeks_left

    return Quota(
        left(contract.total.least, (past.assignments for past in pasts)),
        left(contract.total.most, (past.assignments for past in pasts)),
        left(contract.weekends, (past.weekends for past in pasts)),
    )


class _Flow:
    """The steady flow of a group through its automaton, as rows and columns of the program."""

    def __init__(self, program: Program, automaton: Automaton, size: int, quota: Quota) -> None:
        self.program, self.automaton = program, automaton
        row, column = program.row, program.column
        self.nodes = [[row(0, 0) for _ in automaton.states] for _ in EVERY_DAY]
        self.working = [{shift: row(0, 0) for shift in automaton.shifts} for _ in EVERY_DAY]
        self.size = row(size, size)
        self.total, self.few = row(-np.inf, quota.most), row(quota.least, np.inf)
        self.weekends = row(-np.inf, quota.weekends)
        column(WEIGHTS["total"], [(self.total, -1.0)])
        column(WEIGHTS["total"], [(self.few, 1.0)])
        column(WEIGHTS["weekends"], [(self.weekends, -1.0)])

    def work(self, skills: Iterable[str], slots: Mapping[tuple[str, str, int], int]) -> None:
        """Let those who work a shift type do so in one of their skills."""
        for skill in skills:
            for day, rows in zip(EVERY_DAY, self.working, strict=True):
                for shift, row in rows.items():
                    self.program.column(0.0, [(row, -1.0), (slots[shift, skill, day], 1.0)])

    def walk(self) -> None:
        """Let the flow go from tail to tail."""
        _, cost = self.automaton.arcs
        for day in EVERY_DAY:
            for state, action in zip(*np.nonzero(cost < FORBIDDEN), strict=True):
                self._step(day, int(state), int(action))

    def _step(self, day: int, state: int, n: int) -> None:
        after, cost = self.automaton.arcs
        tail, action = self.automaton.states[state], self.automaton.actions[n]
        there = self.nodes[day - 1][after[state, n]]
        entries = [(self.nodes[day - 2][state], -1.0), (there, 1.0)]
        if day == 1:
            entries.append((self.size, 1.0))
        if action != OFF:
            entries += [(self.total, 1.0), (self.few, 1.0), (self.working[day - 1][action], 1.0)]
        if day == SUNDAY and (action != OFF or tail.kind != OFF):
            entries.append((self.weekends, 1.0))
        halves = weekend_cost(self.automaton.contract, day, tail.kind, action)
        self.program.column(float(cost[state, n]) + halves, entries)


def weekend_cost(contract: Contract, day: int, before: str, action: str) -> int:
    """Return what half a weekend costs on its Sunday, 0 on other days."""
    halves = day == SUNDAY and (before == OFF) != (action == OFF)
    return WEIGHTS["whole weekend"] if halves and contract.whole_weekends else 0
