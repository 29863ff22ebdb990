"""Which mechanism decides what, with what takes its place; and decisions found again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pysched.conflicts.auction import Auction
from pysched.conflicts.conflict import Conflict, ConflictError, Kind
from pysched.conflicts.coverage import Coverage
from pysched.conflicts.decision import MILLION, Decision
from pysched.conflicts.draw import seed_of
from pysched.conflicts.lottery import Lottery
from pysched.conflicts.mechanism import Mechanism
from pysched.conflicts.nash import LATE, Nash
from pysched.conflicts.round_robin import RoundRobin
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.seniority import Seniority
from pysched.conflicts.state import ConflictState
from pysched.conflicts.wheel import Wheel


@dataclass(frozen=True)
class Hybrid:
    """The table of the proposal.

    | conflict | decided by | else |
    |---|---|---|
    | day off | wheel | lots between equals |
    | holiday | auction | Nash over all dates, if marginal bids are equal or a loser objects |
    | vacation | seniority and credits | auction, if scores at the margin are close |
    | coverage | lottery, with a bonus | |

    A bargain that is not proven in time falls back to turns. The decision says so.
    """

    rules: ConflictRules = field(default_factory=ConflictRules)
    late: bool = False
    """Whether no time is left for a bargain."""

    name = "hybrid"

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Decide by the kind of the conflict; see `Mechanism`."""
        if conflict.kind == "day_off":
            return Wheel(self.rules).resolve(conflict, state, seed)
        if conflict.kind == "coverage":
            return Coverage(self.rules).resolve(conflict, state, seed)
        if conflict.kind == "holiday":
            return self._holiday(conflict, state, seed)
        return self._vacation(conflict, state, seed)

    def _holiday(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        auction = Auction(self.rules)
        if auction.is_tied(conflict, state, seed):
            why = "the auction is disputed: marginal bids are equal"
            return _instead(self._bargain.resolve(conflict, state, seed), why)
        decision = auction.resolve(conflict, state, seed)
        losers = [p for p in objectors(conflict, self.rules) if p in decision.refused(conflict)]
        if losers:
            why = _objection(losers)
            return _instead(self._bargain.resolve(conflict, state, seed), why)
        return decision

    @property
    def _bargain(self) -> Nash:
        return Nash(self.rules, self.late)

    def _vacation(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        seniority = Seniority(self.rules)
        if seniority.is_close(conflict, state, seed):
            why = f"scores at the margin differ by less than {self.rules.margin_percent} %"
            return _instead(Auction(self.rules).resolve(conflict, state, seed), why)
        return seniority.resolve(conflict, state, seed)


@dataclass(frozen=True)
class Objection:
    """The bargain over all dates that losers of an auction asked for within their time.

    What they lost is known from the decision that they object to, so that no auction is held.
    """

    rules: ConflictRules = field(default_factory=ConflictRules)
    late: bool = False
    """Whether no time is left for a bargain."""

    name = "objection"

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Bargain; see `Mechanism`.

        Raises:
            ConflictError: nobody objects over dates enough.
        """
        losers = objectors(conflict, self.rules)
        if not losers:
            raise ConflictError(f"conflict {conflict.id}: nobody objects over linked dates")
        bargain = Nash(self.rules, self.late).resolve(conflict, state, seed)
        return _instead(bargain, _objection(losers))


def check_objection(
    kind: Kind,
    decision: Decision,
    days: Collection[date],
    physician: str,
    rules: ConflictRules,
) -> None:
    """Refuse an objection that the table does not know.

    Args:
        kind: of the conflict.
        decision: that he objects to.
        days: that he claims.
        physician: who objects.
        rules: over how many dates he may.

    Raises:
        ConflictError: it was no auction of a holiday, he lost nothing, or too few dates are linked.
    """
    where = f"conflict {decision.conflict}"
    if kind != "holiday" or decision.mechanism != "auction":
        raise ConflictError(
            f"{where} was decided by {decision.mechanism}; objections are to auctions of holidays"
        )
    if set(days) <= set(decision.grants.get(physician, ())):
        raise ConflictError(f"{where}: {physician} was refused nothing that he could object to")
    if len(days) < rules.objection_dates:
        raise ConflictError(
            f"{where}: {physician} claims {len(days)} date{'s' * (len(days) != 1)}; objections are "
            f"over {rules.objection_dates} linked dates or more"
        )


def check_takes_bids(name: str, kind: Kind, mechanism: str) -> None:
    """Refuse a bid where no auction can decide, so that nobody bids for nothing.

    Args:
        name: id of the conflict.
        kind: of it.
        mechanism: that will decide; of the table, what it says of the kind.

    Raises:
        ConflictError: it is decided without bids.
    """
    if mechanism == "auction" or (mechanism == "hybrid" and kind in ("holiday", "vacation")):
        return
    by = "by the wheel" if (mechanism, kind) == ("hybrid", "day_off") else f"by {mechanism}"
    raise ConflictError(
        f"conflict {name}, {kind.replace('_', ' ')}: decided {by}, which takes no bids; "
        "mechanism auction does"
    )


def objectors(conflict: Conflict, rules: ConflictRules) -> tuple[str, ...]:
    """Return who asks for a bargain, and asked for enough dates to do so."""
    return tuple(
        claim.physician
        for claim in conflict.claims
        if claim.objects and len(claim.days) >= rules.objection_dates
    )


MECHANISMS: Mapping[str, Callable[[ConflictRules], Mechanism]] = {
    "hybrid": Hybrid,
    "lottery": Lottery,
    "wheel": Wheel,
    "auction": Auction,
    "nash": Nash,
    "seniority": Seniority,
    "coverage": Coverage,
    "round_robin": RoundRobin,
    "objection": Objection,
}
"""Name -> mechanism of some rules."""
FOR_ALL = tuple(name for name in MECHANISMS if name not in ("coverage", "objection"))
"""Those that decide any days off; coverage is of work, and an objection comes after an auction."""


def mechanism_of(name: str, rules: ConflictRules) -> Mechanism:
    """Return the mechanism of a name.

    Raises:
        ConflictError: there is none.
    """
    if name not in MECHANISMS:
        raise ConflictError(f"mechanism {name!r} is none of {', '.join(MECHANISMS)}")
    return MECHANISMS[name](rules)


def chances_of(
    mechanism: Mechanism, conflict: Conflict, state: ConflictState, seed: str, draws: int
) -> dict[str, int]:
    """Return each claimant's chance of all he asks for, while the seed is unknown.

    The share of so many other seeds with which the same claims were granted in full: its standard
    error is at most half a million by the root of the draws.

    Args:
        mechanism: decides.
        conflict: the claims.
        state: what is known.
        seed: the other seeds are made from it.
        draws: how many.

    Returns:
        Parts per million, by claimant.
    """
    full = dict.fromkeys(conflict.claimants, 0)
    for number in range(draws):
        decision = mechanism.resolve(conflict, state, seed_of(f"{seed}|chance|{number}", 0, 0))
        for claim in conflict.claims:
            full[claim.physician] += decision.grants.get(claim.physician, ()) == claim.days
    return {name: count * MILLION // draws for name, count in full.items()} if draws else {}


def resolve(
    name: str, conflict: Conflict, state: ConflictState, seed: str, rules: ConflictRules
) -> Decision:
    """Decide a conflict by a named mechanism, with everybody's chances if the rules ask for them.

    Raises:
        ConflictError: there is no such mechanism, or the state does not allow a claim.
    """
    mechanism = mechanism_of(name, rules)
    decision = mechanism.resolve(conflict, state, seed)
    chances = chances_of(mechanism, conflict, state, seed, rules.chance_draws)
    return replace(decision, chances=chances, asked=name)


def replay(
    decision: Decision, conflict: Conflict, state: ConflictState, rules: ConflictRules
) -> Decision:
    """Decide once more from the inputs of a decision; the same bytes, or something was changed.

    A bargain that was not proven in time is taken as such again, however fast the machine is.

    Args:
        decision: as stored.
        conflict: as stored beside it; state and rules too.
        state: what was known.
        rules: in force then.
    """
    mechanism = mechanism_of(decision.asked or decision.mechanism, rules)
    if LATE in decision.fallback and isinstance(mechanism, Nash | Hybrid | Objection):
        mechanism = replace(mechanism, late=True)
    again = mechanism.resolve(conflict, state, decision.seed)
    chances = chances_of(mechanism, conflict, state, decision.seed, rules.chance_draws)
    return replace(again, chances=chances, asked=decision.asked)


def _objection(losers: Sequence[str]) -> str:
    verb = "objects" if len(losers) == 1 else "object"
    return f"the auction is disputed: {', '.join(losers)} {verb} over linked dates"


def _instead(decision: Decision, why: str) -> Decision:
    """Return a decision that says why not the first mechanism made it."""
    reasons = "; ".join(filter(None, (why, decision.fallback)))
    sentences = (*decision.sentences[:1], f"{why[0].upper()}{why[1:]}.", *decision.sentences[1:])
    return replace(decision, fallback=reasons, sentences=sentences)
