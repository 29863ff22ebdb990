"""The engine of this program: its own search, with what it found and proved on the way."""

from __future__ import annotations

from collections.abc import Callable

from pysched.bench.engine import Answer, Job
from pysched.model import Schedule
from pysched.solver import Options
from pysched.solver import solve as search


def run(job: Job, found: Callable[[Schedule], None]) -> Answer:
    """Solve a job from nothing; the trace has the costs on the way, `found` the last schedule.

    Raises:
        ValueError: the job asks for a number of threads that the search cannot use.
    """
    options = Options(job.time_limit_seconds, None, job.seed, job.threads)
    result = search(job.network, job.week, job.state, options)
    if result.schedule is not None:
        found(result.schedule)
    return Answer(
        bound=result.bound,
        status=result.status,
        tuning="defaults",
        proven_seconds=dict(result.proven_seconds),
        forced={level.level: level.forced for level in result.levels},
        trace=tuple((step.seconds, dict(step.cost)) for step in result.trace),
        first_seconds=result.first_seconds,
    )
