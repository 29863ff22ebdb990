"""Schedules as they are published: under a hash, some days before their week."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from pysched.bank.versions import Version
from pysched.explain.earnings import NOTICE
from pysched.model import Schedule, Week


def published(week: Week, schedule: Schedule) -> Version:
    """Return a schedule as the first published version of its week.

    Args:
        week: gives the time zone.
        schedule: of the week.
    """
    monday = datetime.combine(week.monday, time(0), ZoneInfo(week.timezone))
    return Version(
        hash=hash_of(schedule),
        published_at=(monday - NOTICE).astimezone(UTC),
        schedule=schedule,
    )


def hash_of(schedule: Schedule) -> str:
    """Return the SHA-256 of the assignments of a schedule."""
    text = "\n".join(f"{row.day} {row.task} {row.physician}" for row in schedule)
    return hashlib.sha256(text.encode()).hexdigest()
