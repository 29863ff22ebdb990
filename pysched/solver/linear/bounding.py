"""Bounds by linear and integer programming for the best schedule so far, level by level."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from clingo.symbol import Symbol

from pysched.solver.budget import POLL_SECONDS, Budget
from pysched.solver.incumbent import Found, Incumbent
from pysched.solver.linear.circuit import Circuit
from pysched.solver.linear.cones import Day
from pysched.solver.linear.ground import Ground
from pysched.solver.linear.highs import Caps, Linear
from pysched.solver.linear.patterns import Patterns
from pysched.solver.linear.relaxation import Relaxation
from pysched.solver.linear.terms import Interrupted, Terms
from pysched.solver.neighbourhood import Features
from pysched.solver.program import Program
from pysched.solver.search import Improvement

DayOf = Callable[[Symbol], Day]
"""Whose day an assignment belongs to: who, and the day's number."""
FIRST_SECONDS = 15.0
"""What the first integer program of a level may take where there is no time limit; each later one
may take twice as much."""
LEAST_SECONDS = 3.0
"""What any integer program may take."""
LIKELY = 0.05
"""An assignment that the linear program makes by that much is worth looking at."""
PATIENCE_SHARE = 0.5
"""Of what a linear program took, how long to search where its solution is without success; not at
all beyond a first step where a small integer program comes next, which may prove the level.
Searching there, nine runs of a minute on weeks of 28: 8 ended better than without it, 1 worse."""
RELAXED = "linear program"
WHOLE = "integer program"


@dataclass
class _Try:
    """What was done for a level: for which costs above it, or down to it, and how long."""

    relaxed: tuple[int, ...] | None = None
    whole: tuple[int, ...] | None = None
    seconds: float = FIRST_SECONDS


class Bounding:
    """Asks of the best schedule, from the highest level down, whether a level can be better.

    A level's linear program, with the levels above held at what the best schedule costs there,
    bounds it; the integer program that asks for less either finds such a schedule, which is
    suggested to the search, or proves that there is none.

    Integer programs day by day are left out: in two weeks of 14 physicians their optima for double
    booking add up to 44 and 26, where the week's linear program has 79 and 74 (best 104 and 100).
    """

    def __init__(
        self,
        program: Program,
        ground: Ground,
        day_of: DayOf,
        features: Features,
        incumbent: Incumbent,
        budget: Budget,
        seed: int,
    ) -> None:
        """Read the program."""
        symbols = {literal: symbol for symbol, literal in program.literals.items()}
        self._symbols = symbols

        def day(atom: int) -> Day | None:
            return day_of(symbols[atom]) if atom in symbols else None

        self._ground, self._day, self._seed = ground, day, seed
        self._circuit: Circuit | None = None
        self._relaxations: dict[int, Relaxation] = {}
        self._listed: dict[Day, Patterns] = {}
        self._incumbent, self._budget = incumbent, budget
        self._steps = Improvement(program, incumbent, budget, features, seed)
        self._tries: dict[int, _Try] = {}

    def run(self) -> None:
        """Work until the budget is over or nothing is left to prove.

        Raises:
            OverflowError: somebody's day has too many combinations of assignments.
        """
        going = True
        while going and not self._budget.over:
            best = self._incumbent.best
            if best is None:
                time.sleep(POLL_SECONDS)
                continue
            try:
                going = self._step(best)
            except Interrupted:
                return

    def _step(self, best: Found) -> bool:
        """Do the next thing for the best schedule; return whether there is more to do."""
        bounds = self._incumbent.bounds()
        levels = self._incumbent.levels
        unproven = [n for n, level in enumerate(levels) if bounds[level] < best.cost[n]]
        if not unproven:
            self._incumbent.close()
            self._budget.finish()
            return False
        if self._first_look(best, unproven):
            return True
        for n in unproven:
            if self._try(n).relaxed != best.cost[:n]:
                self._relax(best, n)
                return True
            if self._try(n).whole != best.cost[: n + 1]:
                self._ask(best, n, self._fair_part(n, len(unproven) - unproven.index(n)))
                return True
        # All was tried: the highest level that is not proven gets its time, doubled, again.
        self._try(unproven[0]).whole = None
        return True

    def _first_look(self, best: Found, unproven: list[int]) -> bool:
        """Relax the lowest level, which guides the search, after a look at the highest open one.

        That is asked of first where its system is small; not the level above the lowest, whose
        system is as large.
        """
        first, lowest = unproven[0], len(best.cost) - 1
        if lowest not in unproven or self._try(lowest).relaxed is not None:
            return False
        asked = any(attempt.whole is not None for attempt in self._tries.values())
        if self._try(first).relaxed is None:
            self._relax(best, first)
        elif not asked and first + 1 < lowest and self._system(first)[1].is_small:
            self._ask(best, first, self._fair_part(first, len(unproven)))
        else:
            self._relax(best, lowest)
        return True

    def _try(self, n: int) -> _Try:
        return self._tries.setdefault(n, _Try())

    def _relax(self, best: Found, n: int) -> None:
        """Bound a level by its linear program, and search where its solution is."""
        began = time.monotonic()
        self._try(n).relaxed = best.cost[:n]
        relaxation, linear = self._system(n)
        solved = linear.relax(
            self._objective(relaxation, n),
            self._caps(relaxation, best, n),
            self._over,
            self._budget.seconds_left,
        )
        if solved.bound is not None:
            self._incumbent.limit(best.cost[:n], min(solved.bound, best.cost[n]), RELAXED)
        if linear.values is not None:
            likely = relaxation.likely(linear.values, LIKELY)
            guide = frozenset(self._symbols[atom] for atom in likely)
            self._incumbent.guide(n, guide)
            is_next = linear.is_small and self._is_next(best, n)
            share = 0.0 if is_next else PATIENCE_SHARE
            self._steps.induce(n, guide, share * (time.monotonic() - began))

    def _is_next(self, best: Found, n: int) -> bool:
        """Return whether a level's integer program is next: it is the highest open one."""
        bounds, levels = self._incumbent.bounds(), self._incumbent.levels
        is_first = all(bounds[level] >= best.cost[k] for k, level in enumerate(levels[:n]))
        return is_first and n + 1 < len(levels)

    def _fair_part(self, n: int, waiting: int) -> float:
        """Return the seconds of a level: its part of what is left, if so many levels wait."""
        left = self._budget.seconds_left
        return self._try(n).seconds if left == float("inf") else max(LEAST_SECONDS, left / waiting)

    def _ask(self, best: Found, n: int, seconds: float) -> None:
        """Look for a schedule that is better on a level and as good above, for some seconds."""
        attempt = self._try(n)
        relaxation, linear = self._system(n)
        objective = self._objective(relaxation, n)
        caps = [*self._caps(relaxation, best, n), (objective, best.cost[n] - 1)]

        def over() -> bool:
            now = self._incumbent.best
            return self._budget.over or (now is not None and now.cost[: n + 1] < best.cost[: n + 1])

        def found(values: np.ndarray) -> None:
            chosen = relaxation.chosen(values)
            self._incumbent.suggest(frozenset(self._symbols[atom] for atom in chosen))

        def raised(bound: int) -> None:
            self._incumbent.limit(best.cost[:n], min(bound, best.cost[n]), WHOLE)

        limit = min(self._budget.seconds_left, seconds)
        solved = linear.whole(objective, caps, over, limit, found, raised)
        if solved.infeasible:
            self._incumbent.limit(best.cost[:n], best.cost[n], WHOLE)
        elif solved.bound is not None:
            raised(solved.bound)
        if not over():
            attempt.seconds *= 2
            attempt.whole = best.cost[: n + 1]

    def _over(self) -> bool:
        return self._budget.over

    def _system(self, n: int) -> tuple[Relaxation, Linear]:
        """Return the relaxation of a level and of those above it; what is below is left out."""
        lowest = n == len(self._incumbent.levels) - 1
        if n not in self._relaxations:
            levels = self._incumbent.levels[: n + 1]
            stop = self._over
            self._circuit = self._circuit or Circuit(self._ground, stop)
            self._relaxations[n] = Relaxation(
                self._circuit, self._day, levels, self._listed, stop, lowest
            )
        return self._relaxations[n], Linear(self._relaxations[n].rows, self._seed, lowest)

    def _objective(self, relaxation: Relaxation, n: int) -> Terms:
        return relaxation.objective[self._incumbent.levels[n]]

    def _caps(self, relaxation: Relaxation, best: Found, n: int) -> Caps:
        return [(self._objective(relaxation, k), best.cost[k]) for k in range(n)]
