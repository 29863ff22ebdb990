"""The plain carpool share: each duty over the skilled and present, pro rata to weekly hours.

The memory used it at first; the study keeps it to show what it cannot reach.
"""

from __future__ import annotations

from collections.abc import Iterable

from .measures import skilled
from .rolls import RolledWeek


def pro_rata_deviations(weeks: Iterable[RolledWeek], category: str) -> dict[str, tuple[int, float]]:
    """Return by physician the duties of a category and the share of them (Fagin, Williams 1983)."""
    rolled = list(weeks)
    network = rolled[0].network
    had = dict.fromkeys(skilled(network, category), 0)
    owed = dict.fromkeys(had, 0.0)
    for one in rolled:
        for row in one.schedule:
            if network.tasks[row.task].category != category or row.physician not in had:
                continue
            had[row.physician] += 1
            hours = {
                p: float(network.physicians[p].weekly_hours)
                for p in had
                if (p, row.task) in network.skills and one.week.is_present(p, row.day)
            }
            for name, number in hours.items():
                owed[name] += number / sum(hours.values())
    return {name: (had[name], owed[name]) for name in had}
