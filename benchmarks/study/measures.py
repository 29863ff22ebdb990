"""What is measured of a rolled week: evenness over the weeks and within it, overlap, hours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pysched.check import check
from pysched.facts.hours import target_hours
from pysched.model import Load, Network, State

from .rolls import RolledWeek

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """The measures of one week of a roll.

    Args:
        counts: category -> duties so far, one a skilled physician.
        devs: category -> the same less the fair share.
        weekly_variance: task -> variance over its skilled physicians of this week's duties.
        overlap: started half-hours of two duties at once.
        balance: hours worked less target so far, one a physician.
        above_target: the same of this week alone.
        skill_violations: assignments without the skill.
        cost: level -> cost.
    """

    counts: dict[str, Floats]
    devs: dict[str, Floats]
    weekly_variance: dict[str, float]
    overlap: int
    balance: Floats
    above_target: Floats
    skill_violations: int
    cost: dict[int, int]


def measured(rolled: RolledWeek) -> Measured:
    """Return the measures of a week.

    Raises:
        AssertionError: the checker does not pass the schedule, or finds another cost.
    """
    network, week = rolled.network, rolled.week
    report = check(network, week, rolled.before, rolled.schedule)
    found, kept = ({n: c for n, c in d.items() if c} for d in (report.by_level, rolled.cost))
    if not report.ok or found != kept:
        raise AssertionError(
            f"{network.name} {week.monday}: {report.breaches}, costs {found}, kept {kept}; "
            "a roll kept from another version of the program has to be deleted"
        )
    worked = Counter[str]()
    for row in rolled.schedule:
        worked[row.physician] += network.tasks[row.task].credited_minutes
    names = sorted(network.physicians)
    return Measured(
        counts={c: counts_of(network, rolled.total, c) for c in network.categories},
        devs={c: deviations_of(network, rolled.total, c) for c in network.categories},
        weekly_variance=weekly_variance(rolled),
        overlap=sum(n for (rule, _), n in report.units.items() if rule == "overlap"),
        balance=np.array([rolled.after.balance_minutes[p] / 60 for p in names]),
        above_target=np.array([worked[p] / 60 - target_hours(network, week, p) for p in names]),
        skill_violations=sum(breach.rule == "skill" for breach in report.breaches),
        cost=dict(rolled.cost),
    )


def skilled(network: Network, category: str) -> list[str]:
    """Return the physicians with a skill for some task of a category."""
    own = {task.id for task in network.tasks.values() if task.category == category}
    return sorted({physician for physician, task in network.skills if task in own})


def counts_of(network: Network, state: State, category: str) -> Floats:
    """Return how many duties of a category each skilled physician had."""
    loads = [state.loads.get((p, category), Load()) for p in skilled(network, category)]
    return np.array([load.count for load in loads], dtype=float)


def deviations_of(network: Network, state: State, category: str) -> Floats:
    """Return the duties of a category that each skilled physician had, less his fair share."""
    loads = [state.loads.get((p, category), Load()) for p in skilled(network, category)]
    return np.array([load.count - load.count_share / 1000 for load in loads])


def weekly_variance(rolled: RolledWeek) -> dict[str, float]:
    """Return the variance over the skilled, absent ones too, of this week's duties, by task.

    Wards are left out, and tasks with less than two covered duties in the week.
    """
    had = Counter((row.task, row.physician) for row in rolled.schedule)
    found = {}
    for task in rolled.network.tasks.values():
        names = sorted(p for p, t in rolled.network.skills if t == task.id)
        counts = [had[task.id, p] for p in names]
        if task.kind != "ward" and len(names) > 1 and sum(counts) > 1:
            found[task.id] = float(np.var(counts))
    return found
