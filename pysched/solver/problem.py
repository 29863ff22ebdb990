"""What is searched, in the engine's terms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clingo.symbol import Symbol

from pysched.solver.linear import DayOf
from pysched.solver.neighbourhood import Features
from pysched.solver.program import Program
from pysched.solver.search import PROOF_SHARE

Listener = Callable[[Mapping[int, int], Mapping[int, int]], None]
"""Told the cost and the bound by level at each better schedule or bound, from the threads."""
Target = Any
"""What an assignment gives an owner; hashable, and one kind of thing in a problem."""


def nothing_forced(program: Program) -> dict[int, int]:
    """Return that no level is known to cost anything in every schedule."""
    return {}


def ungrouped(symbol: Symbol) -> Mapping[str, object]:
    """Return that nothing more is known of an assignment."""
    return {}


@dataclass(frozen=True)
class Parts:
    """How a large problem is cut: an assignment gives an owner a target.

    Args:
        takers: which owners may have each target.
        split: owner and target of an assignment.
        facts: text of the program in which there are only these owners and targets. What its
            schedules cost need not add up to what the whole costs: that is asked of the whole.
    """

    takers: Mapping[Target, Collection[str]]
    split: Callable[[Symbol], tuple[str, Target]]
    facts: Callable[[Collection[str], Collection[Target]], str]


@dataclass(frozen=True)
class Problem:
    """What is searched: an encoding, facts, and how its assignments are to be read.

    Args:
        files: of the encoding, with its `#minimize`.
        facts: as text.
        features: of an assignment (physician, day, ...), for neighbourhoods.
        groups: more features, of many assignments each (hospital, ...), for two threads, which need
            not repeat an earlier search.
        assignment: name and arity of the predicate that is chosen.
        forced: says by level what every schedule costs, from the grounded program.
        day_of: whose day an assignment belongs to, for bounds by linear programming; without it
            clingo proves alone.
        start: assignments of an earlier schedule to begin from; what does not fit is left out.
        proof_share: of the limits, what one thread spends on proving before it improves.
        proven_first: lowest level that is worth a longer proof. If it or one above is not proven
            by then, after many conflicts, one thread proves on, up to a larger share of the limits,
            unless no schedule was found yet or the options have a stop criterion.
        parts: how it is cut if it is large, None if it cannot be.
    """

    files: tuple[Path, ...]
    facts: str
    features: Features
    assignment: tuple[str, int] = ("assign", 2)
    forced: Callable[[Program], dict[int, int]] = nothing_forced
    day_of: DayOf | None = None
    start: frozenset[Symbol] = frozenset()
    groups: Features = ungrouped
    proof_share: float = PROOF_SHARE
    proven_first: int | None = None
    parts: Parts | None = None
