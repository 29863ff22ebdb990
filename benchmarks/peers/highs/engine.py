"""HiGHS as an engine of the benchmark."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from pysched.bench.engine import Answer, Job
from pysched.model import Assignment, Schedule

from .levels import Levels
from .matrix import Matrix
from .mip import Setting, Settings, allow_threads
from .second import Second

OPTIONS: dict[str, Setting] = {
    "mip_pool_soft_limit": 500,
    "mip_pool_age_limit": 5,
    "mip_lp_age_limit": 3,
}
"""What was chosen, by HiGHS's names.

Fewer cuts are kept than by default: at the root of the upper levels they take most of the time,
and its heuristics come only after them.
"""

_second = Second()
"""Started with the import: its libraries too are loaded before the time of a job begins."""


def run(job: Job, found: Callable[[Schedule], None]) -> Answer:
    """Solve a job level by level: each is minimised, then held while the next one is.

    The first schedule is the job's start, or else what is fixed and nothing more.
    """
    began = monotonic()
    matrix = _second.matrix_of(job.network, job.week, job.state)

    def tell(assigned: frozenset[int]) -> None:
        found(Schedule(job.week.monday, _assignments(matrix, assigned)))

    allow_threads()
    levels = Levels(matrix, Settings(job.threads, job.seed, OPTIONS), tell)
    hinted = None if job.start is None else _columns(matrix, job.start)
    if (hinted is not None and levels.begin(hinted)) or levels.begin(matrix.fixed):
        levels.run(began + job.time_limit_seconds)
        status = "optimal" if levels.is_optimal else "feasible"
    else:
        status = "infeasible"
    proven_seconds = {level: at - began for level, at in levels.proven_at.items()}
    return Answer(levels.bound, status, _tuning(), proven_seconds)


def _assignments(matrix: Matrix, assigned: frozenset[int]) -> frozenset[Assignment]:
    return frozenset(
        Assignment(day, task, physician)
        for (physician, task, day), column in matrix.fillings.items()
        if column in assigned
    )


def _columns(matrix: Matrix, schedule: Schedule) -> frozenset[int] | None:
    """Return the columns of a schedule's assignments, None if it has or lacks one it may not."""
    rows = [(row.physician, row.task, row.day) for row in schedule.assignments]
    if not matrix.fillings.keys() >= set(rows):
        return None
    assigned = frozenset(matrix.fillings[row] for row in rows)
    return assigned if _assignments(matrix, assigned) == schedule.assignments else None


def _tuning() -> str:
    return ", ".join(f"{name}={value}" for name, value in OPTIONS.items())
