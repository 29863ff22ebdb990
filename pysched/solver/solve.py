"""The facade: facts in, search, result out."""

from __future__ import annotations

import hashlib
import platform
import threading
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version

from pysched.facts import (
    assignment_features,
    facts_text,
    read_cost,
    read_forced,
    read_schedule,
    read_violations,
)
from pysched.model import Network, State, Week
from pysched.solver.budget import POLL_SECONDS, Budget
from pysched.solver.fit import check_fit
from pysched.solver.incumbent import Incumbent
from pysched.solver.options import Options
from pysched.solver.program import Program, asp_folder
from pysched.solver.result import Level, Progress, Result, Status
from pysched.solver.search import CORE_GUIDED, PROOF_SHARE, improve, prove

_grounding = threading.Lock()


def solve(
    network: Network,
    week: Week,
    state: State,
    options: Options | None = None,
    on_improvement: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Result:
    """Search the best schedule of one week.

    Args:
        network: hospitals, tasks, physicians and rules.
        week: what is known of the week.
        state: what the weeks before hand on.
        options: limits, seed and threads.
        on_improvement: called from the search's threads at each better schedule or bound.
        stop: set it from anywhere to end the search; the best schedule so far is returned.

    Returns:
        The result; its schedule is None only if none was found in time.

    Raises:
        ValueError: the week or state does not fit the network.
    """
    run = _Run(network, week, state, options or Options(), stop, on_improvement)
    worker = threading.Thread(target=run.guarded)
    worker.start()
    try:
        # Grounding cannot be interrupted: when the time is over it is left to end by itself.
        while worker.is_alive() and not (run.budget.over and not run.found):
            worker.join(POLL_SECONDS)
    finally:
        run.budget.finish()
    if run.error is not None:
        raise run.error
    return run.result()


class _Run:
    """One search for one week, in threads of its own."""

    def __init__(
        self,
        network: Network,
        week: Week,
        state: State,
        options: Options,
        stop: threading.Event | None,
        on_improvement: Callable[[Progress], None] | None,
    ) -> None:
        self.started = time.monotonic()
        limit = options.time_limit_seconds
        deadline = None if limit is None else self.started + limit
        self.budget = Budget(deadline, options.conflict_limit, stop)
        self.network, self.week, self.options = network, week, options
        self.on_improvement = on_improvement
        self.state, self.text = state, ""
        self.incumbent: Incumbent | None = None
        self.ground_seconds = 0.0
        self.improving = False
        self.error: BaseException | None = None

    def guarded(self) -> None:
        """Run, keeping what goes wrong for the caller's thread."""
        try:
            self._search()
        except BaseException as error:  # the caller raises it again
            self.error = error
            self.budget.finish()

    def _search(self) -> None:
        check_fit(self.network, self.week, self.state)
        self.text = facts_text(self.network, self.week, self.state)
        program = self._program()
        if program is None:
            return
        self.ground_seconds = time.monotonic() - self.started
        forced = read_forced(self.network, program.atoms("charge", 4))
        self.incumbent = Incumbent(forced, self.started, self._report)
        if self.options.threads == 1:
            self._alone(program, self.incumbent)
            return
        helper = threading.Thread(target=self._helped, args=(self.incumbent,))
        helper.start()
        prove(program, self.incumbent, self.budget, None)
        # A second grounding that has not ended when the time is over is left behind.
        while helper.is_alive() and (self.improving or not self.budget.over):
            helper.join(POLL_SECONDS)

    def _alone(self, program: Program, incumbent: Incumbent) -> None:
        """Prove for a part of the limits, then improve on the same grounding."""
        whole = self.budget.conflicts
        if whole is not None:
            self.budget.conflicts = max(1, int(whole * PROOF_SHARE))
        limit = self.options.time_limit_seconds
        prove(program, incumbent, self.budget, limit and self.started + limit * PROOF_SHARE)
        if whole is not None:
            self.budget.conflicts = int(whole * (1 - PROOF_SHARE))
        improve(program, incumbent, self.budget, assignment_features, self.options.seed)

    def _helped(self, incumbent: Incumbent) -> None:
        """Improve on a second grounding, made while the first one is searched."""
        try:
            program = self._program()
            if program is None:
                return
            self.improving = True
            improve(program, incumbent, self.budget, assignment_features, self.options.seed)
        except BaseException as error:  # the caller raises it again
            self.error = error
            self.budget.finish()

    @property
    def found(self) -> bool:
        """Whether there is a schedule to return."""
        return self.incumbent is not None and self.incumbent.best is not None

    def _program(self) -> Program | None:
        """Ground, one at a time; None if the time is over before it is done."""
        arguments = [*CORE_GUIDED, f"--seed={self.options.seed}", "--warn=none"]
        while not self.budget.over:
            if _grounding.acquire(timeout=POLL_SECONDS):
                try:
                    program = Program([asp_folder() / "week.lp"], self.text, arguments)
                finally:
                    _grounding.release()
                return None if self.budget.over else program
        return None

    def _report(self, cost: Mapping[int, int], bound: Mapping[int, int]) -> None:
        """Tell the caller; what goes wrong there ends the search and is raised to him."""
        if self.on_improvement is None or self.error is not None:
            return
        seconds = time.monotonic() - self.started
        try:
            self.on_improvement(Progress(self.week.monday, seconds, cost, bound))
        except BaseException as error:  # the caller raises it again
            self.error = error
            self.budget.finish()

    def result(self) -> Result:
        """Say what was found."""
        incumbent = self.incumbent
        common = {
            "monday": self.week.monday,
            "seconds": time.monotonic() - self.started,
            "ground_seconds": self.ground_seconds,
            "seed": self.options.seed,
            "interrupted": self.budget.asked.is_set(),
            "versions": versions(),
            "digest": hashlib.sha256(self.text.encode()).hexdigest(),
        }
        if incumbent is None or incumbent.best is None:
            status: Status = "infeasible" if incumbent and incumbent.infeasible else "unknown"
            return Result(schedule=None, status=status, **common)  # type: ignore[arg-type]
        best = incumbent.best
        return Result(
            schedule=read_schedule(self.week, best.symbols),
            status="optimal" if incumbent.optimal else "feasible",
            levels=_levels(incumbent, best.cost),
            costs=read_cost(self.network, self.week, best.symbols),
            accepted=read_violations(self.week, best.symbols),
            first_seconds=_first_complete(incumbent),
            proven_seconds=dict(incumbent.proven_seconds),
            trace=tuple(
                Progress(self.week.monday, f.seconds, _by_level(incumbent, f.cost), {})
                for f in incumbent.trace
            ),
            **common,  # type: ignore[arg-type]
        )


def versions() -> Mapping[str, str]:
    """Return the versions that a schedule may depend on."""
    names = ("pysched", "clingo", "clorm")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def _by_level(incumbent: Incumbent, cost: tuple[int, ...]) -> dict[int, int]:
    return dict(zip(incumbent.levels, cost, strict=True))


def _levels(incumbent: Incumbent, cost: tuple[int, ...]) -> tuple[Level, ...]:
    bounds = incumbent.bounds()
    return tuple(
        Level(level, units, bounds[level], incumbent.forced.get(level, 0))
        for level, units in zip(incumbent.levels, cost, strict=True)
    )


def _first_complete(incumbent: Incumbent) -> float:
    """Return when as many duties were filled, at as good a first level, as in the end."""
    last = incumbent.trace[-1]
    return next(
        found.seconds
        for found in incumbent.trace
        if len(found.assigned) >= len(last.assigned) and found.cost[:1] <= last.cost[:1]
    )
