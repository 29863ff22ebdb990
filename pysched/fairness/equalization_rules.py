"""The numbers of equalization: the window, the target, limits and the scale of its costs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Target = Literal["mean", "proportional", "egalitarian"]


@dataclass(frozen=True, slots=True)
class EqualizationRules:
    """How burdens are made even over the years.

    Args:
        window_weeks: how far the burdens are counted back, by date worked.
        target: `mean` the same for all; `proportional` every duty split over those who could take
            it, by full-time equivalent; `egalitarian` the most even burdens that skills allow.
        cost_scale: units of cost for each credit squared a full-time equivalent, weighed against
            double booking (10 a half-hour at the main hospital, 1 elsewhere). With 1/20 a weekend
            (5 credits) costs a full-time physician 1 unit for each 2 credits that he is ahead of
            his target: who is 20 behind another has his next one at the price of five hours of
            two duties at once elsewhere, or of half an hour at the main hospital. In a year of a
            generated network the CV of burdens ends 0.033 above its floor so, 0.062 where it is
            weighed against hours with 1/10, 0.219 without it (benchmarks/BURDEN.md).
        limit_cents: a deviation above it is over the hard limit.
        closes_to_compensation: week-ends in a row over it until compensation is mandatory.
        reconcile_weeks: how often balances are reconciled.
        settle_percent: of the deviation that a settlement pays; `settle_limit_cents` at most.
        least_weeks: weeks present from which on somebody counts in the measures; half of the
            window at most.
        gini_percent, cv_percent: alerts are raised above these.
    """

    window_weeks: int = 156
    target: Target = "egalitarian"
    cost_scale: Fraction = Fraction(1, 20)
    limit_cents: int = 4000
    closes_to_compensation: int = 2
    reconcile_weeks: int = 26
    settle_percent: int = 50
    settle_limit_cents: int = 2000
    least_weeks: int = 13
    gini_percent: int = 30
    cv_percent: int = 20

    def __post_init__(self) -> None:
        """Check the range of every number.

        Raises:
            ValueError: a number is out of its range.
        """
        positive = ("window_weeks", "limit_cents", "closes_to_compensation", "reconcile_weeks")
        for name in (*positive, "cost_scale"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} {getattr(self, name)} is not positive")
        for name in ("settle_percent", "settle_limit_cents", "least_weeks"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} {getattr(self, name)} is negative")

    @classmethod
    def seed(cls) -> EqualizationRules:
        """Return the seed's reading: the distance from the group's mean."""
        return cls(target="mean")

    @classmethod
    def recommended(cls) -> EqualizationRules:
        """Return the reading that can be reached with unequal skills and part time."""
        return cls()
