"""How physicians bid: by a budget, rarely, not at all, below their worth, or by arrangement."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .demand import Want
from .setting import Kind

HORIZON_WEEKS = 26
"""A physician plans to spend what he has over half a year."""
STEP = 260**-0.5
"""By how much a week's surplus over the plan moves the rate: one over the root of the weeks."""
FIRST_RATE = 500.0
"""Cents for a unit of worth at the start; it adapts within a year."""
ABOVE_PRICE = 1.1
PRICE_MEMORY = 0.1
LEAST, MOST = 1e-3, 1e7
"""Bounds of the rate."""


@dataclass
class Agent:
    """A physician who bids.

    Budget pacing, after Balseiro and Gur 2019 ("Learning in repeated auctions with budgets") in
    multiplicative form: the bid is a rate times the worth; the rate rises in weeks that cost
    less than the plan, which is to spend what one has over the horizon, and falls in the others.

    Args:
        name: physician.
        kind: how he bids.
        rate: cents for a unit of worth.
        price: mean of the prices that he saw, in cents; None before the first.
    """

    name: str
    kind: Kind
    rate: float = FIRST_RATE
    price: float | None = None

    @property
    def is_careless(self) -> bool:
        """Whether he reads last week's statement and forgets what he bid since."""
        return self.kind == "hoarding"

    def bid_cents(self, want: Want, available_cents: int) -> int:
        """Return a bid, of no more than is available when he looks.

        Args:
            want: what it is for.
            available_cents: as he believes.
        """
        if self.kind == "inactive" or (self.kind == "hoarding" and not want.is_dear):
            return 0
        bid = self.rate * want.worth
        if self.kind == "shading" and self.price is not None:
            bid = min(bid, ABOVE_PRICE * self.price)
        return max(0, min(available_cents, round(bid)))

    def see(self, price_cents: float) -> None:
        """Take note of a price."""
        old = price_cents if self.price is None else self.price
        self.price = old + PRICE_MEMORY * (price_cents - old)

    def learn(self, spent_cents: int, available_cents: int) -> None:
        """Adapt the rate to what a week cost."""
        plan = max(1.0, available_cents / HORIZON_WEEKS)
        move = STEP * (plan - spent_cents) / plan
        self.rate = min(MOST, max(LEAST, self.rate * math.exp(max(-2.0, move))))


def arranged(agents: Iterable[Agent], wants: Iterable[Want]) -> set[str]:
    """Return which colluding physicians hold back: all but the one who wants it most."""
    ring = {agent.name for agent in agents if agent.kind == "colluding"}
    mine = [want for want in wants if want.physician in ring]
    if len(mine) < 2:
        return set()
    keeps = max(mine, key=lambda want: (want.worth, want.physician))
    return {want.physician for want in mine} - {keeps.physician}
