"""Contrasts in plain sentences, each said of the difference of two schedules or of the state."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pysched.explain.cause_words import duty_words, listed
from pysched.explain.contrast import Contrast
from pysched.explain.difference import CostChange, Difference, DutyChange, PhysicianChange
from pysched.explain.grade_words import GRADE_WORDS
from pysched.explain.sentences import balance_words
from pysched.explain.standing import Standing

WHOLE_WEEK = frozenset(("maximum_overtime", "debt_limit"))
"""Rules whose culprits are all who bear the one cost of the week."""


def verdict_sentence(contrast: Contrast) -> str:
    """Say what it would cost, or that it costs nothing, or that it cannot be."""
    row = contrast.assignment
    duty, who = duty_words(row.duty), row.physician
    if contrast.verdict == "no_cost" and contrast.held:
        others = f", with {listed(contrast.moved)}" if contrast.moved else ""
        return f"{duty} could be swapped at no cost{others}"
    condition = f"if {who} had not {duty}" if contrast.held else f"if {who} had {duty}"
    match contrast.verdict:
        case "impossible":
            return f"no schedule is possible {condition}"
        case "unknown":
            return f"no schedule was found in time {condition}"
        case "no_cost":
            return f"{condition}, the week would cost the same"
        case _:
            level, units = _first_level(contrast)
            more = "more" if units > 0 else "less"
            return f"{condition}, the week would cost {abs(units)} {more} at level {level}"


def proof_sentence(contrast: Contrast) -> str:
    """Say what is proven of the answer."""
    if contrast.verdict == "impossible":
        return "this is proven"
    if contrast.reach is None:
        return "this is not proven: the time was over first"
    return f"proven among all schedules that change at most {contrast.reach} duties"


def consequence_sentences(difference: Difference, you: str) -> tuple[str, ...]:
    """Say what changes: duties, then what each physician has, the one who asks first, then costs.

    Costs of the whole week, as the largest overtime, are added up by rule.
    """
    people = sorted(difference.physicians.values(), key=lambda one: one.physician != you)
    own = [cost for cost in difference.costs if cost.rule not in WHOLE_WEEK]
    totals = [(c.rule, c.grade) for c in difference.costs if c.rule in WHOLE_WEEK]
    return (
        *(_duty(change) for change in difference.duties),
        *(text for one in people for text in _physician(one)),
        *(text for key in dict.fromkeys(totals) for text in _whole_week(difference, key)),
        *(_cost(cost) for cost in sorted(own, key=lambda cost: _place(cost, you))),
    )


def _place(cost: CostChange, you: str) -> tuple[int, bool]:
    return -cost.level, you not in cost.physicians


def standing_sentence(standing: Standing) -> str:
    """Say somebody's past in a category, and his class."""
    unit = "duties" if standing.measure == "count" else "minutes"
    share = ""
    if standing.fair_share is not None:
        share = f" against a fair share of {_number(standing.fair_share)}"
    quartiles = ", ".join(_number(quartile) for quartile in standing.quartiles)
    return (
        f"{standing.physician} has had {standing.had} {unit} of {standing.category}{share}: "
        f"load {_number(standing.load)}, class {standing.grade} "
        f"(quartiles of {standing.group}: {quartiles}; {standing.grade * standing.weight} a duty)"
    )


def standing_sentences(contrast: Contrast) -> Iterator[str]:
    """Say the past of the one who asks and of those who would have the duty, or had it."""
    duty = contrast.assignment.duty
    had = {row.physician for row in contrast.kept if row.duty == duty}
    named = {contrast.assignment.physician, *had, *contrast.moved}
    return (standing_sentence(one) for who, one in contrast.standings.items() if who in named)


def _first_level(contrast: Contrast) -> tuple[int, int]:
    """Return the highest level that differs, and by how much."""
    by_level = contrast.difference.by_level if contrast.difference else {}
    return next(((level, units) for level, units in by_level.items() if units), (0, 0))


def _duty(change: DutyChange) -> str:
    duty = duty_words(change.duty)
    if not change.after:
        return f"nobody would fill {duty} instead of {listed(change.before)}"
    instead = f" instead of {listed(change.before)}" if change.before else ""
    return f"{listed(change.after)} would fill {duty}{instead}"


def _physician(one: PhysicianChange) -> Iterator[str]:
    """Say what one physician would have more or less, and what he would bear."""
    parts = balance_words(one)
    if parts:
        yield f"{one.physician} would have {listed(parts)}"


def _cost(cost: CostChange) -> str:
    return _units(cost.culprit, cost.rule, cost.grade, cost.units, (cost.total, cost.level))


def _whole_week(difference: Difference, key: tuple[str, str]) -> Iterator[str]:
    """Say what a rule about the whole week costs more or less; nothing if it is even."""
    costs = [cost for cost in difference.costs if (cost.rule, cost.grade) == key]
    units, total = sum(cost.units for cost in costs), sum(cost.total for cost in costs)
    if units:
        yield _units("the week", *key, units, (total, costs[0].level))


def _units(whom: str, rule: str, grade: str, units: int, price: tuple[int, int]) -> str:
    words, more = GRADE_WORDS[rule, grade].each, "more" if units > 0 else "less"
    return f"{whom}: {words}, {abs(units)} {more} ({price[0]:+d} at level {price[1]})"


def _number(value: Fraction) -> str:
    """Return a number with at most three decimals, rounded half even."""
    return f"{float(round(value, 3)):g}"
