"""What was decided: grants, payments and the proof, in bytes that never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pysched.bank.transaction import ESCROW, Json
from pysched.conflicts.conflict import Conflict

MILLION = 1_000_000
"""Chances are whole parts of it."""


def escrow_of(conflict: str) -> str:
    """Return the account that the bids of a conflict are held in."""
    return ESCROW + conflict


@dataclass(frozen=True, order=True)
class Payment:
    """Cents that go from one account to another: `person:`, `escrow:` or `pool:surplus`."""

    payer: str
    payee: str
    cents: int


@dataclass(frozen=True)
class Decision:
    """The outcome of a conflict.

    Args:
        conflict: its id.
        mechanism: that decided in the end: "lottery", "wheel", "auction", "nash", "round_robin",
            "seniority", "coverage", or "none" where nothing was contested.
        grants: physician -> his days off, in order; who works, for a conflict of coverage.
        free: the part of the grants that nobody contested: it moves nobody and costs nothing.
        order: who came first, as the mechanism saw it; of the last contest where there are several.
        moved: who goes to the back of the wheel, in this order.
        payments: from winners into the escrow and on; in order.
        pending_cents: day -> what stays in the escrow for those refused who then work that day.
        tokens: physician -> urgency tokens that his claim used.
        bonus_cents: physician -> credits minted for covering an emergency.
        chances: claimant -> parts per million of being granted all he asked for, before the seed
            was known; empty if it was not asked for.
        proof: what a reader needs to find the same outcome.
        seed: as used.
        digest: SHA-256 of all inputs in canonical JSON.
        sentences: the decision in words.
        fallback: why not the first mechanism decided; empty if it did.
        asked: the mechanism that was asked to decide, such as "hybrid".
    """

    conflict: str
    mechanism: str
    grants: Mapping[str, tuple[date, ...]]
    free: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    payments: tuple[Payment, ...] = ()
    pending_cents: Mapping[date, int] = field(default_factory=dict)
    tokens: Mapping[str, int] = field(default_factory=dict)
    bonus_cents: Mapping[str, int] = field(default_factory=dict)
    chances: Mapping[str, int] = field(default_factory=dict)
    proof: Mapping[str, Json] = field(default_factory=dict)
    seed: str = ""
    digest: str = ""
    sentences: tuple[str, ...] = ()
    fallback: str = ""
    asked: str = ""

    def contested(self, physician: str) -> tuple[date, ...]:
        """Return the days that a physician won against others."""
        free = self.free.get(physician, ())
        return tuple(day for day in self.grants.get(physician, ()) if day not in free)

    def refused(self, conflict: Conflict) -> dict[str, tuple[date, ...]]:
        """Return what was asked for in vain, by claimant; nothing for who got all."""
        refused = {
            claim.physician: tuple(
                day for day in claim.days if day not in self.grants.get(claim.physician, ())
            )
            for claim in conflict.claims
        }
        return {physician: days for physician, days in refused.items() if days}

    def paid_cents(self, physician: str) -> int:
        """Return what a physician pays less what he is paid."""
        account = f"person:{physician}"
        out = sum(p.cents for p in self.payments if p.payer == account)
        return out - sum(p.cents for p in self.payments if p.payee == account)
