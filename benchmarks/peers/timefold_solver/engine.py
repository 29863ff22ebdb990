"""Timefold as an engine of the benchmark."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic

from pysched.bench import Answer, Job
from pysched.model import Schedule

from .machine import start

DEPTH = 10_000
"""How deep objects may lie one inside the other: physicians lead to colleagues, who lead to theirs,
and all are translated for the machine at once."""


def run(job: Job, found: Callable[[Schedule], None]) -> Answer:
    """Search on one thread until the time is over, the start of the Java machine included.

    The edition that anybody can install moves on one thread; the machine compiles on others.

    Raises:
        UnavailableError: there is no Timefold or no Java machine.
    """
    ends = monotonic() + job.time_limit_seconds
    start()
    sys.setrecursionlimit(max(DEPTH, sys.getrecursionlimit()))
    # Only now, since this module's imports are translated for the machine at once.
    from .search import search

    return search(job, found, ends)
