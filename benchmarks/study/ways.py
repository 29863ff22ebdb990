"""The ways compared: the same policy with and without memory (Q) and rotation (J)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pysched.model import Network, profile_rules
from pysched.model.rules import Profile

Normalise = Literal["fair_share", "none"]
Measure = Literal["count", "minutes"]

OFF = {"none": ("memory", "rotation"), "J": ("memory",), "Q": ("rotation",), "Q+J": ()}
"""What each way leaves out. `none` still looks for the best schedule of all other rules."""


@dataclass(frozen=True, order=True)
class Way:
    """One policy of the study.

    Args:
        name: none, Q, J or Q+J.
        normalise: how the memory reads past loads; without Q it makes no difference.
        seed: of the search.
        ratio: lambda / wc, None for the network's own.
        window: how many past weeks the memory counts, None for all.
        measure: what the memory counts.
        profile: whose levels are taken, None for the network's own.
    """

    name: str
    normalise: Normalise = "fair_share"
    seed: int = 1
    ratio: float | None = None
    window: int | None = None
    measure: Measure = "count"
    profile: Profile | None = None

    def network(self, network: Network) -> Network:
        """Return a network with the rules of this way.

        The rotation's weights are 2 lambda, rounded; `ratio` is of the weights of the memory.
        """
        rules = network.rules
        weights = dict(rules.weights)
        if self.profile is not None:
            others = profile_rules(self.profile).weights
            weights = {key: (row[0], others[key][1]) for key, row in weights.items()}
        if self.ratio is not None:
            for grade in ("major", "minor"):
                wc, level = weights["memory", grade]
                weights["rotation", grade] = (round(2 * self.ratio * wc), level)
        kept = {key: row for key, row in weights.items() if row[0] > 0}
        changed = replace(rules, weights=kept, normalise=self.normalise, measure=self.measure)
        return replace(network, rules=changed.without(*OFF[self.name]))

    @property
    def key(self) -> str:
        """What names a roll of this way, fit for a file name."""
        parts = [self.name.replace("+", ""), self.normalise, self.measure, f"seed{self.seed}"]
        optional = {"ratio": self.ratio, "window": self.window, "": self.profile}
        return "-".join(parts + [f"{k}{v}" for k, v in optional.items() if v is not None])


def four_ways(seeds: int, raw_seeds: int) -> Iterator[Way]:
    """Yield none, Q, J and Q+J for each seed, those with a memory also by raw counts."""
    for seed in range(1, seeds + 1):
        yield from (Way(name, seed=seed) for name in OFF)
        if seed <= raw_seeds:
            yield from (Way(name, "none", seed) for name in ("Q", "Q+J"))
