"""Who worked together in a week, from the schedule as worked."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

from pysched.model import Network, Schedule
from pysched.trust.events import CoDuty


def co_duties(network: Network, schedule: Schedule) -> list[CoDuty]:
    """Return the pairs with work duties in the same half-day and hospital, and in how many.

    As for liked and avoided pairs; being on call is not meeting.

    Args:
        network: tasks and hospitals.
        schedule: of a week, as worked.
    """
    present: defaultdict[tuple[date, str, str], set[str]] = defaultdict(set)
    for row in schedule.assignments:
        task = network.tasks[row.task]
        if task.is_work:
            present[row.day, task.half_day, task.hospital].add(row.physician)
    counts = Counter(pair for group in present.values() for pair in combinations(sorted(group), 2))
    return [CoDuty(schedule.monday, *pair, count) for pair, count in sorted(counts.items())]
