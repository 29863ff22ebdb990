"""One thread, a seed and a conflict limit give the same schedule, everywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pysched.solver import Options, Result, solve

from .weeks import generated_world

TESTS = Path(__file__).parents[1]
PROGRAM = "from solver.test_repeatable import fingerprint, solved; print(fingerprint(solved({})))"


def solved(seed: int) -> Result:
    """Return what is found for a generated week within a few conflicts."""
    world = generated_world(7)
    return solve(world.network, world.week, world.state, Options(None, 1500, seed, 1))


def fingerprint(result: Result) -> str:
    """Return all that must not depend on the machine or the moment."""
    assert result.schedule is not None
    return repr((list(result.schedule), result.levels, result.costs, result.digest, result.status))


def test_twice_in_one_process() -> None:
    """A search leaves nothing behind that the next one sees."""
    assert fingerprint(solved(3)) == fingerprint(solved(3))


@pytest.mark.parametrize("hashes", ["0", "4711"])
def test_in_other_processes_with_other_hashes(hashes: str) -> None:
    """Sets of strings in another order change nothing."""
    path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(3)],
        env={**os.environ, "PYTHONHASHSEED": hashes, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert fingerprint(solved(3)) == done.stdout.strip()


def test_the_digest_is_of_the_input_alone() -> None:
    """Another seed searches the same week."""
    one, other = solved(3), solved(4)
    assert one.digest == other.digest
    assert (one.seed, other.seed) == (3, 4)
    world = generated_world(7, seed=2)
    third = solve(world.network, world.week, world.state, Options(None, 10, 3, 1))
    assert third.digest != one.digest
