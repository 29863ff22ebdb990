"""What winners of an auction pay, and who is paid."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pysched.bank.amount import split
from pysched.bank.transaction import person
from pysched.conflicts.decision import Payment
from pysched.conflicts.granting import Contest, Grants
from pysched.conflicts.rules import ConflictRules

SURPLUS = "pool:surplus"


@dataclass(frozen=True)
class Bidding:
    """One contest of an auction.

    Args:
        contest: who wants what.
        bids: claimant -> cents; 0 stands in after all bidders, by lots.
        lots: all claimants by lots.
        owed: claimants who come before all bids and pay nothing.
        least_cents: below it a bid counts as 0.
    """

    contest: Contest
    bids: Mapping[str, int]
    lots: Sequence[str]
    owed: frozenset[str]
    least_cents: int

    def bid(self, name: str) -> int:
        """Return what counts of a bid."""
        return self.bids[name] if self.bids[name] >= self.least_cents else 0

    def order(self, names: Iterable[str] | None = None) -> list[str]:
        """Return who comes first: who is owed, then by bid, ties by lots."""
        place = {name: number for number, name in enumerate(self.lots)}
        chosen = self.lots if names is None else names
        return sorted(chosen, key=lambda n: (n not in self.owed, -self.bid(n), place[n]))

    def critical_cents(self, name: str, others: Sequence[str], grants: Grants) -> int:
        """Return the least bid with which a winner would still have won.

        The others are gone through in order; the first after whom there is no room for him is the
        one whom he displaces. He pays that one's bid, or the least bid where that is 0 and the lot
        is against him; where he would have won without any bid, nothing.

        Args:
            name: a winner.
            others: all other claimants, in order.
            grants: those before the contest; they are left as they are.
        """
        tried = grants.copy()
        rows = [(name, day) for day in self.contest.wants[name]]
        for other in others:
            tried.take(self.contest, other)
            if not tried.allows(rows):
                return self.displacing_cents(name, other)
        return 0

    def displacing_cents(self, name: str, other: str) -> int:
        """Return the least bid that comes before another's."""
        if self.bid(other):
            return self.bid(other)
        return 0 if self.lots.index(name) < self.lots.index(other) else self.least_cents


def prices_of(
    bidding: Bidding, winners: Collection[str], grants: Grants, rule: str
) -> dict[str, int]:
    """Return what each winner pays, in cents.

    Args:
        bidding: the contest.
        winners: of it.
        grants: those before the contest.
        rule: "first" (his bid) or critical values for all others.
    """
    payers = sorted(name for name in winners if name not in bidding.owed and bidding.bid(name))
    if rule == "first":
        return {name: bidding.bid(name) for name in payers}
    order = bidding.order()
    if grants.oracle.reach == "day" and not bidding.contest.whole:
        losers = [name for name in order if name not in winners]
        return {name: _exchanged_cents(bidding, name, winners, losers, grants) for name in payers}
    return {
        name: bidding.critical_cents(name, [other for other in order if other != name], grants)
        for name in payers
    }


def _exchanged_cents(
    bidding: Bidding, name: str, winners: Collection[str], losers: Sequence[str], grants: Grants
) -> int:
    """Return the critical value on one day judged alone, where it is found by one exchange.

    In a matroid the one whom a winner displaces is the first loser who could take his place.
    """
    (day,) = bidding.contest.wants[name]
    others = [(winner, day) for winner in winners if winner != name]
    for loser in losers:
        if grants.allows([*others, (loser, day)]):
            return bidding.displacing_cents(name, loser)
    return 0


def rebates_of(bidding: Bidding, eligible: Sequence[str], grants: Grants) -> dict[str, int]:
    """Return what each of the eligible is given back, from nothing that he said himself.

    The n-th part of what the auction would yield without him, rounded down (Cavallo 2006, after
    Bailey 1997). Where days are judged alone the yield never falls with one bidder more, so that
    the rebates are within the yield.

    Args:
        bidding: the contest.
        eligible: all who share; who does not bid counts 0.
        grants: those before the contest.
    """
    whole: int | None = None
    rebates = {}
    for name in eligible:
        if name in bidding.contest.wants and (bidding.bid(name) or name in bidding.owed):
            yielded = _yield(bidding, grants, without=name)
        else:
            whole = _yield(bidding, grants) if whole is None else whole
            yielded = _yield(bidding, grants, name) if name in bidding.contest.wants else whole
        rebates[name] = yielded // len(eligible)
    return rebates


def _yield(bidding: Bidding, grants: Grants, without: str = "") -> int:
    """Return the sum of critical values of an auction in which somebody does not take part."""
    wants = {p: days for p, days in bidding.contest.wants.items() if p != without}
    contest = Contest(bidding.contest.key, wants, bidding.contest.whole)
    rest = [name for name in bidding.lots if name != without]
    fewer = Bidding(contest, bidding.bids, rest, bidding.owed, bidding.least_cents)
    tried = grants.copy()
    winners = [name for name in fewer.order() if tried.take(contest, name)]
    return sum(prices_of(fewer, winners, grants, "uniform").values())


def shared(
    rules: ConflictRules, escrow: str, cents: int, losers: Sequence[str], eligible: Sequence[str]
) -> list[Payment]:
    """Return to whom the proceeds of a contest go, to the cent; nothing for `on_duty`.

    Equal shares by largest remainder; where nobody qualifies all goes to the pool.

    Args:
        rules: with the distribution.
        escrow: account that the proceeds are in.
        cents: the proceeds.
        losers: claimants refused in the contest.
        eligible: the group.
    """
    names = {"losers": losers, "group": eligible}.get(rules.distribution, ())
    return equal_shares(escrow, cents, names)


def equal_shares(escrow: str, cents: int, names: Sequence[str]) -> list[Payment]:
    """Return equal shares of an amount in escrow, to the pool where there is nobody."""
    if not cents:
        return []
    if not names:
        return [Payment(escrow, SURPLUS, cents)]
    parts = split(cents, dict.fromkeys(names, 1))
    return [Payment(escrow, person(name), part) for name, part in sorted(parts.items()) if part]
