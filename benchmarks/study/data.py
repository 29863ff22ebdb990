"""The rolls of the study with their measures, ready for tables and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from .floor import least_variance
from .measures import Measured, measured, skilled
from .pro_rata import pro_rata_deviations
from .rolls import Roll, replay


@dataclass(frozen=True)
class Rolled:
    """A kept roll and what is measured of it.

    Args:
        roll: which.
        mondays: of its weeks.
        weeks: measures, week by week.
        major: the major categories of its network.
        minor: its other categories.
        skilled: category -> physicians, in the order of the measures.
        floor: category -> least variance of counts less fair shares at the end.
        count_floor: category -> least variance of plain counts.
        pro_rata: category -> variance of counts less shares pro rata to contracts, at the end.
        pro_rata_floor: category -> the least there could be.
    """

    roll: Roll
    mondays: list[str]
    weeks: list[Measured]
    major: list[str]
    minor: list[str]
    skilled: dict[str, list[str]]
    floor: dict[str, float]
    count_floor: dict[str, float]
    pro_rata: dict[str, float]
    pro_rata_floor: dict[str, float]


def read_all(rolls: Iterable[Roll], folder: Path, processes: int) -> list[Rolled]:
    """Return the kept rolls with their measures; every schedule passes the checker."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(partial(read, folder=folder), rolls))


def read(roll: Roll, folder: Path) -> Rolled:
    """Return a kept roll with its measures."""
    weeks = list(replay(roll, folder))
    network, last = weeks[0].network, weeks[-1].total
    major = [c for c, row in network.categories.items() if row.grade == "major"]
    minor = [c for c in network.categories if c not in major and skilled(network, c)]
    owed = {
        c: {p: last.loads[p, c].count_share for p in skilled(network, c) if (p, c) in last.loads}
        for c in major + minor
    }
    old = {c: pro_rata_deviations(weeks, c) for c in major}
    return Rolled(
        roll,
        [rolled.week.monday.isoformat() for rolled in weeks],
        [measured(rolled) for rolled in weeks],
        major,
        minor,
        {c: skilled(network, c) for c in major + minor},
        {c: least_variance(weeks, c, owed[c]) for c in major + minor},
        {c: least_variance(weeks, c) for c in major + minor},
        {c: float(np.var([had - share for had, share in old[c].values()])) for c in major},
        {
            c: least_variance(weeks, c, {p: round(1000 * s) for p, (_, s) in old[c].items()})
            for c in major
        },
    )


def by_way(
    rolled: Sequence[Rolled], scenario: str, normalise: str = "fair_share", profile: str = ""
) -> dict[str, list[Rolled]]:
    """Return the rolls of a scenario by way; those without memory belong to both ways to normalise.

    Args:
        rolled: all of the study.
        scenario: its name.
        normalise: of the ways with a memory.
        profile: whose levels; empty for the network's own.
    """
    found: dict[str, list[Rolled]] = {}
    for row in rolled:
        way = row.roll.way
        mine = row.roll.scenario.name == scenario and (way.profile or "") == profile
        if mine and (way.normalise == normalise or way.name in {"none", "J"}):
            found.setdefault(way.name, []).append(row)
    return {name: found[name] for name in ("none", "J", "Q", "Q+J") if name in found}
