"""Lots: what a balance consists of, each part with its own expiry, used first in first out."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "pysched lot")


@dataclass(frozen=True, slots=True)
class Lot:
    """Credits that came in together.

    Args:
        id: follows from the transaction that opened it.
        account: holds it.
        debtor: account that it came from.
        opened_by: key of the transaction that opened it.
        cents: how much it was opened with.
        left_cents: what of it is not used yet.
        earned: day it was earned on; transfers keep it.
        expires: first close from this day on takes what is left; None for never.
    """

    id: str
    account: str
    debtor: str
    opened_by: str
    cents: int
    left_cents: int
    earned: date
    expires: date | None

    @property
    def order(self) -> tuple[bool, date, date, str]:
        """First what expires first, what never expires last, then by day earned."""
        return (self.expires is None, self.expires or self.earned, self.earned, self.id)


@dataclass(frozen=True, slots=True)
class Piece:
    """Credits on their way from one account to another."""

    cents: int
    earned: date
    expires: date | None
    debtor: str

    @property
    def order(self) -> tuple[bool, date, date]:
        """That of the lot it becomes."""
        return (self.expires is None, self.expires or self.earned, self.earned)


@dataclass(frozen=True, slots=True)
class Use:
    """So many cents of a lot are gone; `covers` says that they went into an overdraft."""

    lot: Lot
    cents: int
    covers: bool = False


def lot_id(key: str, account: str, number: int) -> str:
    """Return the id of the n-th lot that a transaction opens in an account."""
    return str(uuid.uuid5(_NAMESPACE, f"{key}\n{account}\n{number}"))


def take(lots: Sequence[Lot], cents: int, first: Collection[str] = ()) -> list[Use]:
    """Return what of open lots is used for an amount; less than it if they do not hold so much.

    Args:
        lots: open ones of an account.
        cents: the amount, above 0.
        first: ids of lots that go before the others.
    """
    uses = []
    for lot in sorted(lots, key=lambda lot: (lot.id not in first, lot.order)):
        part = min(cents, lot.left_cents)
        if part <= 0:
            break
        uses.append(Use(lot, part))
        cents -= part
    return uses


def portion(pieces: Iterable[Piece], cents: int) -> tuple[list[Piece], list[Piece]]:
    """Return the first pieces up to an amount, and the rest."""
    head: list[Piece] = []
    tail: list[Piece] = []
    for piece in pieces:
        part = min(cents, piece.cents)
        if part:
            head.append(replace(piece, cents=part))
        if part < piece.cents:
            tail.append(replace(piece, cents=piece.cents - part))
        cents -= part
    return head, tail


def open_lots(
    key: str, account: str, pieces: Sequence[Piece], overdraft_cents: int
) -> tuple[list[Lot], list[Use]]:
    """Return the lots that pieces become, and what of them covers an overdraft.

    What expires last covers first, so that what was held and comes back is as it was before.

    Args:
        key: of the transaction.
        account: that the pieces go to.
        pieces: what comes in.
        overdraft_cents: what the account owes before.
    """
    lots, uses = [], []
    for number, piece in enumerate(sorted(pieces, key=lambda piece: piece.order, reverse=True)):
        covered = min(overdraft_cents, piece.cents)
        overdraft_cents -= covered
        lot = Lot(
            id=lot_id(key, account, number),
            account=account,
            debtor=piece.debtor,
            opened_by=key,
            cents=piece.cents,
            left_cents=piece.cents,
            earned=piece.earned,
            expires=piece.expires,
        )
        lots.append(lot)
        if covered:
            uses.append(Use(lot, covered, covers=True))
    return lots, uses
