"""What the rows of a ledger say of one account: line by line, and by whom the credits came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pysched.bank.amount import credits_of
from pysched.bank.chain import PostingRow, Row
from pysched.bank.transaction import ESCROW, HELD, PERSON, POOL, name_of

_LENDING = {"loan": "loan", "repay": "repayment of loan"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a statement.

    Args:
        day: the business day.
        kind: of the transaction; what is held for a transfer is told from what is held for a bid.
        cents: into the account, or out of it if negative.
        balance_cents: of the account afterwards.
        other: who is on the other side; the pool, a physician or a conflict.
        sentence: why.
        key: of the transaction.
    """

    day: date
    kind: str
    cents: int
    balance_cents: int
    other: str
    sentence: str
    key: str


def entries_of(moves: Iterable[tuple[Row, PostingRow]]) -> list[Entry]:
    """Return the lines of an account from its rows in credits, the oldest first."""
    return [
        Entry(
            row.day,
            _kind(row),
            mine.cents,
            mine.balance_cents,
            ", ".join(_shares(row, mine)),
            str(row.metadata.get("sentence") or _words(row, mine)),
            row.key,
        )
        for row, mine in moves
    ]


def _kind(row: Row) -> str:
    """Return the kind of a row for a reader; holds for bids and for transfers are of one kind."""
    if any(posting.account.startswith(HELD) for posting in row.postings):
        return row.kind.replace("bid_", "transfer_")
    return row.kind


def net_by_other(moves: Iterable[tuple[Row, PostingRow]]) -> dict[str, int]:
    """Return other -> cents received from him less those given; the sum is the balance.

    Loans count as what moved; what is owed of them is told beside it. The pool is one, whatever
    part of it gave or took.

    Args:
        moves: rows in credits of an account.
    """
    net: Counter[str] = Counter()
    for row, mine in moves:
        for other, cents in _shares(row, mine).items():
            net[other] += cents
    return {name: net[name] for name in sorted(net)}


def _shares(row: Row, mine: PostingRow) -> dict[str, int]:
    """Return other -> cents received from him, negative if given; they add up to the posting.

    What is reconciled goes by way of the pool: nobody pays anybody.
    """
    if row.kind == "reconcile":
        return {"pool": mine.cents}
    others = _others(row, mine)
    if mine.cents > 0:
        return {_shown(row, mine, others[0].account): mine.cents}
    shares: Counter[str] = Counter()
    for other in others:
        shares[_shown(row, mine, other.account)] -= other.cents
    return dict(shares)


def _others(row: Row, mine: PostingRow) -> list[PostingRow]:
    """Return the postings on the other side: the payer of what came, the payees of what went."""
    rows = [p for p in row.postings if p.unit == "CR" and p.account != mine.account]
    return [p for p in rows if (p.cents > 0) != (mine.cents > 0)]


def _shown(row: Row, mine: PostingRow, account: str) -> str:
    """Return who is behind an account: of an escrow between two, the other one of them."""
    if account.startswith(POOL):
        return "pool"
    between = row.metadata.get("between")
    if account.startswith(ESCROW) and isinstance(between, list | tuple):
        return next((str(name) for name in between if name != name_of(mine.account)), account)
    return name_of(account) if account.startswith(PERSON) else account


def _words(row: Row, mine: PostingRow) -> str:
    """Return a sentence for rows that have none of their own."""
    amount, name = credits_of(abs(mine.cents)), name_of(mine.account)
    verb = "gets" if mine.cents > 0 else "gives"
    if row.kind in _LENDING:
        what = f"{_LENDING[row.kind]} {row.metadata.get('loan')}{_interest_in(row, mine)}"
        return f"{name} {verb} {amount} credits: {what}."
    words = row.kind.replace("_", " ")
    return f"{name} {verb} {amount} credits: {words} at the end of {row.day}."


def _interest_in(row: Row, mine: PostingRow) -> str:
    """Say what of a repayment is interest to the pool; nothing where none is."""
    cents = sum(
        p.cents
        for p in row.postings
        if p.unit == "CR" and p.account.startswith(POOL) and p.cents > 0
    )
    if row.kind != "repay" or not cents:
        return ""
    where = "of it" if mine.cents < 0 else "more"
    return f", {credits_of(cents)} {where} to the pool as interest"
