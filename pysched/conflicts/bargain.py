"""The integer program of a Nash bargain: the largest product of what everybody gains."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log, prod

import numpy as np

from pysched.conflicts.limits import Item, forbidden_by, ranks_of
from pysched.conflicts.state import Oracle
from pysched.solver.linear.choice import Row, TimeOverError, maximise

NEAR = 1e-9
"""Sums of logarithms closer than this, times agents, are compared by the products themselves."""


class Bargain:
    """Items, of which a feasible choice with the largest product of utilities is sought.

    First the number of claimants with a positive utility is made as large as it can be, then the
    product of theirs (Caragiannis et al. 2019). A utility u is the sum of steps 1 .. u, of which
    the k-th adds log k - log (k - 1): concave, so that the steps fill up in order.

    Args:
        items: in order.
        oracle: who may be away together; what it forbids is added as rows when it comes up.
        fixed: numbers of items that are granted beforehand.
        limit_seconds: for all.
        owed: agents who were given theirs beforehand, for which nobody is to envy them.
    """

    def __init__(
        self,
        items: Sequence[Item],
        oracle: Oracle,
        fixed: frozenset[int],
        limit_seconds: float,
        owed: Collection[str] = (),
    ) -> None:
        """Set up columns and rows."""
        self.items, self._oracle, self._fixed, self._owed = items, oracle, fixed, owed
        self._ends = time.monotonic() + limit_seconds
        self.agents = sorted({item.physician for item in items})
        self._item_on = {(i.physician, day): n for n, i in enumerate(items) for day in i.days}
        self._steps: dict[str, range] = {}
        self._rows: list[Row] = []
        column = len(items)
        for agent in self.agents:
            own = {n: float(item.worth) for n, item in enumerate(items) if item.physician == agent}
            steps = range(column, column + int(sum(own.values())))
            self._steps[agent] = steps
            column = steps.stop
            self._rows.append(Row({**own, **dict.fromkeys(steps, -1.0)}, 0.0, 0.0))
        self._columns = column
        self._told_apart: set[int] = set()
        if oracle.reach == "day":
            self._rows += ranks_of(items, oracle)

    def utilities(self, chosen: Iterable[int]) -> dict[str, int]:
        """Return what a choice is worth to each agent."""
        worth = dict.fromkeys(self.agents, 0)
        for number in chosen:
            worth[self.items[number].physician] += self.items[number].worth
        return worth

    def score(self, chosen: Iterable[int]) -> tuple[int, int]:
        """Return how many gain and the product of their utilities, exact."""
        gains = [value for value in self.utilities(chosen).values() if value > 0]
        return len(gains), prod(gains)

    def best(self, cuts: int) -> tuple[frozenset[int], int]:
        """Return the best choice, and how many products were compared.

        Products below the reciprocal of the tolerance differ by more than it, so that the largest
        sum of logarithms is the largest product. Beyond, choices of other utilities are sought and
        compared exactly while their sums are as near as that, at most `cuts` times.

        Raises:
            TimeOverError: the time is over.
        """
        goal = self._logarithms()
        best = self._solve(goal, [])
        found, others = [best], []
        near = NEAR * len(self.agents)
        while self.score(best)[1] * near >= 1 and len(found) <= cuts:
            others.append(self._other(self.utilities(found[-1])))
            try:
                found.append(self._solve(goal, others))
            except ArithmeticError:
                break
            if self._value(found[-1]) < self._value(best) - near:
                break
            best = max(best, found[-1], key=self.score)
        return best, len(found)

    def settled(self, best: frozenset[int], places: Sequence[int]) -> frozenset[int]:
        """Return, of all choices with the utilities' product of the best, the one that lots want.

        Which of equal optima HiGHS finds is its own affair; this one does not depend on it.

        Args:
            best: a best choice.
            places: item -> its number among all by lots.
        """
        gain, _ = self.score(best)
        value = self._value(best)
        rows: list[Row] = [
            Row({steps.start: 1.0 for steps in self._steps.values() if steps}, gain, np.inf),
            Row(self._sums(), value - 1e-7, np.inf),
        ]
        goal = np.zeros(self._columns)
        for number in range(len(self.items)):
            goal[number] = 1.0 + (len(self.items) - places[number]) / (4.0 * len(self.items) ** 2)
        try:
            found = self._solve(goal, rows)
        except ArithmeticError:
            return best
        return found if self.score(found) == self.score(best) else best

    def is_pareto(self, chosen: frozenset[int]) -> bool:
        """Return whether nobody can have more without somebody having less."""
        now = self.utilities(chosen)
        rows: list[Row] = [
            Row(dict.fromkeys(self._steps[agent], 1.0), float(now[agent]), np.inf)
            for agent in self.agents
        ]
        goal = np.zeros(self._columns)
        for number, item in enumerate(self.items):
            goal[number] = item.worth
        return sum(self.utilities(self._solve(goal, rows)).values()) <= sum(now.values())

    def envies(self, chosen: frozenset[int]) -> list[tuple[str, str]]:
        """Return who envies whom even without the best item of the other (EF1 broken).

        Everybody counts what the other has by his own worth of those days.
        """
        own = self.utilities(chosen)
        had: dict[str, list[int]] = {}
        for number in sorted(chosen):
            had.setdefault(self.items[number].physician, []).append(number)
        pairs = []
        for agent in self.agents:
            for other in sorted(set(had) - {agent, *self._owed}):
                worths = [self._worth_to(agent, number) for number in had[other]]
                if own[agent] < sum(worths) - max(worths):
                    pairs.append((agent, other))
        return pairs

    def require(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Ask for choices in which some do not envy others beyond one item.

        Args:
            pairs: who must not envy whom.
        """
        for agent, other in pairs:
            row = dict.fromkeys(self._steps[agent], 1.0)
            left_out: dict[int, float] = {}
            for number in range(len(self.items)):
                worth = self._worth_to(agent, number)
                if worth and self.items[number].physician == other:
                    column = self._columns + len(left_out)
                    left_out[column] = 1.0
                    row |= {number: -float(worth), column: float(worth)}
                    self._rows.append(Row({column: 1.0, number: -1.0}, -np.inf, 0.0))
            self._columns += len(left_out)
            self._rows.append(Row(left_out, 0.0, 1.0))
            self._rows.append(Row(row, 0.0, np.inf))

    def _worth_to(self, agent: str, number: int) -> int:
        """Return what the days of an item would be worth to somebody."""
        own = {
            self._item_on[agent, d] for d in self.items[number].days if (agent, d) in self._item_on
        }
        return sum(self.items[n].worth for n in own)

    def _logarithms(self) -> np.ndarray:
        """Return the goal: whoever gains at all counts more than all products."""
        goal = np.zeros(self._columns)
        first = 1.0 + sum(log(len(steps)) for steps in self._steps.values() if steps)
        for column, weight in self._sums().items():
            goal[column] = weight
        for steps in self._steps.values():
            if steps:
                goal[steps.start] = first
        return goal

    def _sums(self) -> dict[int, float]:
        return {
            column: log(k) - log(k - 1)
            for steps in self._steps.values()
            for k, column in enumerate(steps, 1)
            if k > 1
        }

    def _value(self, chosen: Iterable[int]) -> float:
        return sum(log(value) for value in self.utilities(chosen).values() if value > 0)

    def _other(self, utilities: Mapping[str, int]) -> Row:
        """Return the row that asks for other utilities: one more or one less of somebody."""
        row: dict[int, float] = {}
        least = 1.0
        for agent, value in utilities.items():
            steps = self._steps[agent]
            if value > 0:
                row[steps[value - 1]] = -1.0
                least -= 1.0
            if value < len(steps):
                row[steps[value]] = 1.0
        self._told_apart |= set(row)
        return Row(row, least, np.inf)

    def _solve(self, goal: np.ndarray, more: Sequence[Row]) -> frozenset[int]:
        """Maximise; add what the oracle forbids until it forbids nothing.

        Raises:
            TimeOverError: the time is over. ArithmeticError: there is no such choice.
        """
        while True:
            chosen = self._once(goal, [*self._rows, *more])
            forbidden = forbidden_by(self.items, self._oracle, chosen)
            if not forbidden:
                return chosen
            self._rows += forbidden

    def _once(self, goal: np.ndarray, rows: Sequence[Row]) -> frozenset[int]:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeOverError("no time is left for the bargain")
        least = np.zeros(self._columns)
        least[list(self._fixed)] = 1.0
        whole = {*range(len(self.items)), *self._told_apart}
        values = maximise(goal, rows, least, whole, left)
        if values is None:
            raise ArithmeticError("no choice is left")
        return frozenset(n for n in range(len(self.items)) if values[n] > 0.5)
