"""What happens between two physicians in a week and bears on trust."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

MOST_STARS = 5


@dataclass(frozen=True, slots=True, order=True)
class Rating:
    """One physician rates another.

    Args:
        week: its Monday.
        rater: who rates.
        rated: whom.
        stars: 1 to 5.
    """

    week: date
    rater: str
    rated: str
    stars: int

    def __post_init__(self) -> None:
        """Check pair and stars."""
        _refuse_alone(self.rater, self.rated)
        if type(self.stars) is not int or not 1 <= self.stars <= MOST_STARS:
            raise ValueError(f"rating of {self.rated}: {self.stars!r} is not a number from 1 to 5")


@dataclass(frozen=True, slots=True, order=True)
class LoanEvent:
    """A loan is made, repaid or not.

    Args:
        week: its Monday.
        lender: who lent.
        borrower: to whom.
        kind: lent, repaid of free will before a default, or defaulted.
        cents: principal that this is about.
    """

    week: date
    lender: str
    borrower: str
    kind: Literal["lent", "repaid", "defaulted"]
    cents: int

    def __post_init__(self) -> None:
        """Check pair and amount."""
        _refuse_alone(self.lender, self.borrower)
        _refuse_amount(self.cents, 1)


@dataclass(frozen=True, slots=True, order=True)
class CoDuty:
    """Two physicians had duties together.

    Args:
        week: its Monday.
        first: one of them.
        second: the other.
        count: how many duties.
    """

    week: date
    first: str
    second: str
    count: int = 1

    def __post_init__(self) -> None:
        """Check pair and count."""
        _refuse_alone(self.first, self.second)
        _refuse_amount(self.count, 1)


@dataclass(frozen=True, slots=True, order=True)
class Swap:
    """A physician took over a duty of another; an exchange of duties is two of these.

    Args:
        week: its Monday.
        giver: who took the duty over.
        taker: whose duty it was.
        cents: what the duty is worth in the valuation, may be 0.
    """

    week: date
    giver: str
    taker: str
    cents: int

    def __post_init__(self) -> None:
        """Check pair and worth."""
        _refuse_alone(self.giver, self.taker)
        _refuse_amount(self.cents, 0)


Event = Rating | LoanEvent | CoDuty | Swap


def pair_of(event: Event) -> tuple[str, str]:
    """Return who rates, lends, gives or comes first, and the other one."""
    match event:
        case Rating():
            return event.rater, event.rated
        case LoanEvent():
            return event.lender, event.borrower
        case CoDuty():
            return event.first, event.second
        case Swap():
            return event.giver, event.taker


def _refuse_alone(one: str, other: str) -> None:
    if one == other:
        raise ValueError(f"{one} with himself is no pair")


def _refuse_amount(amount: int, least: int) -> None:
    if type(amount) is not int or amount < least:
        raise ValueError(f"{amount!r} is not a whole number from {least} on")
