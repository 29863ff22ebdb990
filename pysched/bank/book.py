"""The book: balances, open lots and limits, and what a transaction does to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pysched.bank.lots import Lot, Use
from pysched.bank.transaction import Transaction


@dataclass(frozen=True)
class Book:
    """Balances, open lots and limits; of all accounts, or of those a transaction touches.

    Args:
        balances: (account, unit) -> cents.
        lots: account -> its open lots by id.
        limits: account -> how far below 0 it may fall, in cents; 0 for the others.
    """

    balances: Mapping[tuple[str, str], int] = field(default_factory=dict)
    lots: Mapping[str, Mapping[str, Lot]] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)

    def balance(self, account: str, unit: str = "CR") -> int:
        """Return a balance in cents."""
        return self.balances.get((account, unit), 0)

    def open_lots(self, account: str) -> list[Lot]:
        """Return the open lots of an account, in the order they are used."""
        return sorted(self.lots.get(account, {}).values(), key=lambda lot: lot.order)

    def after(self, effect: Effect) -> Book:
        """Return the book once an effect is posted."""
        lots = dict(self.lots)
        for account in {lot.account for lot in effect.lots}:
            lots[account] = dict(lots.get(account, {}))
        for lot in effect.lots:
            if lot.left_cents:
                lots[lot.account][lot.id] = lot  # type: ignore[index]
            else:
                lots[lot.account].pop(lot.id, None)  # type: ignore[attr-defined]
        return replace(self, balances={**self.balances, **effect.balances}, lots=lots)


@dataclass(frozen=True)
class Effect:
    """What a transaction does.

    Args:
        balances: (account, unit) -> cents afterwards, of the accounts that it moves.
        opened: the new lots, as opened.
        uses: what is used of lots; new ones may cover an overdraft at once.
        floors: account -> cents it had to keep; None where nothing was asked of it.
    """

    balances: Mapping[tuple[str, str], int]
    opened: tuple[Lot, ...]
    uses: tuple[Use, ...]
    floors: Mapping[str, int | None]

    @property
    def lots(self) -> list[Lot]:
        """Every lot that is opened or used, with what is left of it afterwards."""
        left = {lot.id: lot for lot in self.opened}
        for use in self.uses:
            lot = left.get(use.lot.id, use.lot)
            left[lot.id] = replace(lot, left_cents=lot.left_cents - use.cents)
        return list(left.values())


@dataclass(frozen=True)
class Posted:
    """A transaction of the past with the lots that it opened and used."""

    transaction: Transaction
    opened: tuple[Lot, ...] = ()
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True)
class Past:
    """What a new transaction must know of earlier ones.

    Args:
        original: what it reverses, if that was posted.
        reversed_by: key of the reversal that the original has already.
        claimed_by: key of the award, not reversed, for the same work.
    """

    original: Posted | None = None
    reversed_by: str | None = None
    claimed_by: str | None = None
