"""HiGHS finds what CP-SAT finds, and says no more than it knows."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from pysched.model import Schedule

from .agreed import SEEDS, Run, all_better, overstated
from .optimum import optimum, solved

ROOT = Path(__file__).parents[2]
STARTED, OTHER = SEEDS[0], SEEDS[4]
ENOUGH, LITTLE = 30.0, 0.15
"""Seconds for a proof, and for next to nothing."""

Asked = tuple[int, float, Schedule | None]

pytestmark = pytest.mark.skipif(find_spec("highspy") is None, reason="highspy is not installed")
every_seed = pytest.mark.parametrize("seed", SEEDS)


@cache
def runs() -> dict[tuple[int, float, str], Run]:
    """Return what HiGHS makes of each world by seed, seconds and what it starts from."""
    optimal = solved(STARTED).schedule
    asked: dict[tuple[int, float, str], Asked] = {
        (seed, seconds, "nothing"): (seed, seconds, None)
        for seed in SEEDS
        for seconds in (ENOUGH, LITTLE)
    }
    asked[STARTED, ENOUGH, "optimum"] = STARTED, ENOUGH, optimal
    asked[OTHER, ENOUGH, "alien"] = OTHER, ENOUGH, optimal
    done = subprocess.run(
        [sys.executable, "-m", "peers.highs_runs"],
        input=pickle.dumps(list(asked.values())),
        capture_output=True,
        timeout=200,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
    )
    assert done.returncode == 0, done.stderr.decode()
    return dict(zip(asked, pickle.loads(done.stdout), strict=True))  # noqa: S301


@every_seed
def test_the_optimum_is_that_of_cpsat(seed: int) -> None:
    """Level by level, and it is proven."""
    run = runs()[seed, ENOUGH, "nothing"]
    assert run.status == "optimal"
    assert optimum(seed) == run.costs[-1]
    assert optimum(seed) == run.bound


@every_seed
def test_every_schedule_is_allowed_and_better_than_the_one_before(seed: int) -> None:
    """By the checker's rules and costs."""
    run = runs()[seed, ENOUGH, "nothing"]
    assert all(run.allowed)
    assert all_better(seed, run)


@every_seed
def test_a_search_cut_short_says_what_it_knows(seed: int) -> None:
    """A schedule there always is; no bound is above the optimum it is for."""
    run = runs()[seed, LITTLE, "nothing"]
    assert run.costs
    assert all(run.allowed)
    assert overstated(seed, run, optimum(seed)) == []
    assert (run.status == "optimal") == (run.bound == run.costs[-1] == optimum(seed))


def test_a_search_begins_with_its_start() -> None:
    """An optimal one is the only schedule that is found."""
    assert [optimum(STARTED)] == runs()[STARTED, ENOUGH, "optimum"].costs


def test_a_start_that_cannot_be_is_left_aside() -> None:
    """One of another world."""
    assert runs()[OTHER, ENOUGH, "nothing"].costs == runs()[OTHER, ENOUGH, "alien"].costs
