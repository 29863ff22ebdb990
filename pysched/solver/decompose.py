"""Search part by part: each in a small program of its own, the union judged by the whole one.

A step of a search on the whole program takes the longer the larger it is: 14 physicians 13 ms, 56
105 ms, 112 150 ms, 224 330 ms (`python -m benchmarks.parts steps`). A part's steps take as long as
those of a small week.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from itertools import count
from queue import Empty, SimpleQueue

from clingo.symbol import Symbol

from pysched.solver.budget import POLL_SECONDS, Budget
from pysched.solver.incumbent import Found, Incumbent
from pysched.solver.options import Options
from pysched.solver.parts import PART_SIZE, Cut, Part
from pysched.solver.problem import Problem
from pysched.solver.program import Program, ground_alone, is_grounding
from pysched.solver.search import (
    CORE_GUIDED,
    Improvement,
    begin_from,
    can_improve,
    consider,
    never,
    prove,
)

FIRST_CONFLICTS, FIRST_ROUNDS = 3_000, 6
"""Of a part's first search, and how often it goes on while the levels that come first are not
proven. 8 parts of 112 physicians: after 1,500 conflicts there were 12,180 of service open in all,
after 3,000 none or 4,020 (by seed), in 0.2 s a part."""
FIRST_SHARE = 0.7
"""Of the limits, what the first searches may take in all."""
PART_CONFLICTS = 6_000
"""Of a later search of a part. 112 physicians, one thread, a minute, cost of the two last levels:
1,500 conflicts 522 and 852, 3,000 522 and 848, 6,000 484 and 702."""
STEPS = 10
"""On the whole program before a part has its turn again: about as long as a part's turn."""
GROW = 1.05
"""What did not get better is drawn larger, up to the whole."""
FADE, LEAST_SUCCESS = 0.2, 0.1
"""How fast a turn's success is forgotten, and what is not tried less than that."""


class Whole:
    """The whole program, which says what the parts' schedules cost together; safe to share.

    Args:
        program: grounded.
        incumbent: takes what is better.
        budget: ends every search.
        steps: on the whole program.
        has_turns: whether steps take turns with the parts, or are what is left at the end.
    """

    def __init__(
        self,
        program: Program,
        incumbent: Incumbent,
        budget: Budget,
        steps: Improvement,
        has_turns: bool = True,
    ) -> None:
        """Keep them."""
        self._program, self._incumbent, self._budget = program, incumbent, budget
        self._steps, self.has_turns = steps, has_turns
        self._lock = threading.Lock()
        self.seconds = 0.0
        """What the last schedule took."""

    def consider(self, assigned: frozenset[Symbol]) -> None:
        """Take assignments if their cost is better than the best."""
        with self._lock:
            began = time.monotonic()
            if not self._budget.over:
                consider(self._program, assigned, self._incumbent, self._budget)
                self.seconds = time.monotonic() - began

    def step(self) -> None:
        """Search on the whole program for a while."""
        with self._lock:
            self._steps.run(STEPS)


class Decomposition:
    """Searches the parts of a problem; two threads may share it.

    Args:
        problem: a large one, with parts.
        incumbent: takes what is better for the whole.
        budget: ends every search.
        options: seed of all random choices; one thread, which must repeat itself, or two.
    """

    def __init__(
        self, problem: Problem, incumbent: Incumbent, budget: Budget, options: Options
    ) -> None:
        """Cut the problem."""
        if problem.parts is None:
            raise ValueError("the problem has no parts")
        self._problem, self._parts = problem, problem.parts
        self._incumbent, self._budget = incumbent, budget
        self._rng, self._is_alone = random.Random(options.seed), options.threads == 1  # noqa: S311
        self._cut = Cut(self._parts, self._rng)
        self._seeds = count(options.seed)
        self._begin_lock = threading.Lock()
        self._queue: SimpleQueue[Part] = SimpleQueue()
        self._first_budget: Budget | None = None
        self._communities = 0
        self._begun: list[frozenset[Symbol]] = []

    @property
    def size(self) -> int:
        """How many assignments there are to choose from."""
        return self._cut.size

    @property
    def start(self) -> frozenset[Symbol]:
        """The schedules of the parts that were solved at the begin."""
        return frozenset().union(*self._begun)

    def begin(self) -> None:
        """Solve parts that have everything once; return when all are solved, by whichever thread.

        Most of the limits may go into that; parts that there is nothing left for are left out, and
        so is a part that would be the whole.
        """
        budget = self._prepared()
        while not budget.over:
            try:
                part = self._queue.get_nowait()
            except Empty:
                break
            self._begun.append(self._first(part, budget))
        while len(self._begun) < self._communities and not budget.over:
            time.sleep(POLL_SECONDS)

    def _prepared(self) -> Budget:
        """Return the budget of the begin; the first thread that asks makes the communities."""
        with self._begin_lock:
            if self._first_budget is None:
                communities = self._cut.communities()
                self._communities = len(communities) if len(communities) > 1 else 0
                for part in communities[: self._communities]:
                    self._queue.put(part)
                self._first_budget = self._budget.share(FIRST_SHARE)
            return self._first_budget

    def improve(self, whole: Whole) -> None:
        """Search one part after the other for something better, until a part would be the whole.

        Steps on the whole take turns with parts: what was better lately is the likelier.
        """
        size, success = float(PART_SIZE), {True: 1.0, False: 1.0 if whole.has_turns else 0.0}
        while not self._budget.over and size < self._cut.size:
            best, suggestion = self._incumbent.best, self._incumbent.suggested()
            if not can_improve(self._incumbent):
                return
            if suggestion is not None:
                whole.consider(suggestion)
                continue
            in_part = best is not None and self._is_next(success, whole.seconds)
            if best is not None and in_part:
                self._search_part(best, whole, round(size))
            else:
                whole.step()
            better = self._incumbent.best is not best
            if whole.has_turns:
                success[in_part] += FADE * (max(better, LEAST_SUCCESS) - success[in_part])
            size *= GROW if in_part and not better else 1.0

    def _is_next(self, success: Mapping[bool, float], seconds: float) -> bool:
        """Return whether a part has its turn, not steps on the whole."""
        if self._budget.seconds_left <= seconds:
            return False
        if not self._is_alone and success[False] and is_grounding():
            return False
        return self._rng.random() * sum(success.values()) <= success[True]

    def _search_part(self, best: Found, whole: Whole, size: int) -> None:
        """Search a part of the best schedule."""
        part = self._cut.draw(best.assigned, size, best.others)
        found = self._better(part, best.assigned, whole.seconds) if part.targets else None
        if found is not None:
            whole.consider(self._merged(part, found))

    def _merged(self, part: Part, found: frozenset[Symbol]) -> frozenset[Symbol]:
        """Return the best schedule, whatever the other thread found since, with a part's own."""
        best = self._incumbent.best
        assigned = frozenset() if best is None else best.assigned
        others = {symbol for symbol in assigned if self._owner(symbol) not in part.owners}
        return found.union(others)

    def _owner(self, symbol: Symbol) -> str:
        return self._parts.split(symbol)[0]

    def _first(self, part: Part, budget: Budget) -> frozenset[Symbol]:
        """Return the first schedule of a part; none if there was none in its share."""
        most = FIRST_CONFLICTS * FIRST_ROUNDS
        if self._budget.conflicts is not None:
            total = self._budget.conflicts + self._budget.spent
            most = min(most, max(1, int(total * FIRST_SHARE) // self._communities))
        return self._searched(part, budget.part(most, 0.0), self._prove)

    def _better(
        self, part: Part, assigned: frozenset[Symbol], seconds: float
    ) -> frozenset[Symbol] | None:
        """Return a better schedule of a part, None if none was found."""
        kept = frozenset(symbol for symbol in assigned if self._owner(symbol) in part.owners)
        budget = self._budget.part(PART_CONFLICTS, seconds)
        found = self._searched(part, budget, lambda *x: self._improve(kept, *x))
        return found if found and found != kept else None

    def _searched(
        self, part: Part, budget: Budget, work: Callable[[Program, Incumbent, Budget], None]
    ) -> frozenset[Symbol]:
        """Return what a part's program comes to."""
        problem, facts = self._problem, self._parts.facts(part.owners, part.targets)
        arguments = [*CORE_GUIDED, f"--seed={next(self._seeds)}", "--warn=none"]
        program = ground_alone(
            lambda: Program(problem.files, facts, arguments, problem.assignment),
            lambda: budget.over,
        )
        if program is None:
            return frozenset()
        incumbent = Incumbent(problem.forced(program), time.monotonic())
        work(program, incumbent, budget)
        return frozenset() if incumbent.best is None else incumbent.best.assigned

    def _prove(self, program: Program, incumbent: Incumbent, budget: Budget) -> None:
        """Prove, in rounds: a part that has no good schedule by then is worth more of them."""
        for _ in range(FIRST_ROUNDS):
            prove(program, incumbent, budget.part(FIRST_CONFLICTS, 0.0), never)
            if budget.over or self._is_begun(incumbent):
                return

    def _is_begun(self, incumbent: Incumbent) -> bool:
        """Return whether what comes first is proven."""
        least, costs, bounds = self._problem.proven_first, incumbent.costs(), incumbent.bounds()
        return bool(costs) and (
            least is None or all(bounds[level] == costs[level] for level in costs if level >= least)
        )

    def _improve(
        self, kept: frozenset[Symbol], program: Program, incumbent: Incumbent, budget: Budget
    ) -> None:
        begin_from(program, kept, incumbent, budget)
        features, groups = self._problem.features, self._problem.groups
        Improvement(program, incumbent, budget, features, next(self._seeds), groups).run()
