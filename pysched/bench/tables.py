"""Tables of the report, in Markdown: every number is read off the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from pysched.bench.compare import (
    Race,
    Verdict,
    forced_parts,
    gap,
    in_order,
    judge,
    proven_levels,
    races,
    verdicts,
)
from pysched.bench.pricing import Cost
from pysched.bench.rows import CHECKPOINTS, Row

FAILURES = ("wrong", "failed", "crashed", "overrun")
FAR = 0.9
"""A ratio of so much is far ahead."""


def engines_in(rows: Sequence[Row], order: Sequence[str]) -> list[str]:
    """Return the engines that have rows, in the order of the suite."""
    there = {row["engine"] for row in rows}
    return [name for name in order if name in there]


def levels_in(rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the levels in force."""
    return next((row.levels for row in rows if row.cost), ())


def sizes_in(rows: Sequence[Row]) -> list[int]:
    """Return the numbers of physicians, in order."""
    return sorted({int(row["physicians"]) for row in rows})


def runs(rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    """Return how runs ended, by engine, and how long the longest took."""
    body = []
    for name in engines:
        mine = _of(rows, name)
        ends = Counter(row["status"] for row in mine)
        without = sum(not row.cost for row in mine)
        failures = ", ".join(f"{ends[what]} {what}" for what in FAILURES if ends[what])
        late = sum(row["late"] != "0" for row in mine)
        longest = max(float(row["seconds"]) for row in mine)
        cells = [len(mine), ends["optimal"], without, failures or "-", late, f"{longest:.1f}"]
        body.append([name, *map(str, cells)])
    head = ["engine", "runs", "proven optimal", "no schedule", "failures", "late", "longest, s"]
    return table(head, body)


def costs(rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    """Return medians of cost and bound by size, engine and level, and who won against the first."""
    levels, first = levels_in(rows), engines[0]
    body = []
    for size in sizes_in(rows):
        same = [row for row in rows if int(row["physicians"]) == size]
        found = races(same)
        for name in engines_in(same, engines):
            mine = [row for row in _of(same, name) if row.cost]
            cells = [_cost_and_bound(mine, level) for level in levels]
            counts = Counter(verdict.winner for verdict in verdicts(found, first, name))
            duel = "-" if name == first else f"{counts[1]} : {counts[0]} : {counts[-1]}"
            body.append([str(size), name, str(len(mine)), *cells, duel])
    head = ["physicians", "engine", "with schedule", *(f"level {n}" for n in levels)]
    return table([*head, f"{first} won : tied : lost"], body)


def duels(rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    """Return won and lost races of the first engine, by the first level that differs.

    In brackets the median ratio there, of the better cost to the worse.
    """
    first, *others = engines
    found = races(rows)
    columns = {other: verdicts(found, first, other) for other in others}
    levels = levels_in(rows)
    body = [
        [f"level {n}", *(_won_and_lost(column, n) for column in columns.values())] for n in levels
    ]
    body.append(["tied", *(str(sum(v.winner == 0 for v in c)) for c in columns.values())])
    totals = (
        f"{sum(v.winner > 0 for v in c)} : {sum(v.winner < 0 for v in c)}" for c in columns.values()
    )
    body.append(["all", *totals])
    return table([f"{first} won : lost", *(f"against {other}" for other in others)], body)


def against_best(rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    """Return how the first engine does against the best of all others, after 10 s and in the end.

    The ratio is its cost to theirs on the first level that differs, 1 where none does.
    """
    first, body = engines[0], []
    for size in sizes_in(rows):
        found = races([row for row in rows if int(row["physicians"]) == size])
        for at in sorted({min(10.0, float(row["limit"])) for row in rows} | {float("inf")}):
            pairs = [_with_best(race, first, at) for race in found if first in race]
            outcome = Counter(judge(mine, other).winner for mine, other in pairs)
            ratios = [_ratio(mine, other) for mine, other in pairs]
            duel = f"{outcome[1]} : {outcome[0]} : {outcome[-1]}"
            most = sum(ratio <= FAR for ratio in ratios)
            when = f"{at:g} s" if at < float("inf") else "in the end"
            body.append([str(size), when, duel, _median(ratios, "{:.2f}"), f"{most}/{len(ratios)}"])
    head = ["physicians", "after", f"{first} won : tied : lost", "ratio", f"at most {FAR}"]
    return table(head, body)


def over_time(rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    """Return the median cost by level at each checkpoint; a dash where most have no schedule."""
    levels = levels_in(rows)
    times = [t for t in CHECKPOINTS if any(t <= float(row["limit"]) for row in rows)]
    body = []
    for name in engines:
        mine = _of(rows, name)
        for at in times:
            then = [row.cost_at(at) for row in mine]
            cells = [_median(cost.get(level) for cost in then) for level in levels]
            body.append([name, f"{at} s", *cells])
    return table(["engine", "after", *(f"level {n}" for n in levels)], body)


def proven(rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    """Return the share of runs with a level, and all above it, proven within 1 s, 10 s, at the end.

    A time that an engine does not know counts as the end.
    """
    levels = levels_in(rows)
    body = []
    for name in engines:
        mine = _of(rows, name)
        cells = [
            " ".join(f"{_share_proven(mine, level, t):.0%}" for t in (1.0, 10.0, None))
            for level in levels
        ]
        body.append([name, *cells])
    return table(["proven in 1 s, 10 s, in the end", *(f"level {n}" for n in levels)], body)


def gaps(rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    """Return medians by size and engine: certified gap of each level, first week, memory."""
    forced, levels = forced_parts(rows), levels_in(rows)
    body = []
    for size in sizes_in(rows):
        same = [row for row in rows if int(row["physicians"]) == size]
        for name in engines_in(same, engines):
            mine = _of(same, name)
            cells = [_median_gap(mine, level, forced) for level in levels]
            first = _median((row.number("first_seconds") for row in mine), "{:.2f}")
            peak = [row.number("memory_mb") or 0 for row in mine]
            memory = f"{median(peak):.0f} ({max(peak):.0f})"
            body.append([str(size), name, *cells, first, memory])
    head = ["physicians", "engine", *(f"gap, level {n}" for n in levels)]
    return table([*head, "first complete week, s", "memory, MB (most)"], body)


def one_number(rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    """Return how the sum on the lowest level compares, where the levels above are equal."""
    first, found = engines[0], races(rows)
    body = []
    for name in engines:
        mine = [row for row in _of(rows, name) if row.cost]
        ratios = _ratios(found, first, name)
        outcome = Counter(v.winner for v in verdicts(found, first, name))
        spread = f"{min(ratios):.2f}-{max(ratios):.2f}" if ratios else "-"
        cells = [str(len(ratios)), _median(ratios, "{:.2f}"), spread]
        duel = "-" if name == first else f"{outcome[1]} : {outcome[0]} : {outcome[-1]}"
        body.append([name, _cost_and_bound(mine, 1), *cells, duel])
    head = ["engine", "cost (bound)", "equal above", f"cost / {first}", "range"]
    return table([*head, f"{first} won : tied : lost"], body)


def tunings(rows: Sequence[Row]) -> list[str]:
    """Return the settings and versions that rows were made with."""
    kinds = dict.fromkeys((row["engine"], row["tuning"], row["versions"]) for row in rows)
    counts = Counter((row["engine"], row["tuning"], row["versions"]) for row in rows)
    body = [[*kind, str(counts[kind])] for kind in sorted(kinds)]
    return table(["engine", "settings", "versions", "rows"], body)


def table(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table."""
    lines = [head, ["---"] * len(head), *body]
    return ["| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines]


def _of(rows: Sequence[Row], engine: str) -> list[Row]:
    return [row for row in rows if row["engine"] == engine]


def _cost_and_bound(rows: Sequence[Row], level: int) -> str:
    if not rows:
        return "-"
    bound = median(row.bound.get(level, 0) for row in rows)
    return f"{median(row.cost[level] for row in rows):g} ({bound:g})"


def _median(values: Iterable[float | None], form: str = "{:g}") -> str:
    """Return the median, where None is worse than all; a dash if it is None."""
    numbers = [float("inf") if value is None else value for value in values]
    middle = median(numbers) if numbers else float("inf")
    return form.format(middle) if middle < float("inf") else "-"


def _won_and_lost(column: Sequence[Verdict], level: int) -> str:
    parts = []
    for winner in (1, -1):
        here = [v for v in column if v.winner == winner and v.level == level]
        ratios = [v.ratio for v in here if v.ratio is not None]
        parts.append(f"{len(here)}" + (f" ({median(ratios):.2f})" if ratios else ""))
    return " : ".join(parts)


def _share_proven(rows: Sequence[Row], level: int, seconds: float | None) -> float:
    def is_in_time(row: Row) -> bool:
        if level not in proven_levels(row):
            return False
        return seconds is None or row.proven.get(level, float(row["seconds"])) <= seconds

    return sum(map(is_in_time, rows)) / len(rows)


def _median_gap(rows: Sequence[Row], level: int, forced: dict[tuple[str, str, int], int]) -> str:
    found: list[float | None] = []
    for row in rows:
        found.append(gap(row, level, forced.get((row["instance"], row["digest"], level), 0)))
    return _median(found, "{:.0%}")


def _with_best(race: Race, first: str, at: float) -> tuple[Cost, Cost]:
    """Return the cost of an engine at a moment and that of the best of the others then."""
    others = [row.cost_at(at) for name, row in race.items() if name != first]
    return race[first].cost_at(at), min(filter(None, others), key=in_order, default={})


def _ratio(mine: Cost, other: Cost) -> float:
    """Return the ratio of two costs on the first level that differs; of none to one infinity."""
    verdict = judge(mine, other)
    if verdict.level is None:
        return 1.0
    if not mine or not other:
        return 0.0 if mine else float("inf")
    units = other[verdict.level]
    return mine[verdict.level] / units if units else float("inf")


def _ratios(found: Sequence[Race], first: str, name: str) -> list[float]:
    """Return the ratios of the lowest level where all above is equal."""
    ratios = []
    for race in found:
        if first in race and name in race and race[first].cost and race[name].cost:
            verdict = judge(race[first].cost, race[name].cost)
            low = min(race[first].cost)
            if verdict.level in {None, low}:
                ratios.append((race[name].cost[low] + 1) / (race[first].cost[low] + 1))
    return ratios


Table = Callable[[Sequence[Row], Sequence[str]], list[str]]
