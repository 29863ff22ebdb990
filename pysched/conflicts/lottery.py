"""The weighted lottery: who waited, who needs it and who won less has the better chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from pysched.conflicts.conflict import Claim, Conflict
from pysched.conflicts.course import Course
from pysched.conflicts.decision import Decision
from pysched.conflicts.draw import draw
from pysched.conflicts.granting import decide, due_first
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState, Standing


@dataclass(frozen=True)
class Lottery:
    """Weighted draw without replacement; each is granted while it is still feasible."""

    rules: ConflictRules = field(default_factory=ConflictRules)

    name = "lottery"

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Draw an order for every contest; see `Mechanism`."""
        course = Course(conflict, state, self.rules, seed)
        for contest in course.contests():
            weights = {
                physician: self._weight(course, course.conflict.claim_of(physician))
                for physician in contest.wants
            }
            order = draw(course.seed, f"{conflict.id}|{contest.key}", weights)
            course.order = tuple(due_first(order, state))
            course.note(contest, {p: str(weights[p]) for p in course.order})
            course.won(decide(contest, course.order, course.grants))
        return course.decision(self.name)

    def _weight(self, course: Course, claim: Claim) -> Fraction:
        """Return a weight, and count the token that a stated urgency costs in a contest."""
        standing = course.state.standing(claim.physician)
        urgency = Fraction(1)
        if claim.urgency != "none" and standing.tokens > 0:
            course.tokens[claim.physician] = 1 + (claim.physician in course.hidden)
            urgency = urgency_of(claim, self.rules)
        return weight_of(standing, urgency, course.wins[claim.physician], self.rules)


def urgency_of(claim: Claim, rules: ConflictRules) -> Fraction:
    """Return the multiplier of a stated urgency."""
    percent = {
        "none": 100,
        "some": rules.urgency_some_percent,
        "high": rules.urgency_high_percent,
    }
    return Fraction(percent[claim.urgency], 100)


def weight_of(
    standing: Standing, urgency: Fraction, more_wins: int, rules: ConflictRules
) -> Fraction:
    """Return the weight of the proposal, with its factors kept within limits.

    clip(1 + credits / 100, 1/2, 2) * (1 + min(seniority, 20) / 20) * urgency * 0.8 ^ wins

    Args:
        standing: of the claimant.
        urgency: its multiplier, 1 without a token for it.
        more_wins: within the conflict itself.
        rules: the scales.
    """
    least = Fraction(rules.credit_least_percent, 100)
    most = Fraction(rules.credit_most_percent, 100)
    credit = 1 + Fraction(standing.available_cents, rules.credit_scale_cents)
    scale = rules.seniority_scale_years
    years = min(max(Fraction(standing.seniority_years), Fraction(0)), Fraction(scale))
    fairness = Fraction(rules.win_percent, 100) ** (standing.wins + more_wins)
    return min(max(credit, least), most) * (1 + years / scale) * urgency * fairness
