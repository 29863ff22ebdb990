"""What is to be resolved: claims of physicians on days that may not all hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from pysched.bank.amount import checked_cents

Urgency = Literal["none", "some", "high"]
"""How much a claimant says he needs it; weights 1, 1.5 and 2 in the lottery."""
Kind = Literal["day_off", "holiday", "vacation", "coverage"]
"""Of a conflict; `coverage` asks who works, the others who is off."""

MOST_POINTS = 100
"""The points that one claim may spread over its days."""
MOST_ID = 43
"""The most letters of the id of a conflict: it is part of the name of an escrow account."""


class ConflictError(ValueError):
    """What is given is no claim, conflict or state to resolve; the message names it."""


@dataclass(frozen=True)
class Claim:
    """One physician's wish that contends with others.

    Args:
        physician: whose.
        days: what he asks for, each once; kept in order.
        urgency: as stated; costs a token where above "none".
        bid_cents: sealed bid for each of the days, for all together if the claim is whole.
        points: day -> what it is worth to him, at most `MOST_POINTS` in all; empty stands for the
            approval of every day (1 each).
        whole: the days are linked: all or none. In a conflict the days of all claims are, or none.
        objects: a loser of linked dates who asked for a joint bargain within the time allowed.
        commitment: of the sealed bid and of the nonce of the lottery, 64 hexadecimal digits.
        nonce: as revealed; None if it was not.

    Raises:
        ConflictError: no day, a day twice, a bid below 0, points that are no such points.
    """

    physician: str
    days: tuple[date, ...]
    urgency: Urgency = "none"
    bid_cents: int = 0
    points: Mapping[date, int] = field(default_factory=dict)
    whole: bool = False
    objects: bool = False
    commitment: str | None = None
    nonce: str | None = None

    def __post_init__(self) -> None:
        """Put the days in order and refuse what is no claim."""
        where = f"claim of {self.physician!r}"
        if not self.physician or not isinstance(self.physician, str):
            raise ConflictError(f"{where}: no physician")
        if not self.days or len(set(self.days)) < len(self.days):
            raise ConflictError(f"{where}: days {[str(d) for d in self.days]} are none or double")
        if any(type(day) is not date for day in self.days):
            raise ConflictError(f"{where}: days {self.days!r} are not all dates")
        if self.urgency not in get_args(Urgency):
            raise ConflictError(f"{where}: urgency {self.urgency!r} is none of none, some, high")
        if checked_cents(self.bid_cents) < 0:
            raise ConflictError(f"{where}: bid of {self.bid_cents} cents is below 0")
        self._check_points(where)
        object.__setattr__(self, "days", tuple(sorted(self.days)))

    def _check_points(self, where: str) -> None:
        for day, points in self.points.items():
            if day not in self.days or type(points) is not int or not 0 <= points <= MOST_POINTS:
                raise ConflictError(f"{where}: {points!r} points for {day}")
        if sum(self.points.values()) > max(MOST_POINTS, len(self.days)):
            raise ConflictError(
                f"{where}: {sum(self.points.values())} points in all, more than {MOST_POINTS}"
            )

    @property
    def hold_cents(self) -> int:
        """What the bids hold in escrow: the most that he may have to pay."""
        return self.bid_cents * (1 if self.whole else len(self.days))

    def worth(self, day: date) -> int:
        """Return the points of a day; 1 for each where he approves without points."""
        if not self.points:
            return 1 if day in self.days else 0
        return self.points.get(day, 0)


@dataclass(frozen=True)
class Conflict:
    """Claims that are resolved together.

    Args:
        id: names it; at most `MOST_ID` letters.
        kind: decides the mechanism in the hybrid table.
        days: all days in question, in order.
        claims: at most one a physician; kept in order of physician, whoever came first. For
            `coverage` those who volunteer.
        eligible: all who could have claimed (the group that shares payments; who may be drawn for
            coverage); claimants belong to it. Empty stands for the claimants.
        seats: how many must work, for `coverage` alone.
        short_notice: less than 24 hours before the duty, for `coverage` alone.

    Raises:
        ConflictError: two claims of one physician, a claim outside the days, no claim.
    """

    id: str
    kind: Kind
    days: tuple[date, ...]
    claims: tuple[Claim, ...]
    eligible: tuple[str, ...] = ()
    seats: int = 1
    short_notice: bool = False

    def __post_init__(self) -> None:
        """Put everything in order and refuse what is no conflict."""
        if not isinstance(self.id, str) or not 0 < len(self.id) <= MOST_ID or "|" in self.id:
            raise ConflictError(f"conflict {self.id!r}: no id of 1 to {MOST_ID} letters without |")
        if self.kind not in get_args(Kind):
            raise ConflictError(f"conflict {self.id}: kind {self.kind!r} is not known")
        if self.seats < 1:
            raise ConflictError(f"conflict {self.id}: {self.seats} seats")
        days = tuple(sorted(set(self.days)))
        claims = tuple(sorted(self.claims, key=lambda claim: claim.physician))
        self._check_claims(days, claims)
        object.__setattr__(self, "days", days)
        object.__setattr__(self, "claims", claims)
        object.__setattr__(self, "eligible", tuple(sorted({*self.eligible, *self.claimants})))

    def _check_claims(self, days: tuple[date, ...], claims: tuple[Claim, ...]) -> None:
        names = [claim.physician for claim in claims]
        if len(set(names)) < len(names):
            raise ConflictError(f"conflict {self.id}: two claims of one physician among {names}")
        if not days or not (claims or (self.kind == "coverage" and self.eligible)):
            raise ConflictError(f"conflict {self.id}: nobody claims anything")
        for claim in claims:
            if not set(claim.days) <= set(days):
                raise ConflictError(f"conflict {self.id}: {claim.physician} claims other days")
        if len({claim.whole for claim in claims if len(claim.days) > 1}) > 1:
            raise ConflictError(f"conflict {self.id}: days are linked in some claims only")

    @property
    def claimants(self) -> tuple[str, ...]:
        """Who claims, in order of id."""
        return tuple(claim.physician for claim in self.claims)

    def claim_of(self, physician: str) -> Claim:
        """Return the claim of a physician.

        Raises:
            ConflictError: he has none.
        """
        for claim in self.claims:
            if claim.physician == physician:
                return claim
        raise ConflictError(f"conflict {self.id}: {physician!r} claims nothing")
