"""A decision in sentences: why who was granted what, from the proof that it carries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from pysched.bank.amount import credits_of
from pysched.conflicts.conflict import Conflict
from pysched.conflicts.decision import Decision
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
    for claim in conflict.claims:
        if claim.urgency != "none":
            used = "used a token" if decision.tokens.get(claim.physician) else "used no token"
            yield f"{claim.physician} stated {claim.urgency} urgency and {used}."
    contests: Mapping[str, Any] = decision.proof.get("contests", {})  # type: ignore[assignment]
    for key, told in contests.items():
        where = "" if key in LINKED else f"On {key}: "
        tell = _TELLERS.get(decision.mechanism)
        for sentence in tell(told, state) if tell else ():
            yield f"{where}{sentence}"
    yield from _outcomes(conflict, decision)
    yield from _paid(decision)


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


def _lottery(told: Mapping[str, Any], state: ConflictState) -> Iterator[str]:
    total = sum(Fraction(weight) for weight in told.values())
    drawn = ", ".join(
        f"{name} (weight {float(Fraction(weight)):.2f}, "
        f"{100 * float(Fraction(weight) / total):.0f} % to be first)"
        for name, weight in told.items()
    )
    yield f"the draw came out as {drawn}."
    yield from _owed(told, state)


def _wheel(told: Mapping[str, Any], state: ConflictState) -> Iterator[str]:
    order = told["order"]
    yield f"the order of the wheel was {', '.join(order)}."
    yield from _owed(order, state)


def _auction(told: Mapping[str, Any], state: ConflictState) -> Iterator[str]:
    bids = ", ".join(f"{name} {credits_of(cents)}" for name, cents in told["bids"].items())
    yield f"the bids were {bids}; equal ones stand in the order of lots."
    for name, cents in told["prices"].items():
        bid = told["bids"][name]
        yield f"{name} bid {credits_of(bid)} and pays {credits_of(cents)}."
    yield from _owed(told["bids"], state)


def _seniority(told: Mapping[str, Any], state: ConflictState) -> Iterator[str]:
    scores = ", ".join(
        f"{name} {float(Fraction(score)):.2f} ({_years(state.standing(name))})"
        for name, score in told.items()
    )
    yield f"the scores were {scores}."
    yield from _owed(told, state)


def _turns(told: Mapping[str, Any], _state: ConflictState) -> Iterator[str]:
    if "order" in told:
        yield f"the turns went {', '.join(told['order'])}."


def _bargain(told: Mapping[str, Any], _state: ConflictState) -> Iterator[str]:
    yield (
        f"{told['gaining']} of {len(told['utilities'])} get something, the most that can; the "
        f"product of what they get is {told['product']}, larger than any other."
    )
    yield (
        f"It is{_not(told['pareto'])} Pareto efficient, and nobody would rather have another's "
        f"days but for one of them{'' if told['ef1'] else ' (not reached)'}."
    )


def _not(holds: bool) -> str:
    return "" if holds else " not"


_TELLERS: Mapping[str, Callable[[Mapping[str, Any], ConflictState], Iterator[str]]] = {
    "lottery": _lottery,
    "wheel": _wheel,
    "auction": _auction,
    "seniority": _seniority,
    "round_robin": _turns,
    "coverage": _turns,
    "nash": _bargain,
}


def _owed(names: Any, state: ConflictState) -> Iterator[str]:
    for name in names:
        if state.standing(name).due:
            yield f"{name} came first as he bore more than his share for weeks, and pays nothing."


def _years(standing: Standing) -> str:
    return f"{float(standing.seniority_years):g} years, {credits_of(standing.available_cents)}"


def _account(name: str) -> str:
    return "the pool" if name.startswith("pool:") else name.partition(":")[2]


def _list(days: Any) -> str:
    return ", ".join(map(str, days))
