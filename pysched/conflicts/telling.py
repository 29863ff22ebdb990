"""A decision in sentences: why who was granted what, from the proof that it carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pysched.bank.amount import credits_of
from pysched.conflicts.conflict import Conflict
from pysched.conflicts.decision import Decision
from pysched.conflicts.draw import draw, lots
from pysched.conflicts.granting import due_first
from pysched.conflicts.sealed import joint_seed
from pysched.conflicts.state import ConflictState, Standing

LINKED = ("all", "coverage")
"""Keys of contests that are not of one day."""
_HOW = {
    "lottery": "by a weighted lottery",
    "wheel": "by the priority wheel: who won longest ago comes first",
    "auction": "by auction of sealed bids",
    "nash": "by a bargain: the product of what all get out of it is as large as it can be",
    "round_robin": "by turns",
    "seniority": "by seniority and credits",
    "coverage": "by volunteers, then by a lottery among those who gave least",
    "agreement": "by agreement of the parties",
    "none": "without a contest: all of it can be granted",
}


def reasons_of(conflict: Conflict, state: ConflictState, decision: Decision) -> tuple[str, ...]:
    """Return why it was decided so: who came first and why, who displaced whom, who paid what.

    Args:
        conflict: as decided.
        state: what was known then.
        decision: its outcome.
    """
    return tuple(_reasons(conflict, state, decision))


def _reasons(conflict: Conflict, state: ConflictState, decision: Decision) -> Iterator[str]:
    days = ", ".join(map(str, conflict.days))
    names = ", ".join(conflict.claimants)
    yield f"{names} asked for {days}; it was decided {_HOW[decision.mechanism]}."
    if decision.fallback:
        yield f"That was not the first choice: {decision.fallback}."
    hidden: tuple[str, ...] = tuple(decision.proof.get("not revealed", ()))  # type: ignore[arg-type]
    for name in hidden:
        yield f"{name} did not reveal what was sealed in time, which costs a token."
    for claim in conflict.claims:
        if claim.urgency != "none":
            used = _token_of(decision, state.standing(claim.physician), hidden)
            yield f"{claim.physician} stated {claim.urgency} need{used}."
    contests: Mapping[str, Any] = decision.proof.get("contests", {})  # type: ignore[assignment]
    for key, told in contests.items():
        where = "" if key in LINKED else f"On {key}: "
        tell = _TELLERS.get(decision.mechanism)
        seed, what = joint_seed(decision.seed, conflict), f"{conflict.id}|{key}"
        contest = _Contest(told, state, seed, what, hidden)
        for sentence in tell(contest) if tell else ():
            yield f"{where}{sentence}"
    yield from _outcomes(conflict, decision)
    yield from _paid(decision)


def _token_of(decision: Decision, standing: Standing, hidden: tuple[str, ...]) -> str:
    """Say what a stated need counted for; a token may be lost for another reason too."""
    if decision.mechanism != "lottery":
        return ": the parties saw it, no chance depended on it, and it cost no token"
    if decision.tokens.get(standing.physician, 0) > (standing.physician in hidden):
        return ", at a token, and was likelier to be drawn for it"
    return (
        f", which did not count: {'no draw was needed' if standing.tokens else 'no token was left'}"
    )


def _outcomes(conflict: Conflict, decision: Decision) -> Iterator[str]:
    refused = decision.refused(conflict)
    for claim in conflict.claims:
        name = claim.physician
        free, won = decision.free.get(name, ()), decision.contested(name)
        if free:
            yield f"{name} is off on {_list(free)}: nobody's claim stands against it."
        if won:
            yield f"{name} is off on {_list(won)}."
        if name in refused:
            why = "with those granted before him some duty would have had nobody"
            if decision.mechanism == "agreement":
                why = "he agreed to give way"
            yield f"{name} is refused {_list(refused[name])}: {why}; it stays a wish."


def _paid(decision: Decision) -> Iterator[str]:
    for payment in decision.payments:
        payer, payee = (_account(name) for name in (payment.payer, payment.payee))
        cents = credits_of(payment.cents)
        if payment.payer.startswith("escrow:"):
            yield f"{payee} is paid {cents} credits at the end of the week."
        elif payment.payee.startswith("escrow:"):
            yield f"{payer} pays {cents} credits; they come back if the day is broken."
        else:
            yield f"{payer} gives {payee} {cents} credits."
    for day, pending in decision.pending_cents.items():
        yield (
            f"{credits_of(pending)} credits go to those refused who then work on {day}, "
            "at the end of the week."
        )


@dataclass(frozen=True)
class _Contest:
    """A contest by its proof; JSON keeps no order of names, which is found again by the seed."""

    told: Mapping[str, Any]
    state: ConflictState
    seed: str
    what: str
    hidden: tuple[str, ...]

    def by_lots(self, names: Iterable[str]) -> tuple[str, ...]:
        return lots(self.seed, self.what, names)

    def owed(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            if self.state.standing(name).due:
                yield f"{name} came first as he bore more than his share for weeks, at no price."


def _lottery(contest: _Contest) -> Iterator[str]:
    weights = {name: Fraction(weight) for name, weight in contest.told.items()}
    total = sum(weights.values(), Fraction(0))
    order = due_first(draw(contest.seed, contest.what, weights), contest.state)
    drawn = ", ".join(
        f"{name} (weight {float(weights[name]):.2f}, {float(100 * weights[name] / total):.0f} % "
        "to be first)"
        for name in order
    )
    yield f"the draw came out as {drawn}."
    yield from contest.owed(order)


def _wheel(contest: _Contest) -> Iterator[str]:
    order = contest.told["order"]
    yield f"the order of the wheel was {', '.join(order)}."
    yield from contest.owed(order)


def _auction(contest: _Contest) -> Iterator[str]:
    bids = contest.told["bids"]
    order = sorted(contest.by_lots(bids), key=lambda name: -bids[name])
    shown = [name for name in order if name not in contest.hidden]
    told = ", ".join(f"{name} {credits_of(bids[name])}" for name in shown)
    if shown:
        yield f"the bids were {told}; equal ones in the order of lots."
    if len(shown) < len(order):
        unseen = ", ".join(name for name in order if name in contest.hidden)
        yield f"not revealed, and counted as none: the bid of {unseen}."
    for name, cents in sorted(contest.told["prices"].items()):
        yield f"{name} bid {credits_of(bids[name])} and pays {credits_of(cents)}."
    yield from contest.owed(order)


def _seniority(contest: _Contest) -> Iterator[str]:
    scores = {name: Fraction(score) for name, score in contest.told.items()}
    order = sorted(contest.by_lots(scores), key=lambda name: -scores[name])
    told = ", ".join(
        f"{name} {float(scores[name]):.2f} ({_years(contest.state.standing(name))})"
        for name in order
    )
    yield f"the scores were {told}."
    yield from contest.owed(order)


def _turns(contest: _Contest) -> Iterator[str]:
    if "order" in contest.told:
        yield f"the turns went {', '.join(contest.told['order'])}."


def _bargain(contest: _Contest) -> Iterator[str]:
    told = contest.told
    yield (
        f"{told['gaining']} of {len(told['utilities'])} get something, the most that can; the "
        f"product of what they get is {told['product']}, larger than any other."
    )
    yield (
        f"It is{'' if told['pareto'] else ' not'} Pareto efficient, and envy up to one day is "
        f"{'nowhere' if told['ef1'] else 'left'}."
    )


_TELLERS: Mapping[str, Callable[[_Contest], Iterator[str]]] = {
    "lottery": _lottery,
    "wheel": _wheel,
    "auction": _auction,
    "seniority": _seniority,
    "round_robin": _turns,
    "coverage": _turns,
    "nash": _bargain,
}


def _years(standing: Standing) -> str:
    return f"{float(standing.seniority_years):g} years, {credits_of(standing.available_cents)}"


def _account(name: str) -> str:
    return "the pool" if name.startswith("pool:") else name.partition(":")[2]


def _list(days: Any) -> str:
    return ", ".join(map(str, days))
