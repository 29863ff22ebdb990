"""The numbers of conflicts: every one a key of a profile, under a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Self, get_args, get_type_hints

PROFILES = ("seed", "recommended")
Price = Literal["first", "uniform", "cavallo"]
Distribution = Literal["losers", "on_duty", "group", "pool"]


@dataclass(frozen=True)
class ConflictRules:
    """How conflicts are resolved; amounts in cents, shares in percent.

    Args:
        required: which duties must be filled when people are off: all that can be, or the
            essential ones.
        urgency_some_percent: weight of a claim of some urgency; of high urgency
            `urgency_high_percent`.
        tokens_a_quarter: claims above "none" that one may make in a quarter.
        credit_scale_cents: available credits that add 1 to the weight in the lottery, which they
            move within `credit_least_percent` and `credit_most_percent`.
        seniority_scale_years: years that double a weight; more do not count.
        win_percent: what each win of the last 52 weeks leaves of a weight.
        price: what a winner pays: his bid, his critical value, or that less a rebate.
        least_bid_cents: the lowest bid and price; a claim may also bid 0.
        distribution: who is paid: refused claimants, those of them who then work, all, the pool.
        seniority_weight_percent: of seniority in the score for vacation blocks;
            `credit_weight_percent` of credits, `block_percent` off for each block of 52 weeks.
        vacation_cap_cents: credits that count as all where the bank has no cap.
        margin_percent: scores that differ by less at the margin are decided by auction.
        chore_scale_cents: D that divides the weight of being drawn for coverage by e.
        coverage_bonus_cents: for covering; `late_percent` of it under 24 hours.
        objection_dates: linked dates from which a loser may ask for a joint bargain.
        objection_hours: time that he has.
        limit_seconds: the most that a bargain may take before turns decide.
        nash_cuts: other bargains whose products are compared exactly where logarithms are too near.
        chance_draws: replays behind the chances of a decision; 0 for no chances.
    """

    required: Literal["all", "essential"] = "all"
    urgency_some_percent: int = 150
    urgency_high_percent: int = 200
    tokens_a_quarter: int = 2
    credit_scale_cents: int = 10_000
    credit_least_percent: int = 50
    credit_most_percent: int = 200
    seniority_scale_years: int = 20
    win_percent: int = 80
    price: Price = "uniform"
    least_bid_cents: int = 100
    distribution: Distribution = "on_duty"
    seniority_weight_percent: int = 50
    credit_weight_percent: int = 50
    block_percent: int = 10
    vacation_cap_cents: int = 10_000
    margin_percent: int = 5
    chore_scale_cents: int = 1_000
    coverage_bonus_cents: int = 300
    late_percent: int = 200
    objection_dates: int = 2
    objection_hours: int = 48
    limit_seconds: int = 120
    nash_cuts: int = 2
    chance_draws: int = 0

    def __post_init__(self) -> None:
        """Check the range of every number.

        Raises:
            ValueError: one means nothing.
        """
        scales = {"credit_scale_cents", "seniority_scale_years", "chore_scale_cents"}
        scales |= {"vacation_cap_cents", "credit_least_percent", "win_percent"}
        scales |= {"urgency_some_percent", "urgency_high_percent"}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _WORDS:
                _check_word(field.name, value)
            elif type(value) is not int:
                raise ValueError(f"{field.name} {value!r} is no whole number")
            elif value < (1 if field.name in scales else 0):
                raise ValueError(f"{field.name} {value} is too small")
        if self.credit_most_percent < self.credit_least_percent:
            raise ValueError(
                f"credit_most_percent {self.credit_most_percent} is below credit_least_percent "
                f"{self.credit_least_percent}"
            )

    @classmethod
    def seed(cls) -> Self:
        """Return the letter of the proposal: winners pay their bid, losers share it."""
        return cls(price="first", distribution="losers")

    @classmethod
    def recommended(cls) -> Self:
        """Return the rules that reward neither shading nor entering for its own sake."""
        return cls()

    def described(self) -> dict[str, int | str]:
        """Return every key and value, for a digest."""
        return dict(vars(self))


def conflict_rules(
    name: str = "recommended", overrides: Mapping[str, Any] | None = None
) -> ConflictRules:
    """Return the rules of a profile with some of its keys replaced.

    Args:
        name: one of `PROFILES`.
        overrides: key -> value; a text stands for the number that it says.

    Raises:
        ValueError: there is no such profile or key, or a value does not fit.
    """
    if name not in PROFILES:
        raise ValueError(f"conflicts profile {name!r} is none of {', '.join(PROFILES)}")
    rules: ConflictRules = getattr(ConflictRules, name)()
    known = {field.name: getattr(rules, field.name) for field in fields(rules)}
    fitting: dict[str, Any] = {}
    for key, value in (overrides or {}).items():
        if key not in known:
            raise ValueError(f"conflicts has no key {key!r}; it has {', '.join(sorted(known))}")
        fitting[key] = value if key in _WORDS else _whole(key, value)
    return replace(rules, **fitting)


def _check_word(key: str, value: str) -> None:
    if value not in _WORDS[key]:
        raise ValueError(f"conflicts.{key} {value!r} is none of {', '.join(sorted(_WORDS[key]))}")


def _whole(key: str, value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,12}", value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"conflicts.{key} {value!r} is no whole number")
    return value


_WORDS = {
    key: get_args(hint) for key, hint in get_type_hints(ConflictRules).items() if get_args(hint)
}
"""Key -> the words it may have."""
