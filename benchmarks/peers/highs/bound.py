"""What a bound in floating point proves of a cost, which is a whole number."""

from __future__ import annotations

from math import ceil, isfinite

SLACK = 1e-5
"""By how much a bound may be wrong, in units of cost, and relative to it where that is more.

Ten times the tolerance within which HiGHS takes a bound or a whole number for kept.
"""


def safe_bound(bound: float) -> int | None:
    """Return the least whole cost that a bound leaves possible, None if it says nothing."""
    if not isfinite(bound):
        return None
    return max(0, ceil(bound - SLACK * max(1.0, abs(bound))))
