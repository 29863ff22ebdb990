"""An objective rewritten by duals is the same objective, whatever the duals."""

from __future__ import annotations

from itertools import product

import clingo
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.duals import Rewritten
from pysched.solver.linear.terms import Rows, Terms

COLUMNS = 4
factors = st.lists(st.integers(-3, 3), min_size=COLUMNS, max_size=COLUMNS)


def terms(row: list[int], constant: int = 0) -> Terms:
    """Return a sum over all columns."""
    kept = [n for n, factor in enumerate(row) if factor]
    return Terms(np.array(kept, np.int64), np.array([row[n] for n in kept], np.int64), constant)


def least(rows: Rows, objective: list[int], constant: int) -> int | None:
    """Return the least cost of all choices of columns, None if none keeps the rows."""
    costs = []
    for values in product((0, 1), repeat=COLUMNS):
        sums = [
            sum(int(f) * values[c] for c, f in zip(row.columns, row.factors, strict=True))
            for row in rows.left
        ]
        met = (
            total == right if equal else total <= right
            for total, right, equal in zip(sums, rows.right, rows.equal, strict=True)
        )
        if all(met):
            costs.append(constant + sum(x * f for x, f in zip(values, objective, strict=True)))
    return min(costs, default=None)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(factors, st.integers(-3, 4), st.booleans()), max_size=3),
    factors,
    st.integers(-5, 5),
    st.lists(st.integers(-9, 9), min_size=3, max_size=3),
    st.sampled_from([1, 4, 64]),
)
def test_the_optimum_is_that_of_the_objective(
    system: list[tuple[list[int], int, bool]],
    objective: list[int],
    constant: int,
    duals: list[int],
    scale: int,
) -> None:
    """Of every little integer program, with duals of any sign and size."""
    rows = Rows()
    rows.columns(COLUMNS, whole=True)
    for row, right, equal in system:
        (rows.equals if equal else rows.at_most)([terms(row)], right)
    signed = np.array(duals[: len(rows.left)], np.int64)
    found = Rewritten(rows, terms(objective, constant), signed, scale).search(10.0)
    best = least(rows, objective, constant)
    assert found.cost == best
    if best is not None:
        assert found.bound == best


def test_the_constant_is_a_bound() -> None:
    """12 of the row, less 2 of the first column's weight, which is negative; and so in quarters."""
    rows = Rows()
    rows.columns(COLUMNS, whole=True)
    rows.at_most([terms([-1, -1, -1, -1])], -2)
    written = Rewritten(rows, terms([1, 2, 3, 4]), np.array([-6]), 4)
    assert written.constant == 10
    assert written.search(10.0).bound == 3


@pytest.mark.parametrize("factor", [1, -1])
def test_a_model_costs_what_the_objective_says(factor: int) -> None:
    """Whatever the weights are that were searched."""
    rows = Rows()
    rows.columns(COLUMNS, whole=True)
    rows.equals([terms([1, 1, 1, 1])], 4)
    written = Rewritten(rows, terms([factor] * COLUMNS, 7), np.array([5]), 4)
    costs: list[int] = []

    def take(model: clingo.Model) -> None:
        costs.append(written.cost(model))

    written.control.solve(on_model=take)
    assert costs[-1] == 7 + 4 * factor
