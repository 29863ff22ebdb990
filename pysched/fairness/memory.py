"""Past loads by category, and the fair share of what was done meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pysched.model import Duty, Load, Network, Schedule, Week


def loads_of(network: Network, week: Week, schedule: Schedule) -> Mapping[tuple[str, str], Load]:
    """Return what a worked week adds to the loads, by (physician, category).

    Each covered duty is shared out over the skilled and present, pro rata to weekly hours (the
    carpool rule of Fagin and Williams, 1983); shares are summed exactly over the week and rounded
    half even to thousandths. A duty that nobody skilled was present for is his share who had it.
    """
    duties = {duty.key: duty for duty in week.duties}
    counts: dict[tuple[str, str], list[Fraction]] = {}
    for assignment in schedule.assignments:
        duty = duties.get(assignment.duty)
        if duty is None:
            continue
        category, minutes = network.tasks[duty.task].category, duty.end - duty.start
        _add(counts, (assignment.physician, category), 1, minutes, 0)
        for physician, share in shares(network, week, duty, assignment.physician).items():
            _add(counts, (physician, category), share, share * minutes, 2)
    return {
        key: Load(*(int(x) for x in row[:2]), *(_thousandths(x) for x in row[2:]))
        for key, row in counts.items()
    }


def shares(network: Network, week: Week, duty: Duty, worker: str) -> dict[str, Fraction]:
    """Return how a duty is shared out over those who could have had it; the shares add up to 1."""
    hours = {
        p.id: Fraction(p.weekly_hours)
        for p in network.physicians.values()
        if (p.id, duty.task) in network.skills and week.is_present(p.id, duty.day)
    }
    total = sum(hours.values())
    return {p: h / total for p, h in hours.items()} if total else {worker: Fraction(1)}


def _add(
    rows: dict[tuple[str, str], list[Fraction]],
    key: tuple[str, str],
    count: Fraction | int,
    minutes: Fraction | int,
    column: int,
) -> None:
    row = rows.setdefault(key, [Fraction(0)] * 4)
    row[column] += count
    row[column + 1] += minutes


def _thousandths(share: Fraction) -> int:
    return round(1000 * share)
