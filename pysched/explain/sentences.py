"""Differences in plain sentences, each read off a typed part of the difference."""

from __future__ import annotations

from collections.abc import Iterator

from pysched.explain.difference import CostChange, Difference, DutyChange, PhysicianChange
from pysched.model import DutyKey


def difference_sentences(difference: Difference) -> tuple[str, ...]:
    """Return what a difference says: duties, then physicians, then broken rules and costs."""
    return (
        *(duty_sentence(change) for change in difference.duties),
        *(text for one in difference.physicians.values() for text in _of_physician(one)),
        *(f"the rule {b.rule} would be broken: {b.culprit}" for b in difference.broken),
        *(f"the rule {b.rule} would be kept again: {b.culprit}" for b in difference.mended),
        *(cost_sentence(cost) for cost in difference.costs),
    )


def duty_sentence(change: DutyChange) -> str:
    """Say who fills a duty now, and who before."""
    duty = duty_word(change.duty)
    if not change.after:
        return f"{duty} is left open by {_all(change.before)}"
    if not change.before:
        return f"{_all(change.after)} fills {duty}, which was open"
    return f"{_all(change.after)} fills {duty} instead of {_all(change.before)}"


def cost_sentence(cost: CostChange) -> str:
    """Say what a culprit costs more or less, by rule and grade, weighted and at its level."""
    unit = "unit" if abs(cost.units) == 1 else "units"
    more = "more" if cost.units > 0 else "less"
    return (
        f"{cost.rule}, {cost.grade}, {cost.culprit}: {abs(cost.units)} {unit} {more} "
        f"({cost.total:+d} at level {cost.level})"
    )


def duty_word(duty: DutyKey) -> str:
    """Return a duty as task@day."""
    task, day = duty
    return f"{task}@{day}"


def balance_words(one: PhysicianChange) -> tuple[str, ...]:
    """Say how many duties, nights and hours somebody has more or less; nothing where it is even."""
    parts = []
    if one.duties:
        parts.append(_counted(one.duties, "duty", "duties"))
    if one.nights:
        parts.append(_counted(one.nights, "night", "nights"))
    if one.minutes:
        hours = round(abs(one.minutes) / 60, 2)
        parts.append(f"{hours:g} h {'more' if one.minutes > 0 else 'less'}")
    return tuple(parts)


def _of_physician(one: PhysicianChange) -> Iterator[str]:
    parts = balance_words(one)
    if parts:
        yield f"{one.physician}: {', '.join(parts)}"


def _counted(number: int, one: str, many: str) -> str:
    noun = one if abs(number) == 1 else many
    return f"{abs(number)} {noun} {'more' if number > 0 else 'fewer'}"


def _all(physicians: tuple[str, ...]) -> str:
    return " and ".join(physicians)
