"""Commit and reveal: bids that nobody sees in time, and seeds that nobody makes alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from pysched.conflicts.conflict import Claim, Conflict, ConflictError

Phase = Literal["closed", "open", "reveal", "settle"]


class LateError(ConflictError):
    """A commitment or a nonce comes when it is not the time for it."""


@dataclass(frozen=True)
class Timetable:
    """When entries may be made and shown; by the server's clock, all with or without a zone.

    Args:
        opens: the first moment of commitments.
        closes: the first moment after them; nonces and bids are revealed from here on.
        settles: the first moment after that.

    Raises:
        ConflictError: they are not in this order.
    """

    opens: datetime
    closes: datetime
    settles: datetime

    def __post_init__(self) -> None:
        """Check the order."""
        if not self.opens < self.closes < self.settles:
            raise ConflictError(
                f"timetable {self.opens} - {self.closes} - {self.settles} is not in order"
            )

    def phase(self, now: datetime) -> Phase:
        """Return what may be done at a moment."""
        if now < self.opens:
            return "closed"
        if now < self.closes:
            return "open"
        return "reveal" if now < self.settles else "settle"

    def check(self, wanted: Phase, now: datetime) -> None:
        """Refuse what comes too early or too late.

        Raises:
            LateError: the phase is another one.
        """
        if self.phase(now) != wanted:
            raise LateError(f"{wanted}: it is {now}, when the phase is {self.phase(now)}")


def commitment_of(conflict: str, physician: str, bid_cents: int, nonce: str) -> str:
    """Return what an entrant publishes first: a hash that binds him and tells nothing.

    Args:
        conflict: its id; with the physician it keeps others from using the same commitment.
        physician: the entrant.
        bid_cents: 0 where nothing is bid.
        nonce: a secret text of his own, long enough not to be guessed.
    """
    return hashlib.sha256(f"{conflict}|{physician}|{bid_cents}|{nonce}".encode()).hexdigest()


def is_revealed(conflict: str, claim: Claim) -> bool:
    """Return whether a claim shows the bid and the nonce that it was committed to."""
    if claim.nonce is None:
        return False
    shown = commitment_of(conflict, claim.physician, claim.bid_cents, claim.nonce)
    return shown == claim.commitment


def opened(conflict: Conflict) -> tuple[Conflict, tuple[str, ...]]:
    """Return a conflict with bids of what was revealed alone, and who did not reveal.

    A bid that was not revealed, or is not the one committed to, counts as none. Claims without a
    commitment are not sealed and stay as they are.
    """
    hidden = tuple(
        claim.physician
        for claim in conflict.claims
        if claim.commitment is not None and not is_revealed(conflict.id, claim)
    )
    claims = tuple(
        replace(claim, bid_cents=0) if claim.physician in hidden else claim
        for claim in conflict.claims
    )
    return replace(conflict, claims=claims), hidden


def joint_seed(seed: str, conflict: Conflict) -> str:
    """Return the seed that the chain and all entrants make together.

    Who does not reveal counts with his commitment, so that holding back gains nothing he could
    know; what a nonce is worth depends on all others and on the chain's seed. Where nobody
    committed it is the chain's seed.

    Args:
        seed: of the chain, not published before the nonces are.
        conflict: with commitments and nonces as revealed.
    """
    parts = sorted(
        str(claim.nonce) if is_revealed(conflict.id, claim) else claim.commitment
        for claim in conflict.claims
        if claim.commitment is not None
    )
    if not parts:
        return seed
    return hashlib.sha256("|".join((seed, *parts, conflict.id)).encode()).hexdigest()
