"""The four ways from identical states: what each does to one week, all else being equal."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pysched import load
from pysched.settle import apply, settle

from .measures import Measured, deviations_of, measured
from .rolls import (
    Roll,
    RolledWeek,
    end_quietly,
    header,
    is_kept,
    keep,
    replay,
    schedule_of,
    solved_row,
)
from .ways import OFF, Way


@dataclass(frozen=True)
class Start:
    """Weeks of a kept roll, each solved again by every way from the state it was solved from.

    Args:
        roll: the reference whose states are taken.
        every: one week in so many.
    """

    roll: Roll
    every: int

    def file(self, way: str, folder: Path) -> Path:
        """Return where the weeks of a way are kept."""
        name = f"{self.roll.name}-every{self.every}-by-{way.replace('+', '')}"
        return folder / f"{name}-{self.roll.conflicts}.jsonl"

    def header(self, folder: Path) -> dict[str, Any]:
        """Return what the kept weeks are good for: these very states."""
        states = hashlib.sha256(self.roll.file(folder).read_bytes()).hexdigest()[:16]
        return {**header(self.roll), "every": self.every, "states": states}


@dataclass(frozen=True)
class OneWeek:
    """What a way made of one week.

    Args:
        growth: category -> change of the variance of counts less fair shares over the week.
        after: measures at the week's end.
    """

    growth: dict[str, float]
    after: Measured


def solve_from_states(starts: list[Start], folder: Path, processes: int) -> None:
    """Solve what is not kept yet; the reference rolls must be."""
    missing = [
        (start, way)
        for start in starts
        for way in OFF
        if not is_kept(start.header(folder), start.file(way, folder))
    ]
    with ProcessPoolExecutor(processes, initializer=end_quietly) as pool:
        futures = [pool.submit(_solve, start, way, folder) for start, way in missing]
        for done, future in enumerate(futures, 1):
            future.result()
            print(f"{done}/{len(missing)} ways from given states", file=sys.stderr, flush=True)


def one_weeks(start: Start, way: str, folder: Path) -> Iterator[OneWeek]:
    """Yield what a way made of each week."""
    lines = start.file(way, folder).read_text().splitlines()[1:]
    for reference, line in zip(_weeks(start, way, folder), lines, strict=True):
        row = json.loads(line)
        schedule = schedule_of(row, reference.week)
        settlement = settle(reference.network, reference.week, schedule)
        after = apply(reference.before, settlement)
        cost = {int(level): number for level, number in row["cost"].items()}
        rolled = replace(
            reference,
            schedule=schedule,
            settlement=settlement,
            after=after,
            total=after,
            cost=cost,
        )
        yield OneWeek(_growth(rolled), measured(rolled))


def _growth(rolled: RolledWeek) -> dict[str, float]:
    found = {}
    for category in rolled.network.categories:
        states = rolled.before, rolled.after
        before, after = (deviations_of(rolled.network, state, category) for state in states)
        found[category] = float(np.var(after) - np.var(before))
    return found


def _weeks(start: Start, way: str, folder: Path) -> Iterator[RolledWeek]:
    """Yield the reference's weeks with the rules of a way."""
    network = Way(way).network(load(start.roll.scenario)[0])
    for number, rolled in enumerate(replay(start.roll, folder)):
        if number % start.every == 0:
            yield replace(rolled, network=network)


def _solve(start: Start, way: str, folder: Path) -> None:
    seed = replace(start.roll, way=replace(start.roll.way, name=way))
    rows = [
        json.dumps(solved_row(rolled.network, rolled.week, rolled.before, seed))
        for rolled in _weeks(start, way, folder)
    ]
    keep([json.dumps(start.header(folder)), *rows], start.file(way, folder))
