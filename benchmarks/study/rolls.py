"""Rolls of a horizon: solved once, kept as JSON lines, several at a time."""

from __future__ import annotations

import hashlib
import json
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pysched
from pysched import load
from pysched.model import Assignment, Load, Network, Schedule, State, Week
from pysched.planner import plan
from pysched.settle import Settlement, apply, settle
from pysched.solver.program import asp_folder

from .ways import Way


@dataclass(frozen=True)
class Roll:
    """A horizon to be rolled.

    Args:
        scenario: its folder.
        way: the policy.
        conflicts: of clasp, for each week.
        weeks: how many, None for all.
    """

    scenario: Path
    way: Way
    conflicts: int
    weeks: int | None = None

    @property
    def name(self) -> str:
        """What names the roll, fit for a file name."""
        return f"{self.scenario.name}-{self.way.key}"

    def file(self, folder: Path) -> Path:
        """Return where the roll is kept."""
        return folder / f"{self.name}.jsonl"


@dataclass(frozen=True)
class RolledWeek:
    """A week of a roll: what it was solved from, what was found, what it hands on.

    `total` is the state after it with all loads, where a window leaves the memory only some.
    """

    network: Network
    week: Week
    before: State
    schedule: Schedule
    settlement: Settlement
    after: State
    total: State
    cost: dict[int, int]


def solve_all(rolls: Sequence[Roll], folder: Path, processes: int) -> None:
    """Solve the rolls that the folder does not hold yet, so many at a time.

    One thread, a conflict limit and no time limit: the same command gives the same schedules, on a
    busy machine too. A roll that was interrupted is solved again from its first week.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [
        roll for roll in dict.fromkeys(rolls) if not is_kept(header(roll), roll.file(folder))
    ]
    if not missing:
        return
    started = time.monotonic()
    with ProcessPoolExecutor(processes, initializer=end_quietly) as pool:
        futures = {pool.submit(_solve, roll, folder): roll for roll in missing}
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            minutes = (time.monotonic() - started) / 60
            line = f"{done}/{len(missing)} rolls, {minutes:.1f} min: {futures[future].name}"
            print(line, file=sys.stderr, flush=True)


def replay(roll: Roll, folder: Path) -> Iterator[RolledWeek]:
    """Yield the weeks of a kept roll, their states derived again from the schedules."""
    network, weeks, state = _start(roll)
    recent: deque[Settlement] = deque(maxlen=roll.way.window)
    total = state
    lines = roll.file(folder).read_text().splitlines()[1:]
    for week, line in zip(weeks, lines, strict=True):
        row = json.loads(line)
        schedule = schedule_of(row, week)
        settlement = settle(network, week, schedule)
        after = _windowed(apply(state, settlement), settlement, recent, roll.way)
        total = apply(total, settlement)
        cost = {int(level): number for level, number in row["cost"].items()}
        yield RolledWeek(network, week, state, schedule, settlement, after, total, cost)
        state = after


def solved_row(network: Network, week: Week, state: State, roll: Roll) -> dict[str, Any]:
    """Return a solved week as what is kept of it.

    Raises:
        ValueError: no schedule was found within the conflicts.
    """
    result = plan(
        network,
        week,
        state,
        time_limit_seconds=None,
        conflict_limit=roll.conflicts,
        seed=roll.way.seed,
        threads=1,
    )
    if result.schedule is None:
        raise ValueError(f"{roll.name}: no schedule of {week.monday} within the conflicts")
    rows = [[row.day.isoformat(), row.task, row.physician] for row in result.schedule]
    return {"monday": week.monday.isoformat(), "cost": result.cost, "assignments": rows}


def schedule_of(row: dict[str, Any], week: Week) -> Schedule:
    """Return the schedule of a kept week."""
    rows = (Assignment(date.fromisoformat(day), task, who) for day, task, who in row["assignments"])
    return Schedule(week.monday, frozenset(rows))


def end_quietly() -> None:
    """Let Ctrl-C end a process without a word; the one that started it has the last."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _solve(roll: Roll, folder: Path) -> None:
    network, weeks, state = _start(roll)
    recent: deque[Settlement] = deque(maxlen=roll.way.window)
    lines = [json.dumps(header(roll))]
    for week in weeks:
        row = solved_row(network, week, state, roll)
        lines.append(json.dumps(row))
        settlement = settle(network, week, schedule_of(row, week))
        state = _windowed(apply(state, settlement), settlement, recent, roll.way)
    keep(lines, roll.file(folder))


def _start(roll: Roll) -> tuple[Network, tuple[Week, ...], State]:
    network, weeks, state = load(roll.scenario)
    return roll.way.network(network), weeks[: roll.weeks], state


def _windowed(state: State, newest: Settlement, recent: deque[Settlement], way: Way) -> State:
    """Return the state with the loads of the window's weeks alone."""
    if way.window is None:
        return state
    recent.append(newest)
    loads: dict[tuple[str, str], Load] = {}
    for settlement in recent:
        for key, added in settlement.loads.items():
            loads[key] = loads.get(key, Load()) + added
    return replace(state, loads=loads)


def header(roll: Roll) -> dict[str, Any]:
    """Return what a kept roll is good for, and for nothing else."""
    return {
        "conflicts": roll.conflicts,
        "weeks": roll.weeks,
        "clingo": version("clingo"),
        "encodings": _digest(sorted(asp_folder().rglob("*.lp"))),
        "program": _digest(_deciding_files()),
        "scenario": _digest(sorted(roll.scenario.glob("*.*"))),
    }


def _deciding_files() -> list[Path]:
    """Return the code that a schedule depends on, encodings and readers aside."""
    package = Path(pysched.__file__).parent
    folders = ("facts", "fairness", "model", "solver")
    files = [file for folder in folders for file in sorted((package / folder).glob("*.py"))]
    return [*files, package / "settle.py", Path(__file__).with_name("ways.py")]


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()[:16]


def is_kept(header: dict[str, Any], file: Path) -> bool:
    """Return whether a file holds what a header says, to the end."""
    if not file.exists():
        return False
    first, _, _ = file.read_text().partition("\n")
    return bool(json.loads(first) == header)


def keep(lines: Iterable[str], file: Path) -> None:
    """Write a file as a whole or not at all."""
    half = file.with_suffix(".part")
    half.write_text("\n".join(lines) + "\n")
    half.replace(file)
