"""The numbers behind the figures: performance profiles, anytime curves, curves over sizes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean, median

from pysched.bench.compare import (
    Race,
    best_known,
    forced_parts,
    gap,
    in_order,
    races,
)
from pysched.bench.pricing import Cost
from pysched.bench.rows import Row
from pysched.bench.tables import levels_in, sizes_in

Points = list[tuple[float, float]]
Lines = dict[str, Points]
"""Engine -> points (x, y) in order of x."""

NEVER = float("inf")
FASTEST_SECONDS = 0.05
"""Below it times are not told apart."""
STEPS = 48
"""Points of an anytime curve."""


def profile(ratios: Sequence[float]) -> Points:
    """Return the performance profile of an engine: x -> share of runs with a ratio up to x.

    Dolan and More (2002), Benchmarking optimization software with performance profiles,
    Mathematical Programming 91. A ratio is that to the best engine; runs that failed have none,
    which is an infinite one here.
    """
    finite = sorted(ratio for ratio in ratios if ratio < NEVER)
    at_once = sum(ratio <= 1 for ratio in finite) / max(1, len(ratios))
    steps = ((r, (n + 1) / len(ratios)) for n, r in enumerate(finite) if r > 1)
    return [(1.0, at_once), *steps]


def cost_profiles(rows: Sequence[Row], engines: Sequence[str]) -> dict[str, Lines]:
    """Return by level the profiles of cost against the best known, where engines differ.

    A run whose cost on a level above is worse than the best known has no ratio. Ratios are those
    of costs plus one, as the best may cost nothing.
    """
    best = best_known(rows)
    panels = {}
    for level in levels_in(rows):
        ratios = {
            name: [
                _ratio(row.cost, best.get((row["instance"], row["digest"]), {}), level)
                for row in rows
                if row["engine"] == name
            ]
            for name in engines
        }
        if any(ratio > 1 for mine in ratios.values() for ratio in mine):
            panels[f"level {level}"] = {name: profile(mine) for name, mine in ratios.items()}
    return panels


def _ratio(cost: Cost, best: Cost, level: int) -> float:
    above = [n for n in best if n > level]
    if not cost or any(cost[n] != best[n] for n in above):
        return NEVER
    return (cost[level] + 1) / (best[level] + 1)


def time_profiles(rows: Sequence[Row], engines: Sequence[str]) -> Lines:
    """Return the profiles of the time until as good as the worst of all engines in the end.

    The worst of those that have a schedule, race by race; races that an engine did not run, or
    where nobody has a schedule, are left out.
    """
    ratios: dict[str, list[float]] = {name: [] for name in engines}
    for race in races(rows):
        costs = [row.cost for row in race.values() if row.cost]
        if not costs or not set(engines) <= set(race):
            continue
        times = {name: _reached(race, name, max(costs, key=in_order)) for name in engines}
        for name, seconds in times.items():
            ratios[name].append(seconds / min(times.values()))
    return {name: profile(mine) for name, mine in ratios.items() if mine}


def _reached(race: Race, name: str, target: Cost) -> float:
    times = (when for when, cost in race[name].trace if in_order(cost) <= in_order(target))
    return max(FASTEST_SECONDS, next(times, NEVER))


def anytime(rows: Sequence[Row], engines: Sequence[str]) -> dict[str, Lines]:
    """Return panels over seconds: levels as good as the best known, then medians by level.

    The former are counted from the highest until one is worse, and are means over the runs.
    Levels on which everybody has the same from the first schedule on are left out.
    """
    best = best_known(rows)
    latest = max(float(row["limit"]) for row in rows)
    times = [0.1 * (latest / 0.1) ** (n / STEPS) for n in range(STEPS + 1)]
    panels = {"levels as good as the best known": Lines()}
    shown = _varying(rows)
    for name in engines:
        mine = [row for row in rows if row["engine"] == name]
        then = [[row.cost_at(seconds) for row in mine] for seconds in times]
        goals = [best.get((row["instance"], row["digest"]), {}) for row in mine]
        good = [fmean(map(_as_good, costs, goals)) for costs in then]
        next(iter(panels.values()))[name] = list(zip(times, good, strict=True))
        for level in shown:
            values = [median(cost.get(level, NEVER) for cost in costs) for costs in then]
            points = [(t, y) for t, y in zip(times, values, strict=True) if y < NEVER]
            panels.setdefault(f"level {level}, median cost", {})[name] = points
    return panels


def _as_good(cost: Cost, best: Cost) -> int:
    """Return how many levels, from the highest, cost no more than the best known."""
    count = 0
    for level, units in cost.items():
        if units > best[level]:
            break
        count += 1
    return count


def _varying(rows: Sequence[Row]) -> list[int]:
    """Return the levels on which any run of an instance has had another cost than another."""
    seen: dict[tuple[str, str, int], set[int]] = {}
    for row in rows:
        for _, cost in row.trace:
            for level, units in cost.items():
                seen.setdefault((row["instance"], row["digest"], level), set()).add(units)
    return sorted({level for (_, _, level), units in seen.items() if len(units) > 1}, reverse=True)


def over_sizes(rows: Sequence[Row], engines: Sequence[str]) -> dict[str, Lines]:
    """Return panels over numbers of physicians: medians of cost, gap, first week and memory."""
    forced = forced_parts(rows)
    panels: dict[str, Callable[[Row], float | None]] = {
        f"level {level}, cost": _cost_on(level) for level in _varying(rows)
    }
    for level in (levels_in(rows) or (1,))[-1:]:
        panels[f"level {level}, certified gap, %"] = _gap_on(level, forced)
    panels["first complete week, s"] = lambda row: row.number("first_seconds")
    panels["memory, MB"] = lambda row: row.number("memory_mb")
    return {
        title: {name: _by_size(rows, name, number) for name in engines}
        for title, number in panels.items()
    }


def _cost_on(level: int) -> Callable[[Row], float | None]:
    return lambda row: row.cost.get(level)


def _gap_on(level: int, forced: dict[tuple[str, str, int], int]) -> Callable[[Row], float | None]:
    def number(row: Row) -> float | None:
        share = gap(row, level, forced.get((row["instance"], row["digest"], level), 0))
        return None if share is None else 100 * share

    return number


def _by_size(rows: Sequence[Row], name: str, number: Callable[[Row], float | None]) -> Points:
    points = []
    for size in sizes_in(rows):
        values = [
            number(row) for row in rows if row["engine"] == name and int(row["physicians"]) == size
        ]
        numbers = [NEVER if value is None else value for value in values]
        if numbers and median(numbers) < NEVER:
            points.append((float(size), float(median(numbers))))
    return points
