"""What a run is worth: its schedules through the checker, their cost over time, its claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pysched.bench.cases import Case
from pysched.bench.child import Outcome
from pysched.bench.engine import Answer
from pysched.check import check
from pysched.model import Schedule

Cost = Mapping[int, int]
"""By level, the highest first."""

Trace = tuple[tuple[float, Cost], ...]
"""Seconds and cost of each schedule that was reported, in order."""


@dataclass(frozen=True)
class Worth:
    """What a run reached within its time limit.

    Args:
        trace: cost of what was reported in time.
        first_seconds: when as many duties were filled, at as good a first level, as in the end.
        late: how many schedules came too late to count.
        faults: what the checker, or a bound, has against the run; empty if it is sound.
    """

    trace: Trace = ()
    first_seconds: float | None = None
    late: int = 0
    faults: tuple[str, ...] = ()

    @property
    def cost(self) -> Cost:
        """Cost of the last schedule in time, empty if there is none."""
        return self.trace[-1][1] if self.trace else {}

    def cost_at(self, seconds: float) -> Cost:
        """Return the cost of the last schedule that was reported by then, empty if none was."""
        return next((cost for when, cost in reversed(self.trace) if when <= seconds), {})


def slack_seconds(limit: float) -> float:
    """Return how much later than its time limit a schedule may be reported and still count."""
    return max(1.0, limit / 50)


def worth(case: Case, limit: float, outcome: Outcome) -> Worth:
    """Check every schedule of a run and return what it is worth.

    A run with a schedule that breaks a rule, or with a false claim, is worth its faults alone.
    """
    answer = Answer() if outcome.ended is None else outcome.ended.answer or Answer()
    priced = _Priced(case)
    faults = [fault for found in outcome.found for fault in priced.faults(found.schedule)]
    if faults:
        return Worth(faults=tuple(dict.fromkeys(faults)))
    reported: Trace = tuple((f.seconds, priced.cost(f.schedule)) for f in outcome.found)
    trace = _given_trace(answer, priced.levels) or reported
    latest = limit + slack_seconds(limit)
    in_time = tuple(point for point in trace if point[0] <= latest)
    faults = [*_trace_faults(answer, reported, priced.levels)]
    if in_time == trace:
        # A bound holds given the costs above it, which are those of the last schedule.
        faults += _bound_faults(answer, in_time)
    if faults:
        return Worth(faults=tuple(faults))
    first = answer.first_seconds
    if not answer.trace:
        first = _first_complete(outcome, in_time, latest)
    return Worth(in_time, first, len(trace) - len(in_time))


@dataclass
class _Priced:
    """Schedules through the checker, each once."""

    case: Case
    known: dict[Schedule, tuple[Cost, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def levels(self) -> tuple[int, ...]:
        """Levels of the rules in force, the highest first."""
        rules = self.case.network.rules
        return tuple(sorted({6} | {level for _, level in rules.weights.values()}, reverse=True))

    def cost(self, schedule: Schedule) -> Cost:
        """Return its cost."""
        return self._of(schedule)[0]

    def faults(self, schedule: Schedule) -> tuple[str, ...]:
        """Return the hard rules it breaks, with their culprits."""
        return self._of(schedule)[1]

    def _of(self, schedule: Schedule) -> tuple[Cost, tuple[str, ...]]:
        if schedule not in self.known:
            case = self.case
            report = check(case.network, case.week, case.state, schedule)
            faults = (f"{b.rule}: {b.culprit}" for b in report.breaches if not b.accepted)
            self.known[schedule] = _full(report.by_level, self.levels), tuple(faults)
        return self.known[schedule]


def _given_trace(answer: Answer, levels: tuple[int, ...]) -> Trace:
    return tuple((when, _full(cost, levels)) for when, cost in answer.trace)


def _full(cost: Cost, levels: tuple[int, ...]) -> Cost:
    return {level: cost.get(level, 0) for level in levels}


def _trace_faults(answer: Answer, reported: Trace, levels: tuple[int, ...]) -> Iterator[str]:
    """Yield where the last cost of a given trace is not what the checker says of the schedule."""
    if not answer.trace:
        return
    said = _full(answer.trace[-1][1], levels)
    if not reported:
        yield "a trace, but no schedule"
    elif said != reported[-1][1]:
        yield f"the engine says cost {said}, recomputed {dict(reported[-1][1])}"


def _bound_faults(answer: Answer, trace: Trace) -> Iterator[str]:
    """Yield where a bound is above a cost that it holds for, or no whole number."""
    cost = trace[-1][1] if trace else {}
    for level, units in cost.items():
        bound = answer.bound.get(level, 0)
        if bound != int(bound):
            yield f"level {level}: bound {bound} is no whole number"
        elif bound > units:
            yield f"level {level}: bound {bound} is above the cost {units}"


def _first_complete(outcome: Outcome, trace: Trace, latest: float) -> float | None:
    """Return when the first complete week was reported, as the solver's own results have it."""
    found = [f for f in outcome.found if f.seconds <= latest]
    if not found:
        return None
    filled, top = len(found[-1].schedule.assignments), _first_level(trace[-1][1])
    return next(
        f.seconds
        for f, (_, cost) in zip(found, trace, strict=True)
        if len(f.schedule.assignments) >= filled and _first_level(cost) <= top
    )


def _first_level(cost: Cost) -> int:
    return cost[max(cost)]
