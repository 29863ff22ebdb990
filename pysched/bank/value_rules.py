"""The numbers of valuation: what each kind of sacrifice is worth, and when it is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Kind = Literal["holiday", "weekend", "sdo", "role", "change"]
"""Of a sacrifice."""
AwardKind = Literal["holiday", "weekend", "sdo", "role", "change", "cover"]
"""Of an award: for a sacrifice, or the bonus for covering an emergency."""


@dataclass(frozen=True)
class ValueRules:
    """What sacrifices are worth, in cents of a credit, with multipliers in percent.

    Args:
        holiday_cents: a duty on a public holiday; `major_percent` of it on a major one.
        weekend_cents: a weekend with a duty; `long_weekend_percent` of it if the Friday or Monday
            beside it is a public holiday. `unit` day: half of it for each day.
        sdo_cents: a scheduled day off lost; `late_percent` of it if told less than `late_minutes`
            before the duty. At most `sdo_quota` are paid a physician and week.
        role_cents: a duty of an undesirable category; `role_percents` of it by category, 50-200,
            100 where absent. `roles` are these categories: by name, or those that are `unwanted`,
            or `unwanted_major`, of these the major ones, so that the daily round of wards and day
            guards, which nearly all have, is no sacrifice.
            `basis` excess: only what is above the physician's share of the week is paid.
        change_cents: a duty changed once published; of it `same_day_percent`, `other_site_percent`
            or `other_day_percent`, and `late_change_percent` more if late, at most
            `most_change_percent`.
        topup: whether a holiday's compensation in an auction is taken off (net) or not (gross).
        minted_band: credits minted a person and year outside of which an alert is raised.
    """

    holiday_cents: int = 1000
    major_percent: int = 200
    weekend_cents: int = 500
    long_weekend_percent: int = 150
    unit: Literal["weekend", "day"] = "weekend"
    sdo_cents: int = 300
    late_percent: int = 200
    late_minutes: int = 24 * 60
    sdo_quota: int = 2
    role_cents: int = 200
    role_percents: Mapping[str, int] = field(default_factory=dict)
    roles: tuple[str, ...] | Literal["unwanted", "unwanted_major"] = "unwanted_major"
    basis: Literal["gross", "excess"] = "excess"
    change_cents: int = 100
    same_day_percent: int = 100
    other_site_percent: int = 150
    other_day_percent: int = 200
    late_change_percent: int = 100
    most_change_percent: int = 300
    topup: Literal["net", "gross"] = "net"
    minted_band: tuple[int, int] = (60, 450)

    def __post_init__(self) -> None:
        """Check the range of every number.

        Raises:
            ValueError: a number is out of its range.
        """
        for name in ("holiday_cents", "weekend_cents", "sdo_cents", "role_cents", "change_cents"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} {getattr(self, name)} is negative")
        for category, percent in self.role_percents.items():
            if not 50 <= percent <= 200:
                raise ValueError(f"role_percents {category}: {percent} is not in 50-200")
        if not 100 <= self.same_day_percent <= self.most_change_percent <= 300:
            raise ValueError(f"disruption up to {self.most_change_percent} is not in 100-300")

    @classmethod
    def seed(cls) -> ValueRules:
        """Return the seed's reading: everything is paid in full, days off without a quota."""
        return cls(roles="unwanted", basis="gross", topup="gross", sdo_quota=7)

    @classmethod
    def recommended(cls) -> ValueRules:
        """Return the reading that does not inflate: shares and compensation are taken off."""
        return cls()


def percent_of(cents: int, percent: int) -> int:
    """Return so many percent of an amount, rounded half even to the cent."""
    return round(Fraction(cents * percent, 100))
