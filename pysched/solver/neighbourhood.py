"""Which part of a schedule to free next: kinds, sizes and what was learned about them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clingo.symbol import Symbol

GROW, SHRINK = 1.05, 0.93
REWARD, FADE = 1.3, 0.95
WEIGHT_RANGE = (0.2, 5.0)


@dataclass(slots=True)
class _Kind:
    """A kind frees what has one of some values in each of its features.

    A guided kind frees only what the best schedule or a relaxation does there (relaxation induced
    neighbourhoods, Danna, Rothberg and Le Pape 2005), and so can free more at a time.
    """

    features: tuple[str, ...]
    share: float
    weight: float = 1.0
    guided: bool = False


class Neighbourhoods:
    """Draws sets of assignments to free; success makes a kind likelier, exhaustion makes it larger.

    It is generic: `features` says what an assignment has (physician, day, ...); kinds are the
    single features and their pairs.
    """

    def __init__(
        self,
        candidates: Sequence[Symbol],
        features: Callable[[Symbol], Mapping[str, object]],
        rng: random.Random,
    ) -> None:
        """Index the candidates by feature."""
        self._rng = rng
        self._features = {symbol: features(symbol) for symbol in sorted(candidates)}
        names = list(next(iter(self._features.values()), {}))
        self._values = {
            name: sorted({row[name] for row in self._features.values()}, key=str) for name in names
        }
        single = [_Kind((name,), 0.25) for name in names]
        double = [_Kind((a, b), 0.5) for n, a in enumerate(names) for b in names[n + 1 :]]
        self._kinds = [*single, *double] or [_Kind((), 1.0)]
        self._guided = [_Kind(kind.features, 0.6, guided=True) for kind in self._kinds]
        self._last = self._kinds[0]

    def draw(
        self, assigned: frozenset[Symbol] = frozenset(), likely: frozenset[Symbol] | None = None
    ) -> frozenset[Symbol]:
        """Return the assignments to free.

        Args:
            assigned: those of the best schedule.
            likely: those that a relaxation makes, None without one.
        """
        kinds = self._kinds if likely is None else self._kinds + self._guided
        kind = self._rng.choices(kinds, [k.weight for k in kinds])[0]
        self._last = kind
        chosen = {name: self._pick(name, kind.share) for name in kind.features}
        among = self._features
        if kind.guided and likely is not None:
            among = {s: row for s, row in among.items() if s in assigned or s in likely}
        return frozenset(
            symbol
            for symbol, row in among.items()
            if all(row[name] in values for name, values in chosen.items())
        )

    def learn(self, improved: bool, exhausted: bool) -> None:
        """Take the outcome of the last draw into account."""
        kind = self._last
        low, high = WEIGHT_RANGE
        kind.weight = min(high, max(low, kind.weight * (REWARD if improved else FADE)))
        if not improved:
            kind.share = min(1.0, max(0.02, kind.share * (GROW if exhausted else SHRINK)))

    def _pick(self, name: str, share: float) -> set[object]:
        """Take a share of a feature's values, at least one: neighbours in order, or at random."""
        values = self._values[name]
        count = max(1, min(len(values), round(share * len(values))))
        if self._rng.random() < 0.5:
            start = self._rng.randrange(len(values))
            return {values[(start + n) % len(values)] for n in range(count)}
        return set(self._rng.sample(values, count))
