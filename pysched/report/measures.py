"""What as-is and to-be are compared by: service, skills, counts, overlapping and working time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from pysched.facts.hours import limit_minutes, target_hours
from pysched.model import Assignment, Duty, Network, Schedule, Week

Weeks = Sequence[tuple[Week, Schedule]]


@dataclass(frozen=True)
class WeekMeasures:
    """A week of one side.

    Args:
        monday: of the week.
        duties: how many there are; `filled` by somebody; `open_essential` of those open.
        unskilled: assignments of tasks that their physicians lack the skill for.
        overlap_minutes: in which somebody has two duties at once, summed over pairs.
        minutes: physician -> worked; `targets` and `limits` likewise, in minutes.
        counts: (physician, category) -> duties.
    """

    monday: date
    duties: int
    filled: int
    open_essential: int
    unskilled: tuple[Assignment, ...]
    overlap_minutes: int
    minutes: Mapping[str, int]
    targets: Mapping[str, int]
    limits: Mapping[str, int]
    counts: Mapping[tuple[str, str], int]

    @property
    def balances(self) -> dict[str, int]:
        """Physician -> minutes worked less target."""
        return {name: self.minutes[name] - self.targets[name] for name in self.minutes}

    @property
    def below(self) -> int:
        """How many physicians work less than their target, the threshold of the slides."""
        return sum(balance < 0 for balance in self.balances.values())

    @property
    def missing_minutes(self) -> int:
        """What those below their target lack of it."""
        return -sum(balance for balance in self.balances.values() if balance < 0)

    @property
    def above(self) -> int:
        """How many physicians work more than the hard limit of the week."""
        return sum(self.minutes[name] > self.limits[name] for name in self.minutes)


@dataclass(frozen=True)
class Spread:
    """How the counts of a category lie over those who have the skill for it.

    Args:
        counts: physician -> duties over all weeks.
    """

    counts: Mapping[str, int]

    @property
    def mean(self) -> float:
        """The mean, 0 without anybody."""
        return float(np.mean(list(self.counts.values()))) if self.counts else 0.0

    @property
    def variance(self) -> float:
        """The variance over all of them (n below), as the slides have it; 0 without anybody."""
        return float(np.var(list(self.counts.values()))) if self.counts else 0.0


def measure_week(network: Network, week: Week, schedule: Schedule) -> WeekMeasures:
    """Return the measures of a week.

    Args:
        network: skills, tasks and targets.
        week: duties and absences.
        schedule: of the week; what is no duty of it counts nowhere.
    """
    duties = {duty.key: duty for duty in week.duties}
    rows = [row for row in schedule if row.duty in duties and row.physician in network.physicians]
    filled = {row.duty for row in rows}
    minutes = Counter(dict.fromkeys(network.physicians, 0))
    for row in rows:
        minutes[row.physician] += network.tasks[row.task].credited_minutes
    opened = [task for task, day in duties.keys() - filled]
    return WeekMeasures(
        monday=week.monday,
        duties=len(duties),
        filled=len(filled),
        open_essential=sum(network.tasks[task].essential for task in opened),
        unskilled=tuple(row for row in rows if (row.physician, row.task) not in network.skills),
        overlap_minutes=_overlap(rows, duties),
        minutes=minutes,
        targets={name: 60 * target_hours(network, week, name) for name in network.physicians},
        limits={name: limit_minutes(network, name) for name in network.physicians},
        counts=Counter((row.physician, network.tasks[row.task].category) for row in rows),
    )


def spread_of(network: Network, weeks: Sequence[WeekMeasures], category: str) -> Spread:
    """Return the counts of a category over some weeks, by those with the skill for a task of it."""
    skilled = {name for name, task in network.skills if network.tasks[task].category == category}
    return Spread(
        {
            name: sum(week.counts.get((name, category), 0) for week in weeks)
            for name in network.physicians
            if name in skilled
        }
    )


def _overlap(rows: Sequence[Assignment], duties: Mapping[tuple[str, date], Duty]) -> int:
    by_physician: dict[str, list[Duty]] = defaultdict(list)
    for row in rows:
        by_physician[row.physician].append(duties[row.duty])
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for mine in by_physician.values()
        for a, b in combinations(mine, 2)
    )
