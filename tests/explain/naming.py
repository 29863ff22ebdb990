"""Names of rules and facts in the second model, and what the rules say of two duties."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from e2e.worlds import World

from benchmarks.peers.cpsat import hard_pairs
from pysched.facts.question import Question
from pysched.model import Agreement, Duty, DutyKey, duty_on
from pysched.model.network import WEEKDAYS

Key = tuple[object, ...]
"""A rule or fact: its kind and what it is about."""

RULES: dict[str, Callable[..., bool]] = {
    "rest": hard_pairs._without_rest,
    "travel": hard_pairs._too_far,
    "overlap": hard_pairs._at_two_places,
    "nights": hard_pairs._two_nights,
}
COSTS = {
    "absence": 40,
    "pin": 10,
    "granted": 50,
    "agreement": 30,
    "needed": 80,
    "hours": 15,
    "nights_a_week": 60,
    "days": 60,
}
MOST_HOURS = 12


def duty_of(world: World, key: DutyKey) -> Duty:
    """Return a duty of this or the last week."""
    task, day = key
    return duty_on(world.network.tasks[task], day, world.week.monday, world.week.timezone)


def keeps_apart(world: World, rule: str, one: DutyKey, other: DutyKey) -> bool:
    """Return whether a rule keeps two duties of one physician apart."""
    first, second = sorted(
        (duty_of(world, one), duty_of(world, other)), key=lambda d: (d.start, d.end, d.task)
    )
    return RULES[rule](world.network, first, second)


def grade_of(key: Key) -> str:
    """Return what laying something aside is called, nothing if it has no price of its own."""
    kind = str(key[0])
    if kind in {"free_day", "no_nights", "not_at", "max_per_week"}:
        return "agreement"
    return kind if kind in {"absence", "pin", "granted", "needed"} else ""


def agreement_key(row: Agreement) -> Key:
    """Return the name of an agreement."""
    if row.kind == "free_weekday":
        return ("free_day", row.physician, WEEKDAYS.index(row.value))
    if row.kind == "no_nights":
        return ("no_nights", row.physician)
    kind = {"not_at_hospital": "not_at", "max_per_week": "max_per_week"}[row.kind]
    return (kind, row.physician, row.value)


def duties_asked(
    world: World, question: Question, more: Iterable[DutyKey] = ()
) -> tuple[Duty, ...]:
    """Return the duties of the week that a question is about."""
    keys = {*question.needed, *(row.duty for row in question.given), *more}
    keys |= {question.duty} if question.duty else set()
    keys |= {row.duty for row in world.week.fixed}
    return tuple(duty for duty in world.week.duties if duty.key in keys)


def is_unchangeable(world: World, key: Key) -> bool:
    """Return whether nobody may lay something aside."""
    kind = str(key[0])
    essential = kind == "needed" and world.network.tasks[str(key[1])].essential
    return essential or kind in {"worked", "tail", "skill", "given", *RULES}
