"""The record: what happened in each week of a simulation, as arrays by week and physician."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass
class Record:
    """What happened; credits throughout, arrays of weeks x physicians unless said otherwise.

    Args:
        names: physicians, in the order of the columns; `kinds` how they bid.
        balance: after each week's close.
        spent: paid for grants. earned: minted awards. compensation: from escrows.
        wanted, granted: worth of claims filed and of those granted; `holidays_` of contested days.
        acted: whether a claim was filed or a bid placed.
        cv, floor_cv, gini, floor_gini: of burdens, by week.
        prices: (week, credits) of each contested day that was paid for.
        counts: what is counted over all weeks.
        seconds: the longest that a resolution took by the clock.
    """

    names: list[str]
    kinds: list[str]
    weeks: int
    balance: Floats = field(init=False)
    spent: Floats = field(init=False)
    earned: Floats = field(init=False)
    compensation: Floats = field(init=False)
    wanted: Floats = field(init=False)
    granted: Floats = field(init=False)
    holidays_wanted: Floats = field(init=False)
    holidays_granted: Floats = field(init=False)
    acted: Floats = field(init=False)
    cv: Floats = field(init=False)
    floor_cv: Floats = field(init=False)
    gini: Floats = field(init=False)
    floor_gini: Floats = field(init=False)
    prices: list[tuple[int, float]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        """Make room."""
        shape = (self.weeks, len(self.names))
        for name in ("balance", "spent", "earned", "compensation", "wanted", "granted", "acted"):
            setattr(self, name, np.zeros(shape))
        for name in ("holidays_wanted", "holidays_granted"):
            setattr(self, name, np.zeros(shape))
        for name in ("cv", "floor_cv", "gini", "floor_gini"):
            setattr(self, name, np.zeros(self.weeks))

    def place(self, name: str) -> int:
        """Return the column of a physician."""
        return self.names.index(name)

    def count(self, what: str, number: int = 1) -> None:
        """Add to a count."""
        self.counts[what] = self.counts.get(what, 0) + number
