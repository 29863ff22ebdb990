"""Nash bargaining: the choice with the largest product of gains, checked for envy and waste."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pysched.bank.transaction import Json
from pysched.conflicts.bargain import Bargain
from pysched.conflicts.conflict import Conflict
from pysched.conflicts.course import Course
from pysched.conflicts.decision import Decision
from pysched.conflicts.draw import lots
from pysched.conflicts.granting import Contest
from pysched.conflicts.limits import Item
from pysched.conflicts.round_robin import RoundRobin
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState
from pysched.solver.linear.choice import TimeOverError

LATE = "no bargain was proven within"
"""What the fallback of a decision says that ran out of time."""


class EnvyError(RuntimeError):
    """No choice is free of envy beyond one item."""


@dataclass(frozen=True)
class Nash:
    """Maximum Nash welfare over all days at once; turns in taking one where that fails.

    Without limits of who may be away together it is efficient and free of envy beyond one item
    (Caragiannis et al. 2019), and with approvals and fixed ties nobody gains by a false ballot,
    nor a group (Halpern et al. 2020). With such limits both are checked, and reported.
    """

    rules: ConflictRules = field(default_factory=ConflictRules)
    late: bool = False
    """Whether no time is left; so a decision that came too late is found again."""

    name = "nash"

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Bargain; see `Mechanism`."""
        course = Course(conflict, state, self.rules, seed)
        contests = course.contests()
        if not contests:
            return course.decision(self.name)
        try:
            if self.late:
                raise TimeOverError("no time is left for the bargain")
            self._bargained(course, contests)
        except TimeOverError:
            why = f"{LATE} {self.rules.limit_seconds} s"
            return RoundRobin(self.rules).resolve(conflict, state, seed, why, self.name)
        except EnvyError as error:
            return RoundRobin(self.rules).resolve(conflict, state, seed, str(error), self.name)
        return course.decision(self.name)

    def _bargained(self, course: Course, contests: Sequence[Contest]) -> None:
        owed = course.give_owed(contests)
        items = [item for item in items_of(course) if not _is_impossible(course, item)]
        away = course.grants.away
        fixed = frozenset(
            number
            for number, item in enumerate(items)
            if all(item.physician in away.get(day, ()) for day in item.days)
        )
        bargain = Bargain(items, course.state.oracle, fixed, self.rules.limit_seconds, owed)
        chosen, compared = bargain.best(self.rules.nash_cuts)
        envies = bargain.envies(chosen)
        if envies:
            bargain.require(envies)
            chosen, compared = self._without_envy(bargain)
        chosen = bargain.settled(chosen, places_of(course, items))
        self._report(course, bargain, chosen, compared, len(envies))

    def _without_envy(self, bargain: Bargain) -> tuple[frozenset[int], int]:
        try:
            chosen, compared = bargain.best(self.rules.nash_cuts)
        except ArithmeticError:
            raise EnvyError("every bargain leaves envy beyond one day") from None
        if bargain.envies(chosen):
            raise EnvyError("the best bargain leaves envy beyond one day")
        return chosen, compared

    def _report(
        self, course: Course, bargain: Bargain, chosen: frozenset[int], compared: int, envies: int
    ) -> None:
        free = {(p, day) for p, days in course.free.items() for day in days}
        won = {}
        for number in sorted(chosen):
            item = bargain.items[number]
            course.grants.add((item.physician, day) for day in item.days)
            if any((item.physician, day) not in free for day in item.days):
                won[item.physician] = item.days
        utilities = bargain.utilities(chosen)
        course.order = lots(course.seed, f"{course.conflict.id}|all", bargain.agents)
        # Who gained least goes to the back first and so comes before the others next time.
        course.won({p: won[p] for p in sorted(won, key=lambda p: (utilities[p], p))})
        gains, product = bargain.score(chosen)
        told: dict[str, Json] = {
            "utilities": utilities,
            "gaining": gains,
            "product": str(product),
            "products compared": compared,
            "pareto": bargain.is_pareto(chosen),
            "ef1": not bargain.envies(chosen),
            "envies before they were ruled out": envies,
        }
        course.proof["contests"] = {"all": told}


def items_of(course: Course) -> list[Item]:
    """Return what may be granted: days that are worth something, or linked days together."""
    items = []
    for claim in course.conflict.claims:
        whole = claim.whole and len(claim.days) > 1
        for days in [claim.days] if whole else [(day,) for day in claim.days]:
            worth = sum(claim.worth(day) for day in days)
            if worth:
                items.append(Item(claim.physician, days, worth))
    return items


def _is_impossible(course: Course, item: Item) -> bool:
    return any(day in course.impossible.get(item.physician, ()) for day in item.days)


def places_of(course: Course, items: Sequence[Item]) -> list[int]:
    """Return for each item its number among all by lots, which settles ties."""
    names = [f"{item.physician}|{item.days[0]}" for item in items]
    order = {name: n for n, name in enumerate(lots(course.seed, course.conflict.id, names))}
    return [order[name] for name in names]
