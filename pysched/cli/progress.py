"""What is said while a week is searched: a live line on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.live import Live
from rich.text import Text

from pysched.solver import Progress

SECONDS_BETWEEN_LINES = 3.0


class ProgressLine:
    """One line on stderr about the week that is being searched."""

    def __init__(self, weeks: int) -> None:
        """Say nothing yet."""
        self._weeks = weeks
        self._console = Console(stderr=True)
        self._latest: Progress | None = None
        self._heading = ""
        self._started = self._said = time.monotonic()

    @contextmanager
    def week(self, number: int, monday: date) -> Iterator[None]:
        """Show the progress of a week, and leave nothing of it on a terminal."""
        self._heading = f"week {number} of {self._weeks}, {monday}"
        self._latest = None
        self._started = self._said = time.monotonic()
        if not self._console.is_terminal:
            yield
            return
        with Live(
            console=self._console,
            transient=True,
            get_renderable=self._line,
            redirect_stdout=False,
            redirect_stderr=False,
        ):
            yield

    def improved(self, progress: Progress) -> None:
        """Take what was found; called from the threads of the search."""
        self._latest = progress
        now = time.monotonic()
        if not self._console.is_terminal and now - self._said >= SECONDS_BETWEEN_LINES:
            self._said = now
            print(self._line().plain, file=sys.stderr, flush=True)

    def _line(self) -> Text:
        parts = [self._heading, f"{time.monotonic() - self._started:.0f} s"]
        if self._latest is None:
            parts.append("searching")
        else:
            parts.append(f"cost {_numbers(self._latest.cost)}")
            parts.append(f"bound {_numbers(self._latest.bound)}")
        return Text(": ".join((parts[0], ", ".join(parts[1:]))), no_wrap=True, overflow="ellipsis")


def _numbers(by_level: Mapping[int, int]) -> str:
    return " ".join(str(by_level[level]) for level in sorted(by_level, reverse=True))
