"""Conflicts: who gets the day, decided by one of several mechanisms, each pure and replayable."""

from pysched.conflicts.conflict import Claim, Conflict, ConflictError, Kind, Urgency
from pysched.conflicts.decision import Decision, Payment
from pysched.conflicts.mechanism import Mechanism
from pysched.conflicts.rules import ConflictRules, conflict_rules
from pysched.conflicts.state import Away, ConflictState, Oracle, Standing, Turn

__all__ = [
    "Away",
    "Claim",
    "Conflict",
    "ConflictError",
    "ConflictRules",
    "ConflictState",
    "Decision",
    "Kind",
    "Mechanism",
    "Oracle",
    "Payment",
    "Standing",
    "Turn",
    "Urgency",
    "conflict_rules",
]
