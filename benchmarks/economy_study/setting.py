"""A setting of the economy: which rules, who the physicians are, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from pysched.bank import BankProfile, bank_profile
from pysched.conflicts import ConflictRules, conflict_rules

Kind = Literal["pacing", "hoarding", "inactive", "shading", "colluding"]
MIXED: tuple[tuple[Kind, int], ...] = (
    ("pacing", 6),
    ("hoarding", 3),
    ("inactive", 1),
    ("shading", 2),
    ("colluding", 2),
)


@dataclass(frozen=True)
class Setting:
    """What is simulated.

    Args:
        name: in tables.
        profile: of the bank and of the conflicts, `recommended` or `seed`.
        bank: part -> key -> value that differs from the profile.
        conflicts: key -> value that differs from the profile.
        mechanism: of all conflicts; `hybrid` chooses one by their kind.
        kinds: how many physicians are of each kind; the others are pacing.
        limit_cents: how far below 0 a balance may fall; 25 credits is what trust of 0.5 allows,
            which everybody has who never lent or borrowed.
        weeks: how long.
    """

    name: str = "recommended"
    profile: str = "recommended"
    bank: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    conflicts: Mapping[str, Any] = field(default_factory=dict)
    mechanism: str = "hybrid"
    kinds: tuple[tuple[Kind, int], ...] = MIXED
    limit_cents: int = 2_500
    weeks: int = 260

    @property
    def bank_profile(self) -> BankProfile:
        """Return the numbers of the bank."""
        return bank_profile(self.profile, self.bank)

    @property
    def conflict_rules(self) -> ConflictRules:
        """Return the numbers of the conflicts."""
        return conflict_rules(self.profile, self.conflicts)

    def kinds_of(self, count: int) -> list[Kind]:
        """Return the kinds of so many physicians.

        Raises:
            ValueError: there are more of some kind than physicians, or no such kind.
        """
        kinds: list[Kind] = []
        for kind, number in self.kinds:
            if kind not in get_args(Kind):
                raise ValueError(f"setting {self.name}: kind {kind!r} of physician is not known")
            kinds += [kind] * number
        if len(kinds) > count:
            raise ValueError(f"setting {self.name}: {len(kinds)} physicians, only {count} exist")
        return kinds + ["pacing"] * (count - len(kinds))
