"""Who works: a quick schedule of a week's duties that makes burdens even, instead of clingo's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy.optimize import linear_sum_assignment

from pysched.bank.days import day_cents, is_weekend
from pysched.bank.roles import undesirable
from pysched.bank.value_rules import ValueRules
from pysched.facts.hours import candidates
from pysched.model import Assignment, Duty, Network, Schedule, Week

NEVER, GRANTED = 1e12, 1e9
"""Costs of what no rule allows, and of a grant that is broken."""


@dataclass
class _Work:
    """What is assigned of a week so far."""

    duties: dict[str, list[Duty]] = field(default_factory=dict)
    nights: Counter[str] = field(default_factory=Counter)
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
    works already has no value left. The duties of a half-day are matched at the least cost, nights
    first, then by half-day in order; rest of a day after a night, three nights a week at most.
    """

    def __init__(self, network: Network, rules: ValueRules) -> None:
        """Prepare for a network whose sacrifices have these values."""
        self.network = network
        self.rules = rules
        self.roles = undesirable(network, rules)
        self.names = sorted(network.physicians)

    def assign(
        self, week: Week, deviation: Mapping[str, int], active: Mapping[str, float]
    ) -> Assigned:
        """Return the schedule of a week whose absences and grants are known.

        Args:
            week: with them.
            deviation: physician -> burden less target, in cents.
            active: physician -> full-time equivalent times the fraction of days present.
        """
        work, ahead, rows, left = _Work(), dict(deviation), [], 0
        able = candidates(self.network, week)
        for group in self._groups(week):
            costs = np.array(
                [[self._cost(week, work, d, n, able[d], ahead, active) for n in self.names] for d in group]
            )
            for place, who in zip(*linear_sum_assignment(costs), strict=True):
                if costs[place, who] >= NEVER:
                    left += 1
                    continue
                duty, name = group[place], self.names[who]
                ahead[name] = ahead.get(name, 0) + self._take(week, work, duty, name)
                rows.append(Assignment(duty.day, duty.task, name))
            left += max(0, len(group) - len(self.names))
        broken = frozenset((a.physician, a.day) for a in rows) & week.granted
        return Assigned(Schedule(week.monday, frozenset(rows)), left, broken)

    def _groups(self, week: Week) -> list[list[Duty]]:
        """Return duties to be matched together: those of a half-day, each day's night first."""
        order = {"night": 0, "morning": 1, "afternoon": 2}
        groups: dict[tuple[date, int], list[Duty]] = {}
        for duty in week.duties:
            half = self.network.tasks[duty.task].half_day
            groups.setdefault((duty.day, order[half]), []).append(duty)
        return [groups[key] for key in sorted(groups)]

    def _cost(
        self,
        week: Week,
        work: _Work,
        duty: Duty,
        name: str,
        able: list[str],
        ahead: Mapping[str, int],
        active: Mapping[str, float],
    ) -> float:
        if name not in able or not self._rested(work, duty, name):
            return NEVER
        value = self._value(week, work, duty, name) / 100
        cost = value * (2 * ahead.get(name, 0) / 100 + value) / max(0.05, active.get(name, 1.0))
        return cost + (GRANTED if (name, duty.day) in week.granted else 0.0)

    def _rested(self, work: _Work, duty: Duty, name: str) -> bool:
        limits = self.network.rules.limits
        night = self.network.tasks[duty.task].is_night
        if night and work.nights[name] >= limits.max_nights:
            return False
        for other in work.duties.get(name, ()):
            at_night = night or self.network.tasks[other.task].is_night
            gap = 60 * limits.rest_hours if at_night else 0
            if duty.start < other.end + gap and other.start < duty.end + gap:
                return False
        return True

    def _value(self, week: Week, work: _Work, duty: Duty, name: str) -> int:
        role = self.roles.get(self.network.tasks[duty.task].category, 0)
        day = self._unit(week, duty)
        if day is None or (name, day) in work.counted:
            return role
        return role + day_cents(self.network, week, duty, self.rules)

    def _take(self, week: Week, work: _Work, duty: Duty, name: str) -> int:
        """Note an assignment; return what it adds to the burden."""
        value = self._value(week, work, duty, name)
        day = self._unit(week, duty)
        if day is not None:
            work.counted.add((name, day))
        work.duties.setdefault(name, []).append(duty)
        work.nights[name] += self.network.tasks[duty.task].is_night
        return value

    def _unit(self, week: Week, duty: Duty) -> date | None:
        """Return what a day counts as: a holiday itself, a weekend by its Monday."""
        if duty.day in week.holidays:
            return duty.day
        if not is_weekend(duty):
            return None
        return duty.day if self.rules.unit == "day" else week.monday
