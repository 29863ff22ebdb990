"""Random schedules of a week: some that break rules between duties, some that break none."""

from __future__ import annotations

from collections import Counter
from random import Random

from pysched.facts.hours import candidates, limit_minutes
from pysched.model import Assignment, Schedule

from .worlds import World


def random_schedule(rng: Random, world: World) -> Schedule:
    """Return a schedule that keeps pins, skills, absences, agreements by duty and hours.

    It need not keep the rules about two and more duties of one physician, and leaves some open.
    """
    network, week = world.network, world.week
    rows = set(week.fixed)
    worked: Counter[str] = Counter()
    for row in rows:
        worked[row.physician] += network.tasks[row.task].credited_minutes
    names = sorted(network.physicians)
    busy, filled = rng.sample(names, min(2, len(names))), rng.choice((0.3, 0.6, 0.95))
    may = candidates(network, week)
    for duty in week.duties:
        minutes = network.tasks[duty.task].credited_minutes
        able = [
            name
            for name in names
            if name in may[duty] and worked[name] + minutes <= limit_minutes(network, name)
        ]
        is_fixed = any(row.duty == duty.key for row in week.fixed)
        if is_fixed or not able or rng.random() > filled:
            continue
        favoured = [name for name in able if name in busy]
        chosen = rng.choice(favoured if favoured and rng.random() < 0.5 else able)
        worked[chosen] += minutes
        rows.add(Assignment(duty.day, duty.task, chosen))
    return Schedule(week.monday, frozenset(rows))
