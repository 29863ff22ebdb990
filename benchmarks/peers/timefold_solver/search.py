"""The search for one job, and the schedules it reports on the way."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from _jpyinterpreter import (  # type: ignore[import-untyped, unused-ignore]
    convert_to_java_python_like_object,
)
from jpype import JImplements, JOverride  # type: ignore[import-untyped, unused-ignore]
from timefold.solver import SolutionManager, SolverFactory
from timefold.solver.config import Duration, SolverConfigOverride, TerminationConfig

from pysched.bench import Answer, Job
from pysched.model import Schedule

from .domain import Timetable
from .known import Known
from .problem import schedule, taken, timetable
from .settings import TUNING, configured

CLOSING_SECONDS = 0.3
"""What the way back out of the Java machine takes."""


def search(job: Job, found: Callable[[Schedule], None], ends: float) -> Answer:
    """Search until the clock shows `ends` and report each better schedule without a breach."""
    known = Known(job.network, job.week, job.state)
    problem = timetable(known, job.start)
    factory = SolverFactory.create(configured(known, problem, job.seed))
    reporter = _Reporter(known, problem, found)
    if SolutionManager.create(factory).update(problem).is_feasible:
        # What the search starts from, the start or what is fixed alone, no listener is told.
        reporter.tell(taken(problem))
    solver = factory.build_solver(_until(ends - CLOSING_SECONDS))
    # Through the Python interface each schedule would come with the whole problem translated back.
    solver._delegate.addEventListener(reporter)
    solver._delegate.solve(convert_to_java_python_like_object(problem))
    return Answer(status="feasible" if reporter.has_told else "unknown", tuning=TUNING)


def _until(ends: float) -> SolverConfigOverride:
    """Return the time limit, which is known only once everything has been translated."""
    left = max(1, round(1000 * (ends - monotonic())))
    limit = Duration(milliseconds=left)
    return SolverConfigOverride(termination_config=TerminationConfig(spent_limit=limit))


@JImplements("ai.timefold.solver.core.api.solver.event.SolverEventListener")
class _Reporter:
    """Passes on each schedule without a breach that is better than those before."""

    def __init__(self, known: Known, problem: Timetable, found: Callable[[Schedule], None]) -> None:
        self._known, self._found = known, found
        self._slots = {str(slot.id): slot.duty for slot in problem.slots}
        self.has_told = False

    @JOverride  # type: ignore[untyped-decorator, unused-ignore]
    def bestSolutionChanged(self, event: Any) -> None:
        """Read who has what out of the Java objects."""
        if not event.getNewBestScore().isFeasible():
            return
        who = {}
        for slot in event.getNewBestSolution().getSlots():
            person = slot.getPhysician()
            if person is not None:
                duty = self._slots[str(slot.getId())]
                who[duty.task, duty.day.number] = str(person.getId())
        self.tell(who)

    def tell(self, who: dict[tuple[str, int], str]) -> None:
        """Report a schedule."""
        self.has_told = True
        self._found(schedule(self._known, who))
