"""The difference between two schedules of one week: by duty, rule, grade, level and physician."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pysched.check import Breach, Report, check
from pysched.model import Assignment, Cost, DutyKey, Network, Schedule, State, Week


@dataclass(frozen=True, slots=True, order=True)
class DutyChange:
    """A duty that other physicians fill than before; nobody where it is open."""

    day: date
    task: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def duty(self) -> DutyKey:
        """The key of the duty."""
        return self.task, self.day


@dataclass(frozen=True, slots=True, order=True)
class CostChange:
    """Units of a grade of a soft rule that a culprit has more or less than before.

    `physicians` are those the culprit names: who bears it. `before` and `after` are units.
    """

    rule: str
    grade: str
    culprit: str
    physicians: tuple[str, ...]
    before: int
    after: int
    weight: int
    level: int

    @property
    def units(self) -> int:
        """Units more than before; negative where they are fewer."""
        return self.after - self.before

    @property
    def total(self) -> int:
        """Weighted cost more than before."""
        return self.units * self.weight


@dataclass(frozen=True, slots=True)
class PhysicianChange:
    """What one physician gains and loses.

    `nights` and `minutes` (credited time) are more than before, negative where less; `costs` are
    those that name him.
    """

    physician: str
    gained: tuple[DutyKey, ...]
    lost: tuple[DutyKey, ...]
    nights: int
    minutes: int
    costs: tuple[CostChange, ...]

    @property
    def duties(self) -> int:
        """Duties more than before."""
        return len(self.gained) - len(self.lost)


@dataclass(frozen=True)
class Difference:
    """What a second schedule changes of a first one of the same week.

    Args:
        duties: those with other physicians, by day and task.
        costs: every culprit whose units changed, highest level first, then by rule.
        by_level: level -> cost more than before, every level in force, highest first.
        by_rule: (rule, grade) -> cost more than before, where its culprits changed.
        physicians: who gains or loses a duty, or is named by a changed cost, by name.
        broken: breaches of hard rules that only the second schedule has.
        mended: breaches that only the first one has.
        before: report of the first schedule.
        after: report of the second one.
    """

    duties: tuple[DutyChange, ...]
    costs: tuple[CostChange, ...]
    by_level: Mapping[int, int]
    by_rule: Mapping[tuple[str, str], int]
    physicians: Mapping[str, PhysicianChange]
    broken: tuple[Breach, ...]
    mended: tuple[Breach, ...]
    before: Report
    after: Report

    @property
    def vector(self) -> tuple[int, ...]:
        """Cost more than before by level, highest first: below zero in order is better."""
        return tuple(self.by_level.values())


def compare(
    network: Network, week: Week, state: State, before: Schedule, after: Schedule
) -> Difference:
    """Return what a second schedule changes, both judged by the independent checker.

    Args:
        network: hospitals, tasks, physicians and the rules in force.
        week: what was known of the week; both schedules are judged by it.
        state: what the weeks before handed over.
        before: the first schedule.
        after: the second one.

    Raises:
        ValueError: a schedule is of another week.
    """
    for schedule in (before, after):
        if schedule.monday != week.monday:
            raise ValueError(f"schedule of {schedule.monday} is not of the week of {week.monday}")
    reports = check(network, week, state, before), check(network, week, state, after)
    return of_reports(network, before, after, *reports)


def of_reports(
    network: Network, before: Schedule, after: Schedule, first: Report, second: Report
) -> Difference:
    """Return the difference of two schedules whose reports are known already.

    The reports may be of two weeks that differ in what was known, as in what-if questions.
    """
    costs = _costs(network, first.costs, second.costs)
    by_rule: dict[tuple[str, str], int] = defaultdict(int)
    for cost in costs:
        by_rule[cost.rule, cost.grade] += cost.total
    levels = sorted(first.by_level.keys() | second.by_level.keys(), reverse=True)
    return Difference(
        duties=changed_duties(before.assignments, after.assignments),
        costs=costs,
        by_level={n: second.by_level.get(n, 0) - first.by_level.get(n, 0) for n in levels},
        by_rule=dict(by_rule),
        physicians=_physicians(network, before, after, costs),
        broken=tuple(b for b in second.breaches if b not in first.breaches),
        mended=tuple(b for b in first.breaches if b not in second.breaches),
        before=first,
        after=second,
    )


def changed_duties(
    before: frozenset[Assignment], after: frozenset[Assignment]
) -> tuple[DutyChange, ...]:
    """Return the duties that other physicians fill, by day and task."""
    was, is_ = _by_duty(before), _by_duty(after)
    return tuple(
        sorted(
            DutyChange(day, task, was.get((task, day), ()), is_.get((task, day), ()))
            for task, day in was.keys() | is_.keys()
            if was.get((task, day)) != is_.get((task, day))
        )
    )


def bearers(network: Network, culprit: str) -> tuple[str, ...]:
    """Return the ids of the physicians that the culprit of a cost names."""
    return tuple(word for word in culprit.split(", ") if word in network.physicians)


def _by_duty(assignments: frozenset[Assignment]) -> dict[DutyKey, tuple[str, ...]]:
    found: dict[DutyKey, tuple[str, ...]] = {}
    for assignment in sorted(assignments):
        found[assignment.duty] = (*found.get(assignment.duty, ()), assignment.physician)
    return found


def _costs(
    network: Network, before: tuple[Cost, ...], after: tuple[Cost, ...]
) -> tuple[CostChange, ...]:
    was = {(c.rule, c.grade, c.culprit): c for c in before}
    is_ = {(c.rule, c.grade, c.culprit): c for c in after}
    rows = []
    for key in was.keys() | is_.keys():
        old, new = was.get(key), is_.get(key)
        one = new or old
        units = old.units if old else 0, new.units if new else 0
        if one is not None and units[0] != units[1]:
            who = bearers(network, one.culprit)
            rows.append(CostChange(*key, who, *units, one.weight, one.level))
    return tuple(sorted(rows, key=lambda row: (-row.level, row)))


def _physicians(
    network: Network, before: Schedule, after: Schedule, costs: tuple[CostChange, ...]
) -> dict[str, PhysicianChange]:
    gained = _duties_of(after.assignments - before.assignments)
    lost = _duties_of(before.assignments - after.assignments)
    named: dict[str, list[CostChange]] = defaultdict(list)
    for cost in costs:
        for physician in cost.physicians:
            named[physician].append(cost)
    return {
        physician: _physician(
            network,
            physician,
            tuple(gained.get(physician, ())),
            tuple(lost.get(physician, ())),
            tuple(named.get(physician, ())),
        )
        for physician in sorted(gained.keys() | lost.keys() | named.keys())
    }


def _duties_of(assignments: frozenset[Assignment]) -> dict[str, list[DutyKey]]:
    found: dict[str, list[DutyKey]] = defaultdict(list)
    for assignment in sorted(assignments):
        found[assignment.physician].append(assignment.duty)
    return found


def _physician(
    network: Network,
    physician: str,
    gained: tuple[DutyKey, ...],
    lost: tuple[DutyKey, ...],
    costs: tuple[CostChange, ...],
) -> PhysicianChange:
    nights = minutes = 0
    for sign, duties in ((1, gained), (-1, lost)):
        tasks = [network.tasks[task] for task, _ in duties if task in network.tasks]
        nights += sign * sum(task.is_night for task in tasks)
        minutes += sign * sum(task.credited_minutes for task in tasks)
    return PhysicianChange(physician, gained, lost, nights, minutes, costs)
