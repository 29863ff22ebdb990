"""The improving search on programs of a few atoms."""

from pathlib import Path

import clingo
import pytest

from pysched.solver.budget import Budget
from pysched.solver.incumbent import Incumbent
from pysched.solver.program import Program
from pysched.solver.search import Improvement

CHOICE = "1 { assign(ann, 1) ; assign(bob, 1) } 1. "
COSTS = "#minimize { 2@3 : assign(ann, 1) ; 1@3 : assign(bob, 1) ; 1@2 : assign(bob, 1) }. "
LAST = "#minimize { 1@1 : assign(cat, 1) }. { assign(cat, 1) }."


COST_OF = {"assign(ann,1)": (2, 0, 0), "assign(bob,1)": (1, 1, 0)}


def improved(folder: Path, text: str, first: str) -> tuple[tuple[int, ...], bool]:
    """Return the cost found from a first schedule on, and whether it is called optimal."""
    file = folder / "small.lp"
    file.write_text(text)
    program = Program([file], "", ["--warn=none", "--opt-strategy=bb,lin"])
    incumbent = Incumbent({}, 0.0, lambda cost, bound: None)
    if first:
        assigned = frozenset({clingo.parse_term(first)})
        incumbent.offer([3, 2, 1], COST_OF[first], list(assigned), assigned)
    Improvement(program, incumbent, Budget(None, 40), lambda symbol: {}, seed=1).run()
    assert incumbent.best is not None
    return incumbent.best.cost, incumbent.optimal


@pytest.mark.parametrize("first", ["assign(ann,1)", "assign(bob,1)"])
def test_a_level_at_zero_below_ends_no_search(tmp_path: Path, first: str) -> None:
    """A schedule that costs nothing on the last levels is improved on one above all the same."""
    cost, optimal = improved(tmp_path, CHOICE + COSTS + LAST, first)
    assert cost == (1, 1, 0)
    assert optimal


@pytest.mark.parametrize("forced", [{}, {1: 3}])
def test_a_level_that_costs_what_is_forced_ends_no_search(
    tmp_path: Path, forced: dict[int, int]
) -> None:
    """Told or not, what every schedule costs on the last level hides nothing above it."""
    text = "1 { assign(ann, 1) ; assign(bob, 1) } 1. #minimize { 3@1 }. "
    text += "#minimize { 2@2 : assign(ann, 1) ; 1@2 : assign(bob, 1) }."
    file = tmp_path / "small.lp"
    file.write_text(text)
    program = Program([file], "", ["--warn=none", "--opt-strategy=bb,lin"])
    incumbent = Incumbent(forced, 0.0)
    first = frozenset({clingo.parse_term("assign(ann,1)")})
    incumbent.offer([2, 1], (2, 3), list(first), first)
    Improvement(program, incumbent, Budget(None, 40), lambda symbol: {}, seed=1).run()
    assert incumbent.best is not None
    assert incumbent.best.cost == (1, 3)
    assert incumbent.optimal


def test_without_a_schedule_it_begins_with_any(tmp_path: Path) -> None:
    """Nothing has to be offered first; the optimum is found from there."""
    cost, optimal = improved(tmp_path, CHOICE + COSTS + LAST, "")
    assert cost == (1, 1, 0)
    assert optimal


def test_what_nothing_meets_is_called_infeasible(tmp_path: Path) -> None:
    """A program without a model ends the search."""
    file = tmp_path / "small.lp"
    file.write_text(CHOICE + COSTS + ":- assign(_, 1).")
    incumbent = Incumbent({}, 0.0, lambda cost, bound: None)
    program = Program([file], "", ["--warn=none", "--opt-strategy=bb,lin"])
    Improvement(program, incumbent, Budget(None, 40), lambda symbol: {}, seed=1).run()
    assert incumbent.infeasible


ANYBODY = "1 { assign(ann, 1) ; assign(bob, 1) ; assign(cat, 1) } 1. "
BETTER = "#minimize { 3@2 : assign(ann, 1) ; 2@2 : assign(bob, 1) ; 1@2 : assign(cat, 1) }. "
DEARER = "#minimize { 5@1 : assign(bob, 1) ; 7@1 : assign(cat, 1) }. "


def induced(
    folder: Path, likely: str, patience: float, forced: dict[int, int]
) -> tuple[tuple[int, ...], int]:
    """Return the cost found on the highest level and below, from ann on, and what was spent."""
    file = folder / "small.lp"
    file.write_text(ANYBODY + BETTER + DEARER)
    program = Program([file], "", ["--warn=none", "--opt-strategy=bb,lin"])
    incumbent, budget = Incumbent(forced, 0.0), Budget(None, None)
    first = frozenset({clingo.parse_term("assign(ann,1)")})
    incumbent.offer([2, 1], (3, 0), list(first), first)
    steps = Improvement(program, incumbent, budget, lambda symbol: {}, seed=1)
    steps.induce(0, frozenset({clingo.parse_term(likely)}), patience)
    assert incumbent.best is not None
    return incumbent.best.cost, budget.spent


@pytest.mark.parametrize(("likely", "cost"), [("assign(bob,1)", (2, 5)), ("assign(cat,1)", (1, 7))])
def test_only_what_is_likely_is_searched_at_first(
    tmp_path: Path, likely: str, cost: tuple[int, ...]
) -> None:
    """For less on the level, whatever that costs below; the rest stays as it is."""
    assert induced(tmp_path, likely, 0.0, {})[0] == cost


def test_with_patience_more_is_searched(tmp_path: Path) -> None:
    """What is drawn is free besides."""
    assert induced(tmp_path, "assign(bob,1)", 20.0, {2: 1})[0] == (1, 7)


def test_what_costs_no_more_than_it_must_is_not_searched(tmp_path: Path) -> None:
    """Nothing is spent on it."""
    assert induced(tmp_path, "assign(cat,1)", 0.3, {2: 3}) == ((3, 0), 0)
