"""When a search has to end: time, conflicts, or somebody asks it to stop."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

POLL_SECONDS = 0.02


class Budget:
    """Time and conflicts left, shared by all searches of one week."""

    def __init__(
        self,
        deadline: float | None,
        conflicts: int | None,
        ends: Callable[[], bool] | None = None,
    ) -> None:
        """Start with a deadline of the monotonic clock, None for none.

        Args:
            deadline: when to end.
            conflicts: after how many conflicts to end, None for no limit.
            ends: says whether to end for another reason.
        """
        self.deadline = deadline
        self.conflicts = conflicts
        self.spent = 0
        self._ends = ends
        self._done = threading.Event()
        self._whole: Budget | None = None

    def part(self, conflicts: int, seconds: float) -> Budget:
        """Return a budget of so many conflicts at most, which are spent of this one too.

        Args:
            conflicts: at most.
            seconds: so much earlier than this one.
        """
        deadline = None if self.deadline is None else self.deadline - seconds
        most = conflicts if self.conflicts is None else max(1, min(conflicts, self.conflicts))
        budget = Budget(deadline, most, lambda: self.over)
        budget._whole = self
        return budget

    def share(self, share: float) -> Budget:
        """Return a budget of a share of what is left."""
        most = sys.maxsize if self.conflicts is None else int(self.conflicts * share)
        left = 0.0 if self.deadline is None else self.seconds_left * (1 - share)
        return self.part(most, left)

    def finish(self) -> None:
        """End every search that shares this budget: nothing is left to do."""
        self._done.set()

    def spend(self, conflicts: int) -> None:
        """Take conflicts off what is left."""
        self.spent += conflicts
        if self.conflicts is not None:
            self.conflicts -= conflicts
        if self._whole is not None:
            self._whole.spend(conflicts)

    def step(self, most: int) -> str:
        """Return the limit of one step: so many conflicts, or what is left, and at least one.

        The other thread may have spent the rest since somebody looked.
        """
        return str(most if self.conflicts is None else max(1, min(most, self.conflicts)))

    @property
    def seconds_left(self) -> float:
        """Seconds to the deadline."""
        return float("inf") if self.deadline is None else self.deadline - time.monotonic()

    @property
    def ended(self) -> bool:
        """Whether the whole search has to end now, whatever conflicts are left to its part."""
        return (
            self._done.is_set()
            or self.seconds_left <= 0
            or (self._ends is not None and self._ends())
        )

    @property
    def over(self) -> bool:
        """Whether to end now, or with this part of the search."""
        return self.ended or (self.conflicts is not None and self.conflicts <= 0)
