"""When elective tasks do not run: reductions in leave waves, and days without their specialist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from pysched.instance.scenario import Closure, Scenario
from pysched.instance.view import View

_TIERS = ((0.12, 0.1), (0.2, 0.43), (0.27, 0.2))
"""Share of hours on leave from which on a share of the elective tasks is closed, tier by tier."""
_REASONS = {6: "summer reduction", 7: "summer reduction", 8: "summer reduction"}
_REASONS |= {9: "summer reduction", 12: "winter reduction", 1: "winter reduction"}


def reductions(
    tasks: Sequence[str], leave_shares: Mapping[date, float], rng: Random
) -> Iterator[Closure]:
    """Yield the closures of elective tasks in the weeks of a horizon with much leave.

    Args:
        tasks: ids of the elective tasks of a cluster.
        leave_shares: share of the contractual hours on leave, by Monday in order.
        rng: where chance comes from.
    """
    shuffled = rng.sample(tasks, len(tasks))
    for threshold, share in _TIERS:
        count = round(share * len(tasks))
        tier, shuffled = shuffled[:count], shuffled[count:]
        spells = list(_spells([day for day in leave_shares if leave_shares[day] >= threshold]))
        for task in sorted(tier, key=tasks.index):
            for first, last in spells:
                yield Closure(task, first, last, _REASONS.get(first.month, "reduction"))


def _spells(all_mondays: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each row of weeks that follow each other."""
    firsts = [day for day in all_mondays if day - timedelta(weeks=1) not in all_mondays]
    lasts = [day for day in all_mondays if day + timedelta(weeks=1) not in all_mondays]
    for first, last in zip(firsts, lasts, strict=True):
        yield first, last + timedelta(days=6)


def specialist_away(scenario: Scenario, view: View) -> list[Closure]:
    """Return a closure for each elective duty that nobody skilled is present for."""
    return [
        Closure(task, day, day, "specialist away")
        for task, day in sorted(_elective(scenario, view.duties), key=lambda key: (key[1], key[0]))
        if not any(view.is_present(physician, (task, day)) for physician in view.skilled[task])
    ]


def _elective(scenario: Scenario, duties: Iterable[tuple[str, date]]) -> Iterator[tuple[str, date]]:
    return (key for key in duties if not scenario.network.tasks[key[0]].essential)
