"""Why somebody covers an emergency, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from pysched.bank.amount import credits_of
from pysched.conflicts.conflict import Conflict
from pysched.conflicts.coverage import chore_weight, volunteer_weight
from pysched.conflicts.decision import Decision
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState


def coverage_reasons(
    conflict: Conflict, state: ConflictState, decision: Decision, rules: ConflictRules
) -> Iterator[str]:
    """Yield who could work, who was likelier and why, who does, and for what.

    Args:
        conflict: as decided.
        state: what was known then.
        decision: its outcome.
        rules: in force then.
    """
    yield f"by all hard rules it could be {_list(conflict.eligible)}."
    standing = state.standing
    volunteers = {p: volunteer_weight(standing(p), rules) for p in conflict.claimants}
    others = {p: chore_weight(standing(p), rules) for p in conflict.eligible if p not in volunteers}
    if volunteers:
        verbs = "offers to work and comes" if len(volunteers) == 1 else "offer to work and come"
        yield f"{_list(tuple(volunteers))} {verbs} first."
    drawn = volunteers if len(volunteers) >= conflict.seats else others
    if len(drawn) > 1:
        why = "" if drawn is volunteers else "; who gave least so far was likelier"
        yield f"the lot fell among {_chances(drawn)}{why}."
    for name, days in decision.grants.items():
        yield f"{name} works on {', '.join(map(str, days))}."
    for name, cents in decision.bonus_cents.items():
        notice = "at short notice" if conflict.short_notice else "in good time"
        yield (
            f"{name} earns a bonus of {credits_of(cents)} credits at the end of the week, once the "
            f"duty is worked, as he was asked {notice}; it stands for what a lost day off or a "
            "changed duty would earn."
        )


def _chances(weights: Mapping[str, Fraction]) -> str:
    total = sum(weights.values(), Fraction(0))
    return ", ".join(
        f"{name} ({float(100 * weight / total):.0f} %)" for name, weight in weights.items()
    )


def _list(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} or {names[-1]}"
