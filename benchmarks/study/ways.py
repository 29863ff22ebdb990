"""The ways compared: the same policy with and without memory (Q) and rotation (J)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pysched.model import Rules

Normalise = Literal["fair_share", "none"]
Measure = Literal["count", "minutes"]

OFF = {"none": ("memory", "rotation"), "Q": ("rotation",), "J": ("memory",), "Q+J": ()}
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
    """

    name: str
    normalise: Normalise = "fair_share"
    seed: int = 1
    ratio: float | None = None
    window: int | None = None
    measure: Measure = "count"

    def rules(self, rules: Rules) -> Rules:
        """Return a network's rules as this way has them.

        The rotation's weights are 2 lambda, rounded; `ratio` is of the weights of the memory.
        """
        weights = dict(rules.weights)
        if self.ratio is not None:
            for grade in ("major", "minor"):
                wc, level = weights["memory", grade]
                weights["rotation", grade] = (round(2 * self.ratio * wc), level)
        changed = replace(
            rules,
            weights={key: row for key, row in weights.items() if row[0] > 0},
            normalise=self.normalise,
            measure=self.measure,
        )
        return changed.without(*OFF[self.name])

    @property
    def key(self) -> str:
        """What names a roll of this way, fit for a file name."""
        parts = [self.name.replace("+", ""), self.normalise, f"seed{self.seed}", self.measure]
        parts += [f"ratio{self.ratio}"] if self.ratio is not None else []
        parts += [f"window{self.window}"] if self.window is not None else []
        return "-".join(parts)


def four_ways(seeds: int) -> Iterator[Way]:
    """Yield none, Q, J and Q+J, those with a memory by both ways to normalise, for each seed."""
    for seed in range(1, seeds + 1):
        yield from (Way("none", seed=seed), Way("J", seed=seed))
        for normalise in ("fair_share", "none"):
            yield from (Way(name, normalise, seed) for name in ("Q", "Q+J"))  # type: ignore[arg-type]
