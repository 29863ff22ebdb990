"""The rules of the ledger: what a transaction does to balances and lots, or why it is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from pysched.bank.amount import credits_of
from pysched.bank.book import Book, Effect, Past
from pysched.bank.lots import Lot, Piece, Use, open_lots, portion, take
from pysched.bank.shapes import check_shape
from pysched.bank.transaction import (
    ESCROW,
    PERSON,
    Posting,
    Transaction,
    TransactionError,
    name_of,
)

TRAVELS = frozenset(("transfer", "loan", "repay", "bid_hold", "bid_release", "reconcile"))
"""Credits of these keep the expiry they had; those of the others begin anew."""
OVERDRAWS = frozenset(("spend", "bid_hold", "earn", "interest"))
"""These may use an overdraft. What is given away must be there: an overdraft passed round in a
circle would turn credits about to expire into new ones."""
_DONE = {
    "spend": "spent",
    "transfer": "given",
    "loan": "lent",
    "repay": "repaid",
    "bid_hold": "held",
}


class RefusedError(ValueError):
    """A rule of the ledger refuses a transaction; nothing is posted."""


class InsufficientError(RefusedError):
    """An account would fall below its floor."""


class ReversedError(RefusedError):
    """What is to be reversed is not there, is reversed already or is a reversal."""


class ClaimedError(RefusedError):
    """The same work has its award already."""


NOTHING = Past()


def mirror(
    original: Transaction, day: date, metadata: Mapping[str, str] | None = None
) -> Transaction:
    """Return the reversal of a transaction.

    Args:
        original: what is to be undone.
        day: of the correction.
        metadata: such as why.
    """
    postings = tuple(Posting(p.account, p.unit, -p.cents) for p in original.postings)
    key = f"reverse|{original.key}"
    return Transaction("reverse", key, day, postings, metadata or {}, reverses=original.key)


def effect_of(
    book: Book, transaction: Transaction, expires: date | None, past: Past = NOTHING
) -> Effect:
    """Return what a transaction does to a book.

    Args:
        book: with all accounts that the transaction touches.
        transaction: balanced.
        expires: of credits that begin anew with it.
        past: what it depends on.

    Raises:
        RefusedError: a rule forbids it; the subclass says which.
        ValueError: its accounts do not fit its kind.
    """
    check_shape(transaction)
    _check_past(transaction, past)
    balances: dict[tuple[str, str], int] = {
        (p.account, p.unit): book.balance(p.account, p.unit) + p.cents for p in transaction.postings
    }
    credits = [p for p in transaction.postings if p.unit == "CR" and _has_lots(p.account)]
    payers = [p for p in credits if p.cents < 0]
    floors = {p.account: _floor(book, transaction, p.account) for p in payers}
    uses: list[Use] = []
    pieces: list[Piece] = []
    for payer in payers:
        _check_floor(transaction, payer.account, balances[payer.account, "CR"], floors)
        used = _uses(book, transaction, payer, past)
        uses += used
        pieces += _pieces(transaction, payer, used, expires)
    opened: list[Lot] = []
    for payee in (p for p in credits if p.cents > 0):
        mine, pieces = _received(transaction, payee, pieces, expires, past)
        overdraft = max(0, -book.balance(payee.account))
        lots, covers = open_lots(transaction.key, payee.account, mine, overdraft)
        opened += lots
        uses += covers
    _check_escrow(transaction, balances)
    return Effect(balances, tuple(opened), tuple(uses), floors)


def _check_past(transaction: Transaction, past: Past) -> None:
    if past.claimed_by is not None:
        raise ClaimedError(f"{transaction.key}: {past.claimed_by} is the award for it already")
    if transaction.kind != "reverse":
        return
    if past.original is None or past.original.transaction.kind == "reverse":
        raise ReversedError(f"{transaction.key}: {transaction.reverses} cannot be reversed")
    if past.reversed_by is not None:
        raise ReversedError(
            f"{transaction.key}: {transaction.reverses} is reversed already by {past.reversed_by}"
        )
    expected = mirror(past.original.transaction, transaction.day).postings
    if set(expected) != set(transaction.postings):
        raise TransactionError(f"{transaction.key} does not mirror {transaction.reverses}")


def _has_lots(account: str) -> bool:
    return account.startswith((PERSON, ESCROW))


def _floor(book: Book, transaction: Transaction, account: str) -> int | None:
    """Return the least balance of a payer; a correction leaves people what debt it must."""
    if account.startswith(ESCROW):
        return 0
    if transaction.kind == "reverse":
        return None
    return -book.limits.get(account, 0) if transaction.kind in OVERDRAWS else 0


def _check_floor(
    transaction: Transaction, account: str, after: int, floors: Mapping[str, int | None]
) -> None:
    floor = floors[account]
    if floor is not None and after < floor:
        taken = sum(
            -p.cents for p in transaction.postings if (p.account, p.unit) == (account, "CR")
        )
        who = name_of(account) if account.startswith(PERSON) else account
        has = (
            f"{who} has {credits_of(after + taken)} credits and may go down to {credits_of(floor)}"
        )
        done = _DONE.get(transaction.kind, "taken")
        raise InsufficientError(f"{has}: {credits_of(taken)} cannot be {done}")


def _uses(book: Book, transaction: Transaction, payer: Posting, past: Past) -> list[Use]:
    """Return which lots a payer's credits come from."""
    lots: Collection[Lot] = book.lots.get(payer.account, {}).values()
    named = transaction.metadata.get("lots")
    if named is not None and transaction.kind in ("expire", "decay", "cap", "reset"):
        return _named_uses(transaction, payer, {lot.id: lot for lot in lots}, named)
    opened = {lot.id for lot in past.original.opened} if past.original is not None else set()
    if payer.account.startswith(ESCROW) and transaction.kind not in ("bid_settle", "transfer"):
        return _own_uses(transaction, payer, lots, opened)
    return take(list(lots), -payer.cents, first=opened)


def _own_uses(
    transaction: Transaction, payer: Posting, lots: Collection[Lot], opened: Collection[str]
) -> list[Use]:
    """Return which lots come back from an escrow: those of whom they go to, and of nobody else."""
    owner = next(p.account for p in transaction.postings if p.cents > 0)
    if transaction.kind == "reverse":
        mine = [lot for lot in lots if lot.id in opened]
    else:
        mine = [lot for lot in lots if lot.debtor == owner]
    uses = take(mine, -payer.cents)
    if sum(use.cents for use in uses) < -payer.cents:
        raise InsufficientError(
            f"{transaction.key}: {payer.account} does not hold {-payer.cents} of {owner}"
        )
    return uses


def _named_uses(
    transaction: Transaction, payer: Posting, lots: Mapping[str, Lot], named: object
) -> list[Use]:
    if not isinstance(named, Mapping) or sum(named.values()) != -payer.cents:
        raise TransactionError(f"{transaction.key}: lots {named!r} are not {-payer.cents} cents")
    uses = []
    for key, cents in named.items():
        if key not in lots or not 0 < cents <= lots[key].left_cents:
            raise InsufficientError(f"{transaction.key}: lot {key} does not have {cents} cents")
        uses.append(Use(lots[key], cents))
    return uses


def _pieces(
    transaction: Transaction, payer: Posting, uses: Iterable[Use], expires: date | None
) -> list[Piece]:
    """Return what leaves a payer; what no lot covers is as if earned today."""
    pieces = [Piece(u.cents, u.lot.earned, u.lot.expires, payer.account) for u in uses]
    short = -payer.cents - sum(piece.cents for piece in pieces)
    return [*pieces, *_fresh(transaction, short, expires, payer.account)]


def _received(
    transaction: Transaction,
    payee: Posting,
    pieces: list[Piece],
    expires: date | None,
    past: Past,
) -> tuple[list[Piece], list[Piece]]:
    """Return what arrives at a payee, and what is still on its way."""
    if transaction.kind in TRAVELS:
        return portion(pieces, payee.cents)
    debtor = next(p.account for p in transaction.postings if p.unit == "CR" and p.cents < 0)
    back = []
    if past.original is not None:
        back = [
            Piece(use.cents, use.lot.earned, use.lot.expires, use.lot.debtor)
            for use in past.original.uses
            if use.lot.account == payee.account and not use.covers
        ]
    new = payee.cents - sum(piece.cents for piece in back)
    return [*back, *_fresh(transaction, new, expires, debtor)], pieces


def _fresh(transaction: Transaction, cents: int, expires: date | None, debtor: str) -> list[Piece]:
    return [Piece(cents, transaction.day, expires, debtor)] if cents else []


def _check_escrow(transaction: Transaction, balances: Mapping[tuple[str, str], int]) -> None:
    """Refuse a settlement that leaves something behind; what is due back is released before."""
    if transaction.kind != "bid_settle":
        return
    for (account, _), cents in balances.items():
        if account.startswith(ESCROW) and cents:
            raise RefusedError(f"{transaction.key} would leave {cents} cents in {account}")
