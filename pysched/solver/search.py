"""Anytime search on a grounded program: core-guided first, then large neighbourhoods."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from itertools import count

import clingo
from clingo.symbol import Symbol

from pysched.solver.budget import POLL_SECONDS, Budget
from pysched.solver.incumbent import Found, Incumbent
from pysched.solver.neighbourhood import Features, Neighbourhoods
from pysched.solver.program import Program

CORE_STRATEGY = "usc,oll,disjoint,stratify"
CORE_GUIDED = (f"--opt-strategy={CORE_STRATEGY}", "--configuration=handy")
Leave = Callable[[], bool]
# Tried and left out, last costs compared pair by pair on weeks of 14 physicians: every other step
# core-guided (5 weeks, 2 seeds, 2 threads, 20 s, busy machine): 4 better, 5 worse; steps that ask
# for less on a higher level alone (2 weeks, 3 seeds, 10 s of the processor): 2 better, 4 worse;
# neighbourhoods that grow faster where a step ended within 50 conflicts: 1 better, 5 worse; steps
# of 1,000 conflicts: 10 better, 4 worse with one thread (14 runs, 20 s of the processor), 2 better,
# 3 worse with two (5 weeks, 45 s). On weeks of 28 physicians (a minute, two threads): steps that
# ask for less on a higher level, with neighbourhoods of their own, in turns by success (5 weeks, 9
# runs): 4 better, 5 worse; both threads improving once the linear programs are solved, in place of
# integer programs (5 weeks): 2 better, 3 worse, bounds lower, memory 490 to 570 MB in place of 560
# to 990. Of a step there 10 of 36 ms are clingo's own before it searches, whatever the
# configuration; not setting options that are set already does not change that.
STEP_CONFLICTS = 300
FIRST_CONFLICTS = 1000
INDUCED_CONFLICTS = 5000
PROOF_SHARE = 0.2
"""Of the limits, what one thread spends on the core-guided search before it improves."""


def never() -> bool:
    """Return that there is no reason to leave."""
    return False


def prove(program: Program, incumbent: Incumbent, budget: Budget, leave: Leave) -> None:
    """Search core-guided: good whole weeks at once, and bounds level by level.

    Args:
        program: grounded with the options of `CORE_GUIDED`.
        incumbent: takes the models and bounds.
        budget: ends the search.
        leave: says whether to leave the rest to others.
    """
    limit = "umax" if budget.conflicts is None else str(max(1, budget.conflicts))
    program.configure(
        solver__opt_strategy=CORE_STRATEGY, solve__opt_mode="opt", solve__solve_limit=limit
    )
    result = _run(program, incumbent, budget, leave, (), incumbent.raise_bound)
    budget.spend(program.conflicts())
    if result.exhausted:
        incumbent.close()
        budget.finish()


class Improvement:
    """Frees a part of the best schedule, keeps the rest, searches it for a better one; repeats.

    Large neighbourhood search (Shaw 1998) by assumptions on one grounding; kinds and sizes of
    neighbourhoods adapt to their success (Ropke and Pisinger 2006).

    Args:
        program: grounded.
        incumbent: takes the models.
        budget: ends the search.
        features: of an assignment, for neighbourhoods.
        seed: of all random choices.
        groups: more features, for searches that need not repeat an earlier one.
    """

    def __init__(
        self,
        program: Program,
        incumbent: Incumbent,
        budget: Budget,
        features: Features,
        seed: int,
        groups: Features | None = None,
    ) -> None:
        """Index the assignments by feature."""
        program.configure(solver__opt_strategy="bb,lin", solver__opt_heuristic="sign,model")
        self._program, self._incumbent, self._budget = program, incumbent, budget
        rng = random.Random(seed)  # noqa: S311
        self._neighbourhoods = Neighbourhoods(list(program.literals), features, rng, groups)

    def run(self, most: int | None = None) -> None:
        """Repeat until the budget is over, nothing is left to search or so many steps are done."""
        for done in count():
            if self._budget.over or done == most:
                return
            self._step()

    def _step(self) -> None:
        """Free and search one neighbourhood, or do what comes before."""
        program, incumbent, budget = self._program, self._incumbent, self._budget
        best = incumbent.best
        if best is None:
            _begin(program, incumbent, budget)
            return
        if not can_improve(incumbent):
            _end(incumbent, budget)
            return
        suggestion = incumbent.suggested()
        if suggestion is not None:
            consider(program, suggestion, incumbent, budget)
            return
        free = self._neighbourhoods.draw(best.assigned, incumbent.guides(), best.others)
        exhausted = self._search(best, free, _asks(best.cost, incumbent)[0], STEP_CONFLICTS)
        self._neighbourhoods.learn(incumbent.best is not best, exhausted)
        if exhausted and free.issuperset(program.literals):
            _finish(program, best, incumbent, budget)

    def induce(self, n: int, likely: frozenset[Symbol], patience: float) -> None:
        """Search for less on a level among what a relaxation of it or the best schedule does.

        Relaxation induced neighbourhoods (Danna, Rothberg and Le Pape 2005): first nothing but that
        is free, then also what is drawn, as long as the level gets better now and then.

        Args:
            n: which level, 0 for the highest.
            likely: assignments that the relaxation makes.
            patience: seconds to go on for without success; four times as many in all.
        """
        incumbent, drawn = self._incumbent, frozenset[Symbol]()
        until = time.monotonic() + patience
        latest = time.monotonic() + 4 * patience
        while not self._budget.over:
            best = incumbent.best
            if best is None or incumbent.bounds()[incumbent.levels[n]] >= best.cost[n]:
                return
            free = best.assigned | likely | drawn
            exhausted = self._search(best, free, _asks_at(best.cost, n), INDUCED_CONFLICTS)
            now = incumbent.best
            better = now is not None and now.cost[: n + 1] < best.cost[: n + 1]
            if drawn:
                self._neighbourhoods.learn(better, exhausted)
            if better:
                until = min(latest, time.monotonic() + patience)
            if time.monotonic() >= until:
                return
            if drawn or not better:
                drawn = self._neighbourhoods.draw(best.assigned, (), best.others)

    def _search(self, best: Found, free: frozenset[Symbol], mode: str, conflicts: int) -> bool:
        """Search with some assignments free and the rest kept; return whether all was searched."""
        program, budget = self._program, self._budget
        assumptions = _kept(program, best.assigned, free)
        program.configure(solve__solve_limit=budget.step(conflicts), solve__opt_mode=mode)
        result = _run(program, self._incumbent, budget, never, assumptions, None)
        # A step without conflicts still takes time: it counts, so that a budget always ends.
        budget.spend(max(1, program.conflicts()))
        return bool(result.exhausted)


def _end(incumbent: Incumbent, budget: Budget) -> None:
    """Note that there is nothing left to search."""
    incumbent.close()
    budget.finish()


def _kept(program: Program, assigned: frozenset[Symbol], free: frozenset[Symbol]) -> list[int]:
    """Return the assumptions that hold all assignments but the free ones as they are."""
    return [
        (literal if symbol in assigned else -literal)
        for symbol, literal in program.literals.items()
        if symbol not in free
    ]


def consider(
    program: Program, assigned: frozenset[Symbol], incumbent: Incumbent, budget: Budget
) -> None:
    """Take given assignments if their cost is better than the best.

    Args:
        program: grounded.
        assigned: assignments, all that there are.
        incumbent: takes the model.
        budget: ends the search.
    """
    best = incumbent.best
    modes = ["opt"] if best is None else _asks(best.cost, incumbent)
    if not modes:
        return
    program.configure(solve__solve_limit=budget.step(FIRST_CONFLICTS), solve__opt_mode=modes[0])
    _run(program, incumbent, budget, never, _kept(program, assigned, frozenset()), None)
    budget.spend(max(1, program.conflicts()))


def begin_from(
    program: Program, start: frozenset[Symbol], incumbent: Incumbent, budget: Budget
) -> None:
    """Find a schedule that keeps as much of an earlier one as the rules let it.

    What cannot hold together is left out, one core of assumptions after the other.
    """
    kept = [program.literals[symbol] for symbol in sorted(start) if symbol in program.literals]
    program.configure(solver__opt_strategy="bb,lin", solve__opt_mode="opt")
    while kept and incumbent.best is None and not budget.over:
        program.configure(solve__solve_limit=budget.step(FIRST_CONFLICTS))
        result = _run(program, incumbent, budget, never, kept, None)
        budget.spend(max(1, program.conflicts()))
        if result.satisfiable is not False or not program.core:
            break
        core = set(program.core)
        kept = [literal for literal in kept if literal not in core]


def can_improve(incumbent: Incumbent) -> bool:
    """Return whether there is a level above what is forced, or no schedule yet."""
    return incumbent.best is None or bool(_asks(incumbent.best.cost, incumbent))


def _asks(cost: Sequence[int], incumbent: Incumbent) -> list[str]:
    """Return the modes that ask for less than a cost: on its last level or above, on one above...

    Clasp takes a bound below what is in every model for one that nothing meets, whatever the levels
    above say, so levels that cost no more than is forced are not bounded, nor those below the last.
    """
    forced = [incumbent.forced.get(level, 0) for level in incumbent.levels]
    open_levels = [n for n, units in enumerate(cost) if units > forced[n]]
    return [_asks_at(cost, n) for n in reversed(open_levels)]


def _asks_at(cost: Sequence[int], n: int) -> str:
    """Return the mode that asks for less than a cost on a level, whatever it is below."""
    return ",".join(["opt", *map(str, cost[:n]), str(cost[n] - 1)])


def _finish(program: Program, best: Found, incumbent: Incumbent, budget: Budget) -> None:
    """End if nothing is better on any level: clasp may know more of the last ones to be forced."""
    for mode in _asks(best.cost, incumbent)[1:]:
        program.configure(solve__solve_limit=budget.step(STEP_CONFLICTS), solve__opt_mode=mode)
        result = _run(program, incumbent, budget, never, (), None)
        budget.spend(max(1, program.conflicts()))
        if incumbent.best is not best or not result.exhausted:
            return
    _end(incumbent, budget)


def _begin(program: Program, incumbent: Incumbent, budget: Budget) -> None:
    """Find any schedule: core-guided search may spend all it has before its first one."""
    program.configure(solve__solve_limit=budget.step(FIRST_CONFLICTS), solve__opt_mode="opt")
    result = _run(program, incumbent, budget, never, (), None)
    budget.spend(max(1, program.conflicts()))
    if result.exhausted:
        incumbent.close()
        budget.finish()


def _run(
    program: Program,
    incumbent: Incumbent,
    budget: Budget,
    leave: Leave,
    assumptions: Sequence[int],
    on_bound: Callable[[Sequence[int]], None] | None,
) -> clingo.SolveResult:
    """Solve in clasp's own thread, looking up often enough to stop in time."""

    def on_model(model: clingo.Model) -> None:
        symbols = model.symbols(shown=True)
        assigned = frozenset(s for s in symbols if s.match(*program.assignment))
        incumbent.offer(model.priority, program.cost(model), symbols, assigned)

    with program.control.solve(
        assumptions=assumptions, on_model=on_model, on_unsat=on_bound, async_=True
    ) as handle:
        while not handle.wait(POLL_SECONDS):
            if budget.over or leave():
                handle.cancel()
        result: clingo.SolveResult = handle.get()
        program.core = handle.core() if result.unsatisfiable and assumptions else []
        return result
