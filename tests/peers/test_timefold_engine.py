"""Timefold as an engine: what it reports is allowed, gets better and starts where it is told."""

from __future__ import annotations

import sys
from functools import cache

import pytest

from benchmarks.peers.timefold_solver import machine, run
from pysched.bench import Job, UnavailableError

from .agreed import Run, agreed_world, all_better, in_order, run_on
from .optimum import optimum, solved

SEEDS = (7, 26)
SECONDS = 4.0
"""For a machine that runs already: half of it goes into the translation."""

every_seed = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def _machine() -> None:
    try:
        machine.start()
    except UnavailableError as error:
        pytest.skip(str(error))


@cache
def searched(seed: int) -> Run:
    """Return what Timefold makes of a world."""
    return run_on(agreed_world(seed), run, SECONDS)


@pytest.mark.usefixtures("_machine")
@every_seed
def test_every_schedule_is_allowed_and_better_than_the_one_before(seed: int) -> None:
    """By the checker's rules and costs; nothing is proven."""
    assert searched(seed).status == "feasible"
    assert all(searched(seed).allowed)
    assert all_better(seed, searched(seed))
    assert searched(seed).bound == {}


@pytest.mark.usefixtures("_machine")
@every_seed
def test_nothing_is_better_than_the_optimum(seed: int) -> None:
    """It comes as near as it can."""
    assert in_order(seed, searched(seed).costs[-1]) >= in_order(seed, optimum(seed))


@pytest.mark.usefixtures("_machine")
def test_a_search_begins_with_its_start() -> None:
    """An optimal one is all that it reports."""
    best = solved(SEEDS[0]).schedule
    again = run_on(agreed_world(SEEDS[0]), run, 2.0, best)
    assert again.costs == [optimum(SEEDS[0])]


def test_without_the_wheel_the_engine_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so before it does anything else."""
    monkeypatch.setitem(sys.modules, "timefold.solver", None)
    world = agreed_world(SEEDS[0])
    job = Job(world.network, world.week, world.state, None, 1.0, 1, 1)
    with pytest.raises(UnavailableError, match="not installed"):
        run(job, lambda schedule: None)


def test_without_java_the_engine_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the search for a Java machine says is passed on."""
    jpype = pytest.importorskip("jpype")
    interpreter = pytest.importorskip("_jpyinterpreter")

    def nowhere() -> str:
        raise jpype.JVMNotFoundException("no libjvm")

    monkeypatch.setattr(jpype, "isJVMStarted", lambda: False)
    monkeypatch.setattr(interpreter, "get_default_jvm_path", nowhere)
    with pytest.raises(UnavailableError, match="no libjvm"):
        machine.start()
