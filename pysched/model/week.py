"""The week: what is known before it is scheduled, in real elapsed minutes since its Monday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pysched.model.network import Task
from pysched.model.schedule import Assignment, DutyKey


def elapsed_minutes(monday: date, day: date, clock: time, timezone: str) -> int:
    """Return real minutes from Monday 00:00 local time to a local wall-clock time.

    Real time: a night over the change to winter time is an hour longer than its clock says.
    """
    zone = ZoneInfo(timezone)
    start = datetime.combine(monday, time(0), zone).astimezone(UTC)
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    return int((moment - start).total_seconds()) // 60


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One occurrence of a task, over [start, end) minutes since the week's Monday 00:00."""

    task: str
    day: date
    start: int
    end: int

    @property
    def key(self) -> DutyKey:
        """What names a duty: its task and the day it starts."""
        return self.task, self.day


def duty_on(task: Task, day: date, monday: date, timezone: str) -> Duty:
    """Return the duty of a task on a day, its times counted from `monday`."""
    last = day + timedelta(days=1) if task.passes_midnight else day
    start = elapsed_minutes(monday, day, task.start, timezone)
    return Duty(task.id, day, start, elapsed_minutes(monday, last, task.end, timezone))


@dataclass(frozen=True, slots=True)
class Absence:
    """Whole days, the last one included, on which a physician has no duty."""

    physician: str
    first_day: date
    last_day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Request:
    """A wish.

    `what` is a half-day for shift_off (morning 06-14, afternoon 14-20, night 20-06 by the start
    of the duty), a task for prefer_task and avoid_task (which hold for the whole week), empty for
    day_off.
    """

    physician: str
    day: date
    kind: Literal["day_off", "shift_off", "prefer_task", "avoid_task"]
    what: str
    weight: int


@dataclass(frozen=True)
class Week:
    """What is known of one week before it is scheduled.

    Args:
        monday: its first day.
        timezone: IANA name; duties are in real minutes since Monday 00:00 there.
        duties: to be filled, one physician each, in order of start.
        absences: all that touch Monday to the Monday after, both included.
        requests: wishes whose day lies in the week.
        holidays: public holidays among its seven days; `major_holidays` a part of them.
        pins: assignments that stay. worked: assignments of this week already worked; they stay too.
        published: the schedule as published, None before publication; `now` the minute from which
            the last 24 hours before a duty are counted.
        granted: (physician, day) off by a resolution.
        sacrifice_costs: (physician, task, day) -> units of equalization, for undesirable duties.
        sacrifice_days: day -> the day by which it is counted whether it is lost: a holiday itself,
            the days of a weekend together. day_costs: (physician, such a day) -> units of
            equalization if he has a duty then; where negative, what it costs if he has none.
        over_limit: physicians over the equalization hard limit; `unavoidable_sacrifices` how many
            sacrifice duties those under it could not take.
    """

    monday: date
    timezone: str
    duties: tuple[Duty, ...]
    absences: tuple[Absence, ...] = ()
    requests: tuple[Request, ...] = ()
    holidays: frozenset[date] = frozenset()
    major_holidays: frozenset[date] = frozenset()
    pins: frozenset[Assignment] = frozenset()
    worked: frozenset[Assignment] = frozenset()
    published: frozenset[Assignment] | None = None
    now: int = 0
    granted: frozenset[tuple[str, date]] = frozenset()
    sacrifices: frozenset[tuple[str, date]] = frozenset()
    sacrifice_costs: Mapping[tuple[str, str, date], int] = field(default_factory=dict)
    sacrifice_days: Mapping[date, date] = field(default_factory=dict)
    day_costs: Mapping[tuple[str, date], int] = field(default_factory=dict)
    over_limit: frozenset[str] = frozenset()
    unavoidable_sacrifices: int = 0

    def __post_init__(self) -> None:
        """Check that the week starts on a Monday and that its duties lie in it, once each."""
        if self.monday.weekday() != 0:
            raise ValueError(f"week {self.monday} does not start on a Monday")
        seen: set[tuple[str, date]] = set()
        days = frozenset(self.days)
        for duty in self.duties:
            if duty.day not in days or duty.key in seen or duty.end <= duty.start:
                raise ValueError(f"week {self.monday}: impossible or double duty {duty}")
            seen.add(duty.key)

    @property
    def days(self) -> tuple[date, ...]:
        """Its seven days, Monday first."""
        return tuple(self.monday + timedelta(days=n) for n in range(7))

    @property
    def fixed(self) -> frozenset[Assignment]:
        """Assignments that stay: pinned or already worked."""
        return self.pins | self.worked

    def is_present(self, physician: str, day: date) -> bool:
        """Return whether a physician is absent no minute of a day."""
        return not any(
            a.physician == physician and a.first_day <= day <= a.last_day for a in self.absences
        )

    def midnight(self, day: date) -> int:
        """Return the minute at which a day starts."""
        return elapsed_minutes(self.monday, day, time(0), self.timezone)

    def moment(self, minute: int) -> datetime:
        """Return the moment, in UTC, so many minutes after Monday 00:00 local time."""
        monday = datetime.combine(self.monday, time(0), ZoneInfo(self.timezone)).astimezone(UTC)
        return monday + timedelta(minutes=minute)
