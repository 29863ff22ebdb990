"""Level by level to the best schedule of a week."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from time import monotonic

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExprT

from pysched.model import Assignment, Network, Schedule, State, Week

from .costs import Key, build, by_level
from .pricing import held_to, units_in
from .program import Program

Values = cp_model.CpSolver | cp_model.CpSolverSolutionCallback

SHARE_OF_TIME = 0.5
"""How much of the time that is left a level may take, while others wait below it."""


@dataclass(frozen=True)
class Outcome:
    """The best schedule found, its cost and what is known to be unavoidable.

    Args:
        schedule: always one that keeps the hard rules.
        cost: by level, every level of the rules.
        bound: by level; no schedule costs less, given that all higher levels cost no more than
            here. Below a level without proof it therefore holds under that condition alone.
        proven: by level, whether cost and bound meet.
        units: by rule and grade.
        seconds: spent in all.
        proven_seconds: when a level was proven, those above it being so; others are left out.
    """

    schedule: Schedule
    cost: Mapping[int, int]
    bound: Mapping[int, int]
    proven: Mapping[int, bool]
    units: Mapping[Key, int]
    seconds: float
    proven_seconds: Mapping[int, float]


def solve(
    network: Network,
    week: Week,
    state: State,
    *,
    time_limit_seconds: float | None,
    seed: int = 1,
    threads: int = 2,
    hint: Schedule | None = None,
    found: Callable[[Schedule], None] | None = None,
    settings: str = "",
) -> Outcome:
    """Return the best schedule: each level is minimised, then held while the next one is.

    Args:
        network: what does not change between weeks.
        week: the one to schedule.
        state: what the week before it handed on.
        time_limit_seconds: after which the best schedule so far is returned; None for never.
        seed: of the search.
        threads: to search with.
        hint: a schedule to start from.
        found: called with each better schedule, the first one included, as soon as it is there.
        settings: more parameters of CP-SAT, in the text form of its `SatParameters`.

    Raises:
        ValueError: the fixed assignments alone are forbidden, which no week should bring about.
    """
    began = monotonic()
    program, units = build(network, week, state)
    search = _Search(program, units, hint, found or (lambda _: None))
    search.settings.merge_text_format(settings)
    search.settings.num_workers, search.settings.random_seed = threads, seed
    return search.run(by_level(network, units), began, time_limit_seconds)


class _Better(cp_model.CpSolverSolutionCallback):
    """Tells of each solution that costs less than all before it."""

    def __init__(self, least: int, tell: Callable[[Values], None]) -> None:
        super().__init__()
        self._least, self._tell = least, tell

    def on_solution_callback(self) -> None:
        """Take a solution; a search begins with its hint, which is none the better for it."""
        cost = round(self.objective_value)
        if cost < self._least:
            self._least = cost
            self._tell(self)


class _Search:
    """A program whose levels are minimised in turn, and the best schedule so far."""

    def __init__(
        self,
        program: Program,
        units: Mapping[Key, LinearExprT],
        hint: Schedule | None,
        found: Callable[[Schedule], None],
    ) -> None:
        self.program, self.units, self.found = program, units, found
        self.settings = cp_model.CpSolver().parameters
        monday = program.week.monday
        # What is fixed and nothing else keeps every hard rule, so there is always a schedule.
        alone = frozenset(Assignment(duty.day, duty.task, p) for p, duty in program.fixed)
        hinted = None if hint is None else held_to(program, units, hint)
        best = hinted or held_to(program, units, Schedule(monday, alone))
        if best is None:
            raise ValueError(f"week {monday}: the fixed assignments alone are forbidden")
        self.best = best
        self.found(self._schedule(best))

    def run(self, levels: Mapping[int, LinearExprT], began: float, limit: float | None) -> Outcome:
        """Improve level by level and return what was reached."""
        bound: dict[int, int] = {}
        proven: dict[int, float] = {}
        for number, (level, cost) in enumerate(levels.items()):
            share = 1.0 if number == len(levels) - 1 else SHARE_OF_TIME
            left = None if limit is None else limit - (monotonic() - began)
            bound[level] = self.improve(cost, None if left is None else left * share)
            if bound[level] == self.best.value(cost) and len(proven) == number:
                proven[level] = monotonic() - began
        return self.outcome(levels, bound, proven, began)

    def improve(self, cost: LinearExprT, seconds: float | None) -> int:
        """Minimise a cost, hold it to what was reached and return its lower bound."""
        bound = 0
        if self.best.value(cost) > 0 and (seconds is None or seconds > 0):
            solver = cp_model.CpSolver()
            solver.parameters.merge_from(self.settings)
            if seconds is not None:
                solver.parameters.max_time_in_seconds = seconds
            bound = self._minimise(solver, cost)
        self.program.model.add(cost <= self.best.value(cost))
        return bound

    def _minimise(self, solver: cp_model.CpSolver, cost: LinearExprT) -> int:
        model = self.program.model
        model.clear_hints()  # type: ignore[no-untyped-call]
        for number in range(len(model.proto.variables)):
            variable = model.get_int_var_from_proto_index(number)
            model.add_hint(variable, self.best.value(variable))
        model.minimize(cost)
        better = _Better(self.best.value(cost), lambda values: self.found(self._schedule(values)))
        if solver.solve(model, better) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            # A search leaves the costs of lower levels slack; the schedule says what they are.
            # One that is as good may be worse on these, so the best so far gives way to a better.
            reached = held_to(self.program, self.units, self._schedule(solver))
            if reached is not None and reached.value(cost) < self.best.value(cost):
                self.best = reached
        return max(0, ceil(solver.best_objective_bound - 1e-6))

    def _schedule(self, values: Values) -> Schedule:
        rows = (
            Assignment(duty.day, duty.task, physician)
            for (physician, duty), literal in self.program.x.items()
            if values.boolean_value(literal)
        )
        return Schedule(self.program.week.monday, frozenset(rows))

    def outcome(
        self,
        levels: Mapping[int, LinearExprT],
        bound: Mapping[int, int],
        proven_seconds: Mapping[int, float],
        began: float,
    ) -> Outcome:
        """Return what was reached."""
        cost = {level: self.best.value(amount) for level, amount in levels.items()}
        return Outcome(
            schedule=self._schedule(self.best),
            cost=cost,
            bound=dict(bound),
            proven={level: cost[level] == bound[level] for level in levels},
            units=units_in(self.best, self.units),
            seconds=monotonic() - began,
            proven_seconds=dict(proven_seconds),
        )
