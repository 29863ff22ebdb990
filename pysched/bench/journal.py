"""The journal of a run: what its process wrote down as it happened, whole after any ending."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pysched.bench.engine import Answer, Job
from pysched.model import Schedule


@dataclass(frozen=True)
class Order:
    """What a process is to run: a job, and an engine by module and function."""

    job: Job
    module: str
    function: str
    root: Path


@dataclass(frozen=True)
class Started:
    """The engine is imported and its time begins."""


@dataclass(frozen=True)
class Found:
    """The engine reported a schedule."""

    seconds: float
    schedule: Schedule


@dataclass(frozen=True)
class Ended:
    """The engine came back, with an answer or a failure."""

    seconds: float
    memory_mb: float
    answer: Answer | None
    failure: str = ""
    is_unavailable: bool = False


Entry = Started | Found | Ended


def entries(file: Path) -> Iterator[Entry]:
    """Yield the entries of a journal; one that was cut short is left out."""
    # Only this program's own child has written the file, in a folder of its own.
    with file.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)  # noqa: S301
            except (EOFError, pickle.UnpicklingError):
                return
