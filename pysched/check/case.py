"""The case under check: network, week, state and schedule joined, and who may take which duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from typing import Any, TypeVar

from pysched.model import (
    Agreement,
    Assignment,
    Duty,
    Network,
    Schedule,
    State,
    Task,
    Week,
    duty_on,
)
from pysched.model.network import WEEKDAYS

T = TypeVar("T")

SHARED = ("duties", "tail", "tail_by_physician", "fixed", "absent_minutes", "agreements", "aside")
"""What does not depend on the schedule."""


@dataclass(frozen=True, slots=True)
class Filled:
    """An assignment with its task and duty.

    `past` tells last week's from this week's; `stays` that it is last week's, pinned or worked.
    """

    physician: str
    task: Task
    duty: Duty
    stays: bool
    past: bool = False

    @property
    def day(self) -> date:
        """The day the duty belongs to."""
        return self.duty.day

    def overlap_minutes(self, other: Filled) -> int:
        """Return the minutes two duties share."""
        shared = min(self.duty.end, other.duty.end) - max(self.duty.start, other.duty.start)
        return max(0, shared)


@dataclass(frozen=True)
class Case:
    """One schedule with all that it is judged by."""

    network: Network
    week: Week
    state: State
    schedule: Schedule

    @cached_property
    def duties(self) -> Mapping[tuple[str, date], Duty]:
        """The duties of the week by key."""
        return {duty.key: duty for duty in self.week.duties}

    @cached_property
    def aside(self) -> dict[Hashable, Any]:
        """What was computed once for all schedules, by name."""
        return {}

    def once(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return what does not depend on the schedule, computed once for all cases alike."""
        if key not in self.aside:
            self.aside[key] = compute()
        found: T = self.aside[key]
        return found

    def with_schedule(self, schedule: Schedule) -> Case:
        """Return the case of another schedule; what does not depend on it is not computed again."""
        other = replace(self, schedule=schedule)
        vars(other).update({name: getattr(self, name) for name in SHARED})
        return other

    def of_some(self, names: frozenset[str], schedule: Schedule) -> Case:
        """Return the case of what some physicians have in a schedule, as if there were no others.

        Rules that look at one physician at a time say the same of them as in the whole case.
        """
        rows = frozenset(row for row in schedule.assignments if row.physician in names)
        other = self.with_schedule(Schedule(schedule.monday, rows))
        tail = {name: found for name, found in self.tail_by_physician.items() if name in names}
        groups: dict[str, list[Filled]] = {name: [] for name in tail}
        for row in other.filled:
            groups[row.physician].append(row)
        own = {name: tuple(found) for name, found in groups.items()}
        vars(other).update(tail_by_physician=tail, by_physician=own)
        return other

    @cached_property
    def strangers(self) -> tuple[Assignment, ...]:
        """Assignments of an unknown duty or physician; they count nowhere else."""
        return tuple(a for a in sorted(self.schedule.assignments) if not self._is_known(a))

    @cached_property
    def filled(self) -> tuple[Filled, ...]:
        """Assignments of this week, by time."""
        rows = [
            Filled(a.physician, self.network.tasks[a.task], self.duties[a.duty], a in self.fixed)
            for a in self.schedule.assignments
            if self._is_known(a)
        ]
        return tuple(sorted(rows, key=_by_time))

    @cached_property
    def tail(self) -> tuple[Filled, ...]:
        """Last week's assignments whose task still exists, by time."""
        monday, timezone = self.week.monday, self.week.timezone
        rows = []
        for a in self.state.tail:
            task = self.network.tasks.get(a.task)
            if task is not None and a.day < monday:
                duty = duty_on(task, a.day, monday, timezone)
                rows.append(Filled(a.physician, task, duty, stays=True, past=True))
        return tuple(sorted(rows, key=_by_time))

    @cached_property
    def fixed(self) -> frozenset[Assignment]:
        """Pinned and worked assignments."""
        return self.week.fixed

    @cached_property
    def by_physician(self) -> Mapping[str, tuple[Filled, ...]]:
        """This week's assignments of every physician of the network, by time."""
        return self._grouped(self.filled)

    @cached_property
    def tail_by_physician(self) -> Mapping[str, tuple[Filled, ...]]:
        """Last week's assignments of every physician of the network, by time."""
        return self._grouped(self.tail)

    @cached_property
    def by_duty(self) -> Mapping[tuple[str, date], frozenset[str]]:
        """The physicians who fill each duty of the week, none included."""
        found: dict[tuple[str, date], set[str]] = {key: set() for key in self.duties}
        for row in self.filled:
            found[row.duty.key].add(row.physician)
        return {key: frozenset(physicians) for key, physicians in found.items()}

    @cached_property
    def absent_minutes(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """Physician -> spans of absence in minutes since Monday 00:00."""
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for absence in self.week.absences:
            after = absence.last_day + timedelta(days=1)
            span = self.week.midnight(absence.first_day), self.week.midnight(after)
            spans[absence.physician].append(span)
        return {physician: tuple(rows) for physician, rows in spans.items()}

    @cached_property
    def agreements(self) -> Mapping[str, tuple[Agreement, ...]]:
        """Physician -> personal working agreements."""
        rows: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in self.network.agreements:
            rows[agreement.physician].append(agreement)
        return {physician: tuple(found) for physician, found in rows.items()}

    def together(self, size: int) -> Iterator[tuple[Filled, ...]]:
        """Yield so many assignments of one physician by time, at least one of this week."""
        for physician, rows in self.by_physician.items():
            for group in combinations(self.tail_by_physician[physician] + rows, size):
                if not group[-1].past:
                    yield group

    def is_absent(self, physician: str, duty: Duty) -> bool:
        """Return whether a duty shares a minute with an absence."""
        spans = self.absent_minutes.get(physician, ())
        return any(start < duty.end and duty.start < end for start, end in spans)

    def against(self, physician: str, duty: Duty) -> list[Agreement]:
        """Return the agreements that forbid a duty whatever else the physician does."""
        task = self.network.tasks[duty.task]
        rows = self.agreements.get(physician, ())
        return [agreement for agreement in rows if _forbids(agreement, task, duty)]

    def may_take(self, physician: str, duty: Duty) -> bool:
        """Return whether skill, absences and static agreements let a physician take a duty."""
        return (
            (physician, duty.task) in self.network.skills
            and not self.is_absent(physician, duty)
            and not self.against(physician, duty)
        )

    def _is_known(self, assignment: Assignment) -> bool:
        return assignment.duty in self.duties and assignment.physician in self.network.physicians

    def _grouped(self, rows: tuple[Filled, ...]) -> Mapping[str, tuple[Filled, ...]]:
        groups: dict[str, list[Filled]] = {physician: [] for physician in self.network.physicians}
        for row in rows:
            # The tail may name physicians who have left the network.
            if row.physician in groups:
                groups[row.physician].append(row)
        return {physician: tuple(found) for physician, found in groups.items()}


def _by_time(row: Filled) -> tuple[int, int, str, str]:
    return row.duty.start, row.duty.end, row.duty.task, row.physician


def _forbids(agreement: Agreement, task: Task, duty: Duty) -> bool:
    if agreement.kind == "free_weekday":
        return agreement.value == WEEKDAYS[duty.day.weekday()]
    if agreement.kind == "no_nights":
        return task.is_night
    return agreement.kind == "not_at_hospital" and agreement.value == task.hospital
