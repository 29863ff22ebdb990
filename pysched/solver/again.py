"""A week solved again with something forced or forbidden, as near to a schedule as can be.

Among schedules that cost the same on every level one that changes fewest duties is taken.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace

from pysched.facts import read_schedule
from pysched.facts.again import Again, again_text
from pysched.model import Network, Schedule, State, Week
from pysched.solver.engine import search
from pysched.solver.fit import check_fit
from pysched.solver.incumbent import Incumbent
from pysched.solver.options import Options
from pysched.solver.result import Status
from pysched.solver.solve import Extras, problem_of
from pysched.solver.stop import Asked

NEARNESS, NEARNESS_LEVEL = ("nearness", "duty"), 0
"""Rule and grade of duties that change, and their level below all of the rules."""
ENCODINGS = ("explain/vocabulary.lp", "explain/again.lp")


@dataclass(frozen=True)
class SolvedAgain:
    """The best schedule found, None if there is none; what is proven of it.

    Args:
        schedule: keeps every hard rule.
        status: optimal if it costs least, level by level, and of those changes fewest duties.
        cost: level -> cost, highest first.
        changed: duties with other physicians than before.
    """

    schedule: Schedule | None
    status: Status
    cost: dict[int, int]
    changed: int


def solve_again(
    network: Network,
    week: Week,
    state: State,
    given: Schedule,
    again: Again,
    options: Options,
    stop: threading.Event | None = None,
    start: Schedule | None = None,
) -> SolvedAgain:
    """Search the best schedule of a week with something forced or forbidden.

    Args:
        network: hospitals, tasks, physicians and rules.
        week: what is known of the week.
        state: what the weeks before hand on.
        given: the schedule to stay near to.
        again: what is forced or forbidden.
        options: limits, seed and threads.
        stop: set it to end the search; the best schedule so far is returned.
        start: an earlier answer to begin from, the given schedule if None.

    Raises:
        ValueError: the week or state does not fit the network.
    """
    check_fit(network, week, state)
    started = time.monotonic()
    begin = start or replace(given, assignments=given.assignments - again.away)
    extras = Extras(ENCODINGS, again_text(week, given, again))
    weights = {**network.rules.weights, NEARNESS: (1, NEARNESS_LEVEL)}
    own = replace(network, rules=replace(network.rules, weights=weights))
    problem = problem_of(own, week, state, begin, extras)
    found = search(problem, options, None if stop is None else Asked(stop), None, started)
    return _solved(week, found)


def _solved(week: Week, found: Incumbent) -> SolvedAgain:
    """Say what was found."""
    if found.best is None:
        status: Status = "infeasible" if found.infeasible else "unknown"
        return SolvedAgain(None, status, {}, 0)
    cost = found.costs()
    changed = cost.pop(NEARNESS_LEVEL, 0)
    status = "optimal" if found.optimal else "feasible"
    schedule = read_schedule(week, found.best.symbols)
    return SolvedAgain(schedule, status, cost, changed)
