"""Plain clingo as an engine of the benchmark."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import clingo

from pysched.bench.engine import Answer, Job
from pysched.facts import facts_text, read_forced, read_schedule
from pysched.model import Schedule
from pysched.solver.incumbent import Incumbent
from pysched.solver.program import Program, asp_folder

OPTIONS = ("--configuration=crafty", "--opt-strategy=usc,oll,stratify")
"""The one configuration that was chosen, for every thread."""


def run(job: Job, found: Callable[[Schedule], None]) -> Answer:
    """Solve a job by one call of clingo; a start is not used, as it takes none.

    Grounding cannot be interrupted: a job whose time ends before it is answered after it.
    """
    began = monotonic()
    program = _program(job)
    # What the data alone makes unavoidable stands in the ground program; no search is needed.
    forced = read_forced(job.network, program.atoms("charge", 4))
    incumbent = Incumbent(forced, began)

    def on_model(model: clingo.Model) -> None:
        symbols = model.symbols(shown=True)
        if incumbent.offer(model.priority, program.cost(model), symbols, frozenset()):
            found(read_schedule(job.week, symbols))

    left = began + job.time_limit_seconds - monotonic()
    if left > 0:
        with program.control.solve(
            on_model=on_model, on_unsat=incumbent.raise_bound, async_=True
        ) as handle:
            if not handle.wait(left):
                handle.cancel()
            if handle.get().exhausted:
                incumbent.close()
    return Answer(
        bound=incumbent.bounds(),
        status=_status(incumbent),
        tuning=f"{' '.join(OPTIONS)}; starts are not used",
        proven_seconds=dict(incumbent.proven_seconds),
        forced=forced,
    )


def _program(job: Job) -> Program:
    arguments = (
        *OPTIONS,
        f"--seed={job.seed}",
        f"--parallel-mode={job.threads},compete",
        "--warn=none",
    )
    text = facts_text(job.network, job.week, job.state)
    return Program([asp_folder() / "week.lp"], text, arguments)


def _status(incumbent: Incumbent) -> str:
    if incumbent.infeasible:
        return "infeasible"
    if incumbent.best is None:
        return "unknown"
    return "optimal" if incumbent.optimal else "feasible"
