"""The bank's week-end is quick with three years of history."""

from __future__ import annotations

import time

import pytest

from benchmarks.settling import load_of, prepare, settle

BUSY = 3
"""How much slower a machine with other work may be."""


@pytest.mark.parametrize(("physicians", "seconds"), [(14, 0.5), (112, 3.0)])
def test_a_week_is_settled_in_time(physicians: int, seconds: float) -> None:
    """`python benchmarks/settling.py` prints what it takes; here the processor's time counts."""
    load = load_of(physicians, seed=2)
    start = time.process_time()
    found = settle(load)
    week = prepare(load, found)
    taken = time.process_time() - start
    assert len(load.past.weeks) == 156
    assert len(found.awards) > physicians
    assert sum(found.equalization.deviations.values()) == 0
    assert week.sacrifice_costs
    assert taken < BUSY * seconds
