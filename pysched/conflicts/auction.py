"""The sealed-bid auction of credits: who bids most has the day, and pays as the rules say."""

from __future__ import annotations

from dataclasses import dataclass, field

from pysched.bank.transaction import person
from pysched.conflicts.conflict import Conflict
from pysched.conflicts.course import Course
from pysched.conflicts.decision import Decision, Payment, escrow_of
from pysched.conflicts.draw import lots
from pysched.conflicts.granting import Contest, decide
from pysched.conflicts.pricing import SURPLUS, Bidding, prices_of, rebates_of, shared
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState


@dataclass(frozen=True)
class Auction:
    """Highest bid first, ties and bids of 0 by lots.

    The price `first` makes it worth while to bid less than one would give; `uniform` does not as
    long as payments leave the group; `cavallo` gives back what nobody's own bid decides. No rule
    can be truthful, efficient and balanced at once (Green and Laffont 1979).
    """

    rules: ConflictRules = field(default_factory=ConflictRules)

    name = "auction"

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Order by bid; see `Mechanism`."""
        course = Course(conflict, state, self.rules, seed)
        for contest in course.contests():
            self._settle(course, contest)
        return course.decision(self.name)

    def is_tied(self, conflict: Conflict, state: ConflictState, seed: str) -> bool:
        """Return whether in a contest the lowest winning bid is the highest losing one, not 0."""
        course = Course(conflict, state, self.rules, seed)
        for contest in course.contests():
            bidding = self._bidding(course, contest)
            taken = decide(contest, bidding.order(), course.grants)
            won = [bidding.bid(p) for p in taken if p not in bidding.owed]
            lost = [bidding.bid(p) for p in contest.wants if p not in taken]
            if won and lost and min(won) == max(lost) > 0:
                return True
        return False

    def _bidding(self, course: Course, contest: Contest) -> Bidding:
        """Return the bids of a contest; the one of a claim counts on each of its days."""
        conflict = course.conflict
        bids = {p: conflict.claim_of(p).bid_cents for p in contest.wants}
        by_lot = lots(course.seed, f"{conflict.id}|{contest.key}", contest.wants)
        owed = frozenset(p for p in contest.wants if course.state.standing(p).due)
        return Bidding(contest, bids, by_lot, owed, self.rules.least_bid_cents)

    def _settle(self, course: Course, contest: Contest) -> None:
        bidding = self._bidding(course, contest)
        before = course.grants.copy()
        course.order = tuple(bidding.order())
        taken = decide(contest, course.order, course.grants)
        prices = prices_of(bidding, list(taken), before, self.rules.price)
        course.note(
            contest,
            {
                "bids": {name: bidding.bid(name) for name in course.order},
                "lots": list(bidding.lots),
                "prices": dict(prices),
            },
        )
        course.won(taken)
        escrow = escrow_of(course.conflict.id)
        course.payments += [Payment(person(p), escrow, cents) for p, cents in prices.items()]
        losers = [name for name in contest.wants if name not in taken]
        proceeds = sum(prices.values())
        if self.rules.price == "cavallo":
            rebates = rebates_of(bidding, course.conflict.eligible, before)
            course.payments += _returned(escrow, proceeds, rebates)
        elif self.rules.distribution == "on_duty" and losers and proceeds:
            _keep(course, contest, proceeds)
        else:
            course.payments += shared(
                self.rules, escrow, proceeds, losers, course.conflict.eligible
            )


def _returned(escrow: str, proceeds: int, rebates: dict[str, int]) -> list[Payment]:
    """Return rebates and what is left for the pool.

    Where days are linked rebates may be more than there is; then nothing is given back.
    """
    total = sum(rebates.values())
    if total > proceeds:
        rebates, total = {}, 0
    paid = [Payment(escrow, person(p), cents) for p, cents in sorted(rebates.items()) if cents]
    rest = proceeds - total
    return [*paid, Payment(escrow, SURPLUS, rest)] if rest else paid


def _keep(course: Course, contest: Contest, proceeds: int) -> None:
    """Keep proceeds for those refused who then work; of linked days under the first."""
    day = min(day for days in contest.wants.values() for day in days)
    course.pending_cents[day] = course.pending_cents.get(day, 0) + proceeds
