"""A model of CP-SAT and its rows have the same solutions."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from ortools.sat.python import cp_model

from benchmarks.peers.highs.bound import safe_bound
from benchmarks.peers.highs.matrix import Matrix
from benchmarks.peers.highs.translate import Translation

Solutions = set[tuple[int, ...]]


class Collector(cp_model.CpSolverSolutionCallback):
    """Keeps the values of some variables in every solution."""

    def __init__(self, variables: list[cp_model.IntVar]) -> None:
        super().__init__()
        self.variables = variables
        self.found: Solutions = set()

    def on_solution_callback(self) -> None:
        self.found.add(tuple(self.value(variable) for variable in self.variables))


def solutions(model: cp_model.CpModel, variables: list[cp_model.IntVar]) -> Solutions:
    """Return the values of the variables in all solutions."""
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    collector = Collector(variables)
    solver.solve(model, collector)
    return collector.found


def drawn(rng: Random) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Return a model with something of every kind, and its variables."""
    model = cp_model.CpModel()
    literals = [model.new_bool_var("") for _ in range(4)]
    holes = cp_model.Domain.from_values(rng.sample(range(-3, 6), 3))
    numbers = [model.new_int_var(-2, 3, ""), model.new_int_var_from_domain(holes, "")]
    for _ in range(rng.randint(2, 4)):
        constraint = one_of_each_kind(rng, model, some(rng, literals), numbers)
        if rng.random() < 0.6:
            constraint.only_enforce_if(some(rng, literals, 2))
    return model, [*literals, *numbers]


def some(rng: Random, literals: list[cp_model.IntVar], most: int = 3) -> list[cp_model.LiteralT]:
    """Return a few of the literals, some of them negated."""
    few = rng.sample(literals, rng.randint(1, most))
    return [x if rng.random() < 0.5 else x.negated() for x in few]


def one_of_each_kind(
    rng: Random,
    model: cp_model.CpModel,
    few: list[cp_model.LiteralT],
    numbers: list[cp_model.IntVar],
) -> cp_model.Constraint:
    """Add a constraint of a kind that is drawn."""
    kind = rng.choice(["or", "and", "most", "one", "sum", "holes"])
    if kind == "or":
        return model.add_bool_or(few)
    if kind == "and":
        return model.add_bool_and(few)
    if kind == "most":
        return model.add_at_most_one(few)
    if kind == "one":
        return model.add_exactly_one(few)
    total = sum(rng.randint(-3, 3) * x for x in [*few, *numbers])
    if kind == "sum":
        return model.add(total <= rng.randint(-4, 6))
    domain = cp_model.Domain.from_values(rng.sample(range(-9, 10), 4))
    return model.add_linear_expression_in_domain(total, domain)


def rebuilt(matrix: Matrix) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Return the rows as linear constraints and the columns as variables of a new model."""
    model = cp_model.CpModel()
    ends = zip(matrix.lower, matrix.upper, strict=True)
    variables = [model.new_int_var(int(low), int(high), "") for low, high in ends]
    for n, (low, high) in enumerate(zip(matrix.row_lower, matrix.row_upper, strict=True)):
        entries = range(matrix.starts[n], matrix.starts[n + 1])
        total = sum(int(matrix.coefficients[k]) * variables[matrix.columns[k]] for k in entries)
        model.add(total >= int(max(low, -1e6)))
        model.add(total <= int(min(high, 1e6)))
    return model, variables


@pytest.mark.parametrize("merge", [True, False])
@pytest.mark.parametrize("seed", range(60))
def test_rows_have_the_solutions_of_the_model(seed: int, merge: bool) -> None:
    """Clauses, groups and sums, enforced and not, over domains with holes."""
    model, variables = drawn(Random(seed))
    translation = Translation(model, merge=merge)
    translation.go_on()
    again, columns = rebuilt(translation.rows.matrix({}, [], {}))
    kept = [columns[translation.column[variable.index]] for variable in variables]
    assert solutions(model, variables) == solutions(again, kept)


def test_drawn_models_have_solutions_and_lack_some() -> None:
    """So that equal sets say something."""
    sizes = [len(solutions(*drawn(Random(seed)))) for seed in range(60)]
    assert sum(0 < size < 2**4 * 6 * 3 for size in sizes) > 40


def test_what_is_exclusive_implies_in_one_row() -> None:
    """Three literals of which one can hold, each implying the same one: two rows in all."""
    model = cp_model.CpModel()
    *three, implied = [model.new_bool_var("") for _ in range(4)]
    model.add_at_most_one(three)
    for literal in three:
        model.add_implication(literal, implied)
    translation = Translation(model)
    translation.go_on()
    matrix = translation.rows.matrix({}, [], {})
    assert len(matrix.row_upper) == 2
    half = np.array([0.5, 0.5, 0.0, 0.5])
    assert not matrix.holds(half)


def test_a_model_that_grows_is_translated_in_parts() -> None:
    """What came first keeps its columns and rows."""
    model = cp_model.CpModel()
    first = model.new_bool_var("")
    model.add(first == 1)
    translation = Translation(model)
    translation.go_on()
    assert (translation.rows.width, translation.rows.height) == (1, 1)
    second = model.new_bool_var("")
    model.add_implication(first, second)
    translation.go_on()
    assert (translation.rows.width, translation.rows.height) == (2, 2)
    matrix = translation.rows.matrix({}, [], {})
    assert matrix.holds(np.array([1.0, 1.0]))
    assert not matrix.holds(np.array([1.0, 0.0]))


def test_a_constraint_without_rows_is_named() -> None:
    """A product, say."""
    model = cp_model.CpModel()
    x = model.new_int_var(0, 3, "")
    model.add_multiplication_equality(x, [x, x])
    with pytest.raises(ValueError, match="int_prod"):
        Translation(model).go_on()


@pytest.mark.parametrize(
    ("bound", "proven"),
    [
        (2.0, 2),
        (2.000001, 2),
        (1.999999, 2),
        (2.1, 3),
        (-0.5, 0),
        (100000.5, 100000),
        (float("inf"), None),
        (float("-inf"), None),
    ],
)
def test_a_bound_is_taken_down_before_it_is_rounded_up(bound: float, proven: int | None) -> None:
    """What floating point adds proves nothing."""
    assert proven == safe_bound(bound)
