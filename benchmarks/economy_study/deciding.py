"""Which mechanism decides: the hybrid table, or one and the same for all conflicts."""

from __future__ import annotations

from pysched.conflicts import Conflict, ConflictRules, ConflictState, Decision
from pysched.conflicts.auction import Auction
from pysched.conflicts.seniority import Seniority
from pysched.conflicts.wheel import Wheel


def decide(conflict: Conflict, state: ConflictState, seed: str, rules: ConflictRules) -> Decision:
    if conflict.kind == "day_off":
        return Wheel(rules).resolve(conflict, state, seed)
    if conflict.kind == "vacation" and not Seniority(rules).is_close(conflict, state, seed):
        return Seniority(rules).resolve(conflict, state, seed)
    return Auction(rules).resolve(conflict, state, seed)
