"""The chain: every row's hash covers the row before it, so that no row changes alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785

from pysched.bank.transaction import Json, Transaction

GENESIS = "0" * 64
"""What stands before the first row."""


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as kept: with the balance after it and the floor that it had to keep."""

    account: str
    unit: str
    cents: int
    balance_cents: int
    floor_cents: int | None


@dataclass(frozen=True)
class Row:
    """A transaction as kept.

    Args:
        seq: 1, 2, 3 ... without gaps.
        key: of the transaction; kind, day, metadata and reverses are its too.
        recorded: when, in UTC without a time zone; never before that of the row before.
        expires: of credits that began anew with it.
        request_hash: SHA-256 of what was asked for.
        hash_before: of the row before, `GENESIS` for the first.
        hash: SHA-256 of `hash_before` and the row in canonical JSON.
    """

    seq: int
    key: str
    kind: str
    day: date
    recorded: datetime
    expires: date | None
    postings: tuple[PostingRow, ...]
    metadata: Mapping[str, Json]
    reverses: str | None
    request_hash: str
    hash_before: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row's hash, published where whoever owns the database cannot change it."""

    seq: int
    hash: str

    def __str__(self) -> str:
        """Return it as a line to publish."""
        return f"{self.seq} {self.hash}"


def anchors_of(text: str) -> list[Anchor]:
    """Return the anchors of a text, one a line: number, space, 64 hexadecimal digits.

    Raises:
        ValueError: a line is no anchor; it is named with its number.
    """
    anchors = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split()
        if not parts:
            continue
        if len(parts) != 2 or not parts[0].isdecimal() or not _is_hash(parts[1]):
            raise ValueError(f"line {number}: {line!r} is no anchor, NUMBER and 64 hex digits")
        anchors.append(Anchor(int(parts[0]), parts[1]))
    return anchors


def request_hash(transaction: Transaction) -> str:
    """Return the SHA-256 of a transaction as asked for, in canonical JSON (RFC 8785)."""
    body = {
        "key": transaction.key,
        "kind": transaction.kind,
        "day": transaction.day.isoformat(),
        "postings": [[p.account, p.unit, str(p.cents)] for p in transaction.postings],
        "metadata": plain(transaction.metadata),
        "reverses": transaction.reverses,
    }
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def chain_hash(row: Row) -> str:
    """Return SHA256(hash_before || JCS(row)); amounts are strings, as JSON numbers are doubles."""
    body = {
        "seq": str(row.seq),
        "key": row.key,
        "kind": row.kind,
        "day": row.day.isoformat(),
        "recorded": row.recorded.isoformat(),
        "expires": None if row.expires is None else row.expires.isoformat(),
        "postings": [
            [p.account, p.unit, str(p.cents), str(p.balance_cents), _text(p.floor_cents)]
            for p in row.postings
        ],
        "metadata": plain(row.metadata),
        "reverses": row.reverses,
        "request": row.request_hash,
    }
    return hashlib.sha256(row.hash_before.encode() + rfc8785.dumps(body)).hexdigest()


def plain(value: Json) -> Any:
    """Return JSON as dicts and lists."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def _text(cents: int | None) -> str | None:
    return None if cents is None else str(cents)


def _is_hash(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)
