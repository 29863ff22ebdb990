"""The numbers of lending, each a key of the bank's profile; those of trust beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from pysched.trust.rules import TrustRules

__all__ = ["LendingRules", "Level", "Terms", "TrustRules"]

Level = Literal["very_high", "high", "medium", "low", "minimal"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is lent at a level of trust; a loan keeps those it was made under.

    Args:
        level: of trust.
        days: until it is due; None if at once, which is the next close.
        limit_cents: outstanding principal from one lender to one borrower.
        interest_percent: of the principal, flat for a term.
        months: calendar months until it is due; then `days` is only about right.
    """

    level: str
    days: int | None
    limit_cents: int
    interest_percent: int
    months: int | None = None


TABLE: tuple[tuple[int, Terms], ...] = (
    (9_000, Terms("very_high", 180, 10_000, 0, months=6)),
    (7_000, Terms("high", 90, 5_000, 5, months=3)),
    (5_000, Terms("medium", 30, 2_500, 10, months=1)),
    (3_000, Terms("low", 14, 1_000, 20)),
    (0, Terms("minimal", None, 500, 50)),
)
"""Least score in ten-thousandths, from the highest; terms from there up to the next."""


@dataclass(frozen=True, slots=True)
class LendingRules:
    """How loans are made and end.

    Args:
        table: least score of a level in ten-thousandths and its terms, highest first, last from 0.
        aggregate_cap: whether a borrower's limit towards the pool holds for the sum of his loans.
        overdraft_percent: how much of a level's limit towards the pool a balance may fall below 0.
        interest_to: who gets interest; in the pool it is destroyed.
        further_interest: whether each further term after the due date costs interest again.
        freeze_overdue: whether who is overdue neither borrows nor gives credits away.
        garnish_percent: of the earnings of who is overdue.
        default_days: overdue for so long is a default.
        default_level: the highest level with an open default, None for no effect.
        repeated_defaults: within `repeated_weeks` make a borrower `minimal`, 0 for never.
        repeated_weeks: see there.
        minimal_weeks: how long he stays there after he repaid.
        loss_to: who bears what a leaver does not repay.
    """

    table: tuple[tuple[int, Terms], ...] = TABLE
    aggregate_cap: bool = True
    overdraft_percent: int = 100
    interest_to: Literal["pool", "lender"] = "pool"
    further_interest: bool = True
    freeze_overdue: bool = True
    garnish_percent: int = 50
    default_days: int = 14
    default_level: Level | None = "low"
    repeated_defaults: int = 2
    repeated_weeks: int = 52
    minimal_weeks: int = 13
    loss_to: Literal["pool", "lender"] = "pool"

    def __post_init__(self) -> None:
        """Check the table.

        Raises:
            ValueError: the levels do not go down to 0, or a share is no percentage.
        """
        floors = [floor for floor, _ in self.table]
        if not floors or floors != sorted(set(floors), reverse=True) or floors[-1] != 0:
            raise ValueError(f"least scores {floors} do not go down to 0")
        for name in ("garnish_percent", "overdraft_percent"):
            if not 0 <= getattr(self, name) <= 100:
                raise ValueError(f"{name} {getattr(self, name)} is not from 0 to 100")

    @classmethod
    def seed(cls) -> Self:
        """Return the rules of the profile `seed`: the table and nothing that it does not say."""
        return cls(
            aggregate_cap=False,
            further_interest=False,
            freeze_overdue=False,
            garnish_percent=0,
            default_level=None,
            repeated_defaults=0,
        )

    @classmethod
    def recommended(cls) -> Self:
        """Return the rules of the profile `recommended`."""
        return cls()


RECOMMENDED = LendingRules.recommended()
