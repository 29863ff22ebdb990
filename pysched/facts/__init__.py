"""Model to clorm facts and back; the only package that knows predicate names."""

from pysched.facts.part import parts_of, takers
from pysched.facts.read import (
    assignment_day,
    assignment_features,
    assignment_groups,
    assignment_symbols,
    assignment_target,
    read_cost,
    read_forced,
    read_schedule,
    read_violations,
)
from pysched.facts.write import facts_of, facts_text, known_text

__all__ = [
    "assignment_day",
    "assignment_features",
    "assignment_groups",
    "assignment_symbols",
    "assignment_target",
    "facts_of",
    "facts_text",
    "known_text",
    "parts_of",
    "read_cost",
    "read_forced",
    "read_schedule",
    "read_violations",
    "takers",
]
