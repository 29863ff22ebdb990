"""Processes that post, started from one that has the imports done."""

from __future__ import annotations

import multiprocessing
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from pysched.bank.ledger import RefusedError
from pysched.bank.ledger_rules import LedgerRules
from pysched.store import Database, LedgerStore
from tests.bank.making import transferred

PEOPLE = 5
DAY = date(2024, 1, 2)
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


def start(url: str, name: str, count: int) -> tuple[BaseProcess, Connection]:
    """Return a process that is ready to post, and the other end of its pipe.

    Args:
        url: of the database.
        name: with which its keys begin.
        count: of the transfers it tries; it says of each what became of it.
    """
    ours, its = _context.Pipe()
    process = _context.Process(target=_post, args=(url, name, count, its), daemon=True)
    process.start()
    its.close()
    assert ours.recv() == "ready"
    return process, ours


def said(pipe: Connection) -> list[tuple[str, str]]:
    """Return what a process said, whole messages only, until it ended."""
    messages = []
    try:
        while True:
            messages.append(pipe.recv())
    except (EOFError, OSError):
        return messages


def _post(url: str, name: str, count: int, pipe: Connection) -> None:
    """Post transfers that go round among a few."""
    ledger = LedgerStore(Database(url), LedgerRules.recommended())
    pipe.send("ready")
    pipe.recv()
    step = 1 + sum(map(ord, name)) % (PEOPLE - 1)
    for number in range(count):
        giver, taker = f"P{number % PEOPLE}", f"P{(number + step) % PEOPLE}"
        key = f"{name} {number}"
        try:
            ledger.post(transferred(key, giver, taker, 1 + 97 * number % 900, DAY))
            pipe.send(("posted", key))
        except RefusedError:
            pipe.send(("refused", key))
        except Exception as error:
            pipe.send(("failed", f"{key} {error!r}"))
    pipe.close()
