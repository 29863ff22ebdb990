"""Runs HiGHS in a process of its own, as it does not load where CP-SAT is.

Reads pickled (seed, seconds, start) from the standard input and writes the pickled runs.
"""

from __future__ import annotations

import pickle
import sys

from benchmarks.peers.highs.engine import run

from .agreed import agreed_world, run_on


def main() -> None:
    """Answer what was asked."""
    asked = pickle.load(sys.stdin.buffer)  # noqa: S301  (from the test)
    runs = [run_on(agreed_world(seed), run, seconds, start) for seed, seconds, start in asked]
    pickle.dump(runs, sys.stdout.buffer)


if __name__ == "__main__":
    main()
