"""Signals: the first asks a search to stop and keep what it has, the second ends all at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

BEST_KEPT = "the best schedule found is kept"
_SHOW_CURSOR = b"\x1b[?25h"
_ABORTED = 130


@contextmanager
def stop_on_signals(kept: str = BEST_KEPT) -> Iterator[threading.Event]:
    """Yield an event that SIGINT and SIGTERM set; a second one aborts the process.

    Args:
        kept: what is said of what was found so far.
    """
    stop = threading.Event()
    stopping = f"\nstopping; {kept} (once more: abort)\n".encode()

    def handle(_number: int, _frame: FrameType | None) -> None:
        # The signal may come in the middle of a print: nothing buffered is touched here.
        if stop.is_set():
            if sys.stderr.isatty():
                os.write(2, _SHOW_CURSOR)
            os._exit(_ABORTED)
        stop.set()
        os.write(2, stopping)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def say_stopped(stop: threading.Event, kept: str = "this is the best found") -> None:
    """Say on stderr that a search was ended early, if it was."""
    if stop.is_set():
        print(f"stopped early; {kept}", file=sys.stderr)
