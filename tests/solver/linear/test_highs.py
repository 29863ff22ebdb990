"""HiGHS solves a system of rows, and says nothing where results go."""

import subprocess
import sys

import numpy as np

from pysched.solver.linear.highs import Linear
from pysched.solver.linear.terms import Rows, Terms

SCRIPT = """
import sys
sys.path[:0] = {path!r}
from tests.solver.linear.test_highs import knapsack
print(*knapsack(False), *knapsack(True))
"""


def knapsack(large: bool) -> tuple[int | None, int | None, bool]:
    """Return bounds of the most of three things that fit: by a linear program, by a whole one."""
    rows = Rows()
    things = rows.columns(3, whole=True)
    rows.at_most([Terms(things, np.array([4, 4, 3]))], 8)
    linear = Linear(rows, large=large)
    worth = Terms(things, np.array([-5, -5, -3]))
    relaxed = linear.relax(worth, [], lambda: False, 10.0)
    whole = linear.whole(worth, [], lambda: False, 10.0, lambda values: None, lambda bound: None)
    return relaxed.bound, whole.bound, whole.optimal


def test_nothing_is_said_on_standard_output() -> None:
    """In a new process, where HiGHS is loaded for the first time, only the optimum is there."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(path=sys.path)], capture_output=True, check=True
    )
    assert done.stdout.decode().split() == ["-10", "-10", "True"] * 2
