"""What a search returns: schedule, cost, bound and gap by level, and how they came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pysched.model import Cost, Schedule

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Level:
    """Cost of a level, the proven lower bound on it, and the part that the data forces.

    The bound holds for every schedule that is as good on all higher levels as this one.

    Args:
        engine: what proved the bound: data (the forced part), clingo, linear program or integer
            program (HiGHS).
    """

    level: int
    cost: int
    bound: int
    forced: int
    engine: str = "clingo"

    @property
    def gap(self) -> float:
        """What may still be saved, as a share of what can be decided: 0 is proven optimal."""
        return (self.cost - self.bound) / max(1, self.cost - self.forced)


@dataclass(frozen=True, slots=True)
class Progress:
    """A better schedule or bound found during a search, by level from the highest."""

    monday: date
    seconds: float
    cost: Mapping[int, int]
    bound: Mapping[int, int]


@dataclass(frozen=True)
class Result:
    """The outcome of a search for one week.

    Args:
        schedule: the best one found, None if there is none.
        status: optimal on every level, feasible, proven infeasible, or unknown (out of time).
        levels: cost, bound and forced part of each level, highest first; empty without schedule.
        costs: every cost of the schedule with its culprit.
        accepted: (rule, culprit) of breaches that lie wholly among fixed assignments.
        first_seconds: time to the first complete week: nothing left open that is not open at the
            end.
        proven_seconds: level -> time at which its optimality was proven; others are left out.
        trace: improvements in order.
        interrupted: whether the search was asked to stop before its limit.
    """

    monday: date
    schedule: Schedule | None
    status: Status
    levels: tuple[Level, ...] = ()
    costs: tuple[Cost, ...] = ()
    accepted: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    ground_seconds: float = 0.0
    first_seconds: float | None = None
    proven_seconds: Mapping[int, float] = field(default_factory=dict)
    trace: tuple[Progress, ...] = ()
    seed: int = 0
    interrupted: bool = False
    versions: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""

    @property
    def cost(self) -> dict[int, int]:
        """Cost by level."""
        return {level.level: level.cost for level in self.levels}

    @property
    def bound(self) -> dict[int, int]:
        """Proven lower bound by level."""
        return {level.level: level.bound for level in self.levels}

    @property
    def gap(self) -> dict[int, float]:
        """Gap by level."""
        return {level.level: level.gap for level in self.levels}

    @property
    def by_rule(self) -> dict[str, int]:
        """Weighted cost by rule, all levels together."""
        totals: dict[str, int] = {}
        for cost in self.costs:
            totals[cost.rule] = totals.get(cost.rule, 0) + cost.total
        return totals
