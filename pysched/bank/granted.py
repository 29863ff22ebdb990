"""Days off that a resolution granted and on which their owner had to work all the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pysched.bank.case import Case
from pysched.bank.sacrifice import Sacrifice, borne
from pysched.bank.value_rules import percent_of
from pysched.model import Duty

BROKEN = ("granted", "granted_late")
"""Grades of a granted day off that was lost."""


def broken_grants(case: Case, physician: str, duties: Sequence[Duty]) -> list[Sacrifice]:
    """Return a physician's granted days off that were broken against his will.

    Each is worth a scheduled day off, whether or not the first published version had one. A day
    that he gave away in a swap, a cover or of his own accord is not broken.

    Args:
        case: the worked week.
        physician: whose.
        duties: that he worked.
    """
    found = []
    for day in sorted({duty.day for duty in duties}):
        forced = [d for d in duties if d.day == day and case.standing(physician, d) == 0]
        if (physician, day) in case.week.granted and forced:
            found.append(_lost(case, physician, forced[0]))
    return found


def broken_days(sacrifices: Iterable[Sacrifice]) -> frozenset[tuple[str, date]]:
    """Return (physician, day) of the granted days off that were broken."""
    return frozenset((row.physician, row.day) for row in sacrifices if row.grade in BROKEN)


def _lost(case: Case, physician: str, duty: Duty) -> Sacrifice:
    late = case.is_new(physician, duty) and case.is_late(physician, duty)
    cents = percent_of(case.rules.sdo_cents, case.rules.late_percent if late else 100)
    reason = "on a day off that had been granted"
    return borne(case, physician, duty, "sdo", BROKEN[late], cents, reason)
