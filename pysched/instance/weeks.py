"""The weeks of a scenario: which duties each has and what is known of it beforehand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

from pysched.instance.calendar import mondays
from pysched.instance.scenario import Scenario
from pysched.model import Absence, Assignment, Duty, Network, Task, Week, duty_on
from pysched.model.public_holidays import major_holidays, public_holidays

Item = TypeVar("Item")


def weeks_of(scenario: Scenario) -> tuple[Week, ...]:
    """Return the weeks of the horizon in order.

    Pins and history of duties that a week does not have are left out; `oddities` names them.
    """
    closed = closed_days(scenario)
    absences = _absences_by_week(scenario)
    requests = _by_week(scenario.requests, lambda request: request.day)
    pins = _by_week(scenario.pins, lambda pin: pin.day)
    history = _by_week(scenario.history, lambda worked: worked.day)
    weeks = []
    for monday in mondays(scenario.first_day, scenario.last_day):
        days = [monday + timedelta(days=n) for n in range(7)]
        holidays = public_holidays(scenario.network.calendar, days)
        duties = duties_of(scenario.network, monday, holidays, closed)
        keys = {duty.key for duty in duties}
        weeks.append(
            Week(
                monday=monday,
                timezone=scenario.network.calendar.timezone,
                duties=duties,
                absences=tuple(absences[monday]),
                requests=tuple(requests[monday]),
                holidays=holidays,
                major_holidays=major_holidays(scenario.network.calendar, days),
                pins=_of_duties(pins[monday], keys),
                worked=_of_duties(history[monday], keys),
            )
        )
    return tuple(weeks)


def duties_of(
    network: Network, monday: date, holidays: frozenset[date], closed: frozenset[tuple[str, date]]
) -> tuple[Duty, ...]:
    """Return the duties of a week by start and task.

    A duty whose hours the clocks jump over does not take place.
    """
    duties = []
    for offset in range(7):
        day = monday + timedelta(days=offset)
        for task in network.tasks.values():
            if runs_on(task, day, day in holidays) and (task.id, day) not in closed:
                duty = duty_on(task, day, monday, network.calendar.timezone)
                if duty.end > duty.start:
                    duties.append(duty)
    return tuple(sorted(duties, key=lambda duty: (duty.start, duty.task)))


def runs_on(task: Task, day: date, is_holiday: bool) -> bool:
    """Return whether a task runs on a day, closures aside."""
    if is_holiday and task.public_holidays != "as_usual":
        return task.public_holidays == "also"
    return day.weekday() in task.weekdays


def closed_days(scenario: Scenario) -> frozenset[tuple[str, date]]:
    """Return (task, day) for each day of the horizon on which a task is closed."""
    closed = set()
    for closure in scenario.closures:
        first = max(closure.first_day, scenario.first_day)
        last = min(closure.last_day, scenario.last_day)
        closed |= {
            (closure.task, first + timedelta(days=n)) for n in range((last - first).days + 1)
        }
    return frozenset(closed)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _by_week(items: Iterable[Item], day_of: Callable[[Item], date]) -> dict[date, list[Item]]:
    by_week: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        by_week[monday_of(day_of(item))].append(item)
    return by_week


def _absences_by_week(scenario: Scenario) -> dict[date, list[Absence]]:
    """Return absences by each week they touch, the Monday after it included."""
    by_week: dict[date, list[Absence]] = defaultdict(list)
    for absence in scenario.absences:
        first = max(monday_of(absence.first_day - timedelta(days=1)), scenario.first_day)
        for monday in mondays(first, min(absence.last_day, scenario.last_day)):
            by_week[monday].append(absence)
    return by_week


def _of_duties(
    assignments: Iterable[Assignment], keys: set[tuple[str, date]]
) -> frozenset[Assignment]:
    return frozenset(assignment for assignment in assignments if assignment.duty in keys)
