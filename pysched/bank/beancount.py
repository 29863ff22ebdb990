"""The ledger as beancount text: plain-text accounting programs check it independently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from pysched.bank.amount import credits_of
from pysched.bank.chain import Row

_ROOTS: Mapping[str, str] = {"person": "Assets", "escrow": "Liabilities", "pool": "Equity"}


def beancount(rows: Iterable[Row], balances: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Yield the lines of a beancount file.

    Args:
        rows: the ledger in order.
        balances: (account, unit) -> cents; asserted on the day after the last.
    """
    rows = list(rows)
    days = [row.day for row in rows]
    first, last = (min(days), max(days)) if days else (date(1970, 1, 1), date(1970, 1, 1))
    yield 'option "title" "pysched ledger"'
    moved = {posting.account for row in rows for posting in row.postings}
    for account in sorted(moved):
        yield f"{first} open {account_name(account)} CR,IOU"
    for row in rows:
        yield ""
        yield f"{row.day} * {_text(row.kind)} {_text(row.key)}"
        yield f"  seq: {row.seq}"
        yield f'  hash: "{row.hash}"'
        for posting in row.postings:
            amount = f"{credits_of(posting.cents)} {posting.unit}"
            yield f"  {account_name(posting.account)}  {amount}"
    yield ""
    for (account, unit), cents in sorted(balances.items()):
        if account in moved:
            after = last + timedelta(days=1)
            yield f"{after} balance {account_name(account)}  {credits_of(cents)} {unit}"


def account_name(account: str) -> str:
    """Return an account as beancount allows it; different accounts have different names.

    Letters and digits of ASCII stay, all else becomes its number between dashes.
    """
    kind, _, name = account.partition(":")
    part = "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}-" for c in name)
    return f"{_ROOTS[kind]}:{kind.title()}:X{part}"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
