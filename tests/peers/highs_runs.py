"""Runs HiGHS in a process of its own, as it does not load where CP-SAT is.

Reads pickled (seed, seconds, start) from the standard input and writes the pickled runs.
"""

from __future__ import annotations

import os
import pickle
import sys

from benchmarks.peers.highs.engine import run

from .agreed import agreed_world, run_on

# The answer has the output to itself: what a library prints goes to the errors.
_answer = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)


def main() -> None:
    """Answer what was asked."""
    asked = pickle.load(sys.stdin.buffer)  # noqa: S301  (from the test)
    runs = [run_on(agreed_world(seed), run, seconds, start) for seed, seconds, start in asked]
    pickle.dump(runs, _answer)
    _answer.flush()


if __name__ == "__main__":
    main()
