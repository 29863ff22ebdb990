"""Days off lost and changed duties, each line of the seed's table by a case computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pysched.model import Absence
from tests.bank.builders import NO_ROLES, day, found, version


@pytest.mark.parametrize(
    ("published", "cents"),
    [
        ("2023-06-06 06:00", 300),
        ("2023-06-06 06:01", 600),
        ("2023-06-07 05:59", 600),
        ("2023-06-01 06:00", 300),
    ],
)
def test_a_scheduled_day_off_lost(published: str, cents: int) -> None:
    """The ward starts on Wednesday at 08:00 in Rome, 06:00 UTC; 24 hours before is in time."""
    versions = version("ann ward 0"), version("ann ward 0 2", published, "v2")
    assert found("ann ward 0 2", *versions) == [("ann", 2, "sdo", cents, cents)]


def test_notice_counts_from_the_first_version_that_kept_the_duty() -> None:
    """Given, taken back, and given again within 24 hours: late."""
    early, back = "2023-06-01 06:00", "2023-06-02 06:00"
    versions = (
        version("ann ward 0"),
        version("ann ward 0 2", early, "v2"),
        version("ann ward 0", back, "v3"),
        version("ann ward 0 2", "2023-06-06 20:00", "v4"),
    )
    assert found("ann ward 0 2", *versions) == [("ann", 2, "sdo", 600, 600)]
    kept = (*versions[:2], version("ann ward 0 2, bob ward 1", back, "v3"))
    assert found("ann ward 0 2, bob ward 1", *kept)[:1] == [("ann", 2, "sdo", 300, 300)]


def test_what_no_version_had_is_late() -> None:
    """Called in on a free day: nobody published it."""
    assert found("ann ward 2", version("bob ward 0")) == [("ann", 2, "sdo", 600, 600)]


def test_notice_over_the_change_to_summer_time() -> None:
    """On 2023-03-26 the clocks go forward: 08:00 in Rome is 06:00 UTC, not 07:00."""
    monday = date(2023, 3, 20)
    for at, cents in (("2023-03-25 06:00", 300), ("2023-03-25 06:30", 600)):
        rows = "ann ward 6"
        first = version("", "2023-03-10 12:00", monday=monday)
        versions = first, version(rows, at, "v2", monday)
        sdo = [row for row in found(rows, *versions, monday=monday) if row[2] == "sdo"]
        assert sdo == [("ann", 6, "sdo", cents, cents)]


def test_a_day_of_absence_is_no_day_off() -> None:
    """Recalled from leave: a change to another day, late, not a day off lost."""
    leave = (Absence("ann", day(2), day(2), "vacation"),)
    rows = found("ann ward 2", version("bob ward 0"), absences=leave)
    assert rows == [("ann", 2, "change", 300, 300)]


@pytest.mark.parametrize(
    ("before", "after", "cents"),
    [
        ("ann ward 2", "ann guard 2", 100),
        ("ann ward 2", "ann noon 2", 150),
        ("ann ward 2", "ann ward 2, ann guard 2", 100),
        ("ann ward 2, ann noon 2", "ann far 2", 100),
    ],
)
def test_changes_on_a_day(before: str, after: str, cents: int) -> None:
    """Other time 1, other site 1.5; one more within 24 hours."""
    for at, more in (("2023-06-01 12:00", 0), ("2023-06-07 04:00", 100)):
        versions = version(before), version(after, at, "v2")
        assert found(after, *versions) == [("ann", 2, "change", cents + more, cents + more)]


def test_changes_to_another_day_where_days_off_are_used_up() -> None:
    """With no day off left to pay, the second one is a changed day: 2, late at most 3."""
    rules = replace(NO_ROLES, sdo_quota=1)
    versions = version("ann ward 0"), version("ann ward 1 2", "2023-06-01 12:00", "v2")
    rows = found("ann ward 1 2", *versions, rules=rules)
    assert rows == [("ann", 1, "sdo", 300, 300), ("ann", 2, "change", 200, 200)]
    late = found("ann ward 1 2", version("ann ward 0"), rules=rules)
    assert late == [("ann", 1, "sdo", 600, 600), ("ann", 2, "change", 300, 300)]


def test_a_day_off_lost_absorbs_the_change() -> None:
    """Two new duties on a free day are one day off, told when the first of them was."""
    versions = version("bob ward 0"), version("ann ward 2", "2023-06-01 12:00", "v2")
    last = version("ann ward 2, ann guard 2", "2023-06-07 04:00", "v3")
    rows = found("ann ward 2, ann guard 2", *versions, last)
    assert rows == [("ann", 2, "sdo", 300, 300)]


def test_without_versions_nothing_was_changed() -> None:
    """Days and roles count all the same."""
    assert found("ann ward 2 5") == [("ann", 5, "weekend", 500, 500)]
