"""Minimal sets of names that exclude one another, on small programs made by hand."""

from __future__ import annotations

import time
from pathlib import Path

from pysched.solver.budget import Budget
from pysched.solver.core import MANY, Named, Subset

LINE = "name(1..{count}). {{ on(N) : name(N) }}. "
TOGETHER = ":- on(N) : name(N). "
"""All of them exclude one another at once, whatever else there is."""
PIGEONS = """
bird :- on(1).
1 { at(P, H) : H = 1..12 } 1 :- P = 1..13, bird.
:- at(P, H), at(P', H), P < P'.
"""
"""The first one excludes itself; to see it takes longer than anybody waits."""


def named(folder: Path, text: str, budget: Budget) -> Named[int]:
    """Return a program whose names are numbers."""
    file = folder / "small.lp"
    file.write_text(text)
    return Named([file], "", lambda found: {symbol.number: [symbol] for symbol in found}, budget)


def test_a_minimal_set_has_nothing_that_can_go(tmp_path: Path) -> None:
    """Of many names two exclude one another; the last ones are let go of first."""
    count = MANY + 20
    text = LINE.format(count=count) + ":- on(3), on(7). :- on(3), on(9)."
    program = named(tmp_path, text, Budget(None, None))
    assert program.minimal(range(1, count + 1)) == Subset((3, 7), True)
    assert program.minimal(range(4, count + 1)) is None


def test_what_takes_too_long_stays_in(tmp_path: Path) -> None:
    """Also where many names are tested at once: the set is known, and that it may be too large."""
    count = MANY + 20
    text = LINE.format(count=count) + TOGETHER + PIGEONS
    budget = Budget(None, None)
    program = named(tmp_path, text, budget)
    budget.deadline = time.monotonic() + 3
    found = program.minimal(range(1, count + 1))
    assert found is not None
    assert 1 in found.names
    assert not found.is_minimal
