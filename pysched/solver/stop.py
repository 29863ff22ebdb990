"""When to end a search: criteria that are combined with | (either) and & (both)."""

from __future__ import annotations

import math
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

NOT_NEGATIVE = "is not a number of at least 0"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a criterion may look at while a search runs.

    Args:
        seconds: since the search began.
        idle_seconds: since the last better schedule, or since the begin if there is none.
        conflicts: of clasp, in finished steps.
        cost: level -> cost of the best schedule, highest level first; empty without one.
        bound: level -> proven lower bound, valid given the costs on the levels above.
        forced: level -> what every schedule costs; levels without such a part are left out.
    """

    seconds: float
    idle_seconds: float
    conflicts: int
    cost: Mapping[int, int] = field(default_factory=dict)
    bound: Mapping[int, int] = field(default_factory=dict)
    forced: Mapping[int, int] = field(default_factory=dict)


class Stop(ABC):
    """A stop criterion: true when the search should end."""

    @abstractmethod
    def __call__(self, seen: Seen) -> bool:
        """Return whether to end the search now; asked some fifty times a second."""

    def __or__(self, other: Stop) -> Stop:
        """End when either says so."""
        return _Either(self, other)

    def __and__(self, other: Stop) -> Stop:
        """End when both say so."""
        return _Both(self, other)


@dataclass(frozen=True)
class Time(Stop):
    """End after a time in seconds."""

    seconds: float

    def __post_init__(self) -> None:
        """Check the range."""
        _check("time", self.seconds)

    def __call__(self, seen: Seen) -> bool:
        """Compare with the clock."""
        return seen.seconds >= self.seconds


@dataclass(frozen=True)
class Conflicts(Stop):
    """End after a number of conflicts of clasp, counted by finished steps."""

    count: int

    def __post_init__(self) -> None:
        """Check the range."""
        _check("conflicts", self.count)

    def __call__(self, seen: Seen) -> bool:
        """Compare with the count."""
        return seen.conflicts >= self.count


@dataclass(frozen=True)
class NoImprovement(Stop):
    """End when a schedule was found and none better for a time in seconds."""

    seconds: float

    def __post_init__(self) -> None:
        """Check the range."""
        _check("time without improvement", self.seconds)

    def __call__(self, seen: Seen) -> bool:
        """Compare with the last improvement."""
        return bool(seen.cost) and seen.idle_seconds >= self.seconds


@dataclass(frozen=True)
class Gap(Stop):
    """End when the gap of every level from the highest down to `level` is at most a share.

    A gap is (cost - bound) / max(1, cost - forced), as in the result.
    """

    share: float
    level: int = 1

    def __post_init__(self) -> None:
        """Check the range."""
        _check("gap", self.share)

    def __call__(self, seen: Seen) -> bool:
        """Compare with the gaps."""
        return bool(seen.cost) and all(
            cost - seen.bound.get(level, 0) <= self.share * max(1, cost - seen.forced.get(level, 0))
            for level, cost in seen.cost.items()
            if level >= self.level
        )


@dataclass(frozen=True)
class Asked(Stop):
    """End when an event is set, from whatever thread."""

    event: threading.Event

    def __call__(self, seen: Seen) -> bool:
        """Look at the event."""
        return self.event.is_set()


@dataclass(frozen=True)
class When(Stop):
    """End when a function of what is seen says so; what it raises ends the search too."""

    condition: Callable[[Seen], bool]

    def __call__(self, seen: Seen) -> bool:
        """Ask the function."""
        return self.condition(seen)


@dataclass(frozen=True)
class _Either(Stop):
    one: Stop
    other: Stop

    def __call__(self, seen: Seen) -> bool:
        return self.one(seen) or self.other(seen)


@dataclass(frozen=True)
class _Both(Stop):
    one: Stop
    other: Stop

    def __call__(self, seen: Seen) -> bool:
        return self.one(seen) and self.other(seen)


def _check(name: str, value: float) -> None:
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"stop criterion: {name} {value} {NOT_NEGATIVE}")


def asked(event: threading.Event | None) -> Stop | None:
    """Return the criterion that an event is set, None for no event."""
    return None if event is None else Asked(event)
