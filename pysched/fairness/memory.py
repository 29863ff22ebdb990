"""Past loads by category, and the fair share of what was done meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pysched.fairness.shares import fair_shares
from pysched.model import Duty, Load, Network, Schedule, Week


def loads_of(network: Network, week: Week, schedule: Schedule) -> Mapping[tuple[str, str], Load]:
    """Return what a worked week adds to the loads, by (physician, category).

    Fair shares are summed over the week and rounded half even to thousandths. A duty that nobody
    may take is his share who had it, so that a swap bent by hand is held against nobody.
    """
    duties = {duty.key: duty for duty in week.duties}
    worked = [
        (duties[a.duty], a.physician) for a in sorted(schedule.assignments) if a.duty in duties
    ]
    parts = fair_shares(network, week, {duty for duty, _ in worked})
    shared = {duty for _, duty in parts}
    rows: dict[tuple[str, str], list[float]] = {}
    for duty, physician in worked:
        _add(rows, network, physician, duty, 1, 0)
        if duty not in shared:
            _add(rows, network, physician, duty, 1, 2)
    filled = Counter(duty for duty, _ in worked)
    for (physician, duty), part in parts.items():
        _add(rows, network, physician, duty, part * filled[duty], 2)
    return {
        key: Load(round(row[0]), round(row[1]), round(1000 * row[2]), round(1000 * row[3]))
        for key, row in rows.items()
    }


def _add(
    rows: dict[tuple[str, str], list[float]],
    network: Network,
    physician: str,
    duty: Duty,
    part: float,
    column: int,
) -> None:
    row = rows.setdefault((physician, network.tasks[duty.task].category), [0.0] * 4)
    row[column] += part
    row[column + 1] += part * (duty.end - duty.start)
