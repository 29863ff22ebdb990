"""Who works: a quick schedule of a week's duties that makes burdens even, instead of clingo's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from scipy.optimize import linear_sum_assignment

from pysched.bank.days import day_cents, is_weekend
from pysched.bank.roles import undesirable
from pysched.bank.value_rules import ValueRules
from pysched.facts.hours import candidates
from pysched.model import Assignment, Duty, Network, Schedule, Week

NEVER = 1e12
"""Cost of what no rule allows."""
NIGHTS = 200.0
"""Cost of each night that he has in the week already, and of one before a day granted off."""
NEGLIGIBLE = 0.05
"""Activity below it counts as this much."""


@dataclass
class _Plan:
    """What is assigned of a week so far, and what that makes of burdens.

    Args:
        week: to be assigned. able: who may take what. worth: of a duty by its day, in cents.
        active: see `Assigner.assign`.
        ahead: physician -> deviation, with what he has of the week.
        duties: physician -> duties. counted: (physician, day) whose value is used up.
    """

    week: Week
    able: Mapping[Duty, list[str]]
    worth: Mapping[Duty, int]
    ahead: dict[str, int]
    active: Mapping[str, float]
    duties: dict[str, list[Duty]] = field(default_factory=dict)
    counted: set[tuple[str, date]] = field(default_factory=set)


@dataclass(frozen=True)
class Assigned:
    """The schedule of a week.

    Args:
        schedule: who works what.
        open_duties: how many nobody could take.
        broken: (physician, day) granted off and worked all the same.
    """

    schedule: Schedule
    open_duties: int
    broken: frozenset[tuple[str, date]]


class Assigner:
    """Assigns the weeks of a network, one after another.

    A duty of value v costs (2 D v + v^2) / a with a physician of deviation D and activity a, the
    cost that `pysched.bank.next_week` hands to clingo; here a weekend or a holiday that somebody
    works already has no value left. The duties of a day are matched at the least cost, one for
    each physician; what is left over goes to who has one already, and last to who was granted the
    day. Rest after work, no two nights in a row and the limit of nights are kept.
    """

    def __init__(self, network: Network, rules: ValueRules) -> None:
        """Prepare for a network whose sacrifices have these values."""
        self.network = network
        self.rules = rules
        self.roles = undesirable(network, rules)
        self.names = sorted(network.physicians)
        self.nights = {name for name, task in network.tasks.items() if task.is_night}
        self.work = {name for name, task in network.tasks.items() if task.is_work}

    def assign(
        self, week: Week, deviation: Mapping[str, int], active: Mapping[str, float]
    ) -> Assigned:
        """Return the schedule of a week whose absences and grants are known.

        Args:
            week: with them.
            deviation: physician -> burden less target, in cents.
            active: physician -> full-time equivalent times the fraction of days present.
        """
        worth = {d: day_cents(self.network, week, d.day, self.rules) for d in week.duties}
        plan = _Plan(week, candidates(self.network, week), worth, dict(deviation), active)
        left: list[Duty] = []
        for day in week.days:
            rest = [duty for duty in week.duties if duty.day == day]
            for may_have_two, may_break in ((False, False), (True, False), (True, True)):
                rest = self._match(plan, rest, may_have_two, may_break)
            left += rest
        rows = frozenset(
            Assignment(duty.day, duty.task, name)
            for name, duties in plan.duties.items()
            for duty in duties
        )
        broken = frozenset((a.physician, a.day) for a in rows) & week.granted
        return Assigned(Schedule(week.monday, rows), len(left), broken)

    def _match(
        self, plan: _Plan, duties: list[Duty], may_have_two: bool, may_break: bool
    ) -> list[Duty]:
        """Match duties at the least cost; return those that are left."""
        if not duties:
            return []
        names = self.names
        if not may_have_two:
            names = [
                n for n in names if all(d.day != duties[0].day for d in plan.duties.get(n, ()))
            ]
        costs = np.array([[self._cost(plan, d, n, may_break) for n in names] for d in duties])
        taken = set()
        for place, who in zip(*linear_sum_assignment(costs), strict=True):
            if costs[place, who] < NEVER and self._rested(plan, duties[place], names[who]):
                self._take(plan, duties[place], names[who])
                taken.add(place)
        return [duty for place, duty in enumerate(duties) if place not in taken]

    def _cost(self, plan: _Plan, duty: Duty, name: str, may_break: bool) -> float:
        if name not in plan.able[duty] or not self._rested(plan, duty, name):
            return NEVER
        is_granted = (name, duty.day) in plan.week.granted
        if is_granted and not may_break:
            return NEVER
        value, ahead = self._value(plan, duty, name) / 100, plan.ahead.get(name, 0) / 100
        cost = value * (2 * ahead + value) / max(NEGLIGIBLE, plan.active.get(name, 1.0))
        return cost + self._nights(plan, duty, name)

    def _nights(self, plan: _Plan, duty: Duty, name: str) -> float:
        """Return a cost that keeps nights of the week in reserve for its last days."""
        if duty.task not in self.nights:
            return 0.0
        had = sum(other.task in self.nights for other in plan.duties.get(name, ()))
        tomorrow = (name, duty.day + timedelta(days=1)) in plan.week.granted
        return NIGHTS * (had + tomorrow)

    def _rested(self, plan: _Plan, duty: Duty, name: str) -> bool:
        mine, limits = plan.duties.get(name, ()), self.network.rules.limits
        if duty.task in self.nights:
            nights = [other.day for other in mine if other.task in self.nights]
            if len(nights) >= limits.max_nights:
                return False
            if any(abs((day - duty.day).days) <= 1 for day in nights):
                return False
        for other in mine:
            both_work = duty.task in self.work and other.task in self.work
            span = max(duty.end, other.end) - min(duty.start, other.start)
            gap = 60 * limits.rest_hours if both_work and span > 60 * limits.span_hours else 0
            if duty.start < other.end + gap and other.start < duty.end + gap:
                return False
        return True

    def _value(self, plan: _Plan, duty: Duty, name: str) -> int:
        role = self.roles.get(self.network.tasks[duty.task].category, 0)
        day = self._unit(plan.week, duty)
        if day is None or (name, day) in plan.counted:
            return role
        return role + plan.worth[duty]

    def _take(self, plan: _Plan, duty: Duty, name: str) -> None:
        """Note an assignment and what it adds to the burden."""
        plan.ahead[name] = plan.ahead.get(name, 0) + self._value(plan, duty, name)
        day = self._unit(plan.week, duty)
        if day is not None:
            plan.counted.add((name, day))
        plan.duties.setdefault(name, []).append(duty)

    def _unit(self, week: Week, duty: Duty) -> date | None:
        """Return what a day counts as: a holiday itself, a weekend by its Monday."""
        if duty.day in week.holidays:
            return duty.day
        if not is_weekend(duty):
            return None
        return duty.day if self.rules.unit == "day" else week.monday
