"""What a nurse's next day costs, given her last days: the runs of a contract as an automaton."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .model import Contract, Past, Range
from .score import WEIGHTS

OFF = ""
"""The action and kind of a day off; all others are shift types."""
LONG = 14
"""A most that no week reaches; of such runs only the least matters."""
FORBIDDEN = 1e6


class Tail(NamedTuple):
    """The run that a nurse is in, its length, and the days in a row worked (0 when off)."""

    kind: str
    length: int
    work: int


@dataclass(frozen=True)
class Automaton:
    """Tails as states, shift types and a day off as actions.

    Lengths are cut where more is the same.

    Args:
        contract: of the nurse.
        shifts: shift type -> days in a row it should be worked.
        forbidden: pairs of shift types that may not follow each other.
    """

    contract: Contract
    shifts: Mapping[str, Range]
    forbidden: frozenset[tuple[str, str]]

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """The day off first, then the shift types."""
        return (OFF, *self.shifts)

    @cached_property
    def states(self) -> tuple[Tail, ...]:
        """All tails, those of days off first."""
        return tuple(self._states())

    @cached_property
    def index(self) -> dict[Tail, int]:
        """Tail -> its place among the states."""
        return {tail: n for n, tail in enumerate(self.states)}

    @cached_property
    def rests(self) -> int:
        """Number of the states of days off."""
        return sum(tail.kind == OFF for tail in self.states)

    @cached_property
    def arcs(self) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Next state and cost, both of shape (states, actions); a forbidden one costs much."""
        rows = [[self._step(tail, action) for action in self.actions] for tail in self.states]
        after = np.array([[self.index[tail] for tail, _ in row] for row in rows], dtype=np.intp)
        cost = np.array([[cost for _, cost in row] for row in rows], dtype=np.float64)
        return after, cost

    def cap(self, kind: str) -> int:
        """Return the length from which on runs of a kind are treated alike."""
        if kind == OFF:
            return self.contract.off.most
        allowed = self.shifts[kind]
        return allowed.most if allowed.most < LONG else allowed.least

    def tail(self, past: Past) -> Tail:
        """Return the state that a history leaves."""
        if past.last is None:
            return Tail(OFF, min(max(1, past.off), self.cap(OFF)), 0)
        work = min(past.work, self.contract.work.most)
        return Tail(past.last, min(past.same, self.cap(past.last), work), work)

    def _states(self) -> Iterator[Tail]:
        yield from (Tail(OFF, length, 0) for length in range(1, self.cap(OFF) + 1))
        for shift in self.shifts:
            for work in range(1, self.contract.work.most + 1):
                for length in range(1, min(work, self.cap(shift)) + 1):
                    yield Tail(shift, length, work)

    def _step(self, tail: Tail, action: str) -> tuple[Tail, float]:
        kind, length, work = tail
        if (kind, action) in self.forbidden:
            return tail, FORBIDDEN
        cost = 0.0
        if action != OFF:
            cost += WEIGHTS["work"] * (work >= self.contract.work.most)
            work = min(work + 1, self.contract.work.most)
        elif kind != OFF:
            cost += WEIGHTS["work"] * max(0, self.contract.work.least - work)
            work = 0
        if action == kind:
            rule, allowed = self._rule(kind)
            cost += WEIGHTS[rule] * (length >= allowed.most)
            length = min(length + 1, self.cap(kind))
            return Tail(kind, min(length, work) if work else length, work), cost
        rule, allowed = self._rule(kind)
        cost += WEIGHTS[rule] * max(0, allowed.least - length)
        return Tail(action, 1, work), cost

    def _rule(self, kind: str) -> tuple[str, Range]:
        return ("off", self.contract.off) if kind == OFF else ("same shift", self.shifts[kind])
