"""Whether a week's essential duties can all be covered, by CP-SAT and the hard rules alone."""

from __future__ import annotations

from itertools import combinations

from ortools.sat.python import cp_model

from pysched.instance.scenario import Scenario
from pysched.instance.view import View
from pysched.model import Agreement, Duty, Network, Task, Week
from pysched.model.network import WEEKDAYS

HOUR = 60


def is_coverable(scenario: Scenario, view: View, week: Week) -> bool:
    """Return whether one schedule without history covers every essential duty of the week."""
    network = scenario.network
    duties = [duty for duty in week.duties if network.tasks[duty.task].essential]
    model = cp_model.CpModel()
    takes = {
        (physician, duty): model.new_bool_var(f"{physician} {duty.task} {duty.day}")
        for duty in duties
        for physician in sorted(view.skilled[duty.task])
        if view.is_present(physician, duty.key)
        and not any(_excludes(row, duty, network) for row in view.agreements.get(physician, ()))
    }
    for duty in duties:
        model.add(sum(takes[who, d] for who, d in takes if d == duty) == 1)
    barred = [(a, b) for a, b in combinations(duties, 2) if _bars(a, b, network)]
    for physician in network.physicians:
        own = {duty: var for (who, duty), var in takes.items() if who == physician}
        for a, b in barred:
            if a in own and b in own:
                model.add_at_most_one(own[a], own[b])
        _limit(model, physician, own, network, view)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = 20
    return solver.solve(model) in {cp_model.OPTIMAL, cp_model.FEASIBLE}


def _excludes(row: Agreement, duty: Duty, network: Network) -> bool:
    task = network.tasks[duty.task]
    return (
        (row.kind == "free_weekday" and row.value == WEEKDAYS[duty.day.weekday()])
        or (row.kind == "no_nights" and task.is_night)
        or (row.kind == "not_at_hospital" and row.value == task.hospital)
    )


def _bars(a: Duty, b: Duty, network: Network) -> bool:
    """Return whether one physician cannot have both; `a` starts first or with `b`."""
    one, two = network.tasks[a.task], network.tasks[b.task]
    if one.hospital != two.hospital and _too_close(a, b, one, two, network):
        return True
    if one.is_night and two.is_night and abs((b.day - a.day).days) <= 1:
        return True
    spans = max(a.end, b.end) - a.start
    return one.is_work and two.is_work and spans > 13 * HOUR and b.start - a.end < 11 * HOUR


def _too_close(a: Duty, b: Duty, one: Task, two: Task, network: Network) -> bool:
    minutes = network.travel[one.hospital, two.hospital] if one.is_work and two.is_work else 0
    return b.start < a.end + minutes


def _limit(
    model: cp_model.CpModel,
    physician: str,
    own: dict[Duty, cp_model.IntVar],
    network: Network,
    view: View,
) -> None:
    """Add the limits of one physician: two at once, hours, nights, days and agreements."""
    tasks = network.tasks
    for now in {duty.start for duty in own}:
        model.add(sum(var for d, var in own.items() if d.start <= now < d.end) <= 2)
    most = int(48 * HOUR * network.physicians[physician].weekly_hours / 38)
    model.add(sum(var * tasks[d.task].credited_minutes for d, var in own.items()) <= most)
    model.add(sum(var for d, var in own.items() if tasks[d.task].is_night) <= 3)
    days = {duty.day for duty in own}
    if len(days) == 7:
        free = {day: model.new_bool_var(f"{physician} free {day}") for day in days}
        model.add_at_least_one(free.values())
        for duty, var in own.items():
            model.add_implication(free[duty.day], var.negated())
    for row in view.agreements.get(physician, ()):
        if row.kind == "max_per_week":
            model.add(
                sum(v for d, v in own.items() if tasks[d.task].category == row.value) <= row.limit
            )
