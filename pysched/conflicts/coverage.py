"""Emergency coverage: who works, drawn among volunteers, or among all by what they gave so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction

from pysched.conflicts.conflict import Conflict, ConflictError
from pysched.conflicts.course import Course
from pysched.conflicts.decision import Decision
from pysched.conflicts.draw import draw
from pysched.conflicts.lottery import weight_of
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState, Standing

_EXACT = Context(prec=20)
MOST_EXPONENT = 50
"""Beyond it a weight would be 0 for all purposes."""


@dataclass(frozen=True)
class Coverage:
    """Volunteers first, by the weights of the lottery; then all others, who gave least likelier.

    The grants of the decision are those who work, on the conflict's days; each earns a bonus.
    """

    rules: ConflictRules = field(default_factory=ConflictRules)

    name = "coverage"

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Draw as many as must work; see `Mechanism`.

        Raises:
            ConflictError: fewer are eligible than must work, or the conflict is of another kind.
        """
        if conflict.kind != "coverage":
            raise ConflictError(f"conflict {conflict.id}: {conflict.kind} is no coverage")
        if len(conflict.eligible) < conflict.seats:
            raise ConflictError(
                f"conflict {conflict.id}: {conflict.seats} must work, "
                f"{len(conflict.eligible)} are eligible"
            )
        course = Course(conflict, state, self.rules, seed)
        order = (*self._volunteers(course), *self._others(course))
        working = order[: conflict.seats]
        course.order = order
        for day in conflict.days:
            course.grants.add((physician, day) for physician in working)
        course.proof["contests"] = {"coverage": {"order": list(order)}}
        return course.decision(self.name, bonus_cents=self._bonus(conflict, working))

    def _volunteers(self, course: Course) -> tuple[str, ...]:
        weights = {
            claim.physician: volunteer_weight(course.state.standing(claim.physician), self.rules)
            for claim in course.conflict.claims
        }
        return draw(course.seed, f"{course.conflict.id}|volunteers", weights)

    def _others(self, course: Course) -> tuple[str, ...]:
        conflict = course.conflict
        names = [name for name in conflict.eligible if name not in conflict.claimants]
        weights = {name: chore_weight(course.state.standing(name), self.rules) for name in names}
        return draw(course.seed, f"{conflict.id}|drawn", weights)

    def _bonus(self, conflict: Conflict, working: tuple[str, ...]) -> dict[str, int]:
        percent = self.rules.late_percent if conflict.short_notice else 100
        cents = self.rules.coverage_bonus_cents * percent // 100 * len(conflict.days)
        return dict.fromkeys(sorted(working), cents) if cents else {}


def volunteer_weight(standing: Standing, rules: ConflictRules) -> Fraction:
    """Return the weight of a volunteer, that of the lottery without urgency."""
    return weight_of(standing, Fraction(1), 0, rules)


def chore_weight(standing: Standing, rules: ConflictRules) -> Fraction:
    """Return exp(-D / scale), the weight of being drawn; its digits are the same everywhere.

    Args:
        standing: with D, above 0 for who gave more than his share.
        rules: with the scale.
    """
    exponent = Fraction(-standing.deviation_cents, rules.chore_scale_cents)
    exponent = min(max(exponent, Fraction(-MOST_EXPONENT)), Fraction(MOST_EXPONENT))
    quotient = _EXACT.divide(Decimal(exponent.numerator), Decimal(exponent.denominator))
    return Fraction(_EXACT.exp(quotient))
