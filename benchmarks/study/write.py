"""Writes what the study found: measures of every week, tables, figures."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from . import figures, tables
from .data import Rolled, by_way, read_all
from .measures import Floats, Measured
from .rolls import Roll
from .states import OneWeek, Start, one_weeks
from .ways import OFF

Ways = dict[str, list[Rolled]]
Numbers = dict[str, Callable[[Measured], float]]
FAIR, RAW = "fair_share", "none"
FERRARA = "ferrara"


def write_all(
    rolls: Sequence[Roll],
    held_in: Sequence[Roll],
    starts: Sequence[Start],
    folder: Path,
    results: Path,
    processes: int,
) -> str:
    """Write the results folder; return its tables as one text."""
    results.mkdir(parents=True, exist_ok=True)
    rolled = read_all(rolls, folder, processes)
    tried = read_all(held_in, folder, processes)
    _write_weeks([*rolled, *tried], results / "weeks.csv")
    parts: list[str] = []
    for name in dict.fromkeys(one.roll.scenario.name for one in rolled):
        fair, raw = by_way(rolled, name, FAIR), by_way(rolled, name, RAW)
        weighted = by_way(rolled, name, FAIR, "weighted")
        parts += _scenario_tables(name, fair, raw, weighted)
        _scenario_figures(name, fair, raw, results)
    parts += _years_together(rolled)
    for name in dict.fromkeys(start.roll.scenario.name for start in starts):
        mine = [start for start in starts if start.roll.scenario.name == name]
        weeks = {way: [w for s in mine for w in one_weeks(s, way, folder)] for way in OFF}
        major = next(one.major for one in rolled if one.roll.scenario.name == name)
        parts += [f"## {name}: from identical states", *tables.same_states(weeks, major)]
        figures.save(_same_figure(weeks, major), results / f"{name}-same-states.png")
    parts += ["## held-in networks: settings of Q+J", *tables.sensitivity(tried)]
    figures.save(_sensitivity_figure(tried), results / "sensitivity.png")
    text = _text(parts)
    (results / "tables.md").write_text(text)
    return text


def _text(parts: Sequence[str]) -> str:
    """Return lines as text, with an empty line around headings."""
    lines = [f"\n{line}\n" if line.startswith("#") else line for line in parts]
    return "\n".join(lines).strip() + "\n"


def _years_together(rolled: Sequence[Rolled]) -> list[str]:
    """Return what the generated years have in common, each of them counted as a seed."""
    names = dict.fromkeys(one.roll.scenario.name for one in rolled if one.roll.weeks is None)
    years = [by_way(rolled, name, FAIR) for name in names if name != FERRARA]
    if len(years) < 2:
        return []
    together = {way: [one for ways in years for one in ways[way]] for way in OFF}
    parts = ["## the years together: fair shares", *tables.evenness(together)]
    return [*parts, "## the years together: within the weeks", *tables.weekly(together)]


def _scenario_tables(name: str, fair: Ways, raw: Ways, weighted: Ways) -> list[str]:
    parts = [f"## {name}: fair shares", *tables.evenness(fair)]
    parts += [f"## {name}: who is farthest from the fair share", *tables.farthest(fair)]
    parts += [f"## {name}: within the weeks", *tables.weekly(fair)]
    parts += [f"## {name}: cost of a week", *tables.levels(fair)]
    parts += [f"## {name}: plain counts, the memory by fair shares", *tables.counts(fair)]
    parts += [f"## {name}: plain counts, the memory by plain counts", *tables.counts(raw)]
    parts += [f"## {name}: fair shares, the memory by plain counts", *tables.evenness(raw)]
    parts += [f"## {name}: shares pro rata to contracts", *tables.shares(fair)]
    if weighted:
        parts += [f"## {name}: fair shares, levels 4 to 1 in one sum", *tables.evenness(weighted)]
        parts += [
            f"## {name}: within the weeks, levels 4 to 1 in one sum",
            *tables.weekly(weighted),
        ]
    return parts


def _scenario_figures(name: str, fair: Ways, raw: Ways, results: Path) -> None:
    rolls = {way: [one.weeks for one in found] for way, found in fair.items()}
    first = next(iter(fair.values()))[0]
    drawn = _variances(fair, raw, first.major)
    minor = _variances(fair, raw, first.minor)
    drawn |= {f"{title}-minor": figure for title, figure in minor.items()}
    drawn |= _boxes({way: rolls[way][0] for way in ("none", "Q+J")}, first.major)
    drawn["overlap"] = figures.over_time(
        rolls, {"overlapping time": lambda week: float(week.overlap)}, "half-hours a week"
    )
    drawn["weekly"] = figures.over_time(
        rolls, {"mean over tasks": _mean_variance}, "weekly variance per task"
    )
    drawn["weekly-tasks"] = figures.dots(_by_task(rolls), "weekly variance, mean over weeks")
    for title, figure in drawn.items():
        figures.save(figure, results / f"{name}-{title}.png")


def _variances(fair: Ways, raw: Ways, categories: Sequence[str]) -> dict[str, Figure]:
    """Return variance and range over time, of counts less share and of plain counts."""
    rolls = {way: [one.weeks for one in found] for way, found in fair.items()}
    raw_rolls = {way: [one.weeks for one in found] for way, found in raw.items()}
    floors = {c: float(np.median([o.floor[c] for o in fair["Q+J"]])) for c in categories}
    raw_floors = {c: float(np.median([o.count_floor[c] for o in raw["Q+J"]])) for c in categories}
    devs, counts = _variance("devs", categories), _variance("counts", categories)
    spread, count_range = _range("devs", categories), _range("counts", categories)
    draw = figures.over_time
    return {
        "variance": draw(rolls, devs, "variance of counts less share", floors),
        "range": draw(rolls, spread, "range of counts less share"),
        "plain-counts": draw(raw_rolls, counts, "variance of counts", raw_floors),
        "plain-counts-range": draw(raw_rolls, count_range, "range of counts"),
    }


def _boxes(two: dict[str, list[Measured]], categories: Sequence[str]) -> dict[str, Figure]:
    """Return box plots by week: counts less share, and hours."""
    hours = {
        "balance to date": attrgetter("balance"),
        "above the week's target": attrgetter("above_target"),
    }
    devs = {category: _values("devs", category) for category in categories}
    return {
        "boxes": figures.boxes_by_week(two, devs, "counts less share"),
        "hours": figures.boxes_by_week(two, hours, "hours"),
    }


def _by_task(rolls: dict[str, list[list[Measured]]]) -> dict[str, dict[str, float]]:
    """Return way -> task -> mean of the weekly variance over weeks and seeds."""
    found: dict[str, dict[str, float]] = {}
    for way, seeds in rolls.items():
        weeks = [week.weekly_variance for one in seeds for week in one]
        tasks = sorted(
            {task for week in weeks for task in week}, key=lambda task: (len(task), task)
        )
        found[way] = {
            task: float(np.mean([week[task] for week in weeks if task in week])) for task in tasks
        }
    return found


def _values(what: str, category: str) -> Callable[[Measured], Floats]:
    """Return what reads counts or devs of a category."""

    def read(week: Measured) -> Floats:
        values: Floats = getattr(week, what)[category]
        return values

    return read


def _variance(what: str, categories: Iterable[str]) -> Numbers:
    return {c: _reduced(np.var, _values(what, c)) for c in categories}


def _range(what: str, categories: Iterable[str]) -> Numbers:
    return {c: _reduced(np.ptp, _values(what, c)) for c in categories}


def _reduced(
    number: Callable[[Floats], np.float64], values: Callable[[Measured], Floats]
) -> Callable[[Measured], float]:
    """Return what reduces the values of a week to a number."""
    return lambda week: float(number(values(week)))


def _mean_variance(week: Measured) -> float:
    return float(np.mean(list(week.weekly_variance.values())))


def _same_figure(weeks: dict[str, list[OneWeek]], major: Sequence[str]) -> Figure:
    parts = {
        category: {way: [week.growth[category] for week in found] for way, found in weeks.items()}
        for category in major
    }
    return figures.boxes_by_way(parts, "growth of variance in the week")


def _sensitivity_figure(tried: Sequence[Rolled]) -> Figure:
    """Draw variance over the months against variance within the week, by lambda / wc."""
    names = list(dict.fromkeys(one.roll.scenario.name for one in tried))
    panels: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for title in ("variances of major categories, second half", "weekly variance per task"):
        number = tables.SENSITIVE[title]
        panels[title] = {
            name: sorted(
                (0.5 if one.roll.way.ratio is None else one.roll.way.ratio, number(one))
                for one in tried
                if one.roll.scenario.name == name
                and one.roll.way.window is None
                and one.roll.way.measure == "count"
            )
            for name in names
        }
    return figures.curves(panels, "lambda / wc")


def _write_weeks(rolled: Sequence[Rolled], file: Path) -> None:
    """Write one row a rolled week: variance and range by category, overlap, hours, cost."""
    with file.open("w", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        head: list[str] = []
        for one in rolled:
            for monday, week in zip(one.mondays, one.weeks, strict=True):
                row = {"scenario": one.roll.scenario.name, "way": one.roll.way.name}
                row |= {"roll": one.roll.way.key, "monday": monday, **_numbers(week)}
                if not head:
                    head = [*row]
                    rows.writerow(head)
                rows.writerow([row.get(name, "") for name in head])


def _numbers(week: Measured) -> dict[str, str]:
    found = {}
    for category in sorted(week.devs):
        for what, values in (("count", week.counts), ("less_share", week.devs)):
            found[f"{category}_{what}_variance"] = f"{np.var(values[category]):.2f}"
            found[f"{category}_{what}_range"] = f"{np.ptp(values[category]):.2f}"
    found["weekly_variance_per_task"] = f"{_mean_variance(week):.4f}"
    found["overlap_half_hours"] = str(week.overlap)
    found["balance_sd_hours"] = f"{np.std(week.balance):.2f}"
    found["hours_below_target"] = f"{np.maximum(0, -week.above_target).sum():.2f}"
    found["skill_violations"] = str(week.skill_violations)
    return found | {f"level_{n}": str(week.cost.get(n, "")) for n in range(6, 0, -1)}
