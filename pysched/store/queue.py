"""A lock that is handed on in the order it was asked for: no thread starves."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """One holder at a time, first come first served."""

    def __init__(self) -> None:
        """Make a free lock."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    @contextmanager
    def held(self, seconds: float) -> Iterator[None]:
        """Hold the lock.

        Raises:
            TimeoutError: it was not free within so many seconds.
        """
        self._acquire(seconds)
        try:
            yield
        finally:
            self._release()

    def _acquire(self, seconds: float) -> None:
        turn = threading.Event()
        with self._guard:
            if not self._held:
                self._held = True
                return
            self._waiting.append(turn)
        if turn.wait(seconds):
            return
        with self._guard:
            if not turn.is_set():
                self._waiting.remove(turn)
                raise TimeoutError(f"no turn to write within {seconds:g} seconds")

    def _release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


_locks: dict[str, FairLock] = {}
_guard = threading.Lock()


def lock_of(name: str) -> FairLock:
    """Return the lock of a database; the same for all that open it in this process."""
    with _guard:
        return _locks.setdefault(name, FairLock())
