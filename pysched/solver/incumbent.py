"""The best schedule and bounds so far, shared by the searches that work on one week."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clingo.symbol import Symbol


@dataclass(frozen=True, slots=True)
class Found:
    """A model: its cost by level (highest first), its shown atoms and when it was found."""

    cost: tuple[int, ...]
    symbols: tuple[Symbol, ...]
    assigned: frozenset[Symbol]
    seconds: float


class Incumbent:
    """Keeps the lexicographically best model and the bounds proven; safe to share by threads."""

    def __init__(
        self,
        forced: dict[int, int],
        started: float,
        on_change: Callable[[Mapping[int, int], Mapping[int, int]], None] | None = None,
    ) -> None:
        """Start empty; `forced` holds by level what every schedule costs."""
        self.forced = forced
        self.started = started
        self.levels: tuple[int, ...] = ()
        self.best: Found | None = None
        self.lower: tuple[int, ...] = ()
        self.optimal = False
        self.infeasible = False
        self.ground_seconds = 0.0
        self.trace: list[Found] = []
        self.proven_seconds: dict[int, float] = {}
        self._lock = threading.RLock()
        self._on_change = on_change

    def offer(
        self,
        levels: Sequence[int],
        cost: Sequence[int],
        symbols: Sequence[Symbol],
        assigned: frozenset[Symbol],
    ) -> bool:
        """Take a model if it is better than the best so far; return whether it is."""
        with self._lock:
            if self.best is not None and tuple(cost) >= self.best.cost:
                return False
            seconds = time.monotonic() - self.started
            self.levels = tuple(levels)
            self.best = Found(tuple(cost), tuple(symbols), assigned, seconds)
            self.trace.append(self.best)
        self._changed()
        return True

    def raise_bound(self, lower: Sequence[int]) -> None:
        """Take a lexicographic lower bound: all but its last level are proven."""
        with self._lock:
            if tuple(lower) <= self.lower:
                return
            self.lower = tuple(lower)
        self._changed()

    def close(self) -> None:
        """Note that the search space is exhausted: the best is optimal, or there is none."""
        with self._lock:
            self.optimal = self.best is not None
            self.infeasible = self.best is None
        self._changed()

    def costs(self) -> dict[int, int]:
        """Return the cost of the best model by level, highest first; empty without one."""
        with self._lock:
            return {} if self.best is None else dict(zip(self.levels, self.best.cost, strict=True))

    def bounds(self) -> dict[int, int]:
        """Return a lower bound for each level, valid given the costs of the levels above.

        Raises:
            RuntimeError: a bound is above the cost of a schedule, so one of them is wrong.
        """
        with self._lock:
            if self.best is None:
                return {}
            costs = dict(zip(self.levels, self.best.cost, strict=True))
            if self.optimal:
                return costs
            result = {}
            tight = True
            for n, (level, cost) in enumerate(costs.items()):
                result[level] = self.forced.get(level, 0)
                if tight and len(self.lower) > n and self.lower[:n] == self.best.cost[:n]:
                    result[level] = max(result[level], self.lower[n])
                if result[level] > cost:
                    raise RuntimeError(f"level {level}: bound {result[level]} above cost {cost}")
                tight = tight and result[level] == cost
            return result

    def _changed(self) -> None:
        """Note what is proven and tell the listener, who may take his time, without the lock."""
        with self._lock:
            if self.best is None:
                return
            bounds = self.bounds()
            costs = dict(zip(self.levels, self.best.cost, strict=True))
            for level, cost in costs.items():
                if bounds[level] != cost:
                    break
                self.proven_seconds.setdefault(level, time.monotonic() - self.started)
        if self._on_change is not None:
            self._on_change(costs, bounds)
