"""Two threads that improve one schedule by core-guided steps: the search of a week."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import clingo
from clingo.symbol import Symbol

from pysched.solver.budget import POLL_SECONDS, Budget
from pysched.solver.incumbent import Found, Incumbent
from pysched.solver.neighbourhood import Neighbourhoods
from pysched.solver.program import Program
from pysched.solver.search import CORE_GUIDED

from .facts import ENCODING, features, read_assignments
from .relax import Guide

ASSIGNMENT = ("assign", 4)
THREADS = 2
STEP_CONFLICTS = 600
FIRST_CONFLICTS = 1000
GUIDED_CONFLICTS = 20_000
GUIDED_STEPS = 0.2
"""How often a step frees what the relaxation does too."""
WHOLE = 0.999
IDLE_SHARE = 0.3
"""A search ends when it found nothing better for this share of its time."""


def best_of(facts: str, guide: Guide, deadline: float, seed: int) -> Found:
    """Return the best schedule of a week that is found until a deadline.

    Args:
        facts: as `week.lp` reads them.
        guide: where to begin, and the cost at which to end.
        deadline: of the monotonic clock.
        seed: of every random choice; two threads are not repeatable all the same.

    Raises:
        RuntimeError: no schedule was found, or there is none.
    """
    started = time.monotonic()
    incumbent = Incumbent({}, started)
    budget = Budget(deadline, None, _idle(incumbent, started, deadline))
    errors: list[BaseException] = []

    def work(program: Program, number: int) -> None:
        try:
            _Walk(program, incumbent, budget, guide).improve(THREADS * seed + number)
        except BaseException as error:  # the caller raises it again
            errors.append(error)
            budget.finish()

    _run_side_by_side(facts, seed, work, budget)
    if errors:
        raise errors[0]
    if incumbent.best is None:
        raise RuntimeError("no schedule" if incumbent.infeasible else "no schedule in time")
    return incumbent.best


def _run_side_by_side(
    facts: str, seed: int, work: Callable[[Program, int], None], budget: Budget
) -> None:
    """Work in threads; the first one searches while the second one grounds."""
    workers = []
    try:
        for number in range(THREADS):
            program = _program(facts, THREADS * seed + number)
            workers.append(threading.Thread(target=work, args=(program, number)))
            workers[-1].start()
        for worker in workers:
            worker.join()
    finally:
        budget.finish()


def _idle(incumbent: Incumbent, started: float, deadline: float) -> Callable[[], bool]:
    patience = IDLE_SHARE * (deadline - started)

    def idle() -> bool:
        best = incumbent.best
        return best is not None and time.monotonic() - started - best.seconds > patience

    return idle


def _program(facts: str, seed: int) -> Program:
    program = Program(
        [ENCODING], facts, [*CORE_GUIDED, f"--seed={seed}", "--warn=none"], ASSIGNMENT
    )
    # Whatever costs the same is taken at random, so that a step without gain still moves.
    program.configure(solver__sign_def="rnd")
    return program


@dataclass
class _Walk:
    """A thread's own schedule, which it changes for others of the same cost."""

    program: Program
    incumbent: Incumbent
    budget: Budget
    guide: Guide
    cost: tuple[int, ...] | None = None
    assigned: frozenset[Symbol] = frozenset()

    def improve(self, seed: int) -> None:
        """Begin near the relaxation, then free a part of the schedule and keep the rest; repeat.

        Core-guided search does better than branch and bound in these steps too: what few nurses or
        days cost has small cores, where branch and bound has to count.
        """
        rng = random.Random(seed)
        literals = self.program.literals
        shares = self._shares()
        whole = [literals[symbol] for symbol, share in shares.items() if share > WHOLE]
        outside = [-literal for symbol, literal in literals.items() if symbol not in shares]
        if shares:
            self._step(outside + whole, "opt", GUIDED_CONFLICTS)
        neighbourhoods = Neighbourhoods(list(literals), features, rng)
        while not self.budget.over:
            self._adopt()
            if self.cost is None:
                self._step([], "opt", FIRST_CONFLICTS)
                continue
            before = self.cost
            drawn = neighbourhoods.draw()
            guided = bool(shares) and rng.random() < GUIDED_STEPS
            exhausted = self._search(self._near(shares, rng) if guided else drawn, before)
            if not guided:
                neighbourhoods.learn(self.cost < before, exhausted)

    def _shares(self) -> dict[Symbol, float]:
        """Return the shares of the relaxation by atom."""
        pairs = ((symbol, read_assignments([symbol])[0]) for symbol in self.program.literals)
        shares = self.guide.shares
        return {symbol: shares[role] for symbol, role in pairs if role in shares}

    def _near(self, shares: Mapping[Symbol, float], rng: random.Random) -> frozenset[Symbol]:
        """Return what some nurses do, here or in the relaxation."""
        nurses = sorted({symbol.arguments[0] for symbol in self.program.literals})
        chosen = set(rng.sample(nurses, max(1, round(len(nurses) * rng.random()))))
        both = self.assigned.union(shares)
        return frozenset(symbol for symbol in both if symbol.arguments[0] in chosen)

    def _search(self, free: frozenset[Symbol], cost: tuple[int, ...]) -> bool:
        """Search what is free for a schedule that costs no more; return whether to the end."""
        kept = [
            literal if symbol in self.assigned else -literal
            for symbol, literal in self.program.literals.items()
            if symbol not in free
        ]
        return self._step(kept, f"opt,{cost[0]}", STEP_CONFLICTS)

    def _adopt(self) -> None:
        """Go on from the other thread's schedule if it is better."""
        best = self.incumbent.best
        if best is not None and (self.cost is None or best.cost < self.cost):
            self.cost, self.assigned = best.cost, best.assigned

    def _step(self, assumptions: list[int], mode: str, conflicts: int) -> bool:
        """Search below the assumptions; return whether all was searched."""
        self.program.configure(solve__solve_limit=str(conflicts), solve__opt_mode=mode)
        with self.program.control.solve(
            assumptions=assumptions, on_model=self._take, async_=True
        ) as handle:
            while not handle.wait(POLL_SECONDS):
                if self.budget.over:
                    handle.cancel()
            exhausted = bool(handle.get().exhausted)
        if exhausted and not assumptions:
            self.incumbent.close()
            self.budget.finish()
        return exhausted

    def _take(self, model: clingo.Model) -> None:
        cost = self.program.cost(model)
        if self.cost is not None and cost > self.cost:
            return
        symbols = model.symbols(shown=True)
        self.cost, self.assigned = cost, frozenset(symbols)
        self.incumbent.offer(model.priority, cost, symbols, self.assigned)
        if cost[0] <= self.guide.bound:
            self.budget.finish()
