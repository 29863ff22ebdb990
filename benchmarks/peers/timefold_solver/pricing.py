"""The cost that Timefold computes for one schedule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from timefold.solver import SolutionManager, SolverFactory

from pysched.model import Schedule

from .known import Known
from .problem import timetable
from .settings import configured

Price = Callable[[Schedule], dict[int, int] | None]


def pricer(known: Known) -> Price:
    """Return what prices schedules of a week by level, None where a hard rule forbids one."""
    factory = SolverFactory.create(configured(known, timetable(known, None), seed=0))
    manager = SolutionManager.create(factory)

    def price(schedule: Schedule) -> dict[int, int] | None:
        problem = timetable(known, schedule)
        held = [
            (slot.duty.task, slot.duty.day.number, slot.physician.id)
            for slot in problem.slots
            if slot.physician is not None
        ]
        wanted = [(row.task, known.number(row.day), row.physician) for row in schedule]
        if sorted(held) != sorted(wanted):
            return None
        score: Any = manager.update(problem)
        if score.hard_scores[0] < 0:
            return None
        return {level: -score.soft_scores[rank] for rank, level in enumerate(known.levels)}

    return price
