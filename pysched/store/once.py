"""Requests under idempotency keys: done once, and answered alike ever after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar

import rfc8785
from sqlalchemy import insert, select

from pysched.bank.transaction import MOST_KEY, TransactionError
from pysched.store import dealing_tables as tables
from pysched.store.writer import KeyReuseError, Writer

R = TypeVar("R", int, str)


def once(
    writer: Writer, key: str | None, request: Mapping[str, str | int], work: Callable[[], R]
) -> R:
    """Do some work under a key, or return what it came to when it was done under it before.

    Args:
        writer: in a transaction.
        key: of the request; None to do it in any case.
        request: what is asked for, by whom; what says whether a key comes again for the same.
        work: within the transaction; returns what names its result.

    Raises:
        KeyReuseError: the key was used for another request.
        TransactionError: it is no key.
    """
    if key is None:
        return work()
    if not 0 < len(key) <= MOST_KEY or not key.isprintable():
        raise TransactionError(f"key {key!r} is no printable text of 1 to {MOST_KEY} letters")
    asked = hashlib.sha256(rfc8785.dumps(dict(request))).hexdigest()
    table = tables.request_key
    found = writer.connection.execute(select(table).where(table.c.key == key)).first()
    if found is not None:
        if found.request_hash != asked:
            raise KeyReuseError(f"key {key} was used for another request")
        result: R = found.result
        return result
    result = work()
    row = {"key": key, "request_hash": asked, "result": result, "recorded": writer.recorded}
    writer.connection.execute(insert(table).values(row))
    return result
