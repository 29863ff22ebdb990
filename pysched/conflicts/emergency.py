"""A duty that falls open: which, whose it was, when it begins and when it was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pysched.bank.transaction import Json


@dataclass(frozen=True)
class Emergency:
    """What is known of a duty that somebody else has to work.

    Args:
        task: of the duty. day: of it.
        holder: who had it, empty if nobody had.
        begins: when it begins, in UTC.
        asked: when somebody was asked for, in UTC; whether that is late depends on it alone.
        schedule: SHA-256 of the assignments in force.
    """

    task: str
    day: date
    holder: str
    begins: datetime
    asked: datetime
    schedule: str

    @property
    def duty(self) -> tuple[str, date]:
        """The key of the duty."""
        return self.task, self.day

    def is_late(self, minutes: int) -> bool:
        """Return whether it was asked for less than so many minutes before it begins."""
        return self.begins - self.asked < timedelta(minutes=minutes)


def emergency_json(emergency: Emergency) -> dict[str, Json]:
    """Return it as JSON."""
    return {
        "task": emergency.task,
        "day": emergency.day.isoformat(),
        "holder": emergency.holder,
        "begins": emergency.begins.isoformat(),
        "asked": emergency.asked.isoformat(),
        "schedule": emergency.schedule,
    }


def emergency_of(body: Mapping[str, Any]) -> Emergency:
    """Return what was written as JSON."""
    return Emergency(
        task=body["task"],
        day=date.fromisoformat(body["day"]),
        holder=body["holder"],
        begins=datetime.fromisoformat(body["begins"]),
        asked=datetime.fromisoformat(body["asked"]),
        schedule=body["schedule"],
    )
