"""Level by level to the best schedule of a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from time import monotonic

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExprT

from pysched.model import Assignment, Network, Schedule, State, Week

from .costs import Key, build, by_level
from .pricing import held_to, units_in
from .program import Program

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
    """

    schedule: Schedule
    cost: Mapping[int, int]
    bound: Mapping[int, int]
    proven: Mapping[int, bool]
    units: Mapping[Key, int]
    seconds: float


def solve(
    network: Network,
    week: Week,
    state: State,
    *,
    time_limit_seconds: float | None,
    seed: int = 1,
    threads: int = 2,
    hint: Schedule | None = None,
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

    Raises:
        ValueError: the fixed assignments alone are forbidden, which no week should bring about.
    """
    began = monotonic()
    program, units = build(network, week, state)
    search = _Search(program, units, hint)
    levels = by_level(network, units)
    bound: dict[int, int] = {}
    for number, (level, cost) in enumerate(levels.items()):
        left = None if time_limit_seconds is None else time_limit_seconds - (monotonic() - began)
        is_last = number == len(levels) - 1
        seconds = None if left is None else left * (1.0 if is_last else SHARE_OF_TIME)
        bound[level] = search.improve(cost, seconds, seed, threads)
    return search.outcome(levels, bound, began)


class _Search:
    """A program whose levels are minimised in turn, and the best schedule so far."""

    def __init__(
        self, program: Program, units: Mapping[Key, LinearExprT], hint: Schedule | None
    ) -> None:
        self.program, self.units = program, units
        monday = program.week.monday
        # What is fixed and nothing else keeps every hard rule, so there is always a schedule.
        alone = frozenset(Assignment(duty.day, duty.task, p) for p, duty in program.fixed)
        hinted = None if hint is None else held_to(program, units, hint)
        best = hinted or held_to(program, units, Schedule(monday, alone))
        if best is None:
            raise ValueError(f"week {monday}: the fixed assignments alone are forbidden")
        self.best = best

    def improve(self, cost: LinearExprT, seconds: float | None, seed: int, threads: int) -> int:
        """Minimise a cost, hold it to what was reached and return its lower bound."""
        bound = 0
        if self.best.value(cost) > 0 and (seconds is None or seconds > 0):
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = threads
            solver.parameters.random_seed = seed
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
        if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            # A search leaves the costs of lower levels slack; the schedule says what they are.
            self.best = held_to(self.program, self.units, self._schedule(solver)) or self.best
        return max(0, ceil(solver.best_objective_bound - 1e-6))

    def _schedule(self, solver: cp_model.CpSolver) -> Schedule:
        rows = (
            Assignment(duty.day, duty.task, physician)
            for (physician, duty), literal in self.program.x.items()
            if solver.boolean_value(literal)
        )
        return Schedule(self.program.week.monday, frozenset(rows))

    def outcome(
        self, levels: Mapping[int, LinearExprT], bound: Mapping[int, int], began: float
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
        )
