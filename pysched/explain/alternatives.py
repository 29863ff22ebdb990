"""Alternatives: schedules about as good as one, as different as can be found in the time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pysched.check import Report, check
from pysched.explain.difference import Difference, of_reports
from pysched.explain.replacement import ReplacementError
from pysched.facts import known_text
from pysched.model import Network, Rules, Schedule, State, Week
from pysched.solver import Extras, Options, Progress, solve

ENCODING = "alternatives.lp"
ASSIGNMENT, BEARER = ("alternatives", "assignment"), ("alternatives", "bearer")
BEARER_WEIGHT = 3
"""What it weighs that somebody bears as much again, in assignments that are the same."""


@dataclass(frozen=True)
class Alternative:
    """One more schedule, within the slack at every level.

    Args:
        schedule: of the week; report: the checker's.
        difference: to the schedule that was given.
        nearest: fewest duties with other physicians, to any schedule known before.
        shifted: duties of unwanted categories that others bear than by the schedule given.
    """

    schedule: Schedule
    report: Report
    difference: Difference
    nearest: int
    shifted: int


def allowed_costs(report: Report, slack_percent: float) -> dict[int, int]:
    """Return level -> what an alternative may cost: so many percent more, rounded down.

    Raises:
        ValueError: the slack is below 0.
    """
    if slack_percent < 0:
        raise ValueError(f"slack of {slack_percent:g} % is below 0")
    return {
        level: cost + int(cost * slack_percent / 100) for level, cost in report.by_level.items()
    }


def alternatives(
    network: Network,
    week: Week,
    state: State,
    schedule: Schedule,
    count: int,
    slack_percent: float,
    options: Options,
    stop: threading.Event | None = None,
    on_improvement: Callable[[Progress], None] | None = None,
) -> Iterator[Alternative]:
    """Yield schedules near one in cost, far from it and each other; fewer if time is too short.

    Args:
        network: hospitals, tasks, physicians and the rules in force.
        week: what is known of it.
        state: what the weeks before handed over.
        schedule: the one to compare with, best the best known.
        count: how many at most.
        slack_percent: what each level may cost more.
        options: limits of the search for each.
        stop: set it to end the search.
        on_improvement: called from the search's threads.

    Raises:
        ValueError: the slack is below 0; ReplacementError where the schedule breaks a hard rule.
    """
    report = _checked(network, week, state, schedule)
    own = replace(network, rules=_rules(network.rules))
    known = [schedule]
    allowed = _allowed(network, report, slack_percent)
    for _ in range(count):
        extras = Extras((ENCODING,), known_text(week, known, allowed))
        found = solve(own, week, state, options, on_improvement, stop, known[-1], extras)
        if found.schedule is None or found.schedule in known:
            return
        yield _alternative(network, week, state, known, report, found.schedule)
        known.append(found.schedule)
        if stop is not None and stop.is_set():
            return


def _allowed(network: Network, report: Report, slack_percent: float) -> dict[int, int]:
    limits = allowed_costs(report, slack_percent)
    return {level: limits[level] for _, level in network.rules.weights.values()}


def _checked(network: Network, week: Week, state: State, schedule: Schedule) -> Report:
    """Return the report of a schedule.

    Raises:
        ReplacementError: it breaks a hard rule.
    """
    report = check(network, week, state, schedule)
    for breach in report.breaches:
        if not breach.accepted:
            raise ReplacementError(f"the schedule breaks {breach.rule}: {breach.culprit}")
    return report


def burdens(network: Network, schedule: Schedule) -> Counter[tuple[str, str]]:
    """Return (physician, category) -> duties of unwanted categories that he bears."""
    tasks, categories = network.tasks, network.categories
    return Counter(
        (row.physician, tasks[row.task].category)
        for row in schedule
        if row.task in tasks and not categories[tasks[row.task].category].wanted
    )


def _rules(rules: Rules) -> Rules:
    """Return the rules with what alternatives have in common above all levels."""
    top = likeness_level(rules)
    return replace(
        rules,
        weights=dict(rules.weights) | {ASSIGNMENT: (1, top), BEARER: (BEARER_WEIGHT, top)},
    )


def likeness_level(rules: Rules) -> int:
    """Return the level of what alternatives have in common, above all of the rules."""
    return max((level for _, level in rules.weights.values()), default=0) + 1


def _alternative(
    network: Network,
    week: Week,
    state: State,
    known: Sequence[Schedule],
    before: Report,
    schedule: Schedule,
) -> Alternative:
    report = check(network, week, state, schedule)
    was, is_ = burdens(network, known[0]), burdens(network, schedule)
    return Alternative(
        schedule=schedule,
        report=report,
        difference=of_reports(network, known[0], schedule, before, report),
        nearest=min(_distance(schedule, other) for other in known),
        shifted=sum(max(0, is_[key] - was[key]) for key in is_),
    )


def _distance(one: Schedule, other: Schedule) -> int:
    return len({row.duty for row in one.assignments ^ other.assignments})
