"""Signals: the first asks a search to stop and keep what it has, the second ends all at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STOPPING = b"\nstopping; the best schedule found is kept (once more: abort)\n"
_SHOW_CURSOR = b"\x1b[?25h"
_ABORTED = 130


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGINT and SIGTERM set; a second one aborts the process."""
    stop = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        # The signal may come in the middle of a print: nothing buffered is touched here.
        if stop.is_set():
            if sys.stderr.isatty():
                os.write(2, _SHOW_CURSOR)
            os._exit(_ABORTED)
        stop.set()
        os.write(2, _STOPPING)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
