"""Level by level to the best schedule of a week, by HiGHS."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from .matrix import Matrix, Numbers, Stage
from .mip import Settings, completed, minimise

SHARE_OF_TIME = 0.5
"""How much of the time that is left a level may take, while others wait below it."""


class Levels:
    """A program whose levels are minimised in turn, each held to what was reached.

    Args:
        matrix: the program.
        settings: of each run.
        found: called with the columns of the assignments that hold, whenever that is better.
    """

    def __init__(
        self, matrix: Matrix, settings: Settings, found: Callable[[frozenset[int]], None]
    ) -> None:
        self.matrix, self.settings, self.found = matrix, settings, found
        self.assigned: frozenset[int] | None = None
        self.bound: dict[int, int] = {}
        self.proven_at: dict[int, float] = {}
        self._held: list[tuple[Stage, int]] = []

    def begin(self, assigned: frozenset[int]) -> bool:
        """Start from a schedule and return whether the hard rules allow it."""
        highest = next(iter(self.matrix.levels.values()))
        if self._cheapest(highest, assigned) is None:
            return False
        self._take(assigned)
        return True

    def run(self, deadline: float) -> None:
        """Minimise the levels in turn, until a monotonic time."""
        for number, (level, stage) in enumerate(self.matrix.levels.items()):
            is_last = number == len(self.matrix.levels) - 1
            seconds = (deadline - monotonic()) * (1.0 if is_last else SHARE_OF_TIME)
            if seconds <= 0 or not self._minimise(level, stage, monotonic() + seconds):
                return

    @property
    def is_optimal(self) -> bool:
        """Whether no schedule is better, on any level."""
        return len(self.proven_at) == len(self.matrix.levels)

    def _minimise(self, level: int, stage: Stage, until: float) -> bool:
        """Minimise a level, note its bound and hold it; return False if there is no start."""
        if self.assigned is None:
            return False
        start = self._cheapest(stage, self.assigned)
        if start is None:
            return False
        best = stage.value(start)

        def better(values: Numbers) -> None:
            # A solution may leave costs slack; what the schedule costs is what counts.
            nonlocal best
            assigned = self.matrix.assigned(values)
            cheapest = self._cheapest(stage, assigned)
            cost = stage.value(values if cheapest is None else cheapest)
            if cost < best:
                best = cost
                self._take(assigned)

        bound: int | None = 0
        if best > 0:
            matrix = self.matrix.upto(stage)
            bound = minimise(matrix, self._held, stage, self.settings, start, until, better)
        if bound is not None:
            self.bound[level] = bound
            if bound == best and len(self.proven_at) == len(self._held):
                self.proven_at[level] = monotonic()
        self._held.append((stage, best))
        return True

    def _cheapest(self, stage: Stage, assigned: frozenset[int]) -> Numbers | None:
        """Return the values of all columns under a schedule at which a level costs least."""
        return completed(self.matrix.upto(stage), self._held, stage, assigned, self.settings)

    def _take(self, assigned: frozenset[int]) -> None:
        self.assigned = assigned
        self.found(assigned)
