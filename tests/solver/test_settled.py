"""One thread proves the levels that are to be settled before it improves those below."""

from pathlib import Path

import pytest

from pysched.solver import Conflicts, Options
from pysched.solver.engine import Problem, search

PIGEONS = """
{ assign(P, H) : H = 1..6 } 1 :- P = 1..7.
:- assign(P, H), assign(Q, H), P < Q.
#minimize { 1@2,P : P = 1..7, not assign(P, _) }.
#minimize { H@1,P : assign(P, H) }.
"""
LIMIT = 3000
"""A fifth of it is too little to prove that one of seven is left over, another half is enough."""


def bound_of_pigeons(folder: Path, settled: int | None, options: Options) -> int:
    """Return what is proven of the number of pigeons left without a hole."""
    file = folder / "pigeons.lp"
    file.write_text(PIGEONS)
    problem = Problem(
        (file,), "", lambda symbol: {"pigeon": symbol.arguments[0]}, settled_level=settled
    )
    return search(problem, options).bounds()[2]


@pytest.mark.parametrize(("settled", "bound"), [(None, 0), (2, 1), (1, 1)])
def test_a_level_to_be_settled_is_proven_first(
    tmp_path: Path, settled: int | None, bound: int
) -> None:
    """With what would have been spent on improving."""
    assert bound_of_pigeons(tmp_path, settled, Options(None, LIMIT, 1, 1)) == bound


def test_a_criterion_of_the_callers_own_leaves_the_shares_as_they_are(tmp_path: Path) -> None:
    """It is asked between the parts of a search, so none of them is made longer."""
    options = Options(None, LIMIT, 1, 1, Conflicts(LIMIT))
    assert bound_of_pigeons(tmp_path, 2, options) == 0
