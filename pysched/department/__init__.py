"""The service layer: plans weeks, settles them one after another and keeps each."""

from pysched.department.accounts import Accounts, UnknownPhysicianError
from pysched.department.bank import WeekEnds, bank_of, weeks_of_bank
from pysched.department.correcting import Corrected, correct_week
from pysched.department.dealings import DayClosedError, Dealings
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
    "Accounts",
    "Corrected",
    "DayClosedError",
    "Dealings",
    "NoScheduleError",
    "Order",
    "PinsError",
    "PlannedWeek",
    "Run",
    "StoreError",
    "UnknownPhysicianError",
    "WeekEnds",
    "WeekTakenError",
    "bank_of",
    "correct_week",
    "level_names",
    "pin_warnings",
    "plan_week",
    "refuse_clashing_pins",
    "weeks_of_bank",
]
