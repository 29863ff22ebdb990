"""Fairness over the weeks: memory, rotation, variety and equalization."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ortools.sat.python.cp_model import IntVar, LinearExprT

from pysched.model import Load

from .program import Program
from .service import Units

MOST_VARIETY = 4
SHARE_UNITS = 1000


def memory(program: Program) -> Units:
    """Charge each assignment the class of its physician in the quartiles of past load."""
    classes = {category: _classes(program, category) for category in program.network.categories}
    for (physician, duty), literal in program.x.items():
        category = program.task(duty).category
        grade = program.network.categories[category].grade
        yield grade, classes[category].get(physician, 0) * literal


def _classes(program: Program, category: str) -> dict[str, int]:
    """Return how many quartiles of the group of the skilled each one's past load exceeds."""
    tasks = program.network.tasks
    skilled = {p for p, task in program.network.skills if tasks[task].category == category}
    loads = {p: _past_load(program, p, category) for p in skilled}
    if not loads:
        return {}
    quartiles = [_quartile_times_four(sorted(loads.values()), n) for n in (1, 2, 3)]
    return {p: sum(4 * load > quartile for quartile in quartiles) for p, load in loads.items()}


def _quartile_times_four(ordered: list[int], number: int) -> int:
    """Return four times the n-th quartile, linear between neighbours: a whole number."""
    below, quarters = divmod((len(ordered) - 1) * number, 4)
    above = min(below + 1, len(ordered) - 1)
    return (4 - quarters) * ordered[below] + quarters * ordered[above]


def _past_load(program: Program, physician: str, category: str) -> int:
    rules = program.network.rules
    load = program.state.loads.get((physician, category), Load())
    by_count = rules.measure == "count"
    had = load.count if by_count else load.minutes
    if rules.normalise == "none":
        return had
    return SHARE_UNITS * had - (load.count_share if by_count else load.minutes_share)


def rotation(program: Program) -> Units:
    """Charge j - 1 for the j-th duty of a task that is no ward's, to one physician."""
    for task in program.network.tasks.values():
        if task.kind == "ward":
            continue
        grade = program.network.categories[task.category].grade
        for physician in program.physicians:
            literals = [x for duty, x in program.of(physician) if duty.task == task.id]
            if len(literals) > 1:
                yield grade, _repeats(program, literals)


def _repeats(program: Program, literals: Iterable[IntVar]) -> LinearExprT:
    """Return 1 + ... + (n - 1) for the n of these literals that hold, by counting in steps."""
    parts = list(literals)
    steps = [program.model.new_bool_var("") for _ in parts]
    program.model.add(sum(parts) == sum(steps))
    for lower, higher in pairwise(steps):
        program.model.add_implication(higher, lower)
    return sum(n * step for n, step in enumerate(steps))


def variety(program: Program) -> Units:
    """Charge duties of a task that the physician had in each of the last weeks."""
    if not program.follows:
        return
    for (physician, duty), literal in program.x.items():
        weeks = program.state.streaks.get((physician, duty.task), 0)
        if program.task(duty).kind != "ward" and weeks > 0:
            yield "week", min(weeks, MOST_VARIETY) * literal


def equalization(program: Program) -> Units:
    """Charge undesirable duties, and holidays and weekends lost, or not lost, once each."""
    for (physician, duty), literal in program.x.items():
        if duty.key in program.week.sacrifices:
            units = program.week.sacrifice_costs.get((physician, duty.task, duty.day), 0)
            yield "sacrifice", units * literal
    days = program.week.sacrifice_days
    for (physician, counted), units in program.week.day_costs.items():
        duties = program.of(physician)
        lost = program.any_of([x for duty, x in duties if days.get(duty.day) == counted])
        yield "day", units * lost if units > 0 else -units * (1 - lost)
