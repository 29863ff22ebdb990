"""What is known of a week before it is scheduled, indexed as the other modules ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pysched.model import Agreement, Duty, Network, State, Task, Week, duty_on
from pysched.model.network import WEEKDAYS

RANKS = 6
"""Levels that a score has; the highest level of the rules has rank 0."""


@dataclass(frozen=True)
class Known:
    """A week with its network and the state it starts from."""

    network: Network
    week: Week
    state: State

    @cached_property
    def physicians(self) -> list[str]:
        """Names in order: a place in it is the physician's index."""
        return sorted(self.network.physicians)

    @cached_property
    def levels(self) -> list[int]:
        """The levels of the rules, the highest first: a place in it is a level's rank.

        Raises:
            ValueError: there are more levels than a score has.
        """
        levels = sorted({level for _, level in self.network.rules.weights.values()}, reverse=True)
        if len(levels) > RANKS:
            raise ValueError(f"network {self.network.name}: more than {RANKS} levels: {levels}")
        return levels

    @cached_property
    def follows(self) -> bool:
        """Whether the week before was the one settled last."""
        return self.state.last_week == self.week.monday - timedelta(days=7)

    @cached_property
    def fixed(self) -> Mapping[str, list[Duty]]:
        """Physician -> duties that stay with him."""
        by_key = {duty.key: duty for duty in self.week.duties}
        rows: dict[str, list[Duty]] = {physician: [] for physician in self.physicians}
        for row in sorted(self.week.fixed):
            if row.duty in by_key and row.physician in rows:
                rows[row.physician].append(by_key[row.duty])
        return rows

    @cached_property
    def holders(self) -> Mapping[Duty, list[str]]:
        """Fixed duty -> the physicians it is fixed to."""
        rows: dict[Duty, list[str]] = defaultdict(list)
        for physician, duties in self.fixed.items():
            for duty in duties:
                rows[duty].append(physician)
        return dict(rows)

    @cached_property
    def tail(self) -> Mapping[str, list[Duty]]:
        """Physician -> last week's duties, their times counted from this week's Monday."""
        rows: dict[str, list[Duty]] = {physician: [] for physician in self.physicians}
        for row in sorted(self.state.tail):
            task = self.network.tasks.get(row.task)
            if task is not None and row.physician in rows and row.day < self.week.monday:
                duty = duty_on(task, row.day, self.week.monday, self.week.timezone)
                rows[row.physician].append(duty)
        return rows

    @cached_property
    def may(self) -> Mapping[Duty, list[str]]:
        """Duty -> the physicians whom skill, absences and agreements leave for it."""
        return {
            duty: [physician for physician in self.physicians if self._may_take(physician, duty)]
            for duty in self.week.duties
        }

    def task(self, duty: Duty) -> Task:
        """Return the task of a duty."""
        return self.network.tasks[duty.task]

    def number(self, day: date) -> int:
        """Return the number of a day, 0 for Monday, negative in the week before."""
        return (day - self.week.monday).days

    def weight(self, rule: str, grade: str) -> int:
        """Return the weight of a grade of a rule, 0 where it is switched off."""
        return self.network.rules.weights.get((rule, grade), (0, 0))[0]

    def cost(self, rule: str, grade: str, units: int) -> tuple[int, ...]:
        """Return units of a grade weighed, by rank of the level."""
        weight, level = self.network.rules.weights.get((rule, grade), (0, 0))
        return tuple(weight * units if level == at else 0 for at in self.padded_levels)

    @cached_property
    def padded_levels(self) -> list[int | None]:
        """The levels with empty ones after them, as many as ranks."""
        return [*self.levels, *([None] * (RANKS - len(self.levels)))]

    @cached_property
    def _absent(self) -> Mapping[str, list[tuple[int, int]]]:
        rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for absence in self.week.absences:
            start = self.week.midnight(absence.first_day)
            end = self.week.midnight(absence.last_day + timedelta(days=1))
            rows[absence.physician].append((start, end))
        return rows

    @cached_property
    def _agreed(self) -> Mapping[str, list[Agreement]]:
        rows: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in self.network.agreements:
            rows[agreement.physician].append(agreement)
        return rows

    def _may_take(self, physician: str, duty: Duty) -> bool:
        if (physician, duty.task) not in self.network.skills:
            return False
        if any(start < duty.end and duty.start < end for start, end in self._absent[physician]):
            return False
        task = self.task(duty)
        return not any(_bars(row, task, duty) for row in self._agreed[physician])


def summed(*costs: tuple[int, ...]) -> tuple[int, ...]:
    """Return the sum of costs by rank."""
    return tuple(map(sum, zip(*costs, strict=True))) if costs else (0,) * RANKS


def _bars(agreement: Agreement, task: Task, duty: Duty) -> bool:
    if agreement.kind == "no_nights":
        return task.is_night
    if agreement.kind == "free_weekday":
        return agreement.value == WEEKDAYS[duty.day.weekday()]
    return agreement.kind == "not_at_hospital" and agreement.value == task.hospital
