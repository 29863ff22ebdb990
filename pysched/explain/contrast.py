"""Why somebody has a duty or has it not: the week solved again without, or with, the assignment.

Both sides are solved: with all as it is, and with the assignment forbidden (or forced). So what a
search would improve in any case is not taken for a consequence of the assignment. The same
objective decides, level by level; then as few duties as possible change, and never more than the
reach of an attempt.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pysched.explain.causes import DEFAULT_SECONDS, Explanation, explain
from pysched.explain.correction import ChangeCosts
from pysched.explain.difference import Difference, compare
from pysched.explain.questions import assignment_question, check_duty, check_physician
from pysched.explain.standing import Standing, standings
from pysched.facts.again import Again
from pysched.model import Assignment, DutyKey, Network, Schedule, State, Week
from pysched.solver.again import SolvedAgain, solve_again
from pysched.solver.options import Options

REACHES = (2, 4, 6)
"""How many duties may change, one attempt after the other, each from the best so far."""
KEPT_REACHES = (2, 4)
"""The same where the assignment stays as it is."""
KEPT_SHARE = 0.4
"""Of the time, what the side with the assignment as it is may take."""
LEAST_SECONDS = 0.5

Verdict = Literal["costs", "no_cost", "better", "impossible", "unknown"]


@dataclass(frozen=True)
class Contrast:
    """A schedule beside one where an assignment is not made, or is made.

    Args:
        assignment: asked about.
        held: whether the schedule has it: then it was forbidden, else it was forced.
        verdict: what the other schedule says: it costs more; as much; less, so it would be better;
            there is none; or none was found in time.
        kept: the given schedule, as far as it could be improved with the assignment as it is.
        improvement: of the given one by the kept one, None if there is none.
        schedule: the other one: of those found it costs least, level by level, and of these it
            changes fewest duties of the kept one.
        difference: from the kept to the other one, by rule and physician, from the checker's costs.
        reach: among all schedules that change at most so many duties the other one is proven to be
            that; None if the search did not prove it among any.
        standings: physician -> his past in the duty's category; the memory's part.
        explanation: why it is impossible, by minimal causes.
        moved: those who have the duty in the other schedule and not in the given one.
    """

    assignment: Assignment
    held: bool
    verdict: Verdict
    kept: Schedule
    improvement: Difference | None
    schedule: Schedule | None
    difference: Difference | None
    reach: int | None
    standings: Mapping[str, Standing]
    explanation: Explanation | None = None
    moved: tuple[str, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether the answer is proven: among the schedules within reach, or that there is none."""
        return self.verdict == "impossible" or self.reach is not None


@dataclass(frozen=True)
class Effort:
    """How long and how far is searched.

    Args:
        time_limit_seconds: for both sides together; before, as long for why it is impossible.
        seed: of the searches.
        threads: 1 or 2.
        reaches: how many duties may change, one attempt after the other.
        stop: set it to end the search; what was found so far is the answer.
    """

    time_limit_seconds: float = DEFAULT_SECONDS
    seed: int = 1
    threads: int = 2
    reaches: tuple[int, ...] = REACHES
    stop: threading.Event | None = None

    def options(self, share: float) -> Options:
        """Return the options of a search that may take a share of the time."""
        return Options(share * self.time_limit_seconds, None, self.seed, self.threads)


def contrast(
    network: Network,
    week: Week,
    state: State,
    schedule: Schedule,
    physician: str,
    duty: DutyKey,
    effort: Effort | None = None,
    costs: ChangeCosts | None = None,
) -> Contrast:
    """Return what it would cost if a physician had not a duty that he has, or had one he has not.

    Args:
        network: hospitals, tasks, physicians and rules.
        week: what is known of the week.
        state: what the weeks before handed on.
        schedule: of the week.
        physician: asked about.
        duty: task and day.
        effort: of the search, the default one if None.
        costs: of changes, where it is impossible.

    Raises:
        ValueError: physician or duty is unknown, or the week does not fit the network.
    """
    check_physician(network, physician)
    check_duty(week, duty)
    effort = effort or Effort()
    row = Assignment(duty[1], duty[0], physician)
    past = standings(network, state, network.tasks[duty[0]].category)
    held = row in schedule.assignments
    none = Contrast(row, held, "unknown", schedule, None, None, None, None, past)
    if not held:
        question = assignment_question(network, week, physician, duty)
        seconds, stop = effort.time_limit_seconds, effort.stop
        why = explain(network, week, state, question, costs, time_limit_seconds=seconds, stop=stop)
        if why.causes:
            return replace(none, verdict="impossible", explanation=why)
    return _searched(network, week, state, none, effort)


def _searched(
    network: Network, week: Week, state: State, none: Contrast, effort: Effort
) -> Contrast:
    """Return the answer that both sides give."""
    answer, search = _both_sides(network, week, state, none, effort)
    if search.is_impossible:
        return replace(answer, verdict="impossible")
    found = search.best
    if found is None or found.schedule is None:
        return answer
    return _compared(network, week, state, answer, found.schedule, search.proven)


def _both_sides(
    network: Network, week: Week, state: State, none: Contrast, effort: Effort
) -> tuple[Contrast, _Attempts]:
    """Return what is known with the assignment as it is, and the search of the other side."""
    row, schedule = none.assignment, none.kept
    made, away = Again(made=row), Again(away=frozenset({row}))
    first = _Attempts(network, week, state, schedule, made if none.held else away)
    first.run(KEPT_REACHES, effort, KEPT_SHARE)
    base, improvement = _improved(network, week, state, schedule, first.best)
    search = _Attempts(network, week, state, base, away if none.held else made)
    search.run((*effort.reaches, None), effort, 1 - KEPT_SHARE)
    return replace(none, kept=base, improvement=improvement), search


def _compared(
    network: Network,
    week: Week,
    state: State,
    answer: Contrast,
    found: Schedule,
    reach: int | None,
) -> Contrast:
    """Return the answer with what the other schedule changes."""
    difference = compare(network, week, state, answer.kept, found)
    duty = answer.assignment.duty
    before = {a.physician for a in answer.kept if a.duty == duty}
    after = {a.physician for a in found if a.duty == duty}
    return replace(
        answer,
        verdict=_verdict(difference),
        schedule=found,
        difference=difference,
        reach=reach,
        moved=tuple(sorted(after - before)),
    )


def _improved(
    network: Network, week: Week, state: State, given: Schedule, found: SolvedAgain | None
) -> tuple[Schedule, Difference | None]:
    """Return what was found and its difference to the given schedule, if it costs less."""
    if found is None or found.schedule is None:
        return given, None
    difference = compare(network, week, state, given, found.schedule)
    if _verdict(difference) != "better" or difference.broken:
        return given, None
    return found.schedule, difference


class _Attempts:
    """Searches with a growing reach, each from the best schedule so far."""

    def __init__(
        self, network: Network, week: Week, state: State, given: Schedule, again: Again
    ) -> None:
        self.network, self.week, self.state = network, week, state
        self.given, self.again = given, again
        self.best: SolvedAgain | None = None
        self.proven: int | None = None
        self.is_impossible = False

    def run(self, reaches: tuple[int | None, ...], effort: Effort, share: float) -> None:
        """Search until an attempt is not proven any more or its share of the time is over."""
        until = time.monotonic() + share * effort.time_limit_seconds
        options, stop = effort.options(share), effort.stop
        for reach in reaches:
            left = until - time.monotonic()
            if left < LEAST_SECONDS or (stop is not None and stop.is_set()):
                return
            # Without a limit on what changes it only matters whether there is any schedule.
            if reach is None and self.best is not None:
                return
            found = self._search(reach, replace(options, time_limit_seconds=left), stop)
            self.take(found, reach or len(self.week.duties))
            if found.status == "infeasible":
                self.is_impossible = reach is None
            elif found.status != "optimal":
                return

    def _search(
        self, reach: int | None, options: Options, stop: threading.Event | None
    ) -> SolvedAgain:
        start = self.best.schedule if self.best else None
        return solve_again(
            self.network,
            self.week,
            self.state,
            self.given,
            replace(self.again, reach=reach),
            options,
            stop,
            start,
        )

    def take(self, found: SolvedAgain, reach: int) -> None:
        """Keep what was found if it costs less, or as much with fewer changes.

        What was proven of one schedule is not proven of a better one that changes more.
        """
        if found.schedule is None:
            return
        if self.best is None or _order(found) < _order(self.best):
            self.best, self.proven = found, None
        if found.status == "optimal":
            self.proven = reach


def _order(found: SolvedAgain) -> tuple[int, ...]:
    return *found.cost.values(), found.changed


def _verdict(difference: Difference) -> Verdict:
    vector = difference.vector
    if not any(vector):
        return "no_cost"
    return "costs" if next(filter(None, vector)) > 0 else "better"
