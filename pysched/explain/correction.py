"""Corrections: what would have to change for something to be had, and what each change costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from pysched.facts.question import Switch
from pysched.model import Schedule

GRADE_OF = {
    "absence": "absence",
    "granted": "granted",
    "pin": "pin",
    "needed": "needed",
    "free_day": "agreement",
    "no_nights": "agreement",
    "not_at": "agreement",
    "max_per_week": "agreement",
    "hours": "hour",
    "nights_a_week": "night",
    "days": "day",
}
"""Kinds of switches that can be changed, with what their change is called."""


@dataclass(frozen=True, slots=True)
class ChangeCosts:
    """What each change costs, None for one that nobody may make; only their proportions matter.

    Skill, rest, travel, overlap, consecutive nights and what was worked are never changed. Every
    absence costs the same, whatever its kind: nobody is to read the kind off an answer.

    Args:
        pin: a pinned assignment dropped: the planner's own decision.
        hour: each started hour above somebody's limit.
        agreement: a personal agreement waived for the week.
        absence: a day of absence asked back.
        granted: a day off granted by a resolution asked back.
        night: each night above the limit of a week.
        day: each window of days in a row with one day too many.
        needed: another duty left open instead; never an essential one.
    """

    pin: int | None = 10
    hour: int | None = 15
    agreement: int | None = 30
    absence: int | None = 40
    granted: int | None = 50
    night: int | None = 60
    day: int | None = 60
    needed: int | None = 80

    def __post_init__(self) -> None:
        """Check that changes cost something."""
        for name, cost in asdict(self).items():
            if cost is not None and cost < 1:
                raise ValueError(f"cost of a change: {name} {cost} is not positive")

    @property
    def weights(self) -> dict[str, int]:
        """Cost by grade, of those that may be made."""
        return {name: cost for name, cost in asdict(self).items() if cost is not None}

    def allows(self, kind: str) -> bool:
        """Return whether a switch of a kind may be laid aside."""
        return GRADE_OF.get(kind) in self.weights


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change: what is laid aside, how many units of it, and what that costs in all."""

    grade: str
    switch: Switch
    units: int
    cost: int


@dataclass(frozen=True)
class Correction:
    """The cheapest changes that bring about what was asked for, proven by optimisation.

    `schedule` shows that they do: it has what was asked for and all that is needed besides.
    """

    changes: tuple[Change, ...]
    cost: int
    schedule: Schedule


def changes_of(costs: ChangeCosts, found: Iterable[tuple[str, Switch]]) -> tuple[Change, ...]:
    """Return changes read from a model, the units of each counted."""
    units = Counter(found)
    return tuple(
        sorted(
            Change(grade, switch, number, number * costs.weights[grade])
            for (grade, switch), number in units.items()
        )
    )
