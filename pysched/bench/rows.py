"""The rows of a benchmark: one a run, appended whole to a CSV file and read back."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pysched.bench.cases import Case
from pysched.bench.child import Outcome
from pysched.bench.engine import Answer
from pysched.bench.place import Place
from pysched.bench.pricing import Cost, Trace, Worth

LEVELS = (6, 5, 4, 3, 2, 1)
CHECKPOINTS = (1, 3, 10, 30, 60)
"""Seconds."""
KEY = ("suite", "instance", "digest", "engine", "seed", "limit", "threads")
POINTS_A_DECADE = 20
"""Of time, that the kept trace has at most."""

FIELDS = (
    *KEY,
    *("scenario", "physicians", "duties", "rules", "status", "message", "seconds", "late"),
    *("first_seconds", "memory_mb"),
    *(f"{what}_{n}" for what in ("cost", "bound", "forced", "proven") for n in LEVELS),
    *(f"cost_{n}_at_{seconds}" for seconds in CHECKPOINTS for n in LEVELS),
    *("trace", "tuning", "commit", "versions", "machine", "load"),
)
"""Columns; `proven` is in seconds, `load` what else kept the machine busy before the run."""


class RowsError(ValueError):
    """A file of rows that is not one; the message names file, row, field and value."""


@dataclass(frozen=True)
class Run:
    """One run: a case by one engine, seed and limit."""

    suite: str
    case: Case
    engine: str
    seed: int
    limit: float
    threads: int

    @property
    def key(self) -> tuple[str, ...]:
        """What names the row of the run."""
        parts = (self.suite, self.case.name, self.case.digest, self.engine)
        return (*parts, str(self.seed), f"{self.limit:g}", str(self.threads))


@dataclass(frozen=True)
class Row:
    """A row as read, with numbers where there are any."""

    texts: Mapping[str, str]
    cost: Cost
    bound: Cost
    forced: Cost
    proven: Mapping[int, float]
    trace: Trace

    def __getitem__(self, name: str) -> str:
        """Return a column as text."""
        return self.texts[name]

    def number(self, name: str) -> float | None:
        """Return a column as a number, None if it is empty."""
        return float(self.texts[name]) if self.texts[name] else None

    @property
    def key(self) -> tuple[str, ...]:
        """What names the row."""
        return tuple(self.texts[name] for name in KEY)

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels in force, the highest first; empty without a schedule."""
        return tuple(self.cost)

    def cost_at(self, seconds: float) -> Cost:
        """Return the cost of the last schedule that was reported by then."""
        if seconds >= float(self.texts["limit"]):
            return self.cost
        return next((cost for when, cost in reversed(self.trace) if when <= seconds), {})


def row_of(run: Run, outcome: Outcome, reached: Worth, place: Place, load: float) -> dict[str, str]:
    """Return the row of a run as texts by column."""
    answer = Answer() if outcome.ended is None else outcome.ended.answer or Answer()
    network, week = run.case.network, run.case.week
    row = dict(zip(KEY, run.key, strict=True))
    row |= {"scenario": run.case.scenario, "physicians": str(len(network.physicians))}
    row |= {"duties": str(len(week.duties)), "rules": network.rules.profile}
    row |= {"status": "wrong" if reached.faults else outcome.status or answer.status}
    row |= {"message": _line("; ".join(reached.faults) or outcome.failure)}
    row |= {"seconds": f"{outcome.seconds:.2f}", "late": str(reached.late)}
    row |= {"memory_mb": f"{outcome.memory_mb:.0f}" if outcome.memory_mb else ""}
    row |= {"tuning": _line(answer.tuning), "commit": place.commit, "versions": place.versions}
    row |= {"machine": place.machine, "load": f"{load:.2f}"}
    return row | _reached(run.limit, answer, reached)


def _reached(limit: float, answer: Answer, reached: Worth) -> dict[str, str]:
    """Return the columns about cost and proof; they stay empty where there is no schedule."""
    cost, row = reached.cost, {}
    for level, units in cost.items():
        row[f"cost_{level}"] = str(units)
        # Of a run whose last schedule came too late the bounds hold for another one.
        if not reached.late:
            row[f"bound_{level}"] = _whole_number(answer.bound.get(level))
            row[f"proven_{level}"] = _seconds(answer.proven_seconds.get(level))
        row[f"forced_{level}"] = _whole_number(answer.forced.get(level))
        for at in (at for at in CHECKPOINTS if at <= limit):
            then = cost if at == limit else reached.cost_at(at)
            row[f"cost_{level}_at_{at}"] = str(then.get(level, ""))
    row["first_seconds"] = _seconds(reached.first_seconds)
    points = [[round(when, 2), list(step.values())] for when, step in thinned(reached.trace)]
    row["trace"] = json.dumps(points, separators=(",", ":"))
    return row


def thinned(trace: Trace) -> Trace:
    """Return a trace with the last of all points that lie together on a logarithmic axis."""
    last: dict[int, tuple[float, Cost]] = {}
    for when, cost in trace:
        last[_slot(when)] = (when, cost)
    return tuple(last.values())


def _slot(seconds: float) -> int:
    slot = 0
    while seconds > 0.1 * 10 ** (slot / POINTS_A_DECADE):
        slot += 1
    return slot


def append(file: Path, row: Mapping[str, str]) -> None:
    """Append a row; a kill in the middle leaves a piece that the next call cuts off.

    Raises:
        OSError: the file cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    whole = _whole(file)
    with file.open("r+b" if whole else "wb") as stream:
        stream.truncate(len(whole))
        stream.seek(len(whole))
        text = io.StringIO()
        writer = csv.DictWriter(text, FIELDS, restval="", lineterminator="\n")
        if not whole:
            writer.writeheader()
        writer.writerow(row)
        stream.write(text.getvalue().encode())
        stream.flush()
        os.fsync(stream.fileno())


def read(file: Path) -> list[Row]:
    """Return the whole rows of a file, none if it is not there.

    Raises:
        RowsError: the file is not one of rows.
    """
    lines = _whole(file).decode(errors="replace").splitlines()
    if not lines:
        return []
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != FIELDS:
        raise RowsError(f"{file}: row 1: its columns are not those of this version")
    return [_row(file, number, texts) for number, texts in enumerate(reader, 2)]


def _whole(file: Path) -> bytes:
    """Return what a file has up to the end of its last whole line."""
    if not file.is_file():
        return b""
    data = file.read_bytes()
    return data[: data.rfind(b"\n") + 1]


def _row(file: Path, number: int, texts: dict[str, str]) -> Row:
    def by_level(what: str) -> dict[int, str]:
        return {n: texts[f"{what}_{n}"] for n in LEVELS if texts[f"{what}_{n}"]}

    try:
        cost, bound, forced = (
            {level: int(text) for level, text in by_level(what).items()}
            for what in ("cost", "bound", "forced")
        )
        proven = {level: float(text) for level, text in by_level("proven").items()}
        points = json.loads(texts["trace"] or "[]")
        trace = tuple((when, dict(zip(cost, units, strict=True))) for when, units in points)
        for name in ("seconds", "first_seconds", "memory_mb", "limit", "physicians"):
            float(texts[name] or 0)
    except (KeyError, TypeError, ValueError) as error:
        raise RowsError(f"{file}: row {number}: {error}") from error
    return Row(texts, cost, bound, forced, proven, trace)


def _seconds(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def _whole_number(number: int | None) -> str:
    return "" if number is None else str(int(number))


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
