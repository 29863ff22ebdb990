"""What the week's end takes from credits that lie about: expiry, decay, cap and reset, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from pysched.bank.book import Book
from pysched.bank.ledger import effect_of
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.lots import Lot, take
from pysched.bank.transaction import PERSON, Kind, Posting, Transaction, name_of

Parts: TypeAlias = "Mapping[str, int]"
"""Lot id -> cents taken from it."""

_POOL_OF: Mapping[str, str] = {
    "expire": "pool:expiry",
    "decay": "pool:decay",
    "cap": "pool:cap",
    "reset": "pool:reset",
}
_WHOLE = 10_000


def week_name(day: date) -> str:
    """Return the ISO week of a day as keys have it, such as 2023-W22."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def week_end(book: Book, rules: LedgerRules, day: date) -> list[Transaction]:
    """Return what a week's end takes, each step from what the one before leaves.

    Args:
        book: of all physicians, after all else of the week.
        rules: of the ledger.
        day: the last of the week; its ISO week names the keys, `close|2023-W22|expire|P3`.

    Returns:
        Transactions in the order expire, decay, cap, reset; none where nothing is to be taken.
    """
    steps: tuple[tuple[Kind, Callable[[Sequence[Lot], LedgerRules, date], Parts]], ...] = (
        ("expire", expired),
        ("decay", decayed),
        ("cap", capped),
        ("reset", reset),
    )
    done = []
    for kind, parts_of in steps:
        for account in sorted(a for a in book.lots if a.startswith(PERSON)):
            parts = parts_of(book.open_lots(account), rules, day)
            if parts:
                transaction = _taking(kind, account, parts, day)
                book = book.after(effect_of(book, transaction, None))
                done.append(transaction)
    return done


def expired(lots: Iterable[Lot], _rules: LedgerRules, day: date) -> Parts:
    """Return what is left of lots that expire on a day or before."""
    return {
        lot.id: lot.left_cents for lot in lots if lot.expires is not None and lot.expires <= day
    }


def decayed(lots: Iterable[Lot], rules: LedgerRules, _day: date) -> Parts:
    """Return what lots lose in a week, rounded half to even; the residue stays."""
    return _haircut(lots, rules.decay_basis_points)


def capped(lots: Sequence[Lot], rules: LedgerRules, _day: date) -> Parts:
    """Return what lies above the cap, from what expires first."""
    held = sum(lot.left_cents for lot in lots)
    if rules.cap_cents is None or held <= rules.cap_cents:
        return {}
    return {use.lot.id: use.cents for use in take(lots, held - rules.cap_cents)}


def reset(lots: Iterable[Lot], rules: LedgerRules, day: date) -> Parts:
    """Return what lots lose at the end of a period; periods count from Monday 1 January 1900."""
    if rules.reset_weeks is None or _weeks(day) % rules.reset_weeks != 0:
        return {}
    return _haircut(lots, rules.reset_basis_points)


def _haircut(lots: Iterable[Lot], basis_points: int) -> Parts:
    parts = {lot.id: round(Fraction(lot.left_cents * basis_points, _WHOLE)) for lot in lots}
    return {key: cents for key, cents in parts.items() if cents}


def _weeks(day: date) -> int:
    """Return how many weeks are complete at the end of that of a day."""
    return (day - date(1900, 1, 1)).days // 7 + 1


def _taking(kind: Kind, account: str, parts: Parts, day: date) -> Transaction:
    cents = sum(parts.values())
    return Transaction(
        kind=kind,
        key=f"close|{week_name(day)}|{kind}|{name_of(account)}",
        day=day,
        postings=(Posting(account, "CR", -cents), Posting(_POOL_OF[kind], "CR", cents)),
        metadata={"lots": dict(parts), "week": week_name(day)},
    )
