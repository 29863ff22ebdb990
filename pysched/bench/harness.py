"""Goes through a suite: what is missing, engine after engine in alternation, row by row."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pysched.bench.cases import Case, cases_of
from pysched.bench.child import Outcome, run_apart
from pysched.bench.engine import Job
from pysched.bench.journal import Order
from pysched.bench.place import load, place_of
from pysched.bench.pricing import worth
from pysched.bench.rows import Row, Run, append, read, row_of
from pysched.bench.suite import EngineTable, Suite, SuiteError, SuiteFile

OVERHEAD_SECONDS = 3.0
"""Of a row beside its time limit, as long as none was made yet."""

Say = Callable[[str], None]


@dataclass
class Pace:
    """How long rows take, for what is said of the time that is left."""

    made: int = 0
    spent: float = 0.0
    budget: float = 0.0

    def took(self, limit: float, seconds: float) -> None:
        """Learn from a row."""
        self.made += 1
        self.spent += seconds
        self.budget += limit + OVERHEAD_SECONDS

    def left(self, limits: Sequence[float]) -> float:
        """Return the seconds that rows of these time limits will take."""
        ratio = self.spent / self.budget if self.made else 1.0
        return ratio * sum(limit + OVERHEAD_SECONDS for limit in limits)


@dataclass
class Bench:
    """A bench: suites of a file, what is left out, and where rows and states are kept.

    Args:
        file: the suites and engines.
        folder: for the rows, `SUITE.csv` each, and the states that engines start from.
        say: takes a line for people.
        only: names of the engines to run, all of a suite's if empty.
        most: rows to make at most, None for all.
    """

    file: SuiteFile
    folder: Path
    say: Say
    only: frozenset[str] = frozenset()
    most: int | None = None
    missing: dict[str, str] = field(default_factory=dict)

    def make(self, suites: Sequence[Suite]) -> int:
        """Make the rows that are missing and return how many were made.

        Raises:
            InstanceError, SuiteError: an instance is wrong.
            RowsError: the rows that are there are.
        """
        made = 0
        for number, suite in enumerate(suites):
            for _ in self._rows(suite, suites[number + 1 :]):
                made += 1
                if self.most is not None and made >= self.most:
                    return made
        return made

    def _rows(self, suite: Suite, later: Sequence[Suite]) -> Iterator[None]:
        engines = tuple(name for name in suite.engines if self._is_there(name))
        cases = self._cases(suite)
        rows = read(self.folder / f"{suite.name}.csv")
        self._tell_stale(suite, cases, rows)
        done = {row.key for row in rows}
        runs = [run for run in runs_of(suite, cases, engines) if run.key not in done]
        total = suite.size * len(engines) // len(suite.engines)
        self.say(f"{suite.name}: {total - len(runs)} of {total} rows are there")
        pace = Pace()
        after = [limit for s in later for limit in self._limits(s)]
        for number, run in enumerate(runs):
            if run.engine in self.missing:
                continue
            left = pace.left([r.limit for r in runs[number:]] + after)
            count = total - len(runs) + number + 1
            said = f"{run.case.name}, {run.engine}, seed {run.seed}, {run.limit:g} s"
            self.say(f"{suite.name}: row {count} of {total}, {_spell(left)} left: {said}")
            begun = time.monotonic()
            if self._row(run):
                pace.took(run.limit, time.monotonic() - begun)
                yield

    def _limits(self, suite: Suite) -> list[float]:
        """Return the time limit of every run of a suite that is not begun."""
        chosen = sum(not self.only or name in self.only for name in suite.engines)
        times = suite.size * chosen // len(suite.engines) // len(suite.time_limits)
        return [limit for limit in suite.time_limits for _ in range(times)]

    def _cases(self, suite: Suite) -> list[Case]:
        cases: list[Case] = []
        for source in suite.instances:
            self.say(f"{suite.name}: states of {source.name}")
            try:
                cases += cases_of(source, suite.rules, self.file.root, self.folder)
            except SuiteError as error:
                text = f"{self.file.path}: [[suite]] {suite.name}, instances: {error}"
                raise SuiteError(text) from error
        return cases

    def _tell_stale(self, suite: Suite, cases: Sequence[Case], rows: Sequence[Row]) -> None:
        digests = {case.name: case.digest for case in cases}
        stale = sum(digests.get(r["instance"], r["digest"]) != r["digest"] for r in rows)
        if stale:
            self.say(f"{suite.name}: {stale} rows are of other input and do not count")
        commits = dict.fromkeys(row["commit"] for row in rows)
        others = [commit for commit in commits if commit != place_of(self.file.root, ()).commit]
        if others:
            self.say(f"{suite.name}: has rows of other commits, which stay: {', '.join(others)}")

    def _is_there(self, name: str) -> bool:
        """Return whether an engine is asked for, and its packages are installed; say if not."""
        if self.only and name not in self.only:
            return False
        if name not in self.missing:
            lacking = [p for p in self.file.engines[name].needs if not _is_installed(p)]
            if lacking:
                self._skip(name, f"needs {', '.join(lacking)}")
        return name not in self.missing

    def _skip(self, name: str, reason: str) -> None:
        self.missing[name] = reason
        self.say(f"skipped: {name}: {reason}")

    def _row(self, run: Run) -> bool:
        """Run and keep the row; no row is kept of an engine that is not available."""
        table = self.file.engines[run.engine]
        busy = load()
        outcome = _outcome(run, table, self.file.root)
        if outcome.ended is not None and outcome.ended.is_unavailable:
            self._skip(run.engine, outcome.failure)
            return False
        reached = worth(run.case, run.limit, outcome)
        row = row_of(run, outcome, reached, place_of(self.file.root, table.needs), busy)
        append(self.folder / f"{run.suite}.csv", row)
        if row["message"]:
            self.say(f"{run.suite}: {row['status']}: {row['message']}")
        return True


def runs_of(suite: Suite, cases: Sequence[Case], engines: Sequence[str]) -> Iterator[Run]:
    """Yield the runs of a suite: engines in alternation, a different one first each time."""
    turn = 0
    for limit in suite.time_limits:
        for seed in suite.seeds:
            for case in cases:
                for n in range(len(engines)):
                    name = engines[(turn + n) % len(engines)]
                    yield Run(suite.name, case, name, seed, limit, suite.threads)
                turn += 1


def _outcome(run: Run, table: EngineTable, root: Path) -> Outcome:
    case = run.case
    start = case.start if table.start else None
    job = Job(case.network, case.week, case.state, start, run.limit, run.seed, run.threads)
    module, _, function = table.run.partition(":")
    return run_apart(Order(job, module, function, root))


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _spell(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
