"""Streams of random numbers: one for each part of a scenario, all from one seed."""

from __future__ import annotations

from random import Random


def stream(seed: int, *part: object) -> Random:
    """Return the numbers of a part; drawing more for one part leaves the others as they were."""
    # A text as seed is hashed with SHA-512, so it gives the same numbers on every platform.
    return Random("/".join(map(str, (seed, *part))))  # noqa: S311
