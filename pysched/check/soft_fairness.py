"""Soft rules of fairness: memory of past loads, rotation, variety, equalization."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from fractions import Fraction

from pysched.check.case import Case
from pysched.check.report import Units, named
from pysched.model import Load, Rules

LONGEST_STREAK = 4


def memory(case: Case) -> Iterator[Units]:
    """Yield the class of who is given a duty of a category he has had more of than others."""
    for row in case.filled:
        category = case.network.categories[row.task.category]
        number = classes_of(case, category.id).get(row.physician, 0)
        yield Units("memory", category.grade, named(row.physician, row.duty), number)


def rotation(case: Case) -> Iterator[Units]:
    """Yield n(n-1)/2 for n duties of one task, wards excepted, by one physician."""
    tasks = case.network.tasks
    had = Counter((row.physician, row.task.id) for row in case.filled if row.task.kind != "ward")
    for (physician, task), number in had.items():
        grade = case.network.categories[tasks[task].category].grade
        yield Units("rotation", grade, named(physician, task), number * (number - 1) // 2)


def variety(case: Case) -> Iterator[Units]:
    """Yield the weeks in a row, up to the last one, a physician had the task, wards excepted."""
    if case.state.last_week != case.week.monday - timedelta(days=7):
        return
    for row in case.filled:
        if row.task.kind != "ward":
            streak = case.state.streaks.get((row.physician, row.task.id), 0)
            culprit = named(row.physician, row.duty)
            yield Units("variety", "week", culprit, min(streak, LONGEST_STREAK))


def equalization(case: Case) -> Iterator[Units]:
    """Yield what the week says a sacrifice duty costs with the one who has it."""
    for row in case.filled:
        number = case.week.sacrifice_costs.get((row.physician, row.task.id, row.day), 0)
        yield Units("equalization", "sacrifice", named(row.physician, row.duty), number)


RULES: tuple[Callable[[Case], Iterator[Units]], ...] = (memory, rotation, variety, equalization)


def classes_of(case: Case, category: str) -> dict[str, int]:
    """Return the class, 0 to 3, of everyone skilled for some task of a category."""
    return case.once(("classes", category), lambda: _classes(case, category))


def _classes(case: Case, category: str) -> dict[str, int]:
    network = case.network
    group = {p for p, task in network.skills if network.tasks[task].category == category}
    loads = {
        physician: _load(case.state.loads.get((physician, category), Load()), network.rules)
        for physician in group
    }
    quartiles = [_quartile(sorted(loads.values()), i) for i in (1, 2, 3)] if group else []
    return {physician: sum(load > q for q in quartiles) for physician, load in loads.items()}


def _load(load: Load, rules: Rules) -> int:
    """Return a load in thousandths, less its fair share if the rules say so."""
    counts = rules.measure == "count"
    amount = load.count if counts else load.minutes
    share = load.count_share if counts else load.minutes_share
    return 1000 * amount - (share if rules.normalise == "fair_share" else 0)


def _quartile(values: list[int], i: int) -> Fraction:
    """Return the i-th quartile of sorted values by linear interpolation, exactly."""
    below, quarters = divmod((len(values) - 1) * i, 4)
    above = min(below + 1, len(values) - 1)
    return values[below] + Fraction(quarters, 4) * (values[above] - values[below])
