"""Granted days off that are broken: what they are worth, to whom, and what is none."""

from __future__ import annotations

import pytest

from pysched.bank.alerts import Alert
from pysched.bank.detection import sacrifices_of
from pysched.bank.granted import broken_days
from tests.bank.builders import case, day, found, request, settled, version

GRANTED = frozenset({("ann", day(2))})


def test_a_granted_day_that_was_planned_broken_is_a_day_off_lost() -> None:
    """Though the first published version had the duty already."""
    rows = "ann ward 2, bob ward 0"
    assert found(rows, version(rows), granted=GRANTED) == [("ann", 2, "sdo", 300, 300)]
    assert found(rows, version(rows)) == []


def test_a_granted_day_that_breaks_late_counts_double() -> None:
    """Told less than 24 hours before; it is counted once, not as a change besides."""
    versions = version("ann ward 0"), version("ann ward 0 2", "2023-06-06 20:00", "v2")
    assert found("ann ward 0 2", *versions, granted=GRANTED) == [("ann", 2, "sdo", 600, 600)]


@pytest.mark.parametrize("kind", ["cover", "swap", "voluntary"])
def test_attack_9_a_granted_day_that_its_owner_gives_up_earns_nothing(kind: str) -> None:
    """By his own swap, or of his own accord: nothing is broken."""
    agreed = (request("bob>ann ward 2", "ann", kind=kind),)
    rows = "ann ward 2"
    looked_at = case(rows, version("bob ward 2"), agreed=agreed, granted=GRANTED)
    assert broken_days(sacrifices_of(looked_at)) == frozenset()
    paid = sum(row.payable_cents for row in sacrifices_of(looked_at))
    assert paid == 0


def test_what_another_asks_for_is_not_broken() -> None:
    """Ann agreed to cover for bob on her granted day: that is between the two."""
    agreed = (request("bob>ann ward 2", "bob"),)
    looked_at = case("ann ward 2", version("bob ward 2"), agreed=agreed, granted=GRANTED)
    assert broken_days(sacrifices_of(looked_at)) == frozenset()


def test_a_broken_day_raises_an_alert() -> None:
    """It says who, which duty and when, and what is owed."""
    rows = "ann ward 2, bob ward 0"
    looked_at = case(rows, version(rows), granted=GRANTED)
    assert broken_days(sacrifices_of(looked_at)) == GRANTED
    alerts = [alert for alert in settled(looked_at).alerts if alert.kind == "broken_grant"]
    text = (
        f"ann had to work ward on {day(2)}, a day off granted to him: what he paid for it is "
        "returned, and he is owed 3.00."
    )
    assert alerts == [Alert("broken_grant", "ann", text)]
