"""CP-SAT as an engine of the benchmark, with a complete hint where the job has a start."""

from __future__ import annotations

from collections.abc import Callable

from pysched.bench.engine import Answer, Job
from pysched.model import Schedule

from .solving import solve

SETTINGS = 'subsolvers: "max_lp" subsolvers: "core"'
"""What was chosen, in the text form of CP-SAT's parameters.

With two threads its own choice leaves the bounds of service and of the rules at 0 more often.
"""


def run(job: Job, found: Callable[[Schedule], None]) -> Answer:
    """Solve a job level by level: each is minimised, then held while the next one is."""
    outcome = solve(
        job.network,
        job.week,
        job.state,
        time_limit_seconds=job.time_limit_seconds,
        seed=job.seed,
        threads=job.threads,
        hint=job.start,
        found=found,
        settings=SETTINGS,
    )
    status = "optimal" if all(outcome.proven.values()) else "feasible"
    return Answer(outcome.bound, status, SETTINGS, outcome.proven_seconds)
