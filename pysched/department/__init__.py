"""The service layer: plans weeks, settles them one after another and keeps each."""

from pysched.department.accounts import Accounts, UnknownPhysicianError
from pysched.department.bank import WeekEnds, bank_of, weeks_of_bank
from pysched.department.correcting import Corrected, correct_week
from pysched.department.dealings import Dealings
from pysched.department.open_bank import DayClosedError
from pysched.department.reconciling import Review, reviews, sign
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
    "Review",
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
    "reviews",
    "sign",
    "weeks_of_bank",
]
