"""The numbers of the rules: weights by rule and grade, levels, limits, memory settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Profile = Literal["paper", "recommended", "weighted"]

GROUPS: Mapping[str, int] = MappingProxyType(
    {"coverage": 6, "service": 5, "double_booking": 4, "hours": 3, "rules": 2, "fairness": 1}
)
"""Groups of rules with the level each is compared at; higher levels come first."""

WEIGHTS: Mapping[tuple[str, str], tuple[int, str]] = MappingProxyType(
    {
        ("coverage", "essential"): (1, "coverage"),
        ("coverage", "other"): (100, "service"),
        ("granted_leave", "day"): (150, "service"),
        ("debt_limit", "sacrifice"): (40, "service"),
        ("continuity", "ward"): (60, "service"),
        ("stability", "later"): (4, "service"),
        ("stability", "soon"): (12, "service"),
        ("overlap", "main"): (10, "double_booking"),
        ("overlap", "elsewhere"): (1, "double_booking"),
        ("equalization", "sacrifice"): (1, "double_booking"),
        ("equalization", "day"): (1, "double_booking"),
        ("minimum_hours", "hour"): (2, "hours"),
        ("month_hours", "hour"): (1, "hours"),
        ("maximum_overtime", "hour"): (4, "hours"),
        ("ward_six", "ward"): (15, "rules"),
        ("morning_after_on_call", "day"): (8, "rules"),
        ("geography", "pair"): (10, "rules"),
        ("house_rules", "senior_holiday"): (4, "rules"),
        ("house_rules", "resident_weekend"): (6, "rules"),
        ("house_rules", "first_year"): (1, "rules"),
        ("wishes", "day_off"): (1, "fairness"),
        ("wishes", "shift_off"): (1, "fairness"),
        ("wishes", "avoid_task"): (1, "fairness"),
        ("wishes", "prefer_task"): (1, "fairness"),
        ("suitability", "tenth"): (1, "fairness"),
        ("team", "avoid"): (5, "fairness"),
        ("team", "like"): (1, "fairness"),
        ("team", "mentor"): (3, "fairness"),
        ("workload_style", "steady"): (2, "fairness"),
        ("workload_style", "intense"): (1, "fairness"),
        ("hours_spread", "block"): (1, "fairness"),
        ("memory", "major"): (6, "fairness"),
        ("memory", "minor"): (2, "fairness"),
        ("rotation", "major"): (6, "fairness"),
        ("rotation", "minor"): (2, "fairness"),
        ("variety", "week"): (1, "fairness"),
    }
)
"""Default weight and group of every grade of every soft rule. A rotation weight is 2 lambda.

Equalization is weighed against double booking, not left to the hours below: there, holidays and
weekends would go to whom weekdays leave over, and a half-time physician who is wanted each morning
would have next to none in a year. benchmarks/BURDEN.md has the figures.
"""

NOT_IN_PAPER = frozenset(
    {
        "suitability",
        "team",
        "workload_style",
        "house_rules",
        "hours_spread",
        "variety",
        "equalization",
        "debt_limit",
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of the hard rules and of the hour rules; hours unless named otherwise."""

    rest_hours: int = 11
    span_hours: int = 13
    max_nights: int = 3
    days_in_a_row: int = 6
    full_time_hours: Decimal = Decimal(38)
    maximum_hours: Decimal = Decimal(48)
    target_hours_per_day: Decimal = Decimal("6.3")
    spread_block_hours: int = 4


@dataclass(frozen=True, slots=True)
class Rules:
    """A policy: which rules weigh how much at which level, and how the memory reads the past.

    `weights` maps (rule, grade) to (weight, level) and holds only what is switched on.
    """

    profile: Profile
    weights: Mapping[tuple[str, str], tuple[int, int]]
    limits: Limits = field(default_factory=Limits)
    measure: Literal["count", "minutes"] = "count"
    normalise: Literal["fair_share", "none"] = "fair_share"

    def without(self, *names: str) -> Rules:
        """Return the same policy with the named soft rules switched off.

        Raises:
            ValueError: a name is no soft rule.
        """
        known = {rule for rule, _ in WEIGHTS}
        for name in names:
            if name not in known:
                raise ValueError(f"unknown rule {name!r}; known: {', '.join(sorted(known))}")
        kept = {key: row for key, row in self.weights.items() if key[0] not in names}
        return replace(self, weights=kept)


def profile_rules(
    profile: Profile,
    weights: Mapping[tuple[str, str], int] | None = None,
    levels: Mapping[str, int] | None = None,
    **settings: object,
) -> Rules:
    """Return the policy of a profile, with own weights and levels of groups laid over it.

    Args:
        profile: `paper`, `recommended` or `weighted` (recommended, four lower levels in one sum).
        weights: own weight by (rule, grade); 0 switches the grade off.
        levels: own level by group, positive; groups with one level are added up.
        settings: `limits`, `measure`, `normalise` of `Rules`.
    """
    level_of = dict(GROUPS)
    if profile == "weighted":
        level_of |= dict.fromkeys(("double_booking", "hours", "rules", "fairness"), 1)
    level_of |= levels or {}
    rows = {}
    for key, (default, group) in WEIGHTS.items():
        weight = (weights or {}).get(key, default)
        left_out = profile == "paper" and key[0] in NOT_IN_PAPER and key not in (weights or {})
        if weight > 0 and not left_out:
            rows[key] = (weight, level_of[group])
    if profile == "paper":
        settings.setdefault("normalise", "none")
    return Rules(profile, rows, **settings)  # type: ignore[arg-type]
