"""Rows against each other: races, who is better at which level, and claims that contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pysched.bench.pricing import Cost
from pysched.bench.rows import Row

RACE = ("instance", "digest", "seed", "limit", "threads")

Race = Mapping[str, Row]
"""The rows of one instance, seed and limit by engine."""


@dataclass(frozen=True)
class Verdict:
    """Who is better, at the first level that differs; nobody where no level does.

    `ratio` is the cost of the better one there, as a share of the other's; None if the other has
    no schedule at all.
    """

    winner: int
    level: int | None = None
    ratio: float | None = None


def current(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of the states that were used last, instance by instance."""
    digests = {(row["suite"], row["instance"]): row["digest"] for row in rows}
    return [row for row in rows if digests[row["suite"], row["instance"]] == row["digest"]]


def races(rows: Sequence[Row]) -> list[Race]:
    """Return the rows that compare, together; in the order of the rows."""
    found: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in RACE), {})[row["engine"]] = row
    return list(found.values())


def judge(mine: Cost, other: Cost) -> Verdict:
    """Compare two costs level by level: the winner is 1 for mine, -1 for the other, 0 for none."""
    if not mine or not other:
        return Verdict(bool(mine) - bool(other), max([*mine, *other], default=None))
    for level, units in mine.items():
        if units != other[level]:
            better, worse = sorted((units, other[level]))
            return Verdict(1 if units < other[level] else -1, level, better / worse)
    return Verdict(0)


def verdicts(found: Sequence[Race], mine: str, other: str) -> list[Verdict]:
    """Return what became of each race that both engines ran."""
    return [
        judge(race[mine].cost, race[other].cost) for race in found if mine in race and other in race
    ]


def in_order(cost: Cost) -> tuple[int, ...]:
    """Return a cost so that costs compare as schedules do."""
    return tuple(cost.values())


def best_known(rows: Sequence[Row]) -> dict[tuple[str, str], Cost]:
    """Return the best cost that any row has, by instance and digest."""
    best: dict[tuple[str, str], Cost] = {}
    for row in rows:
        key = row["instance"], row["digest"]
        if row.cost and (key not in best or in_order(row.cost) < in_order(best[key])):
            best[key] = row.cost
    return best


def proven_levels(row: Row) -> list[int]:
    """Return the levels, the highest first, whose cost is proven the least possible."""
    proven = []
    for level, units in row.cost.items():
        if row.bound.get(level, 0) < units:
            break
        proven.append(level)
    return proven


def gap(row: Row, level: int, forced: int) -> float | None:
    """Return what may still be saved on a level, as a share of what can be decided.

    Args:
        row: with the cost and a bound, which counts as the forced part where there is none.
        level: that is asked for.
        forced: the part of the cost that the data makes unavoidable.
    """
    if level not in row.cost:
        return None
    cost = row.cost[level]
    return (cost - max(forced, row.bound.get(level, 0))) / max(1, cost - forced)


def forced_parts(rows: Sequence[Row]) -> dict[tuple[str, str, int], int]:
    """Return what any engine says is forced, by instance, digest and level."""
    found: dict[tuple[str, str, int], int] = {}
    for row in rows:
        for level, units in row.forced.items():
            key = row["instance"], row["digest"], level
            found[key] = max(units, found.get(key, 0))
    return found


def contradictions(rows: Sequence[Row]) -> Iterator[str]:
    """Yield each bound that a schedule, as good on the levels above, is below."""
    by_instance: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_instance.setdefault((row["instance"], row["digest"]), []).append(row)
    for mine, other in ((a, b) for same in by_instance.values() for a in same for b in same):
        for n, (level, units) in enumerate(other.cost.items()):
            if level not in mine.cost or in_order(other.cost)[:n] > in_order(mine.cost)[:n]:
                break
            # Not better in order alone: no level above may be worse.
            is_as_good = all(other.cost[k] <= mine.cost[k] for k in list(other.cost)[:n])
            if is_as_good and units < mine.bound.get(level, 0):
                names = f"{mine['engine']}'s bound {mine.bound[level]}"
                yield f"{mine['instance']}, level {level}: {names}, {other['engine']} has {units}"
                break
