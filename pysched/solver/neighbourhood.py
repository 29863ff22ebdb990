"""Which part of a schedule to free next: kinds, sizes and what was learned about them."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from clingo.symbol import Symbol, SymbolType

GROW, SHRINK = 1.05, 0.93
REWARD, FADE = 1.3, 0.95
WEIGHT_RANGE = (0.2, 5.0)


Features = Callable[[Symbol], Mapping[str, object]]
"""What an assignment has: physician, day, ...; the same names for all assignments."""


@dataclass(slots=True)
class _Kind:
    """How a part of the assignments is chosen.

    Attributes:
        how: "features" frees what has one of some values in each of its features; "costly" what
            has to do with some of the best schedule's costs; "random" any.
        features: names.
        share: of the values of a feature, of the costs, or of all.
        weight: how likely it is chosen.
        guided: whether only what the best schedule or a relaxation does there is freed (relaxation
            induced neighbourhoods, Danna, Rothberg and Le Pape 2005), so that more can be.
    """

    how: str
    features: tuple[str, ...]
    share: float
    weight: float = 1.0
    guided: bool = False


class Neighbourhoods:
    """Draws sets of assignments to free; success makes a kind likelier, exhaustion makes it larger.

    It is generic: `features` says what an assignment has; the plain kinds are the single features
    and their pairs. Searches that need not repeat an earlier one add `groups` (hospital, ...), what
    the costs name, and any assignments at random.
    """

    def __init__(
        self,
        candidates: Sequence[Symbol],
        features: Features,
        rng: random.Random,
        groups: Features | None = None,
    ) -> None:
        """Index the candidates by feature."""
        self._rng = rng
        self._features = {symbol: dict(features(symbol)) for symbol in sorted(candidates)}
        names = list(next(iter(self._features.values()), {}))
        single = [_Kind("features", (name,), 0.25) for name in names]
        double = [
            _Kind("features", (a, b), 0.5) for n, a in enumerate(names) for b in names[n + 1 :]
        ]
        self._kinds = [*single, *double] or [_Kind("random", (), 1.0)]
        self._guided = [replace(kind, share=0.6, guided=True) for kind in self._kinds]
        if groups is not None:
            for symbol, row in self._features.items():
                row.update(groups(symbol))
            more = [name for name in next(iter(self._features.values()), {}) if name not in names]
            self._kinds += [_Kind("features", (name,), 0.25) for name in more]
            self._kinds += [_Kind("costly", (), 0.1), _Kind("random", (), 0.25)]
        self._values = {
            name: sorted({row[name] for row in self._features.values()}, key=str)
            for name in next(iter(self._features.values()), {})
        }
        self._last = self._kinds[0]

    def draw(
        self,
        assigned: frozenset[Symbol] = frozenset(),
        guides: Sequence[frozenset[Symbol]] = (),
        costs: Sequence[Symbol] = (),
    ) -> frozenset[Symbol]:
        """Return the assignments to free.

        Args:
            assigned: those of the best schedule.
            guides: for each relaxation those that it makes.
            costs: what the best schedule costs; what it names is told by its arguments.
        """
        kinds = self._kinds + self._guided if guides else self._kinds
        kind = self._rng.choices(kinds, [k.weight for k in kinds])[0]
        self._last = kind
        freed = self._choose(kind, costs)
        if kind.guided:
            likely = self._rng.choice(guides)
            freed = [symbol for symbol in freed if symbol in assigned or symbol in likely]
        return frozenset(freed)

    def _choose(self, kind: _Kind, costs: Sequence[Symbol]) -> Collection[Symbol]:
        """Return the assignments of a kind."""
        if kind.how == "features":
            chosen = {name: self._pick(name, kind.share) for name in kind.features}
            return [
                symbol
                for symbol, row in self._features.items()
                if all(row[name] in values for name, values in chosen.items())
            ]
        if kind.how == "costly" and costs:
            named: set[str] = set()
            for symbol in self._rng.sample(costs, _portion(kind.share, len(costs))):
                named |= names_in(symbol)
            return [s for s, row in self._features.items() if not named.isdisjoint(row.values())]
        every = list(self._features)
        return self._rng.sample(every, _portion(kind.share, len(every)))

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
        count = _portion(share, len(values))
        if self._rng.random() < 0.5:
            start = self._rng.randrange(len(values))
            return {values[(start + n) % len(values)] for n in range(count)}
        return set(self._rng.sample(values, count))


def _portion(share: float, size: int) -> int:
    """Return a share of a size, at least 1."""
    return max(1, min(size, round(share * size)))


def names_in(symbol: Symbol) -> set[str]:
    """Return the strings among a symbol's arguments, however deep."""
    if symbol.type is SymbolType.String:
        return {symbol.string}
    if symbol.type is SymbolType.Function:
        return {name for part in symbol.arguments for name in names_in(part)}
    return set()
