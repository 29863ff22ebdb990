"""Engines that behave well or badly, for what the harness makes of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pysched.bench import Answer, Job, UnavailableError
from pysched.model import Assignment, Schedule

Report = Callable[[Schedule], None]


def second_solver(job: Job, found: Report) -> Answer:
    """Solve with CP-SAT, which says what it has at the end."""
    from benchmarks.peers.cpsat import solve

    outcome = solve(
        job.network,
        job.week,
        job.state,
        time_limit_seconds=job.time_limit_seconds,
        seed=job.seed,
        threads=job.threads,
        hint=job.start,
    )
    found(outcome.schedule)
    status = "optimal" if all(outcome.proven.values()) else "feasible"
    return Answer(dict(outcome.bound), status, "as it comes")


def given(job: Job) -> Schedule:
    """Return the schedule that a job starts from."""
    assert job.start is not None
    return job.start


def fewer(job: Job, share: float) -> Schedule:
    """Return a part of the given schedule."""
    rows = sorted(given(job).assignments)
    return Schedule(job.week.monday, frozenset(rows[: int(len(rows) * share)]))


def parrot(job: Job, found: Report) -> Answer:
    """Report ever more of the given schedule, a quarter of a second apart."""
    for share in (0.2, 0.6, 1.0):
        time.sleep(0.25)
        found(fewer(job, share))
    return Answer(status="feasible", tuning="none | at all")


def crashing(job: Job, found: Report) -> Answer:
    """Report a schedule and die."""
    found(given(job))
    print("about to die", file=sys.stderr, flush=True)
    os._exit(3)


def failing(job: Job, found: Report) -> Answer:
    """Report a schedule and raise."""
    found(given(job))
    raise ValueError("no way on")


def sleeping(job: Job, found: Report) -> Answer:
    """Report a schedule, leave a process behind and never come back."""
    found(given(job))
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(os.environ["SLEEPER"]).write_text(str(process.pid))
    time.sleep(600)
    return Answer()


def late(job: Job, found: Report) -> Answer:
    """Report a part in time and the whole too late, with a bound for the latter."""
    found(fewer(job, 0.5))
    time.sleep(job.time_limit_seconds + 1.3)
    found(given(job))
    return Answer({6: 0}, "feasible", proven_seconds={6: 0.1})


def breaking(job: Job, found: Report) -> Answer:
    """Give one duty to two physicians who are not there."""
    duty = job.week.duties[0]
    ghost = Assignment(duty.day, duty.task, "ghost")
    found(replace(given(job), assignments=given(job).assignments | {ghost}))
    return Answer(status="optimal")


def boasting(job: Job, found: Report) -> Answer:
    """Claim a bound above the cost."""
    found(given(job))
    return Answer({3: 10**6}, "optimal")


def half_bound(job: Job, found: Report) -> Answer:
    """Claim a bound between two whole numbers."""
    found(given(job))
    return Answer({3: 0.5})  # type: ignore[dict-item]


def mumbling(job: Job, found: Report) -> Answer:
    """Report no schedule at all."""
    found("a schedule")  # type: ignore[arg-type]
    return Answer()


def misquoting(job: Job, found: Report) -> Answer:
    """Give a trace whose last cost is not that of the schedule."""
    found(given(job))
    return Answer(trace=((0.1, {6: 999}),))


def lacking(job: Job, found: Report) -> Answer:
    """Say what is missing."""
    raise UnavailableError("no such machine here")


def hungry(job: Job, found: Report) -> Answer:
    """Fill 300 MB for a moment."""
    block = bytearray(300 * 1024 * 1024)
    found(given(job))
    return Answer(tuning=f"{len(block)} bytes")
