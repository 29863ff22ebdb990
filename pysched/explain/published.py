"""A week under way: published, the part that has begun fixed as it was worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pysched.model import Schedule, Week


def minute_of(week: Week, now: datetime) -> int:
    """Return the minutes from the week's Monday 00:00 local time to a moment.

    Args:
        week: gives Monday and time zone.
        now: without a time zone it is local time of the week.
    """
    moment = now if now.tzinfo is not None else now.replace(tzinfo=ZoneInfo(week.timezone))
    return int((moment.astimezone(UTC) - week.moment(0)).total_seconds()) // 60


def under_way(week: Week, schedule: Schedule, now: int, published: Schedule | None = None) -> Week:
    """Return a week as it stands at a minute: what has begun is worked as scheduled.

    Args:
        week: as it was planned.
        schedule: in force.
        now: minutes since Monday 00:00; before the week it is negative.
        published: what changes are counted against; the schedule in force if None.
    """
    begun = {duty.key for duty in week.duties if duty.start <= now}
    worked = frozenset(row for row in schedule.assignments if row.duty in begun)
    # A pin of a duty that was worked by somebody else, or by nobody, holds no longer.
    pins = frozenset(pin for pin in week.pins if pin.duty not in begun)
    told = schedule if published is None else published
    return replace(week, worked=worked, pins=pins, published=told.assignments, now=now)
