"""What the rest of the horizon costs a nurse, by her tail and what is left of her contract."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .automaton import OFF, Automaton
from .market import weekend_cost
from .model import DAYS, SUNDAY, Contract
from .score import WEIGHTS

Table = NDArray[np.float64]
"""Of shape (states, assignments left + 1, weekends left + 1)."""


class Value:
    """Least cost of the weeks to come less the worth of the work done in them.

    It is the Lagrangian of the demand: with a worth for each day and shift type the nurses are
    independent, and a backward recursion over days finds the best of each.

    Args:
        automaton: of the contract.
        worth: (day, shift type) -> what covering it is worth to a nurse with her skills.
    """

    def __init__(self, automaton: Automaton, worth: Mapping[tuple[int, str], float]) -> None:
        self._automaton = automaton
        self._worth = worth

    @cached_property
    def end(self) -> Table:
        """The table when no week is left: what the missing assignments cost."""
        contract: Contract = self._automaton.contract
        left = np.arange(contract.total.most + 1)
        missing = np.maximum(0, left - (contract.total.most - contract.total.least))
        shape = (len(self._automaton.states), contract.total.most + 1, contract.weekends + 1)
        return np.broadcast_to(float(WEIGHTS["total"]) * missing[None, :, None], shape).copy()

    def before(self, table: Table) -> Table:
        """Return the table a week earlier."""
        for day in range(len(DAYS), 0, -1):
            table = self._day_before(day, table)
        return table

    def _day_before(self, day: int, table: Table) -> Table:
        automaton = self._automaton
        after, cost = automaton.arcs
        options = []
        for n, action in enumerate(automaton.actions):
            then = table if action == OFF else _used(table, 1, WEIGHTS["total"])
            free = then
            if day == SUNDAY:
                then = _used(then, 2, WEIGHTS["weekends"])
            option = then[after[:, n]]
            if day == SUNDAY and action == OFF:
                option[: automaton.rests] = free[after[: automaton.rests, n]]
            extra = np.array(
                [
                    weekend_cost(automaton.contract, day, tail.kind, action)
                    for tail in automaton.states
                ]
            )
            reward = 0.0 if action == OFF else self._worth[day, action]
            options.append(option + (cost[:, n] + extra - reward)[:, None, None])
        least: Table = np.minimum.reduce(options)
        return least


def _used(table: Table, axis: int, charge: float) -> Table:
    """Return the table seen from one unit more left; where none is left the unit is charged."""
    first = np.take(table, [0], axis=axis)
    rest = np.take(table, np.arange(table.shape[axis] - 1), axis=axis)
    return np.concatenate([first + charge, rest], axis=axis)
