"""The audit: replays a ledger from its first row and names the first that is not as it must be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pysched.bank.book import Book, Effect, Past, Posted
from pysched.bank.chain import GENESIS, Anchor, PostingRow, Row, chain_hash, request_hash
from pysched.bank.ledger import effect_of
from pysched.bank.lots import Lot
from pysched.bank.shapes import claim_of
from pysched.bank.transaction import ESCROW, Posting, Transaction


@dataclass(frozen=True)
class StoredUse:
    """A use of a lot as kept."""

    seq: int
    lot: str
    cents: int
    covers: bool


@dataclass(frozen=True)
class Stored:
    """A whole ledger as kept.

    Args:
        rows: in order of number.
        lots: all, with what is left of them.
        uses: all.
        balances: the cached ones, (account, unit) -> cents.
        head: number and hash of the last row.
    """

    rows: Sequence[Row]
    lots: Collection[Lot]
    uses: Collection[StoredUse]
    balances: Mapping[tuple[str, str], int]
    head: Anchor


@dataclass(frozen=True)
class Finding:
    """The first thing that is wrong.

    Args:
        place: table and row, such as `ledger_txn 17`.
        reason: what is wrong with it.
    """

    place: str
    reason: str

    def __str__(self) -> str:
        """Return it as a line."""
        return f"{self.place}: {self.reason}"


class _Bad(Exception):
    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place)
        self.finding = Finding(place, reason)


@dataclass
class _Replay:
    """What is known after the rows so far."""

    book: Book = field(default_factory=Book)
    last: Row | None = None
    posted: dict[str, Posted] = field(default_factory=dict)
    reversals: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    lots: dict[str, Lot] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=lambda: {0: GENESIS})


def verify(
    stored: Stored, anchors: Sequence[Anchor] = (), open_escrows: Collection[str] | None = None
) -> Finding | None:
    """Return the first thing that is wrong with a ledger, None if nothing is.

    Without anchors a chain that was computed anew as a whole, or cut at its end with everything
    that follows from it, looks like another honest one.

    Args:
        stored: the ledger.
        anchors: published hashes.
        open_escrows: accounts of conflicts not decided yet; the others must be empty. None if
            it is not known which are.
    """
    replay = _Replay()
    uses: dict[int, list[StoredUse]] = {}
    for use in stored.uses:
        uses.setdefault(use.seq, []).append(use)
    lots: dict[str, list[Lot]] = {}
    for lot in stored.lots:
        lots.setdefault(lot.opened_by, []).append(lot)
    try:
        for row in stored.rows:
            effect = _replayed(replay, row)
            _compare(row, effect, lots.pop(row.key, []), uses.pop(row.seq, []))
            _check_anchors(replay, [a for a in anchors if a.seq == row.seq])
        _check_end(replay, stored)
        _check_rest(lots, uses)
        _check_anchors(replay, anchors)
        _check_escrows(replay.book, open_escrows)
    except _Bad as bad:
        return bad.finding
    return None


def _replayed(replay: _Replay, row: Row) -> Effect:
    """Return the effect of a row, and take it into the replay."""
    place = f"ledger_txn {row.seq}"
    _check_chain(replay, row, place)
    try:
        transaction = Transaction(
            row.kind,  # type: ignore[arg-type]
            row.key,
            row.day,
            tuple(Posting(p.account, p.unit, p.cents) for p in row.postings),  # type: ignore[arg-type]
            row.metadata,
            row.reverses,
        )
        floors = {p.account: -p.floor_cents for p in row.postings if p.floor_cents is not None}
        book = replace(replay.book, limits=floors)
        effect = effect_of(book, transaction, row.expires, _past(replay, transaction))
    except ValueError as error:
        raise _Bad(place, f"breaks a rule: {error}") from error
    if row.request_hash != request_hash(transaction):
        raise _Bad(place, "the hash of the request is not that of the row")
    replay.book = replay.book.after(effect)
    replay.last = row
    replay.hashes[row.seq] = row.hash
    replay.posted[row.key] = Posted(transaction, effect.opened, effect.uses)
    replay.lots |= {lot.id: lot for lot in effect.lots}
    _remember(replay, transaction)
    return effect


def _check_chain(replay: _Replay, row: Row, place: str) -> None:
    last = replay.last
    expected = 1 if last is None else last.seq + 1
    if row.seq != expected:
        raise _Bad(f"ledger_txn {expected}", f"is missing; {row.seq} follows")
    if row.key in replay.posted:
        raise _Bad(place, f"key {row.key} was used before")
    if row.hash_before != replay.hashes[expected - 1]:
        raise _Bad(place, "does not follow from the row before: the hashes differ")
    if row.hash != chain_hash(row):
        raise _Bad(place, "was changed: its hash is another")
    if last is not None and row.recorded < last.recorded:
        raise _Bad(place, f"was recorded before row {last.seq}")


def _past(replay: _Replay, transaction: Transaction) -> Past:
    claim = claim_of(transaction)
    claimed_by = None if claim is None else replay.claims.get(claim)
    if transaction.reverses is None:
        return Past(claimed_by=claimed_by)
    key = transaction.reverses
    return Past(replay.posted.get(key), replay.reversals.get(key), claimed_by)


def _remember(replay: _Replay, transaction: Transaction) -> None:
    claim = claim_of(transaction)
    if claim is not None:
        replay.claims[claim] = transaction.key
    if transaction.reverses is not None:
        replay.reversals[transaction.reverses] = transaction.key
        undone = claim_of(replay.posted[transaction.reverses].transaction)
        if undone is not None:
            replay.claims.pop(undone, None)


def _compare(row: Row, effect: Effect, lots: list[Lot], uses: list[StoredUse]) -> None:
    """Refuse what is kept beside a row if it is not what follows from the row."""
    for posting in row.postings:
        _compare_posting(row, posting, effect)
    opened = {lot.id: lot for lot in effect.opened}
    for lot in lots:
        if opened.get(lot.id) != replace(lot, left_cents=lot.cents):
            raise _Bad(f"preference_credits {lot.id}", f"is not what row {row.seq} opened")
    for missing in opened.keys() - {lot.id for lot in lots}:
        raise _Bad(f"preference_credits {missing}", f"is missing; row {row.seq} opened it")
    expected = {StoredUse(row.seq, use.lot.id, use.cents, use.covers) for use in effect.uses}
    for odd in sorted(expected ^ set(uses), key=lambda use: use.lot):
        raise _Bad(f"lot_use {odd.lot} {odd.seq}", "is not what the row used")


def _compare_posting(row: Row, posting: PostingRow, effect: Effect) -> None:
    place = f"ledger_posting {row.seq} {posting.account}"
    expected = effect.balances[posting.account, posting.unit]
    if posting.balance_cents != expected:
        raise _Bad(place, f"says the balance is {posting.balance_cents}, it is {expected}")
    floor = effect.floors.get(posting.account) if posting.unit == "CR" else None
    if posting.floor_cents != floor:
        raise _Bad(place, f"says the floor was {posting.floor_cents}, it was {floor}")


def _check_end(replay: _Replay, stored: Stored) -> None:
    last = len(stored.rows)
    if stored.head != Anchor(last, replay.hashes[last]):
        raise _Bad("ledger_head", f"is at row {stored.head.seq}; the last row is {last}")
    book = replay.book
    for place in sorted(stored.balances.keys() | book.balances.keys()):
        cached, true = stored.balances.get(place, 0), book.balance(*place)
        if cached != true:
            raise _Bad(f"ledger_account {place[0]} {place[1]}", f"has {cached}, its sum is {true}")
    for lot in sorted(stored.lots, key=lambda lot: lot.id):
        true = replay.lots[lot.id].left_cents if lot.id in replay.lots else 0
        if lot.left_cents != true:
            raise _Bad(f"lot_balance {lot.id}", f"has {lot.left_cents} left, it is {true}")
    for unit in ("CR", "IOU"):
        total = sum(cents for (_, u), cents in book.balances.items() if u == unit)
        if total:
            raise _Bad("ledger_account", f"sums to {total} in {unit}")
    _check_lots(book)


def _check_lots(book: Book) -> None:
    """Refuse open lots that do not sum to what is not overdrawn (they follow from the rows)."""
    for (account, unit), cents in sorted(book.balances.items()):
        held = sum(lot.left_cents for lot in book.lots.get(account, {}).values())
        if unit == "CR" and not account.startswith("pool:") and held != max(cents, 0):
            raise _Bad(f"ledger_account {account}", f"has {cents} in lots of {held}")


def _check_rest(lots: Mapping[str, list[Lot]], uses: Mapping[int, list[StoredUse]]) -> None:
    for key, odd in lots.items():
        raise _Bad(f"preference_credits {odd[0].id}", f"was opened by {key}, which is not there")
    for seq, odd_uses in uses.items():
        raise _Bad(f"lot_use {odd_uses[0].lot} {seq}", "is of a row that is not there")


def _check_anchors(replay: _Replay, anchors: Sequence[Anchor]) -> None:
    for anchor in sorted(anchors, key=lambda anchor: anchor.seq):
        found = replay.hashes.get(anchor.seq)
        if found is None:
            raise _Bad(f"ledger_txn {anchor.seq}", "is missing; it was there when it was published")
        if found != anchor.hash:
            raise _Bad(f"ledger_txn {anchor.seq}", "is not the one that was published")


def _check_escrows(book: Book, open_escrows: Collection[str] | None) -> None:
    if open_escrows is None:
        return
    for (account, unit), cents in sorted(book.balances.items()):
        if account.startswith(ESCROW) and cents and account not in open_escrows:
            raise _Bad(
                f"ledger_account {account} {unit}", f"has {cents}, what it was held for is over"
            )
