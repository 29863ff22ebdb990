"""The process of one run: imports the engine, times it, and writes down what it reports.

python -m pysched.bench.worker JOURNAL < order
"""

from __future__ import annotations

import importlib
import os
import pickle
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import BinaryIO

from pysched.bench.engine import Answer, Engine, UnavailableError
from pysched.bench.journal import Ended, Entry, Found, Order, Started
from pysched.bench.memory import peak_mb
from pysched.model import Schedule


class _Recorder:
    """Takes the schedules of an engine, from whatever thread, until its run is over."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._over = False
        self.started = 0.0

    def start(self) -> None:
        """Begin to count time."""
        self._write(Started())
        self.started = time.monotonic()

    def found(self, schedule: Schedule) -> None:
        """Write a schedule down at once, so that it outlives a crash.

        Raises:
            TypeError: the engine reported something else.
        """
        if not isinstance(schedule, Schedule):
            raise TypeError(f"{schedule!r} is no schedule")
        self._write(Found(time.monotonic() - self.started, schedule))

    def end(self, answer: Answer | None, failure: str = "", is_unavailable: bool = False) -> None:
        """Write the ending down; nothing that comes after it counts."""
        seconds = time.monotonic() - self.started
        self._write(Ended(seconds, peak_mb(), answer, failure, is_unavailable))
        self._over = True

    def _write(self, entry: Entry) -> None:
        with self._lock:
            if not self._over:
                self._stream.write(pickle.dumps(entry))
                self._stream.flush()


def run(order: Order, stream: BinaryIO) -> None:
    """Run an engine on a job and write what happens to a stream."""
    recorder = _Recorder(stream)
    try:
        engine = _engine(order)
        recorder.start()
        answer = engine(order.job, recorder.found)
        if not isinstance(answer, Answer):
            raise TypeError(f"{answer!r} is no answer")
    except UnavailableError as error:
        recorder.end(None, str(error), is_unavailable=True)
    except Exception as error:  # whatever an engine raises becomes a row
        traceback.print_exc()
        recorder.end(None, f"{type(error).__name__}: {error}")
    else:
        recorder.end(answer)


def _engine(order: Order) -> Engine:
    sys.path.insert(0, str(order.root))
    engine: Engine = getattr(importlib.import_module(order.module), order.function)
    return engine


def main() -> None:
    """Run the order on stdin."""
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the process that started this
    with Path(sys.argv[1]).open("wb") as stream:
        run(order, stream)
    sys.stdout.flush()
    sys.stderr.flush()
    # A thread that an engine left behind is not waited for.
    os._exit(0)


if __name__ == "__main__":
    main()
