"""Conflicts: who gets the day, decided by one of several mechanisms, each pure and replayable."""

from pysched.conflicts.canonical import (
    canonical,
    conflict_json,
    conflict_of,
    decision_json,
    decision_of,
    state_json,
    state_of,
)
from pysched.conflicts.conflict import Claim, Conflict, ConflictError, Kind, Urgency
from pysched.conflicts.decision import Decision, Payment
from pysched.conflicts.feasibility import day_matching, week_oracle
from pysched.conflicts.hybrid import FOR_ALL, MECHANISMS, chances_of, mechanism_of, replay, resolve
from pysched.conflicts.mechanism import Mechanism
from pysched.conflicts.oracles import DayMatching, Seats
from pysched.conflicts.rules import ConflictRules, conflict_rules
from pysched.conflicts.state import Away, ConflictState, Oracle, Standing, Turn
from pysched.conflicts.wheel import WheelEvent, turns_of

__all__ = [
    "FOR_ALL",
    "MECHANISMS",
    "Away",
    "Claim",
    "Conflict",
    "ConflictError",
    "ConflictRules",
    "ConflictState",
    "DayMatching",
    "Decision",
    "Kind",
    "Mechanism",
    "Oracle",
    "Payment",
    "Seats",
    "Standing",
    "Turn",
    "Urgency",
    "WheelEvent",
    "canonical",
    "chances_of",
    "conflict_json",
    "conflict_of",
    "conflict_rules",
    "day_matching",
    "decision_json",
    "decision_of",
    "mechanism_of",
    "replay",
    "resolve",
    "state_json",
    "state_of",
    "turns_of",
    "week_oracle",
]
