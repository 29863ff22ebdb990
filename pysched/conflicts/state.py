"""What mechanisms read besides the claims: standings, wheels, and who may be away together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol

from pysched.bank.transaction import Json
from pysched.conflicts.conflict import Conflict, ConflictError

Away = Mapping[date, frozenset[str]]
"""Day -> who is off by grants."""

Reach = Literal["day", "week"]
"""Whether an oracle judges days alone or weeks as a whole."""


class Oracle(Protocol):
    """Says who may be away together; the same answer for the same question, always."""

    @property
    def reach(self) -> Reach:
        """How far one day touches others; sets allowed on a day judged alone are a matroid."""

    @property
    def description(self) -> Mapping[str, Json]:
        """All that its answers depend on; the digest of a decision covers it."""

    def feasible(self, away: Away) -> bool:
        """Return whether these physicians may be off on these days, all at once."""


@dataclass(frozen=True)
class Standing:
    """What is known of one physician when a conflict is resolved.

    Args:
        physician: whose.
        available_cents: what he may spend in this conflict; what his own bids in it hold is part.
        seniority_years: in the department.
        wins: contested grants in the last 52 weeks.
        blocks: contested vacation blocks in the last 52 weeks.
        deviation_cents: D, his burden less his target; above 0 who gave more.
        fte: his contract as a share of full time.
        tokens: of urgency, left in this quarter.
        due: his next contested claim is granted at price 0, as compensation.
    """

    physician: str
    available_cents: int = 0
    seniority_years: Decimal = Decimal(0)
    wins: int = 0
    blocks: int = 0
    deviation_cents: int = 0
    fte: Fraction = Fraction(1)
    tokens: int = 0
    due: bool = False


Turn = tuple[int, int]
"""When someone last went to the back of a wheel: number of the event, place in it."""


@dataclass(frozen=True)
class ConflictState:
    """What a resolution reads.

    Args:
        oracle: who may be away together.
        members: physician -> standing.
        wheels: wheel -> physician -> when he last went to its back; who never did is before all.
        cap_cents: the most credits that one keeps, None without a cap.
    """

    oracle: Oracle
    members: Mapping[str, Standing]
    wheels: Mapping[str, Mapping[str, Turn]] = field(default_factory=dict)
    cap_cents: int | None = None

    def standing(self, physician: str) -> Standing:
        """Return what is known of a physician.

        Raises:
            ConflictError: nothing is.
        """
        if physician not in self.members:
            raise ConflictError(f"state: nothing is known of physician {physician!r}")
        return self.members[physician]

    def check(self, conflict: Conflict) -> None:
        """Refuse claims that the state does not allow.

        Raises:
            ConflictError: a claimant is unknown, or bids more than he has.
        """
        for physician in conflict.eligible:
            self.standing(physician)
        for claim in conflict.claims:
            available = max(0, self.standing(claim.physician).available_cents)
            if claim.hold_cents > available:
                raise ConflictError(
                    f"conflict {conflict.id}: {claim.physician} bids {claim.hold_cents} cents in "
                    f"all, of {available} available"
                )
