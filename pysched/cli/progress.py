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

    def __init__(self, weeks: int, names: Mapping[int, str]) -> None:
        """Say nothing yet; `names` has the levels, highest first."""
        self._weeks = weeks
        self._names = names
        self._console = Console(stderr=True)
        self._latest: Progress | None = None
        self._heading = ""
        self._started = self._said = time.monotonic()

    @contextmanager
    def week(self, number: int, monday: date) -> Iterator[None]:
        """Show the progress of a week, and leave nothing of it on a terminal."""
        with self.showing(f"week {number} of {self._weeks}, {monday}"):
            yield

    @contextmanager
    def showing(self, heading: str) -> Iterator[None]:
        """Show the progress of a search under a heading, and leave nothing of it on a terminal."""
        self._heading, self._latest = heading, None
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
        said = "searching" if self._latest is None else levels_line(self._latest, self._names)
        seconds = time.monotonic() - self._started
        text = f"{self._heading}, {seconds:.0f} s: {said}"
        return Text(text, no_wrap=True, overflow="ellipsis")


def levels_line(progress: Progress, names: Mapping[int, str]) -> str:
    """Return the cost of each level, with what is proven about it where it is not 0."""
    parts = []
    for level, cost in sorted(progress.cost.items(), reverse=True):
        bound = progress.bound[level]
        proven = " (proven)" if bound == cost else f" (bound {bound})"
        parts.append(f"{names[level]} {cost}{proven if cost else ''}")
    return ", ".join(parts)
