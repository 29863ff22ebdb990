"""The week-end update: what a week as worked adds to the state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pysched.facts.hours import month_of, target_hours
from pysched.fairness.memory import loads_of
from pysched.model import Assignment, Load, Network, Schedule, State, Week


@dataclass(frozen=True)
class Settlement:
    """What one worked week adds to the state.

    Args:
        monday: the week.
        loads: (physician, category) -> load of the week.
        balance_minutes: physician -> worked time minus target in the week.
        worked: the assignments as worked.
    """

    monday: date
    loads: Mapping[tuple[str, str], Load]
    balance_minutes: Mapping[str, int]
    worked: frozenset[Assignment]


def settle(network: Network, week: Week, schedule: Schedule) -> Settlement:
    """Return the settlement of a week as worked; nothing is stored or changed.

    Raises:
        ValueError: the schedule is of another week, or names who or what the network has not.
    """
    if schedule.monday != week.monday:
        raise ValueError(f"schedule of {schedule.monday} cannot settle the week {week.monday}")
    for row in schedule.assignments:
        if row.physician not in network.physicians or row.task not in network.tasks:
            raise ValueError(f"{row} is not of the network {network.name}")
    minutes = dict.fromkeys(network.physicians, 0)
    for assignment in schedule.assignments:
        minutes[assignment.physician] += network.tasks[assignment.task].credited_minutes
    balance = {p: m - 60 * target_hours(network, week, p) for p, m in minutes.items()}
    return Settlement(week.monday, loads_of(network, week, schedule), balance, schedule.assignments)


def apply(state: State, settlement: Settlement) -> State:
    """Return the state after a settlement; the given one is left as it was.

    Raises:
        ValueError: the week is not after the last one settled.
    """
    monday = settlement.monday
    if state.last_week is not None and monday <= state.last_week:
        raise ValueError(f"week {monday} is not after {state.last_week}, the last one settled")
    month = month_of(monday)
    before = state.month_minutes if state.month == month else {}
    loads = dict(state.loads)
    for key, load in settlement.loads.items():
        loads[key] = loads.get(key, Load()) + load
    follows = state.last_week == monday - timedelta(days=7)
    streaks = state.streaks if follows else {}
    had = {(a.physician, a.task) for a in settlement.worked}
    return State(
        last_week=monday,
        loads=loads,
        balance_minutes=_sum(state.balance_minutes, settlement.balance_minutes),
        month=month,
        month_minutes=_sum(before, settlement.balance_minutes),
        tail=settlement.worked,
        streaks={key: streaks.get(key, 0) + 1 for key in had},
    )


def _sum(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, int]:
    return {key: a.get(key, 0) + b.get(key, 0) for key in {*a, *b}}
