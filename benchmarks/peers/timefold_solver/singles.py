"""What one assignment costs whatever else its physician has, and what an open duty costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache

from pysched.model import Duty, Load

from .known import Known, summed
from .pairs import is_forbidden, overlap_cost, shared_minutes

LONGEST_STREAK = 4
SOON = 24 * 60
FULL = 100

Costs = tuple[int, ...]


def free_candidates(known: Known, duty: Duty) -> list[str]:
    """Return who may have a duty besides what stays with him of last week and of this one."""
    return [p for p in known.may[duty] if not _is_excluded(known, p, duty)]


def _is_excluded(known: Known, physician: str, duty: Duty) -> bool:
    stay = known.tail[physician] + known.fixed[physician]
    at_once = [other for other in stay if shared_minutes(duty, other) > 0]
    three = any(
        shared_minutes(a, b) > 0 and max(a.start, b.start, duty.start) < min(a.end, b.end, duty.end)
        for number, a in enumerate(at_once)
        for b in at_once[:number]
    )
    return three or any(is_forbidden(known, duty, other) for other in stay)


def single_costs(known: Known) -> Mapping[Duty, Mapping[str, Costs]]:
    """Return duty -> physician -> cost by rank, for all who may have or are fixed to the duty."""
    classes = {category: _classes(known, category) for category in known.network.categories}
    published = _published(known)
    costs = {}
    for duty in known.week.duties:
        people = known.holders.get(duty) or known.may[duty]
        costs[duty] = {p: _single(known, p, duty, classes) for p in people}
        # A change of a published duty costs once, however many it is fixed to.
        charged = people if duty not in known.holders else people[:1]
        for physician in charged:
            had = {physician} if duty not in known.holders else set(people)
            change = _change(known, duty, had, published)
            costs[duty][physician] = summed(costs[duty][physician], change)
    return costs


def open_cost(known: Known, duty: Duty) -> Costs:
    """Return what a duty costs that nobody has, by rank."""
    grade = "essential" if known.task(duty).essential else "other"
    return summed(known.cost("coverage", grade, 1), _change(known, duty, set(), _published(known)))


def _single(
    known: Known, physician: str, duty: Duty, classes: Mapping[str, Mapping[str, int]]
) -> Costs:
    week, task = known.week, known.task(duty)
    category = known.network.categories[task.category]
    lacking = FULL - known.network.suitability.get((physician, task.id), FULL)
    streak = known.state.streaks.get((physician, task.id), 0) if known.follows else 0
    again = min(streak, LONGEST_STREAK) if task.kind != "ward" else 0
    burden = week.sacrifice_costs.get((physician, task.id, duty.day), 0)
    alone = any(row.task == row.then_task == task.id for row in known.network.geography)
    return summed(
        known.cost("memory", category.grade, classes[category.id].get(physician, 0)),
        known.cost("suitability", "tenth", lacking // 10),
        known.cost("variety", "week", again),
        known.cost("equalization", "sacrifice", burden),
        known.cost("geography", "pair", int(alone)),
        *(overlap_cost(known, late, duty) for late in known.tail[physician]),
    )


def _change(
    known: Known, duty: Duty, had: set[str], published: Mapping[tuple[str, date], set[str]] | None
) -> Costs:
    changed = published is not None and published.get(duty.key, set()) != had
    grade = "soon" if duty.start - known.week.now < SOON else "later"
    return known.cost("stability", grade, int(changed))


def _published(known: Known) -> Mapping[tuple[str, date], set[str]] | None:
    if known.week.published is None:
        return None
    rows: dict[tuple[str, date], set[str]] = defaultdict(set)
    for assignment in known.week.published:
        rows[assignment.duty].add(assignment.physician)
    return rows


def _classes(known: Known, category: str) -> dict[str, int]:
    """Return how many quartiles of the past loads of the skilled each of them exceeds."""
    tasks = known.network.tasks
    group = {p for p, task in known.network.skills if tasks[task].category == category}
    loads = {p: _load(known, known.state.loads.get((p, category), Load())) for p in group}
    ordered = sorted(loads.values())

    @cache
    def quartile(number: int) -> int:
        """Four times the quartile, linear between neighbours, so that it is a whole number."""
        below, quarters = divmod((len(ordered) - 1) * number, 4)
        above = min(below + 1, len(ordered) - 1)
        return (4 - quarters) * ordered[below] + quarters * ordered[above]

    return {p: sum(4 * load > quartile(n) for n in (1, 2, 3)) for p, load in loads.items()}


def _load(known: Known, load: Load) -> int:
    rules = known.network.rules
    counts = rules.measure == "count"
    had = 1000 * (load.count if counts else load.minutes)
    share = load.count_share if counts else load.minutes_share
    return had - (share if rules.normalise == "fair_share" else 0)
