"""Conflicts as they are found among the wishes of a week, ready to be opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pysched.conflicts import ConflictRules
from pysched.conflicts.finding import Found, Wished, days_by_physician, find_conflicts, wishes_of
from pysched.department.conflict_case import oracle_for
from pysched.instance import Scenario
from pysched.model import Week
from pysched.store import ConflictStore
from pysched.store.conflict_opening import Opening


def found_in(
    scenario: Scenario, week: Week, store: ConflictStore, rules: ConflictRules
) -> tuple[Week, Found]:
    """Return a week with the days off granted so far, and what its other wishes come to.

    Args:
        scenario: physicians and tasks.
        week: of it.
        store: knows what is granted, and what was refused and stays so.
        rules: which duties must be filled.
    """
    granted, refused = store.decided(week.monday)
    asked = replace(week, granted=week.granted | granted)
    wished = {
        name: left
        for name, days in wishes_of(asked).items()
        if (left := tuple(day for day in days if (name, day) not in refused))
    }
    oracle = oracle_for(scenario, asked, granted, rules)
    return asked, find_conflicts(asked, oracle, wished)


def openings_of(week: Week, found: Found) -> list[Opening]:
    """Return what is contested, each group as a conflict to be opened."""
    return [
        Opening(
            kind=group.kind,
            monday=week.monday,
            day=group.days[0],
            claims=group.claims,
            weights=_weights(week, group.wishes),
            whole=group.whole,
        )
        for group in found.contested
    ]


def free_of(week: Week, found: Found) -> list[Opening]:
    """Return the wishes that nobody contests as one opening; none where there are none."""
    claims = days_by_physician(found.free)
    if not claims:
        return []
    first = min(day for days in claims.values() for day in days)
    return [Opening("day_off", week.monday, first, claims, _weights(week, found.free))]


def _weights(week: Week, wishes: Sequence[Wished]) -> dict[str, int]:
    """Return physician -> how much his wishes weigh in all."""
    asked = set(_days(wishes))
    weights: Counter[str] = Counter()
    for request in week.requests:
        if request.kind == "day_off" and (request.physician, request.day) in asked:
            weights[request.physician] += request.weight
    return dict(weights)


def _days(wishes: Iterable[Wished]) -> Iterable[tuple[str, date]]:
    return ((wish.physician, day) for wish in wishes for day in wish.days)
