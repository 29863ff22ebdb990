"""Rolls of a horizon, one a way: solved once, kept as JSON lines, many at a time."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pysched import load
from pysched.model import Assignment, Load, Network, Schedule, State, Week
from pysched.planner import plan
from pysched.settle import Settlement, apply, settle
from pysched.solver.program import asp_folder

from .ways import Way


@dataclass(frozen=True)
class Job:
    """A roll to be solved: scenario, number of weeks (None for all), way, conflicts a week."""

    scenario: str
    weeks: int | None
    way: Way
    conflicts: int


@dataclass(frozen=True)
class RolledWeek:
    """A week of a roll as it was solved, replayed from its schedule."""

    network: Network
    week: Week
    before: State
    schedule: Schedule
    settlement: Settlement
    after: State
    cost: dict[int, int]
    bound: dict[int, int]
    seconds: float


def solved_rolls(jobs: Sequence[Job], folder: Path, processes: int) -> list[Path]:
    """Solve what is not in the folder yet, so many rolls at a time; return their files in order.

    One thread and a conflict limit, no time limit: the same command gives the same schedules, on a
    busy machine too. A roll that was interrupted is solved again from its first week.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = [_file(job, folder) for job in jobs]
    open_ones = [(j, f) for j, f in zip(jobs, files, strict=True) if not _is_done(j, f)]
    if not open_ones:
        return files
    started = time.monotonic()
    with ProcessPoolExecutor(processes) as pool:
        futures = {pool.submit(_solve, job, file): job for job, file in open_ones}
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            job, minutes = futures[future], (time.monotonic() - started) / 60
            name = f"{Path(job.scenario).name} {job.way.key}"
            print(f"{done}/{len(open_ones)} {minutes:.1f} min {name}", file=sys.stderr, flush=True)
    return files


def replayed(job: Job, folder: Path) -> Iterator[RolledWeek]:
    """Yield the weeks of a solved roll, their states derived again from the schedules."""
    network, weeks, state = load(job.scenario)
    network = replace(network, rules=job.way.rules(network.rules))
    recent: deque[Settlement] = deque(maxlen=job.way.window)
    lines = _file(job, folder).read_text().splitlines()[1:]
    for week, line in zip(weeks, lines, strict=False):
        row = json.loads(line)
        schedule = Schedule(
            week.monday,
            frozenset(Assignment(date.fromisoformat(d), t, p) for d, t, p in row["assignments"]),
        )
        settlement = settle(network, week, schedule)
        after = _windowed(apply(state, settlement), settlement, recent, job.way)
        cost, bound = (_numbers(row[key]) for key in ("cost", "bound"))
        yield RolledWeek(
            network, week, state, schedule, settlement, after, cost, bound, row["seconds"]
        )
        state = after


def _solve(job: Job, file: Path) -> None:
    network, weeks, state = load(job.scenario)
    network = replace(network, rules=job.way.rules(network.rules))
    recent: deque[Settlement] = deque(maxlen=job.way.window)
    lines = [json.dumps(_header(job))]
    for week in weeks[: job.weeks]:
        row = solved_row(network, week, state, job)
        lines.append(json.dumps(row))
        schedule = Schedule(
            week.monday,
            frozenset(Assignment(date.fromisoformat(d), t, p) for d, t, p in row["assignments"]),
        )
        settlement = settle(network, week, schedule)
        state = _windowed(apply(state, settlement), settlement, recent, job.way)
    half = file.with_suffix(".part")
    half.write_text("\n".join(lines) + "\n")
    half.replace(file)


def solved_row(network: Network, week: Week, state: State, job: Job) -> dict[str, Any]:
    """Return a solved week as what is kept of it.

    Raises:
        ValueError: no schedule was found within the conflicts.
    """
    result = plan(
        network,
        week,
        state,
        time_limit_seconds=None,
        conflict_limit=job.conflicts,
        seed=job.way.seed,
        threads=1,
    )
    if result.schedule is None:
        raise ValueError(f"{job}: no schedule of {week.monday} within the conflicts")
    rows = [[row.day.isoformat(), row.task, row.physician] for row in result.schedule]
    return {
        "monday": week.monday.isoformat(),
        "cost": result.cost,
        "bound": result.bound,
        "seconds": round(result.seconds, 2),
        "assignments": rows,
    }


def _windowed(state: State, newest: Settlement, recent: deque[Settlement], way: Way) -> State:
    """Return the state with loads of the weeks of the window alone."""
    if way.window is None:
        return state
    recent.append(newest)
    loads: dict[tuple[str, str], Load] = {}
    for settlement in recent:
        for key, load_ in settlement.loads.items():
            loads[key] = loads.get(key, Load()) + load_
    return replace(state, loads=loads)


def _header(job: Job) -> dict[str, Any]:
    """Return what a kept roll is only good for."""
    texts = [path.read_text() for path in sorted(asp_folder().rglob("*.lp"))]
    return {
        "conflicts": job.conflicts,
        "weeks": job.weeks,
        "encodings": _digest(texts),
        "scenario": _digest(_texts_of(Path(job.scenario))),
    }


def _texts_of(scenario: Path) -> Iterable[str]:
    return (path.read_text() for path in sorted(scenario.iterdir()) if path.is_file())


def _digest(texts: Iterable[str]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _is_done(job: Job, file: Path) -> bool:
    if not file.exists():
        return False
    first, _, _ = file.read_text().partition("\n")
    return bool(json.loads(first) == _header(job))


def _file(job: Job, folder: Path) -> Path:
    return folder / f"{Path(job.scenario).name}-{job.way.key}.jsonl"


def _numbers(row: dict[str, int]) -> dict[int, int]:
    return {int(level): number for level, number in row.items()}
