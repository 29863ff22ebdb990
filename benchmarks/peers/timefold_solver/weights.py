"""Scores of one unit on a level, and which levels the facts of a week reach."""

from collections.abc import Iterable

from timefold.solver.score import BendableScore

from .domain import LEVELS
from .known import Known

HARD = BendableScore.of_hard(1, LEVELS, 0, 1)


def soft(rank: int) -> BendableScore:
    """Return one unit on the level of a rank."""
    return BendableScore.of_soft(1, LEVELS, rank, 1)


def rank_of(known: Known, rule: str) -> int | None:
    """Return the rank of a rule's level, None where the rule is switched off.

    Raises:
        ValueError: the grades of the rule lie on several levels.
    """
    at = {level for (name, _), (_, level) in known.network.rules.weights.items() if name == rule}
    if len(at) > 1:
        raise ValueError(f"network {known.network.name}: {rule} lies on levels {sorted(at)}")
    return known.levels.index(at.pop()) if at else None


def reached(costs: Iterable[tuple[int, ...]]) -> list[int]:
    """Return the ranks at which some cost is not zero."""
    return sorted({rank for cost in costs for rank, units in enumerate(cost) if units})
