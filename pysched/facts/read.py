"""From the symbols of a model back to the nouns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from clingo.symbol import Symbol, SymbolType

from pysched.model import Assignment, Cost, Network, Schedule, Week


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


def read_cost(network: Network, week: Week, symbols: Iterable[Symbol]) -> tuple[Cost, ...]:
    """Return the costs that the cost/4 atoms among the symbols say, in order of rule."""
    costs = []
    for symbol in symbols:
        if symbol.match("cost", 4):
            rule, grade, culprit, units = symbol.arguments
            row = network.rules.weights.get((rule.name, grade.name))
            if row is not None and units.number:
                text = culprit_text(week, culprit)
                costs.append(Cost(rule.name, grade.name, text, units.number, *row))
    return tuple(sorted(costs))


def read_forced(network: Network, symbols: Iterable[Symbol]) -> dict[int, int]:
    """Return by level what the charge/4 atoms among the symbols sum up to."""
    forced: dict[int, int] = {}
    for symbol in symbols:
        rule, grade, _, units = symbol.arguments
        weight, level = network.rules.weights[rule.name, grade.name]
        forced[level] = forced.get(level, 0) + weight * units.number
    return forced


def assignment_features(symbol: Symbol) -> dict[str, object]:
    """Return what an assign/2 atom is about, for neighbourhoods."""
    physician, duty = symbol.arguments
    task, day = duty.arguments
    return {"physician": physician.string, "day": day.number, "task": task.string}


def read_violations(week: Week, symbols: Iterable[Symbol]) -> tuple[tuple[str, str], ...]:
    """Return rule and culprit of each violated/2 atom among the symbols."""
    return tuple(
        sorted(
            (symbol.arguments[0].name, culprit_text(week, symbol.arguments[1]))
            for symbol in symbols
            if symbol.match("violated", 2)
        )
    )


def culprit_text(week: Week, culprit: Symbol) -> str:
    """Return a culprit in words: duties as TASK@DAY, the parts joined by commas."""
    if culprit.type is not SymbolType.Function or culprit.name:
        return culprit.string if culprit.type is SymbolType.String else str(culprit)
    parts = culprit.arguments
    types = [part.type for part in parts]
    if types == [SymbolType.String, SymbolType.Number]:
        day = week.monday + timedelta(days=parts[1].number)
        return f"{parts[0].string}@{day}"
    return ", ".join(culprit_text(week, part) for part in parts)
