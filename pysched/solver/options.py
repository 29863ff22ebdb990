"""How long and with what a week is searched."""

from __future__ import annotations

from dataclasses import dataclass

from pysched.solver.stop import Stop


@dataclass(frozen=True, slots=True)
class Options:
    """Limits and resources of a search; it ends at the first limit reached, or when proven optimal.

    With one thread, a seed and a conflict limit, and no time limit, the same input gives the same
    schedule. Two threads prove and improve side by side and are not repeatable.

    Args:
        time_limit_seconds: wall-clock time from the first fact to the last schedule, None for none.
        conflict_limit: conflicts of clasp over all searches, None for none.
        seed: of every random choice.
        threads: 1 or 2.
        linear: whether two threads prove by linear programming too, where HiGHS is installed.
        stop: a criterion that ends the search besides the limits.
    """

    time_limit_seconds: float | None = 60.0
    conflict_limit: int | None = None
    seed: int = 1
    threads: int = 2
    stop: Stop | None = None
    linear: bool = True

    def __post_init__(self) -> None:
        """Check the ranges."""
        if self.time_limit_seconds is not None and not 0 < self.time_limit_seconds < 1e7:
            raise ValueError(f"time limit {self.time_limit_seconds} is not a positive time")
        if self.conflict_limit is not None and self.conflict_limit < 1:
            raise ValueError(f"conflict limit {self.conflict_limit} is not positive")
        if all(x is None for x in (self.time_limit_seconds, self.conflict_limit, self.stop)):
            raise ValueError("a search needs a time limit, a conflict limit or a stop criterion")
        if self.threads not in {1, 2}:
            raise ValueError(f"threads {self.threads} is neither 1 nor 2")
