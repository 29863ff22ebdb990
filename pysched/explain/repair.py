"""Repair: the rest of a week searched again, with as few changed duties as its levels allow."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pysched.explain.amendment import released
from pysched.explain.difference import Difference, compare
from pysched.explain.replacement import replacements
from pysched.model import GROUPS, WEIGHTS, Network, Rules, Schedule, State, Week
from pysched.solver import Extras, Level, Options, Progress, Result, Seen, Stop, solve

CHANGED = ("repair", "duty")
"""Rule and grade under which a changed duty is counted."""
ENCODING = "repair.lp"
MOSTLY = 0.9
"""Of the limits, what one thread spends on proving: little is free, so little is to improve."""
PATIENCE_SECONDS = 3.0
"""How long a search goes on without a better schedule once the fewest changes are proven."""


class RepairError(RuntimeError):
    """There is no schedule of the rest of the week."""

    def __init__(self, monday: date) -> None:
        """Say which week."""
        super().__init__(f"week of {monday}: no schedule of its rest, there is none")


@dataclass(frozen=True)
class Repair:
    """A week searched again.

    Args:
        schedule: of the whole week; what has begun is as it was.
        difference: to the schedule in force, by the independent checker.
        changes: duties whose physicians changed, those left open or newly filled included.
        fewest: proven lower bound on that number, for schedules as good at the levels above.
        levels: cost and proven bound by level, without the changes, highest first.
        result: of the search, at levels twice the rules'.
    """

    schedule: Schedule
    difference: Difference
    changes: int
    fewest: int
    levels: tuple[Level, ...]
    result: Result

    @property
    def is_proven(self) -> bool:
        """Whether no schedule as good at the levels above changes fewer duties.

        The bound on the changes holds for schedules as good as this one; the levels above them
        must be proven too.
        """
        above = levels_above(self.result)
        return (
            bool(above)
            and all(level.cost == level.bound for level in above)
            and self.changes == self.fewest
        )


def levels_above(result: Result) -> tuple[Level, ...]:
    """Return the levels of a repair that come before the number of changes."""
    level = _level_of_changes(result)
    return tuple(row for row in result.levels if row.level > level)


def repair(
    network: Network,
    week: Week,
    state: State,
    schedule: Schedule,
    options: Options | None = None,
    on_improvement: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Repair:
    """Search the rest of a week again, changing as few duties as possible.

    Coverage, service, double booking and hours come first as in any week; stability weights count
    there. Of the schedules that are best at these levels one with the fewest changed duties is
    taken, and of these the best by rules and fairness. Where hours share their level with fairness
    (profile `weighted`), changes come after all of them. Where the search finds nothing in time,
    each lost duty gets its best replacement, one after the other, and nothing is proven.

    Args:
        network: hospitals, tasks, physicians and the rules in force.
        week: amended and under way, see `amend` and `under_way`.
        state: what the weeks before handed over.
        schedule: in force; changes are counted against it.
        options: limits, one thread by default; their criterion to stop is replaced.
        on_improvement: called from the search's threads.
        stop: set it to end the search.

    Raises:
        ValueError: the week was not published, so that there is nothing to keep.
        RepairError: there is no schedule that keeps the hard rules.
    """
    if week.published is None:
        raise ValueError(f"week of {week.monday} is not published: there is nothing to repair")
    own = replace(network, rules=rules_of_repair(network.rules))
    limits = replace(options or Options(threads=1), stop=Settled())
    start, extras = released(week, schedule), Extras((ENCODING,), proof_share=MOSTLY)
    found = solve(own, week, state, limits, on_improvement, stop, start, extras)
    if found.status == "infeasible":
        raise RepairError(week.monday)
    after = found.schedule or _by_hand(network, week, state, schedule)
    return _repair(network, week, state, schedule, found, after)


def rules_of_repair(rules: Rules) -> Rules:
    """Return the rules with the number of changed duties at a level below that of the hours."""
    weights = {key: (weight, 2 * level) for key, (weight, level) in rules.weights.items()}
    return replace(rules, weights=weights | {CHANGED: (1, changes_level(rules))})


def changes_level(rules: Rules) -> int:
    """Return the level of the number of changes; all others are twice those of the rules."""
    hours = GROUPS["hours"]
    for key, (_, level) in rules.weights.items():
        if WEIGHTS[key][1] == "hours":
            hours = level
    return 2 * hours - 1


class Settled(Stop):
    """The fewest changes are proven, and what is below them has not got better for a while."""

    def __call__(self, seen: Seen) -> bool:
        """Return whether to end."""
        for level, cost in seen.cost.items():
            if seen.bound.get(level) != cost:
                return False
            if level % 2:
                return seen.idle_seconds > PATIENCE_SECONDS
        return False


def _repair(
    network: Network, week: Week, state: State, before: Schedule, result: Result, after: Schedule
) -> Repair:
    changed = _level_of_changes(result)
    row = next((level for level in result.levels if level.level == changed), Level(0, 0, 0, 0))
    found = compare(network, week, state, before, after)
    proven = {level.level // 2: level for level in result.levels if level.level != changed}
    return Repair(
        schedule=after,
        difference=found,
        changes=len(found.duties),
        fewest=row.bound,
        levels=tuple(
            replace(proven.get(level, Level(level, 0, 0, 0)), level=level, cost=cost)
            for level, cost in found.after.by_level.items()
        ),
        result=result,
    )


def _by_hand(network: Network, week: Week, state: State, before: Schedule) -> Schedule:
    """Return a schedule with a replacement for each duty that was lost, as far as there is one."""
    schedule = released(week, before)
    filled = {row.duty for row in schedule.assignments}
    lost = {row.duty for row in before.assignments} - filled
    for duty in week.duties:
        if duty.key in lost and duty.start > week.now:
            ranked = replacements(network, week, state, schedule, duty.key).ranked
            schedule = ranked[0].schedule if ranked else schedule
    return schedule


def _level_of_changes(result: Result) -> int:
    """Return the one odd level: all others are twice those of the rules."""
    return next((level.level for level in result.levels if level.level % 2), 0)
