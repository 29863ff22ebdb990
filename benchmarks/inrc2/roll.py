"""Solving the weeks of an instance one after the other, none knowing the next."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from .duo import best_of
from .facts import facts, read_assignments
from .model import Assignment, hand_on
from .prices import MARKET_SHARE, look_ahead
from .read import Instance
from .relax import relax
from .score import Score, score_end, score_week


@dataclass(frozen=True)
class Solved:
    """A week that was solved.

    Args:
        number: from 0.
        schedule: its assignments.
        score: of the week, the last one with what is charged at the end.
        priced: cost with prices, as it was searched.
        bound: proven for that cost.
        seconds: it took.
    """

    number: int
    schedule: tuple[Assignment, ...]
    score: Score
    priced: int
    bound: int
    seconds: float


def roll(instance: Instance, seconds: float, seed: int) -> Iterator[Solved]:
    """Solve the weeks in order; only weeks that have begun are looked at.

    Args:
        instance: scenario, history and weeks.
        seconds: for each week, prices and grounding included.
        seed: of every random choice.

    Raises:
        RuntimeError: a week has no schedule in time.
    """
    scenario, history = instance.scenario, instance.history
    for number, week in enumerate(instance.weeks):
        started = time.monotonic()
        seen = instance.weeks[: number + 1]
        prices = look_ahead(scenario, history, number, seen, seconds * MARKET_SHARE)
        text = facts(scenario, history, week, prices)
        guide = relax(scenario, history, week, prices, seconds * MARKET_SHARE)
        found = best_of(text, guide, started + seconds, seed)
        schedule = read_assignments(found.symbols)
        result = score_week(scenario, history, week, schedule)
        history = hand_on(history, schedule)
        if number == scenario.weeks - 1:
            result += score_end(scenario, history)
        took = time.monotonic() - started
        yield Solved(number, schedule, result, found.cost[0], guide.bound, took)
