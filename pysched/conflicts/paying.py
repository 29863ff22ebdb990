"""What an auction still holds at the end of its week: refunds, shares of those who worked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from pysched.bank.amount import split
from pysched.bank.transaction import person
from pysched.conflicts.conflict import Conflict
from pysched.conflicts.decision import Decision, escrow_of
from pysched.conflicts.pricing import SURPLUS

Day = tuple[str, date]
"""A physician's day."""
LINKED = "all"
"""Key of the contest of linked days."""


@dataclass(frozen=True)
class Paying:
    """How the escrow of a conflict is emptied.

    Args:
        refunds: winner of a day that was broken -> what he paid for it.
        shares: account -> what it is paid; with the refunds all that was paid in.
        compensation: (physician, day) -> his share for that day.
    """

    refunds: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    compensation: Mapping[Day, int] = field(default_factory=dict)


def paid_in(decision: Decision) -> dict[str, int]:
    """Return physician -> cents that he pays into the escrow of a conflict."""
    escrow = escrow_of(decision.conflict)
    into: Counter[str] = Counter()
    for payment in decision.payments:
        if payment.payee == escrow:
            into[payment.payer.partition(":")[2]] += payment.cents
    return dict(sorted(into.items()))


def paying_of(
    conflict: Conflict, decision: Decision, worked: Collection[Day], broken: Collection[Day]
) -> Paying:
    """Return how an escrow is emptied once the week is worked.

    Who had to work on a day that he had won has back what he paid for it; the shares of the others
    are less by so much. What was kept for those refused who then worked goes to them in equal
    shares, to the pool if nobody of them did.

    Args:
        conflict: as decided.
        decision: its outcome.
        worked: (physician, day) with a duty.
        broken: granted days off on which their owner had to work.
    """
    refunds: Counter[str] = Counter()
    lost: Counter[date] = Counter()
    lost_fixed = 0
    for key, prices in _prices(decision).items():
        for name, cents in prices.items():
            back = _refund(decision, key, name, cents, broken)
            refunds[name] += back
            kept = _kept_under(decision, key)
            if kept is not None:
                lost[kept] += back
            else:
                lost_fixed += back
    shares: Counter[str] = Counter()
    compensation: Counter[Day] = Counter()
    for account, cents in _reduced(decision, lost_fixed).items():
        shares[account] += cents
        compensation.update(_by_day(conflict, decision, account, cents))
    for day, cents in decision.pending_cents.items():
        names = _on_duty(conflict, decision, day, worked)
        left = cents - lost[day]
        parts = split(left, dict.fromkeys(names, 1)) if names and left else {}
        shares.update({person(name): part for name, part in parts.items()} or {SURPLUS: left})
        compensation.update({(name, day): part for name, part in parts.items()})
    return Paying(_positive(refunds), _positive(shares), _positive(compensation))


def _prices(decision: Decision) -> Mapping[str, Mapping[str, int]]:
    """Return contest -> winner -> what he paid in it."""
    contests = cast("Mapping[str, Mapping[str, Any]]", decision.proof.get("contests", {}))
    return {key: told["prices"] for key, told in contests.items() if "prices" in told}


def _refund(decision: Decision, key: str, name: str, cents: int, broken: Collection[Day]) -> int:
    """Return what of a price comes back: all for a day, of linked days the part that was lost."""
    days = decision.contested(name)
    if key != LINKED:
        return cents if (name, date.fromisoformat(key)) in broken else 0
    parts = split(cents, {day.isoformat(): 1 for day in days})
    return sum(part for day, part in parts.items() if (name, date.fromisoformat(day)) in broken)


def _kept_under(decision: Decision, key: str) -> date | None:
    """Return the day under which the proceeds of a contest are kept, None if they are not.

    Of linked days it is the first that was contested, and there is no other contest.
    """
    if key == LINKED:
        return min(decision.pending_cents, default=None)
    day = date.fromisoformat(key)
    return day if day in decision.pending_cents else None


def _reduced(decision: Decision, lost: int) -> dict[str, int]:
    """Return the payments that were fixed at the decision, less what went back to winners."""
    escrow = escrow_of(decision.conflict)
    fixed = {p.payee: p.cents for p in decision.payments if p.payer == escrow}
    left = sum(fixed.values()) - lost
    return split(left, fixed) if fixed and left else {}


def _by_day(conflict: Conflict, decision: Decision, account: str, cents: int) -> dict[Day, int]:
    """Return an amount by the days that its receiver was refused, or all that were in question."""
    kind, _, name = account.partition(":")
    if kind != "person":
        return {}
    days = decision.refused(conflict).get(name, conflict.days)
    parts = split(cents, {day.isoformat(): 1 for day in days})
    return {(name, date.fromisoformat(day)): part for day, part in parts.items()}


def _on_duty(
    conflict: Conflict, decision: Decision, day: date, worked: Collection[Day]
) -> list[str]:
    """Return who was refused a day and had a duty on it; on one of his, where days are linked."""
    linked = LINKED in _prices(decision)
    return [
        name
        for name, days in decision.refused(conflict).items()
        if any((name, one) in worked for one in days if linked or one == day)
    ]


def _positive(amounts: Mapping[Any, int]) -> dict[Any, int]:
    return {key: amounts[key] for key in sorted(amounts) if amounts[key]}
