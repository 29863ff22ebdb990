"""The numbers of the ledger: expiry, decay, cap and reset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True)
class LedgerRules:
    """What happens to credits that lie about; all off is the seed's word.

    Args:
        expiry_weeks: life of a lot, from the day it is earned; None for ever.
        cap_cents: the most a physician keeps over a week's end; None for no cap.
        decay_basis_points: hundredths of a percent that each lot loses a week.
        reset_weeks: weeks from one haircut to the next; None for none.
        reset_basis_points: hundredths of a percent that each lot loses at a haircut.
        limit_cents: how far below 0 a balance may fall where trust has not said otherwise.
        transfer_days: how long a proposed transfer waits for an answer.
        alarm_cents_per_year: credits minted a person and year from which an alert is raised.
    """

    expiry_weeks: int | None
    cap_cents: int | None
    decay_basis_points: int = 0
    reset_weeks: int | None = None
    reset_basis_points: int = 0
    limit_cents: int = 0
    transfer_days: int = 7
    alarm_cents_per_year: int = 20_000

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing.

        Raises:
            ValueError: one is out of range.
        """
        for name in ("expiry_weeks", "reset_weeks"):
            weeks = getattr(self, name)
            if weeks is not None and not 1 <= weeks <= 5200:
                raise ValueError(f"{name} {weeks} is not within 1 and 5200 weeks")
        for name in ("decay_basis_points", "reset_basis_points"):
            points = getattr(self, name)
            if not 0 <= points <= 10_000:
                raise ValueError(f"{name} {points} is not within 0 and 10000")
        for name in ("cap_cents", "limit_cents", "transfer_days", "alarm_cents_per_year"):
            number = getattr(self, name)
            if number is not None and number < 0:
                raise ValueError(f"{name} {number} is below 0")

    @classmethod
    def seed(cls) -> Self:
        """Return the seed's rules: nothing is ever lost."""
        return cls(expiry_weeks=None, cap_cents=None)

    @classmethod
    def recommended(cls) -> Self:
        """Return the rules that keep the economy steady: a year's expiry and a cap of 320.

        The cap is about what a person earns in a year; the network of Ferrara mints some 325. With
        a cap of 100 everybody sits at it and bids all he has: a fifth of what is earned is spent,
        and equal bids end in bargains without a price. At 300 two fifths are spent, at 400
        prices still rise in the fifth year. `benchmarks/ECONOMY.md` has the figures.
        """
        return cls(expiry_weeks=52, cap_cents=32_000)

    def expiry(self, day: date) -> date | None:
        """Return when credits expire that are earned on a day."""
        return None if self.expiry_weeks is None else day + timedelta(weeks=self.expiry_weeks)
