"""The check itself: gathers breaches and costs, weighs them and adds them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from pysched.check import (
    hard_counts,
    hard_pairs,
    hard_single,
    soft_fairness,
    soft_hours,
    soft_rules,
    soft_service,
    soft_wishes,
)
from pysched.check.case import Case
from pysched.check.report import Breach, Report, Units
from pysched.model import GROUPS, Cost, Network, Rules, Schedule, State, Week

HARD: tuple[Callable[[Case], Iterator[Breach]], ...] = (
    hard_single.RULES + hard_pairs.RULES + hard_counts.RULES
)
SOFT: tuple[Callable[[Case], Iterator[Units]], ...] = (
    soft_service.RULES
    + soft_hours.RULES
    + soft_rules.RULES
    + soft_wishes.RULES
    + soft_fairness.RULES
)


def check(network: Network, week: Week, state: State, schedule: Schedule) -> Report:
    """Recompute every hard rule and the whole cost of a schedule.

    Args:
        network: hospitals, tasks, physicians and the rules in force.
        week: what was known before it was scheduled.
        state: what the weeks before handed over.
        schedule: all assignments; what names no duty or physician of the week is a breach.
    """
    case = Case(network, week, state, schedule)
    return report_of(case, breaches_by(case, HARD), units_by(case, SOFT))


def fixed_breaches(network: Network, week: Week, state: State) -> tuple[Breach, ...]:
    """Return the breaches among pinned and worked assignments alone, all of them accepted."""
    case = Case(network, week, state, Schedule(week.monday, week.fixed))
    return tuple(sorted(breaches_by(case, HARD)))


def breaches_by(case: Case, rules: Iterable[Callable[[Case], Iterator[Breach]]]) -> set[Breach]:
    """Return what some hard rules find."""
    return {breach for rule in rules for breach in rule(case)}


def units_by(
    case: Case, rules: Iterable[Callable[[Case], Iterator[Units]]]
) -> Counter[tuple[str, str, str]]:
    """Return the units that some soft rules find, by rule, grade and culprit."""
    totals: Counter[tuple[str, str, str]] = Counter()
    for rule in rules:
        for units in rule(case):
            totals[units[:3]] += units.number
    return totals


def report_of(
    case: Case, breaches: Iterable[Breach], totals: Mapping[tuple[str, str, str], int]
) -> Report:
    """Return the report of all that was found: weighed, added up and in order."""
    rules = case.network.rules
    costs = tuple(
        Cost(rule, grade, culprit, number, *rules.weights[rule, grade])
        for (rule, grade, culprit), number in sorted(totals.items())
        if number > 0 and (rule, grade) in rules.weights
    )
    by_level = dict.fromkeys(sorted(_levels(rules), reverse=True), 0)
    by_rule = dict.fromkeys(rules.weights, 0)
    units = dict.fromkeys(rules.weights, 0)
    for cost in costs:
        by_level[cost.level] += cost.total
        by_rule[cost.rule, cost.grade] += cost.total
        units[cost.rule, cost.grade] += cost.units
    return Report(tuple(sorted(breaches)), costs, by_level, by_rule, units)


def _levels(rules: Rules) -> set[int]:
    return {level for _, level in rules.weights.values()} | set(GROUPS.values())
