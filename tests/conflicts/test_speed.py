"""Resolutions are quick: fourteen claimants on fifty-two dates, whatever decides."""

from __future__ import annotations

import pytest

from benchmarks.conflicts import timed
from pysched.conflicts import FOR_ALL

LIMIT_SECONDS = 2.0


@pytest.mark.parametrize("mechanism", [*FOR_ALL, "coverage"])
def test_a_year_of_dates_is_decided_in_two_seconds(mechanism: str) -> None:
    """Of CPU, the best of three; the proposal allows two minutes."""
    for _ in range(3):
        seconds, decision = timed(mechanism, 14, 52)
        if seconds < LIMIT_SECONDS:
            break
    assert seconds < LIMIT_SECONDS
    assert decision.grants != {}
    assert decision.fallback == ""
