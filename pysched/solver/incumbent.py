"""The best schedule and bounds so far, shared by the searches that work on one week."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clingo.symbol import Symbol

CLINGO = "clingo"


@dataclass(frozen=True, slots=True)
class Found:
    """A model: its cost by level (highest first), its shown atoms and when it was found."""

    cost: tuple[int, ...]
    symbols: tuple[Symbol, ...]
    assigned: frozenset[Symbol]
    seconds: float

    @property
    def others(self) -> list[Symbol]:
        """The shown atoms that are no assignments: what it costs, and why."""
        return [symbol for symbol in self.symbols if symbol not in self.assigned]


@dataclass(frozen=True, slots=True)
class _Limit:
    """A level's lower bound for all who cost at most so much on the levels above."""

    above: tuple[int, ...]
    bound: int
    engine: str

    def holds(self, cost: Sequence[int]) -> bool:
        return all(x <= most for x, most in zip(cost, self.above, strict=False))


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
        self.raised: float | None = None
        self.suggestion: frozenset[Symbol] | None = None
        self._guides: dict[int, frozenset[Symbol]] = {}
        self._limits: dict[int, list[_Limit]] = {}
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
            self.raised = time.monotonic()
        self._changed()

    def limit(self, above: Sequence[int], bound: int, engine: str) -> None:
        """Take a lower bound on one level, proven outside clingo.

        Args:
            above: costs of all levels above it; the bound holds for whoever costs no more there.
            bound: of the level that follows them.
            engine: what proved it.
        """
        with self._lock:
            self._limits.setdefault(len(above), []).append(_Limit(tuple(above), bound, engine))
        self._changed()

    def suggest(self, assigned: frozenset[Symbol]) -> None:
        """Leave assignments that may be better than the best, for the search to try."""
        with self._lock:
            self.suggestion = assigned

    def guide(self, n: int, likely: frozenset[Symbol]) -> None:
        """Say which assignments the relaxation of the n-th level makes, wholly or in part."""
        with self._lock:
            self._guides[n] = likely

    def guides(self) -> list[frozenset[Symbol]]:
        """Return what relaxations make, of the levels that are not proven."""
        with self._lock:
            bounds = self.bounds()
            open_levels = {
                n
                for n, level in enumerate(self.levels)
                if self.best is not None and bounds[level] < self.best.cost[n]
            }
            return [likely for n, likely in sorted(self._guides.items()) if n in open_levels]

    def suggested(self) -> frozenset[Symbol] | None:
        """Take the assignments that were left, once."""
        with self._lock:
            taken, self.suggestion = self.suggestion, None
            return taken

    def engines(self) -> dict[int, str]:
        """Return level -> what proved its bound; "data" for a forced part."""
        with self._lock:
            return {level: engine for level, (_, engine) in self._proofs().items()}

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
            return {level: bound for level, (bound, _) in self._proofs().items()}

    def _proofs(self) -> dict[int, tuple[int, str]]:
        """Return level -> bound and what proved it, for the best model."""
        if self.best is None:
            return {}
        cost, tight = self.best.cost, True
        result: dict[int, tuple[int, str]] = {}
        for n, level in enumerate(self.levels):
            known = [(self.forced.get(level, 0), "data")]
            if tight and len(self.lower) > n and self.lower[:n] == cost[:n]:
                known.append((self.lower[n], CLINGO))
            known += [(x.bound, x.engine) for x in self._limits.get(n, ()) if x.holds(cost)]
            if self.optimal:
                known.append((cost[n], CLINGO))
            result[level] = max(known, key=lambda proof: proof[0])
            if result[level][0] > cost[n]:
                bound, engine = result[level]
                raise RuntimeError(f"level {level}: {engine} bound {bound} above cost {cost[n]}")
            tight = tight and result[level][0] == cost[n]
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
