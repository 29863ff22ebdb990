"""The libraries of neighbourhood search get the same problem, and are read as they mean it."""

from __future__ import annotations

import os
import shutil

import clingo
import pytest

from benchmarks.peers.lns_libraries import alaspo, fastlane
from benchmarks.peers.lns_libraries.program import program_text
from pysched.bench.engine import Engine, Job, UnavailableError

from .agreed import SEEDS, agreed_world, all_better, run_on
from .optimum import optimum

LIBRARIES = {"PYSCHED_FASTLANE": fastlane, "PYSCHED_ALASPO": alaspo}
every_library = pytest.mark.parametrize("variable", LIBRARIES)


def job(seed: int) -> Job:
    """Return a small world as a job."""
    world = agreed_world(seed)
    return Job(world.network, world.week, world.state, None, 5.0, 1, 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_text_they_are_given_has_the_optimum_of_cpsat(seed: int) -> None:
    """Clingo alone solves it: nothing is missing in it, and no spare unit is counted."""
    control = clingo.Control(["--opt-strategy=usc", "--warn=none"])
    control.add("base", [], program_text(job(seed)))
    control.ground([("base", [])])
    costs: list[dict[int, int]] = []
    with control.solve(yield_=True) as handle:
        for model in handle:
            assert all(symbol.match("assign", 2) for symbol in model.symbols(shown=True))
            costs.append(dict(zip(model.priority, model.cost, strict=True)))
        assert handle.get().exhausted
    assert {level: cost for level, cost in costs[-1].items() if cost} == optimum(seed)


@every_library
def test_a_library_that_is_not_here_says_how_to_get_it(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has an environment of its own, which this one cannot hold."""
    monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnavailableError, match=variable):
        LIBRARIES[variable](job(SEEDS[0]), lambda _: None)


def _here(variable: str) -> bool:
    return (
        variable in os.environ
        or shutil.which(variable.removeprefix("PYSCHED_").lower()) is not None
    )


@every_library
@pytest.mark.parametrize("seed", SEEDS[:3])
def test_it_finds_the_optimum_of_small_worlds(variable: str, seed: int) -> None:
    """Each schedule is allowed and better than the one before."""
    if not _here(variable):
        pytest.skip(f"no command in {variable}")
    engine: Engine = LIBRARIES[variable]
    found = run_on(agreed_world(seed), engine, 5)
    assert all(found.allowed)
    assert all_better(seed, found)
    assert found.costs[-1] == optimum(seed)
