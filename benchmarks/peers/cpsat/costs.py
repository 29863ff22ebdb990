"""The costs of a week by rule and grade, and their sums by level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ortools.sat.python.cp_model import LinearExpr, LinearExprT

from pysched.model import Network, State, Week

from . import (
    company,
    conduct,
    fairness,
    hard_counts,
    hard_pairs,
    hours,
    service,
    wishes,
)
from .program import Program
from .service import Units

Key = tuple[str, str]

SOFT_RULES: Mapping[str, Callable[[Program], Units]] = MappingProxyType(
    {
        "coverage": service.coverage,
        "granted_leave": service.granted_leave,
        "debt_limit": service.debt_limit,
        "continuity": service.continuity,
        "stability": service.stability,
        "overlap": hours.overlap,
        "minimum_hours": hours.minimum_hours,
        "month_hours": hours.month_hours,
        "maximum_overtime": hours.maximum_overtime,
        "ward_six": service.ward_six,
        "morning_after_on_call": conduct.morning_after_on_call,
        "geography": conduct.geography,
        "house_rules": conduct.house_rules,
        "wishes": wishes.wishes,
        "suitability": wishes.suitability,
        "team": company.team,
        "workload_style": company.workload_style,
        "hours_spread": hours.hours_spread,
        "memory": fairness.memory,
        "rotation": fairness.rotation,
        "variety": fairness.variety,
        "equalization": fairness.equalization,
    }
)
"""What yields (grade, units) of each soft rule."""


def build(network: Network, week: Week, state: State) -> tuple[Program, dict[Key, LinearExprT]]:
    """Return the program of a week under its hard rules, and the units of each rule and grade."""
    program = Program(network, week, state)
    hard_pairs.forbid_pairs(program)
    hard_pairs.forbid_three_at_once(program)
    hard_counts.limit_counts(program)
    hard_counts.limit_days_in_a_row(program)
    charged = network.rules.weights
    parts: dict[Key, list[LinearExprT]] = {key: [] for key in charged}
    for rule in dict.fromkeys(rule for rule, _ in charged):
        for grade, units in SOFT_RULES[rule](program):
            if (rule, grade) in parts:
                parts[rule, grade].append(units)
    return program, {key: LinearExpr.sum(terms) for key, terms in parts.items()}


def by_level(network: Network, units: Mapping[Key, LinearExprT]) -> dict[int, LinearExprT]:
    """Return the sum of weights times units of each level, the highest level first."""
    levels = sorted({level for _, level in network.rules.weights.values()}, reverse=True)
    return {
        level: LinearExpr.sum(
            [
                weight * units[key]
                for key, (weight, at) in network.rules.weights.items()
                if at == level
            ]
        )
        for level in levels
    }
