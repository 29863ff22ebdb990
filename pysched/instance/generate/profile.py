"""The profile of a scenario: a few numbers that say how large and how tight it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean

import networkx as nx

from pysched.instance.scenario import Scenario
from pysched.instance.view import View, view_of
from pysched.instance.weeks import weeks_of
from pysched.model import Duty, Network, Week

WORKING_WEEKDAYS = 6
"""Monday to Saturday."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How large and how tight a scenario is.

    Args:
        physicians: how many.
        hospitals: how many.
        tasks: how many.
        weeks: how many.
        density: share of (physician, task) that are skills.
        sole_skilled: tasks that one physician alone has the skill for.
        sole_skilled_share: their share of the tasks.
        duties_a_week: mean over the weeks, as the other numbers a week.
        candidates_a_week: pairs of a duty and a physician with the skill who is present on every
            day it touches.
        overtime_percent: demand hours minus target hours, in percent of the target hours; mean
            over the weeks. A target is what the model says, without agreements.
        least_overtime_percent: of any week.
        most_overtime_percent: of any week.
        open_duties_a_week: the staffing deficit, see `open_duties`.
        absence_share: share of (physician, day) that are absences.
    """

    physicians: int
    hospitals: int
    tasks: int
    weeks: int
    density: float
    sole_skilled: int
    sole_skilled_share: float
    duties_a_week: float
    candidates_a_week: float
    overtime_percent: float
    least_overtime_percent: float
    most_overtime_percent: float
    open_duties_a_week: float
    absence_share: float


def describe(scenario: Scenario) -> Profile:
    """Return the profile of a scenario."""
    network, weeks, view = scenario.network, weeks_of(scenario), view_of(scenario)
    candidates = [candidates_of(week, view) for week in weeks]
    overtime = [_overtime_percent(week, network, view) for week in weeks]
    sole = sum(len(view.skilled.get(task, ())) == 1 for task in network.tasks)
    days = (scenario.last_day - scenario.first_day).days + 1
    away = sum(day <= scenario.last_day for _, day in view.absent)
    return Profile(
        physicians=len(network.physicians),
        hospitals=len(network.hospitals),
        tasks=len(network.tasks),
        weeks=len(weeks),
        density=len(network.skills) / (len(network.tasks) * len(network.physicians)),
        sole_skilled=sole,
        sole_skilled_share=sole / len(network.tasks),
        duties_a_week=fmean(len(week.duties) for week in weeks),
        candidates_a_week=fmean(sum(map(len, of_week.values())) for of_week in candidates),
        overtime_percent=fmean(overtime),
        least_overtime_percent=min(overtime),
        most_overtime_percent=max(overtime),
        open_duties_a_week=fmean(map(open_duties, candidates)),
        absence_share=away / (days * len(network.physicians)),
    )


def candidates_of(week: Week, view: View) -> dict[Duty, list[str]]:
    """Return who has the skill for each duty of a week and is present on every day it touches."""
    return {
        duty: [
            physician
            for physician in sorted(view.skilled.get(duty.task, ()))
            if view.is_present(physician, duty.key)
        ]
        for duty in week.duties
    }


def open_duties(candidates: Mapping[Duty, list[str]]) -> int:
    """Return the staffing deficit of a week.

    For each moment at which duties of the week start, take the duties that run then (started by
    then and not yet over) and a maximum matching with their candidates, each physician filling one
    at most; the deficit is the sum over the moments of the duties left unmatched. A duty that
    runs at several such moments can be counted at each. On-call duties count as all others, so the
    deficit does not allow the overlaps that a schedule may have.

    Args:
        candidates: physicians able and present by duty.
    """
    return sum(
        _unmatched({duty: candidates[duty] for duty in candidates if duty.start <= now < duty.end})
        for now in sorted({duty.start for duty in candidates})
    )


def _unmatched(candidates: Mapping[Duty, list[str]]) -> int:
    graph = nx.Graph((duty, who) for duty, able in candidates.items() for who in able)
    fillable = [duty for duty, able in candidates.items() if able]
    matching = nx.bipartite.hopcroft_karp_matching(graph, fillable)
    return len(candidates) - len(matching) // 2


def _overtime_percent(week: Week, network: Network, view: View) -> float:
    demand = sum(network.tasks[duty.task].credited_minutes for duty in week.duties) / 60
    target = sum(_target_hours(week, network, view).values())
    return 100 * (demand - target) / target if target else 0.0


def _target_hours(week: Week, network: Network, view: View) -> Counter[str]:
    """Return whole target hours by physician: hours a day x working days x full-time share."""
    limits = network.rules.limits
    open_days = [day for day in week.days[:WORKING_WEEKDAYS] if day not in week.holidays]
    targets: Counter[str] = Counter()
    for id_, physician in network.physicians.items():
        days = sum((id_, day) not in view.absent for day in open_days)
        exact = limits.target_hours_per_day * days * physician.weekly_hours / limits.full_time_hours
        targets[id_] = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return targets
