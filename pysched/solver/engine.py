"""The engine: proves and improves side by side on any program with an assignment predicate."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from pysched.solver.budget import POLL_SECONDS, Budget
from pysched.solver.decompose import Decomposition, Whole
from pysched.solver.incumbent import Incumbent
from pysched.solver.linear import Bounding, Ground, available
from pysched.solver.options import Options
from pysched.solver.problem import Listener, Problem
from pysched.solver.program import Program, ground_alone
from pysched.solver.search import CORE_GUIDED, Improvement, begin_from, never, prove
from pysched.solver.stop import Seen, Stop

STUCK_SECONDS, PROOF_SECONDS = 2.0, 2.5
"""Linear programming takes over when clingo's bound has stayed where it is for so long, or after so
long in any case. Against 3.0 and 3.5, ten seconds on nine weeks of 14 physicians, one seed each:
2.0 and 2.5 were better in 6 and worse in 2, 1.0 and 1.5 better in 1 and worse in 8."""
LINEAR_SECONDS, GROUNDINGS = 2.5, 6
"""Linear programming is left out where less is left than that and so many times the grounding: it
would begin too late, and the grounding that it needs cannot be interrupted."""
PROVEN_FIRST_SHARE = 0.7
"""Of the limits, what one thread proves for at most. Two weeks of 14 physicians with the bank,
200,000 conflicts: with 0.2 service ended at 160 and 320, with 0.5 at 160 and 200, with 0.6 and 0.7
at 100 and 200, which are optimal."""
LONG_PROOF = 20_000
"""Conflicts of a first proof that is worth going on with. After fewer, improving needs the rest:
six weeks of Ferrara with 8,000 conflicts each, proven for 0.7 of them, were no evener with the
memory than without it."""
MANY, HUGE = 6_000, 12_000
"""Of more assignments than that a search begins in parts and goes on in them, as clingo proves
nothing on the whole program (112 physicians, 9,000 assignments: no level below coverage in a
minute, and 20 s to a schedule of the least coverage instead of 5; 56, 4,500: 1.4 s instead of 3);
of more than that linear programming comes to nothing in a minute either (224, 17,000)."""


def search(
    problem: Problem,
    options: Options,
    stop: Stop | None = None,
    on_change: Listener | None = None,
    started: float | None = None,
) -> Incumbent:
    """Search until the problem is solved, a limit is reached or the stop criterion says so.

    Args:
        problem: program and facts.
        options: limits, seed and threads.
        stop: ends the search besides the limits of the options.
        on_change: see `Listener`; what it raises ends the search and is raised to the caller.
        started: monotonic time that seconds count from, now if None.

    Returns:
        The incumbent with the best model (None if there was none in time) and the bounds.

    Raises:
        RuntimeError: clingo cannot read the program.
    """
    run = _Search(problem, options, stop, on_change, started or time.monotonic())
    worker = threading.Thread(target=run.guarded, args=(run.search,))
    worker.start()
    try:
        # Grounding cannot be interrupted: when the time is over it is left to end by itself.
        while worker.is_alive() and not (run.budget.ended and run.incumbent.best is None):
            worker.join(POLL_SECONDS)
    finally:
        run.budget.finish()
    if run.error is not None:
        raise run.error
    return run.incumbent


class _Search:
    """One search, in threads of its own."""

    def __init__(
        self,
        problem: Problem,
        options: Options,
        stop: Stop | None,
        on_change: Listener | None,
        started: float,
    ) -> None:
        self.problem, self.options, self.started = problem, options, started
        self.on_change = on_change
        self.incumbent = Incumbent({}, started, self._tell)
        limit = options.time_limit_seconds
        deadline = None if limit is None else started + limit
        ends = None if stop is None else lambda: stop(self._seen())
        self.budget = Budget(deadline, options.conflict_limit, ends)
        self.improving = False
        self.parts = None
        if problem.parts is not None:
            self.parts = Decomposition(problem, self.incumbent, self.budget, options)
        self.error: BaseException | None = None

    def guarded(self, work: Callable[[], None]) -> None:
        """Work, keeping what goes wrong for the caller's thread."""
        try:
            work()
        except BaseException as error:  # the caller raises it again
            self.error = error
            self.budget.finish()

    def search(self) -> None:
        """Ground, prove and improve."""
        parts = self._many() if self.options.threads == 2 else None
        if parts is not None and not self.problem.start:
            self._started(parts.begin)
        program = self._program()
        if program is None:
            return
        self.incumbent.ground_seconds = time.monotonic() - self.started
        self.incumbent.forced = self.problem.forced(program)
        if self.options.threads == 1:
            self._alone(program)
            return
        if parts is not None:
            self._in_parts(parts, program)
            return
        helper = self._started(self._help)
        self._prove(program)
        # A second grounding that has not ended when the time is over is left behind.
        while helper.is_alive() and (self.improving or not self.budget.over):
            helper.join(POLL_SECONDS)

    def _many(self) -> Decomposition | None:
        """Return the parts of a problem that has very many assignments."""
        return None if self.parts is None or self.parts.size <= MANY else self.parts

    def _started(self, work: Callable[[], None]) -> threading.Thread:
        """Return a thread that works."""
        thread = threading.Thread(target=self.guarded, args=(work,))
        thread.start()
        return thread

    def _in_parts(self, parts: Decomposition, program: Program) -> None:
        """Search parts with both threads, which share one whole program."""
        self._begin(program)
        whole = self._whole(program, parts.size <= HUGE)
        helper = self._started(lambda: self._search_whole(whole))
        if self._is_linear() and self.incumbent.best is not None:
            self._bound()
        parts.improve(whole)
        proof = self._program()
        if proof is not None:
            prove(proof, self.incumbent, self.budget, never)
        helper.join()

    def _alone(self, program: Program) -> None:
        """Prove for a part of the limits, then improve on the same grounding."""
        self._begin(program)
        if self.budget.over:
            return
        whole, share = self.budget.conflicts, self.problem.proof_share
        self._prove_for(program, whole, 0.0, share)
        long = self.budget.spent >= LONG_PROOF and self._many() is None
        if share < PROVEN_FIRST_SHARE and long and self._is_worth_more():
            self._prove_for(program, whole, share, PROVEN_FIRST_SHARE)
            share = PROVEN_FIRST_SHARE
        if whole is not None:
            self.budget.conflicts = int(whole * (1 - share))
        self._improve(program)

    def _begin(self, program: Program) -> None:
        """Begin from the earlier schedule, or from those of the parts if there are very many."""
        start, parts = self.problem.start, self._many()
        if parts is not None and not start:
            parts.begin()
            start = parts.start
        begin_from(program, start, self.incumbent, self.budget)

    def _improve(self, program: Program) -> None:
        """Search large neighbourhoods on the whole, in turns with parts if it has some."""
        self._search_whole(self._whole(program))

    def _search_whole(self, whole: Whole) -> None:
        """Search parts as far as that leads, and then the whole."""
        if self.parts is not None:
            self.parts.improve(whole)
        while not self.budget.over:
            whole.step()

    def _whole(self, program: Program, has_turns: bool = True) -> Whole:
        """Return the whole program with the search of large neighbourhoods on it."""
        incumbent, budget, seed = self.incumbent, self.budget, self.options.seed
        groups = None if self.options.threads == 1 else self.problem.groups
        steps = Improvement(program, incumbent, budget, self.problem.features, seed, groups)
        return Whole(program, incumbent, budget, steps, has_turns)

    def _prove_for(self, program: Program, conflicts: int | None, begin: float, end: float) -> None:
        """Prove from one share of the limits to another."""
        if conflicts is not None:
            self.budget.conflicts = max(1, int(conflicts * (end - begin)))
        limit = self.options.time_limit_seconds
        until = float("inf") if limit is None else self.started + limit * end
        prove(program, self.incumbent, self.budget, lambda: time.monotonic() >= until)

    def _is_worth_more(self) -> bool:
        """Return whether a level is not proven that is worth a longer proof.

        A criterion that counts conflicts, known when a proof has ended, could not end a long one.
        """
        least = self.problem.proven_first
        if least is None or self.options.stop is not None:
            return False
        costs, bounds = self.incumbent.costs(), self.incumbent.bounds()
        return any(bounds[level] < costs[level] for level in costs if level >= least)

    def _help(self) -> None:
        """Improve on a second grounding, made while the first one is searched."""
        program = self._program()
        if program is None:
            return
        self.improving = True
        begin_from(program, self.problem.start, self.incumbent, self.budget)
        self._improve(program)

    def _is_linear(self) -> bool:
        """Return whether linear programming is used.

        With a limit on conflicts a search is repeatable or has no time to wait for it.
        """
        options = self.options
        asked = options.linear and options.threads == 2 and self.problem.day_of is not None
        if self.parts is not None and self.parts.size > HUGE:
            return False
        return asked and options.conflict_limit is None and available()

    def _prove(self, program: Program) -> None:
        """Prove by clingo alone, or for a while before linear programming takes over.

        The rules are recorded in a grounding of their own: recording doubles its time, which the
        first schedule need not wait for.
        """
        if not self._is_linear():
            prove(program, self.incumbent, self.budget, never)
            return
        prove(program, self.incumbent, self.budget, self._is_stuck)
        self._bound()
        if not self.budget.over:
            prove(program, self.incumbent, self.budget, never)

    def _bound(self) -> None:
        """Prove by linear programming, if there is time for it."""
        if self.budget.seconds_left < LINEAR_SECONDS + GROUNDINGS * self.incumbent.ground_seconds:
            return
        ground = Ground()
        recorded = None if self.budget.over else self._program(ground)
        day_of = self.problem.day_of
        if recorded is None or day_of is None:
            return
        try:
            if not ground.strange:
                both, seed = (self.incumbent, self.budget), self.options.seed
                Bounding(recorded, ground, day_of, self.problem.features, *both, seed).run()
        except OverflowError:
            pass

    def _is_stuck(self) -> bool:
        """Return whether clingo's bound has not risen for a while, or it had its time."""
        now, began = time.monotonic(), self.started + self.incumbent.ground_seconds
        since = self.incumbent.raised or began
        return now - since >= STUCK_SECONDS or now - began >= PROOF_SECONDS

    def _program(self, ground: Ground | None = None) -> Program | None:
        """Ground, one at a time; None if the time is over before it is done."""
        arguments = [*CORE_GUIDED, f"--seed={self.options.seed}", "--warn=none"]
        problem = self.problem
        program = ground_alone(
            lambda: Program(problem.files, problem.facts, arguments, problem.assignment, ground),
            lambda: self.budget.over,
        )
        return None if self.budget.over else program

    def _tell(self, cost: Mapping[int, int], bound: Mapping[int, int]) -> None:
        """Tell the listener; what goes wrong there ends the search and is raised to the caller."""
        if self.on_change is None or self.error is not None:
            return
        try:
            self.on_change(cost, bound)
        except BaseException as error:  # the caller raises it again
            self.error = error
            self.budget.finish()

    def _seen(self) -> Seen:
        now = time.monotonic()
        last = self.incumbent.trace[-1].seconds if self.incumbent.trace else 0.0
        return Seen(
            now - self.started,
            now - self.started - last,
            self.budget.spent,
            self.incumbent.costs(),
            self.incumbent.bounds(),
            self.incumbent.forced,
        )
