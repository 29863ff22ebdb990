"""Who meets whom at work."""

from check.builders import MONDAY, given, network

from pysched.model import Schedule
from pysched.trust import CoDuty, co_duties


def test_pairs_meet_in_half_days_and_hospitals() -> None:
    """On Monday ann and bob twice, with cat in the morning; on call nobody meets."""
    rows = "ann ward 0, bob clinic 0, cat early 0, ann guard 0, bob dusk 0, ann call 1, bob night 1"
    found = co_duties(network(), Schedule(MONDAY, given(rows)))
    assert found == [
        CoDuty(MONDAY, "ann", "bob", 2),
        CoDuty(MONDAY, "ann", "cat"),
        CoDuty(MONDAY, "bob", "cat"),
    ]


def test_two_hospitals_or_half_days_are_no_meeting() -> None:
    """Nor are two days."""
    rows = "ann ward 0 1, bob outing 0, cat guard 0, bob ward 2"
    assert co_duties(network(), Schedule(MONDAY, given(rows))) == []
