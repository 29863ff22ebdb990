"""What if: a week searched as it is and as it would be, and the difference between the two."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from pysched.check import check
from pysched.explain.amendment import Amendment, amend, released
from pysched.explain.difference import Difference, of_reports
from pysched.model import Network, Schedule, State, Week
from pysched.solver import Options, Progress, Result, solve


class NothingFoundError(RuntimeError):
    """A search ended without a schedule; `result` says why."""

    def __init__(self, result: Result, which: str) -> None:
        """Say of which week."""
        self.result = result
        why = "there is none" if result.status == "infeasible" else "none within the limits"
        super().__init__(f"week of {result.monday}, {which}: no schedule, {why}")


@dataclass(frozen=True)
class WhatIf:
    """A week as it is and as it would be, both searched for as long.

    Args:
        before: the best schedule found of the week as it is. after: as it would be.
        difference: the schedule of each judged by its own week, under the weights in force now.
        results: of both searches.
    """

    before: Schedule
    after: Schedule
    difference: Difference
    results: tuple[Result, Result]

    @property
    def proven(self) -> tuple[int, ...]:
        """The levels, highest first, at which neither schedule can be better, as was proven.

        A bound holds for schedules as good on the levels above, so these are the first ones only.
        """
        sides = [
            {row.level for row in takewhile(lambda r: r.cost == r.bound, result.levels)}
            for result in self.results
        ]
        return tuple(sorted(sides[0] & sides[1], reverse=True))


def what_if(
    network: Network,
    week: Week,
    state: State,
    amendment: Amendment,
    options: Options,
    start: Schedule | None = None,
    stop: threading.Event | None = None,
    on_improvement: Callable[[Progress], None] | None = None,
) -> WhatIf:
    """Return what an amendment would change; nothing is stored, the state is untouched.

    Args:
        network: hospitals, tasks, physicians and the rules in force.
        week: as it is.
        state: what the weeks before handed over.
        amendment: what is tried.
        options: limits of each of the two searches.
        start: a schedule both searches begin from.
        stop: set it to end the search.
        on_improvement: called from the threads of both searches.

    Raises:
        AmendmentError: something to be changed is not there.
        NothingFoundError: one of the searches found no schedule.
    """
    other_network, other_week = amend(network, week, amendment)
    first = solve(network, week, state, options, on_improvement, stop, start)
    before = _found(first, "as it is")
    begin = released(other_week, before)
    second = solve(other_network, other_week, state, options, on_improvement, stop, begin)
    after = _found(second, "as it would be")
    # Judged by the weights in force, so that costs of the two are of one currency.
    reports = check(network, week, state, before), check(network, other_week, state, after)
    found = of_reports(network, before, after, *reports)
    return WhatIf(before, after, found, (first, second))


def _found(result: Result, which: str) -> Schedule:
    """Return the schedule of a search.

    Raises:
        NothingFoundError: there is none.
    """
    if result.schedule is None:
        raise NothingFoundError(result, which)
    return result.schedule
