"""Turns: one after the other takes the day he wants most of those still possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pysched.conflicts.conflict import Conflict
from pysched.conflicts.course import Course
from pysched.conflicts.decision import Decision
from pysched.conflicts.draw import lots
from pysched.conflicts.granting import Contest
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState


@dataclass(frozen=True)
class RoundRobin:
    """Free of envy beyond one item where everything can be had once (EF1 by construction)."""

    rules: ConflictRules = field(default_factory=ConflictRules)

    name = "round_robin"

    def resolve(
        self,
        conflict: Conflict,
        state: ConflictState,
        seed: str,
        fallback: str = "",
        first: str = "",
    ) -> Decision:
        """Go round by lots; see `Mechanism`.

        Args:
            conflict: the claims.
            state: what is known.
            seed: of the lots.
            fallback: why another mechanism did not decide.
            first: the name of that mechanism.
        """
        course = Course(conflict, state, self.rules, seed)
        contests = course.contests()
        names = {name for contest in contests for name in contest.wants}
        owed = course.give_owed(contests)
        order = [*owed, *lots(course.seed, f"{conflict.id}|turns", names - set(owed))]
        course.order = tuple(order)
        wishes = {name: _wishes(conflict, contests, name) for name in order if name not in owed}
        taken = {name: course.contested(name) for name in owed}
        while any(wishes.values()):
            for name in wishes:
                days = self._turn(course, name, wishes)
                if days:
                    taken[name] = days
        if contests:
            course.proof["contests"] = {"all": {"order": list(order)}}
        course.won({name: taken[name] for name in order if taken.get(name)})
        said = (f"{first} did not decide: {fallback}.",) if fallback else ()
        return course.decision(self.name, said, fallback)

    def _turn(
        self, course: Course, name: str, wishes: Mapping[str, list[Contest]]
    ) -> tuple[date, ...]:
        """Grant the first wish that is still possible; the others before it are given up."""
        while wishes[name]:
            days = course.grants.take(wishes[name].pop(0), name)
            if days:
                return days
        return ()


def _wishes(conflict: Conflict, contests: Sequence[Contest], name: str) -> list[Contest]:
    """Return the contests that somebody takes part in and cares for, the dearest first."""
    claim = conflict.claim_of(name)
    worth = {
        contest.key: sum(claim.worth(day) for day in contest.wants[name])
        for contest in contests
        if name in contest.wants
    }
    mine = [contest for contest in contests if worth.get(contest.key)]
    return sorted(mine, key=lambda contest: (-worth[contest.key], contest.wants[name]))
