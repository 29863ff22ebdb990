"""The nouns of the weekly problem: frozen values, no storage, no solving."""

from pysched.model.network import (
    Agreement,
    Calendar,
    Category,
    GeographyRule,
    Hospital,
    Network,
    Pair,
    Physician,
    Task,
)
from pysched.model.rules import GROUPS, WEIGHTS, Limits, Rules, profile_rules
from pysched.model.schedule import Assignment, Cost, DutyKey, Schedule
from pysched.model.state import Load, State
from pysched.model.week import Absence, Duty, Request, Week, duty_on, elapsed_minutes

__all__ = [
    "GROUPS",
    "WEIGHTS",
    "Absence",
    "Agreement",
    "Assignment",
    "Calendar",
    "Category",
    "Cost",
    "Duty",
    "DutyKey",
    "GeographyRule",
    "Hospital",
    "Limits",
    "Load",
    "Network",
    "Pair",
    "Physician",
    "Request",
    "Rules",
    "Schedule",
    "State",
    "Task",
    "Week",
    "duty_on",
    "elapsed_minutes",
    "profile_rules",
]
