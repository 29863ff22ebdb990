"""Seniority and credits: the score by which blocks of vacation are given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction

from pysched.conflicts.conflict import Conflict
from pysched.conflicts.course import Course
from pysched.conflicts.decision import Decision
from pysched.conflicts.draw import lots
from pysched.conflicts.granting import Contest, decide, due_first
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState, Standing


@dataclass(frozen=True)
class Seniority:
    """The higher score first; equal ones by lots."""

    rules: ConflictRules = field(default_factory=ConflictRules)

    name = "seniority"

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Order by score; see `Mechanism`."""
        course = Course(conflict, state, self.rules, seed)
        for contest in course.contests():
            scores = {p: self._score(course, p) for p in contest.wants}
            ties = lots(course.seed, f"{conflict.id}|{contest.key}", contest.wants)
            order = sorted(ties, key=lambda name: -scores[name])
            course.order = tuple(due_first(order, state))
            course.note(contest, {p: str(scores[p]) for p in course.order})
            course.won(decide(contest, course.order, course.grants))
        return course.decision(self.name)

    def _score(self, course: Course, physician: str) -> Fraction:
        standing = course.state.standing(physician)
        cap = course.state.cap_cents or self.rules.vacation_cap_cents
        return score_of(standing, cap, course.wins[physician], self.rules)

    def is_close(self, conflict: Conflict, state: ConflictState, seed: str) -> bool:
        """Return whether somewhere the last winner and the first refused have nearly one score.

        Closer than `margin_percent`; those owed a claim are no part of it.
        """
        course = Course(conflict, state, self.rules, seed)
        margin = Fraction(self.rules.margin_percent, 100)
        for contest in course.contests():
            scores = {p: self._score(course, p) for p in contest.wants}
            ties = lots(course.seed, f"{conflict.id}|{contest.key}", contest.wants)
            order = due_first(sorted(ties, key=lambda name: -scores[name]), state)
            taken = decide(contest, order, course.grants)
            if self._margin(contest, scores, taken, state) < margin:
                return True
            course.won(taken)
        return False

    def _margin(
        self,
        contest: Contest,
        scores: dict[str, Fraction],
        taken: Collection[str],
        state: ConflictState,
    ) -> Fraction:
        won = [scores[p] for p in taken if not state.standing(p).due]
        lost = [scores[p] for p in contest.wants if p not in taken]
        if not won or not lost:
            return Fraction(10**6)
        return min(won) - max(lost)


def score_of(
    standing: Standing, cap_cents: int, more_blocks: int, rules: ConflictRules
) -> Fraction:
    """Return the score for vacation blocks, exact.

    0.5 * min(seniority, 20) / 20 + 0.5 * clip(credits / cap, 0, 1) - 0.1 * blocks of 52 weeks

    Args:
        standing: of the claimant.
        cap_cents: credits that count as all.
        more_blocks: won within the conflict itself.
        rules: the weights.
    """
    scale = rules.seniority_scale_years
    years = min(max(Fraction(standing.seniority_years), Fraction(0)), Fraction(scale))
    credit = min(max(Fraction(standing.available_cents, cap_cents), Fraction(0)), Fraction(1))
    return (
        Fraction(rules.seniority_weight_percent, 100) * years / scale
        + Fraction(rules.credit_weight_percent, 100) * credit
        - Fraction(rules.block_percent, 100) * (standing.blocks + more_blocks)
    )
