"""A process that closes week after week until it is killed."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from tests.department.long_toy import close_all
from tests.store import hammer

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([hammer.__name__, __name__])


def start(url: str, count: int) -> tuple[BaseProcess, Connection]:
    """Return a process that closes so many weeks, and the pipe on which it says each Monday."""
    ours, its = _context.Pipe()
    process = _context.Process(target=_close, args=(url, count, its), daemon=True)
    process.start()
    its.close()
    return process, ours


def _close(url: str, count: int, pipe: Connection) -> None:
    for week in close_all(url, count):
        pipe.send(week.monday)
    pipe.close()
