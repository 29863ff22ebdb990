"""A scenario by what its oddities ask for: who is able and present, what runs when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from pysched.instance.scenario import Scenario
from pysched.instance.weeks import closed_days, monday_of, weeks_of
from pysched.model import Agreement, DutyKey, Task


@dataclass(frozen=True)
class View:
    """Lookups over a scenario.

    Args:
        tasks: by id.
        skilled: physicians by task.
        absent: (physician, day) without any duty.
        agreements: by physician.
        duties: (task, day) of all weeks.
        running: (task, Monday) with a duty in that week.
        closed: (task, day) closed.
        holidays: public holidays of the horizon.
    """

    tasks: Mapping[str, Task]
    skilled: Mapping[str, frozenset[str]]
    absent: frozenset[tuple[str, date]]
    agreements: Mapping[str, list[Agreement]]
    duties: Mapping[DutyKey, Task]
    running: frozenset[tuple[str, date]]
    closed: frozenset[DutyKey]
    holidays: frozenset[date]

    def is_present(self, physician: str, duty: DutyKey) -> bool:
        """Return whether a physician is present on all days that a duty touches."""
        task, day = duty
        if (physician, day) in self.absent:
            return False
        reaches_next_day = self.tasks[task].passes_midnight and self.tasks[task].end > time(0)
        return not (reaches_next_day and (physician, day + timedelta(days=1)) in self.absent)


def view_of(scenario: Scenario) -> View:
    """Return the lookups over a scenario."""
    skilled: dict[str, set[str]] = defaultdict(set)
    for physician, task in scenario.network.skills:
        skilled[task].add(physician)
    agreements: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in scenario.network.agreements:
        agreements[agreement.physician].append(agreement)
    weeks = weeks_of(scenario)
    duties = {duty.key: scenario.network.tasks[duty.task] for week in weeks for duty in week.duties}
    return View(
        tasks=scenario.network.tasks,
        skilled={task: frozenset(physicians) for task, physicians in skilled.items()},
        absent=_absent_days(scenario),
        agreements=agreements,
        duties=duties,
        running=frozenset((task, monday_of(day)) for task, day in duties),
        closed=closed_days(scenario),
        holidays=frozenset().union(*(week.holidays for week in weeks)),
    )


def _absent_days(scenario: Scenario) -> frozenset[tuple[str, date]]:
    """Return (physician, day) of absences in the horizon and on the Monday after it."""
    absent = set()
    for absence in scenario.absences:
        first = max(absence.first_day, scenario.first_day)
        last = min(absence.last_day, scenario.last_day + timedelta(days=1))
        absent |= {
            (absence.physician, first + timedelta(days=n)) for n in range((last - first).days + 1)
        }
    return frozenset(absent)
