"""From the symbols of a model back to the nouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from clingo.symbol import Function, Number, String, Symbol, SymbolType

from pysched.model import Assignment, Cost, Network, Schedule, Week

Target = tuple[str, int]
"""What an assignment fills: the duty's task, and its day since Monday."""
WHOLE_WEEK = {"maximum_overtime", "debt_limit"}
LADDERS = {
    "minimum_hours",
    "month_hours",
    "hours_spread",
    "rotation",
    ("workload_style", "intense"),
}
DUTY_CULPRITS = {"coverage", "stability", ("house_rules", "first_year")}


def read_schedule(week: Week, symbols: Iterable[Symbol]) -> Schedule:
    """Return the schedule that the assign/2 atoms among the symbols say."""
    assignments = []
    for symbol in symbols:
        if symbol.match("assign", 2):
            physician, duty = symbol.arguments
            task, day = duty.arguments
            date = week.monday + timedelta(days=day.number)
            assignments.append(Assignment(date, task.string, physician.string))
    return Schedule(week.monday, frozenset(assignments))


def assignment_symbols(schedule: Schedule) -> frozenset[Symbol]:
    """Return the assign/2 atoms that a schedule says."""
    return frozenset(
        Function(
            "assign",
            [
                String(item.physician),
                Function("", [String(item.task), Number((item.day - schedule.monday).days)]),
            ],
        )
        for item in schedule
    )


def read_cost(network: Network, week: Week, symbols: Iterable[Symbol]) -> tuple[Cost, ...]:
    """Return the costs that the cost/4 atoms among the symbols say, in order of rule.

    The steps of a ladder (the first hour missing, the second, ...) are summed up by culprit.
    """
    units: Counter[tuple[str, str, str]] = Counter()
    for symbol in symbols:
        if symbol.match("cost", 4):
            rule, grade, culprit, number = symbol.arguments
            if (rule.name, grade.name) in network.rules.weights:
                text = _culprit(week, rule.name, grade.name, culprit)
                units[rule.name, grade.name, text] += number.number
    rows = network.rules.weights
    return tuple(
        sorted(
            Cost(rule, grade, culprit, number, *rows[rule, grade])
            for (rule, grade, culprit), number in units.items()
            if number
        )
    )


def read_forced(network: Network, atoms: Iterable[tuple[Symbol, bool]]) -> dict[int, int]:
    """Return by level what every schedule costs at least, from the charge/4 atoms alone.

    Args:
        network: for the weights.
        atoms: possible charges, and whether each holds in every schedule. Rule by rule, what holds
            plus all that might be credited is a lower bound, and so is 0.
    """
    least: Counter[tuple[str, str]] = Counter()
    for symbol, certain in atoms:
        rule, grade, _, units = symbol.arguments
        if certain or units.number < 0:
            least[rule.name, grade.name] += units.number
    forced: Counter[int] = Counter()
    for key, least_units in least.items():
        weight, level = network.rules.weights[key]
        forced[level] += weight * max(0, least_units)
    return dict(forced)


def assignment_target(symbol: Symbol) -> tuple[str, Target]:
    """Return the physician and the duty of an assign/2 atom."""
    physician, duty = symbol.arguments
    task, day = duty.arguments
    return physician.string, (task.string, day.number)


def assignment_features(symbol: Symbol) -> dict[str, object]:
    """Return what an assign/2 atom is about, for neighbourhoods."""
    physician, (task, day) = assignment_target(symbol)
    return {"physician": physician, "day": day, "task": task}


def assignment_groups(network: Network, symbol: Symbol) -> dict[str, object]:
    """Return what many assign/2 atoms have in common with one: its task's hospital and category."""
    task = network.tasks[symbol.arguments[1].arguments[0].string]
    return {"hospital": task.hospital, "category": task.category}


def assignment_day(symbol: Symbol) -> tuple[str, int]:
    """Return whose day an assign/2 atom belongs to: physician, and days since Monday."""
    physician, (_, day) = assignment_target(symbol)
    return physician, day


def read_violations(week: Week, symbols: Iterable[Symbol]) -> tuple[tuple[str, str], ...]:
    """Return rule and culprit of each violated/2 atom among the symbols."""
    return tuple(
        sorted(
            _breach(week, *symbol.arguments) for symbol in symbols if symbol.match("violated", 2)
        )
    )


def _breach(week: Week, rule: Symbol, culprit: Symbol) -> tuple[str, str]:
    """Return rule and culprit in words; the limit of a counted rule is left out."""
    parts = culprit.arguments
    if parts[-1].type is SymbolType.Number and rule.name != "days":
        parts = parts[:-1]
    return rule.name, ", ".join(_text(week, part) for part in parts)


def _culprit(week: Week, rule: str, grade: str, culprit: Symbol) -> str:
    """Return a culprit in words; the number of a step in a ladder is left out."""
    if rule in WHOLE_WEEK:
        return "week"
    if rule in LADDERS or (rule, grade) in LADDERS:
        kept = [p for p in culprit.arguments if p.type is SymbolType.String]
        return ", ".join(part.string for part in kept)
    if _is_duty(culprit) and not (rule in DUTY_CULPRITS or (rule, grade) in DUTY_CULPRITS):
        return ", ".join(_text(week, part) for part in culprit.arguments)
    return _text(week, culprit)


def _is_duty(symbol: Symbol) -> bool:
    types = [p.type for p in symbol.arguments] if symbol.type is SymbolType.Function else []
    return types == [SymbolType.String, SymbolType.Number]


def _text(week: Week, symbol: Symbol) -> str:
    """Return a term in words: duties as TASK@DAY, numbers as days, parts joined by commas."""
    if symbol.type is SymbolType.Number:
        return str(week.monday + timedelta(days=symbol.number))
    if symbol.type is SymbolType.String:
        return symbol.string
    if _is_duty(symbol):
        task, day = symbol.arguments
        return f"{task.string}@{_text(week, day)}"
    if symbol.arguments:
        return ", ".join(_text(week, part) for part in symbol.arguments)
    return symbol.name
