"""The service layer: plans weeks, settles them one after another and keeps each."""

from pysched.department.bank import bank_of
from pysched.department.record import level_names
from pysched.department.run import Run
from pysched.department.week import (
    NoScheduleError,
    Order,
    PinsError,
    PlannedWeek,
    pin_warnings,
    plan_week,
    refuse_clashing_pins,
)
from pysched.store import StoreError, WeekTakenError

__all__ = [
    "NoScheduleError",
    "Order",
    "PinsError",
    "PlannedWeek",
    "Run",
    "StoreError",
    "WeekTakenError",
    "bank_of",
    "level_names",
    "pin_warnings",
    "plan_week",
    "refuse_clashing_pins",
]
