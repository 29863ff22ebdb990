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
