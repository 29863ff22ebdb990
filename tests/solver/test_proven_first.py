"""One thread goes on proving where the levels that come first are not proven yet."""

from dataclasses import replace
from pathlib import Path

import pytest
from clingo.symbol import parse_term

from pysched.model.rules import GROUPS, profile_rules
from pysched.solver import Conflicts, Extras, Options, Problem, engine, search
from pysched.solver.solve import problem_of

from .weeks import generated_world

PIGEONS = """
{ assign(P, H) : H = 1..6 } 1 :- P = 1..7.
:- assign(P, H), assign(Q, H), P < Q.
#minimize { 1@2,P : P = 1..7, not assign(P, _) }.
#minimize { H@1,P : assign(P, H) }.
"""
START = "assign(1,1)"
LIMIT = 3000
"""A fifth of it is too little to prove that one of seven is left over, another half is enough."""


@pytest.fixture
def _worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a proof of this size be one to go on with."""
    monkeypatch.setattr(engine, "LONG_PROOF", LIMIT // 5)


def bound_of_pigeons(folder: Path, first: int | None, options: Options, start: str = START) -> int:
    """Return what is proven of the number of pigeons left without a hole."""
    file = folder / "pigeons.lp"
    file.write_text(PIGEONS)
    problem = Problem(
        (file,),
        "",
        lambda symbol: {"pigeon": symbol.arguments[0]},
        start=frozenset({parse_term(start)} if start else ()),
        proven_first=first,
    )
    return search(problem, options).bounds()[2]


@pytest.mark.usefixtures("_worth_it")
@pytest.mark.parametrize(("first", "bound"), [(None, 0), (2, 1), (1, 1)])
def test_a_level_that_comes_first_is_proven(tmp_path: Path, first: int | None, bound: int) -> None:
    """With a part of what would have been spent on improving."""
    assert bound_of_pigeons(tmp_path, first, Options(None, LIMIT, 1, 1)) == bound


def test_after_a_short_proof_it_improves(tmp_path: Path) -> None:
    """A fifth of these limits is less than a proof that is worth going on with."""
    assert LIMIT // 5 < engine.LONG_PROOF
    assert bound_of_pigeons(tmp_path, 2, Options(None, LIMIT, 1, 1)) == 0


@pytest.mark.usefixtures("_worth_it")
def test_a_criterion_of_the_callers_own_leaves_the_shares_as_they_are(tmp_path: Path) -> None:
    """It may count conflicts, and could not end a long proof."""
    options = Options(None, LIMIT, 1, 1, Conflicts(LIMIT))
    assert bound_of_pigeons(tmp_path, 2, options) == 0


@pytest.mark.usefixtures("_worth_it")
def test_without_a_schedule_the_other_search_looks_for_one(tmp_path: Path) -> None:
    """Before anything is proven at length."""
    assert bound_of_pigeons(tmp_path, 2, Options(None, LIMIT, 1, 1), start="") == 0


def test_only_a_week_as_it_is_has_levels_that_come_first() -> None:
    """Service of a week; none where other encodings have levels of their own."""
    world = generated_world(7)
    place = world.network, world.week, world.state, None
    assert problem_of(*place, Extras()).proven_first == GROUPS["service"]
    assert problem_of(*place, Extras(("repair.lp",))).proven_first is None
    one = profile_rules("recommended", levels=dict.fromkeys(GROUPS, 1))
    network = replace(world.network, rules=one)
    assert problem_of(network, *place[1:], Extras()).proven_first is None
