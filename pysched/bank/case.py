"""A worked week as the valuation looks at it: who worked what, since when, and at whose request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from pysched.bank.value_rules import ValueRules
from pysched.bank.versions import Agreed, Key, Version, cause, in_order, published_at
from pysched.facts.hours import candidates
from pysched.model import Assignment, Duty, Network, Schedule, Week


@dataclass(frozen=True)
class Case:
    """All that the value of a week's sacrifices depends on.

    Args:
        network: physicians, tasks, categories and the calendar.
        week: its duties, absences, requests and holidays.
        versions: all that were published, by time.
        agreed: requests that all concerned consented to.
        worked: the schedule as worked. Duties that the week has not earn nothing.
        rules: what is worth how much.
    """

    network: Network
    week: Week
    versions: tuple[Version, ...]
    agreed: tuple[Agreed, ...]
    worked: Schedule
    rules: ValueRules

    @cached_property
    def duties(self) -> Mapping[Key, Duty]:
        """The duties of the week by their key."""
        return {duty.key: duty for duty in self.week.duties}

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Duty]]:
        """The duties that each physician worked, by start."""
        rows: dict[str, list[Duty]] = {name: [] for name in self.network.physicians}
        for a in self.worked.assignments:
            if a.duty in self.duties:
                rows[a.physician].append(self.duties[a.duty])
        return {name: sorted(found, key=_by_start) for name, found in rows.items()}

    @cached_property
    def able(self) -> Mapping[Key, frozenset[str]]:
        """Who could have taken each duty by skill, presence and agreements."""
        found = candidates(self.network, self.week)
        return {duty.key: frozenset(names) for duty, names in found.items()}

    @cached_property
    def skill_class(self) -> Mapping[Key, frozenset[str]]:
        """Who could have taken each duty by skill and agreements, had all been present."""
        found = candidates(self.network, replace(self.week, absences=()))
        return {duty.key: frozenset(names) for duty, names in found.items()}

    @cached_property
    def off(self) -> Mapping[date, frozenset[str]]:
        """Who was present and had no duty, by day."""
        busy = {(a.physician, a.day) for a in self.worked.assignments}
        return {
            day: frozenset(
                name
                for name in self.network.physicians
                if (name, day) not in busy and self.week.is_present(name, day)
            )
            for day in self.week.days
        }

    @property
    def first(self) -> frozenset[Assignment]:
        """The assignments of the first published version."""
        return self.versions[0].schedule.assignments if self.versions else frozenset()

    def is_new(self, physician: str, duty: Duty) -> bool:
        """Return whether a duty came to a physician once the week was published."""
        row = Assignment(duty.day, duty.task, physician)
        return bool(self.versions) and row not in self.first

    def cause(self, physician: str, duty: Duty) -> Agreed | None:
        """Return the consented request by which a physician has a duty that was not his."""
        if not self.is_new(physician, duty) and self.versions:
            return None
        return cause(self.agreed, physician, duty.key)

    def start(self, duty: Duty) -> datetime:
        """Return when a duty starts, in UTC."""
        return self.week.moment(duty.start)

    def told_at(self, physician: str, duty: Duty) -> datetime:
        """Return when a physician was told of a new duty, in UTC.

        That is when it was asked of him, else when it was published. What no version had was told
        when it began.
        """
        asked = self.cause(physician, duty)
        if asked is not None:
            return asked.asked_at
        return published_at(self.versions, physician, duty.key, self.start(duty))

    def is_late(self, physician: str, duty: Duty) -> bool:
        """Return whether a new duty was told less than the notice before it began."""
        notice = self.start(duty) - self.told_at(physician, duty)
        return notice < timedelta(minutes=self.rules.late_minutes)

    def standing(self, physician: str, duty: Duty) -> int:
        """Return how a physician came to a duty.

        Returns:
            0 by the schedule, 1 asked by another, 2 by a swap or cover of his own, 3 voluntarily.
        """
        asked = self.cause(physician, duty)
        if asked is None:
            return 0
        if asked.kind == "voluntary":
            return 3
        return 2 if asked.asker == physician else 1

    def beneficiaries(self, physician: str, duty: Duty) -> tuple[str, ...]:
        """Return for whom a duty was borne: who asked, else who was off, able and present."""
        asked = self.cause(physician, duty)
        if asked is not None and asked.asker != physician:
            return (asked.asker,)
        able = self.able.get(duty.key, frozenset())
        return tuple(sorted(self.off[duty.day] & able - {physician}))

    def wished_off(self, physician: str, day: date) -> bool:
        """Return whether a day off was the physician's own request."""
        wishes = (r for r in self.week.requests if r.kind == "day_off")
        asked = any((r.physician, r.day) == (physician, day) for r in wishes)
        return asked or (physician, day) in self.week.granted

    def people(self) -> Iterator[tuple[str, Sequence[Duty]]]:
        """Go through the physicians who worked, by id, with their duties."""
        yield from ((name, rows) for name, rows in sorted(self.rows.items()) if rows)


def case_of(
    network: Network,
    week: Week,
    versions: Sequence[Version],
    agreed: Sequence[Agreed],
    worked: Schedule,
    rules: ValueRules,
) -> Case:
    """Return a worked week as the valuation looks at it.

    Raises:
        ValueError: the schedule or a version is of another week, or somebody is unknown.
    """
    if worked.monday != week.monday:
        raise ValueError(f"schedule of {worked.monday} was not worked in the week {week.monday}")
    named = {a.physician for a in worked.assignments} | {row.asker for row in agreed}
    named |= {move.taker for row in agreed for move in row.moves}
    for name in sorted(named - set(network.physicians)):
        raise ValueError(f"{name!r} is no physician of the network {network.name}")
    ordered = in_order(week, versions)
    return Case(network, week, ordered, tuple(agreed), worked, rules)


def _by_start(duty: Duty) -> tuple[int, int, str]:
    return duty.start, duty.end, duty.task
