"""Sacrifices by a change after publication: days off lost, and duties that were changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pysched.bank.case import Case
from pysched.bank.granted import broken_grants
from pysched.bank.sacrifice import Sacrifice, borne
from pysched.bank.value_rules import percent_of
from pysched.model import Duty


def changes_of(case: Case, physician: str, duties: Sequence[Duty]) -> Iterator[Sacrifice]:
    """Yield a physician's days off lost, and his changed duties on other days.

    A day off is a present day without a duty in the first published version, or one that was
    granted. It is lost by the duty he was told of first. What he asked for himself is no sacrifice;
    nor is a day off that was his own wish and that he gave away when asked.
    """
    broken = broken_grants(case, physician, duties)
    yield from broken
    new = [duty for duty in duties if case.is_new(physician, duty)]
    lost = 0
    for day in sorted({duty.day for duty in new} - {row.day for row in broken}):
        of_day = [duty for duty in new if duty.day == day]
        if not was_off(case, physician, day):
            yield from _changed(case, physician, of_day)
            continue
        duty = min(of_day, key=lambda d: (case.told_at(physician, d), d.start, d.task))
        if _given_up(case, physician, duty):
            continue
        if lost < case.rules.sdo_quota:
            lost += 1
            yield _day_off(case, physician, duty)
        else:
            yield from _changed(case, physician, of_day)


def was_off(case: Case, physician: str, day: date) -> bool:
    """Return whether the first published version gave a physician a day off."""
    had = any(a.physician == physician and a.day == day for a in case.first)
    return not had and case.week.is_present(physician, day)


def _given_up(case: Case, physician: str, duty: Duty) -> bool:
    standing = case.standing(physician, duty)
    return standing >= 2 or (standing == 1 and case.wished_off(physician, duty.day))


def _day_off(case: Case, physician: str, duty: Duty) -> Sacrifice:
    late = case.is_late(physician, duty)
    cents = percent_of(case.rules.sdo_cents, case.rules.late_percent if late else 100)
    reason = f"on a scheduled day off{_told(case, late)}"
    return borne(case, physician, duty, "sdo", "late" if late else "in_time", cents, reason)


def _told(case: Case, late: bool) -> str:
    hours = f"{case.rules.late_minutes / 60:g} h"
    return f", told less than {hours} before" if late else f", told {hours} or more before"


def _changed(case: Case, physician: str, new: Sequence[Duty]) -> Iterator[Sacrifice]:
    for duty in new:
        if case.standing(physician, duty) >= 2:
            continue
        late = case.is_late(physician, duty)
        grade, percent = _disruption(case, physician, duty)
        percent += case.rules.late_change_percent if late else 0
        percent = min(percent, case.rules.most_change_percent)
        cents = percent_of(case.rules.change_cents, percent)
        reason = f"changed once published ({grade.replace('_', ' ')}){_told(case, late)}"
        yield borne(case, physician, duty, "change", grade, cents, reason)


def _disruption(case: Case, physician: str, duty: Duty) -> tuple[str, int]:
    """Return how far a new duty is from what the physician had on its day, and the percentage."""
    tasks = case.network.tasks
    had = [a for a in case.first if a.physician == physician and a.day == duty.day]
    if not had:
        return "other_day", case.rules.other_day_percent
    sites = {tasks[a.task].hospital for a in had}
    if tasks[duty.task].hospital not in sites:
        return "other_site", case.rules.other_site_percent
    return "same_day", case.rules.same_day_percent
