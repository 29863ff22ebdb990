"""The page of as-is against to-be: the tables and box plots of the slides."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pysched.report.bars import pairs_figure
from pysched.report.boxes import boxes_figure
from pysched.report.comparison import Comparison, Side
from pysched.report.drawing import Figure
from pysched.report.grids import Grid, hours_words
from pysched.report.measures import WeekMeasures
from pysched.report.pages import page
from pysched.report.wording import counted

SIDES = ("as-is", "to-be")


def comparison_page(compared: Comparison) -> str:
    """Return the page of a comparison as HTML text."""
    filled = f"as-is fills {compared.as_is.filled}, to-be {compared.to_be.filled}"
    if compared.setting == "same":
        service = f"Same service setting: the duties are those filled as-is; {filled}."
    else:
        duties = _duties(compared.to_be)
        service = f"Full service setting: {duties} duties are to be filled; {filled}."
    return page(
        "comparison",
        "portrait",
        network=compared.network,
        compared=compared,
        service=service,
        overview=overview_grid(compared),
        **_skills(compared),
        **_spreads(compared),
        **_hours(compared),
    )


def overview_grid(compared: Comparison) -> Grid:
    """Return the measures of both sides over all weeks, in one table."""

    def row(what: str, values: tuple[object, ...]) -> tuple[str, ...]:
        return (what, *map(str, values))

    sides = compared.sides
    rows = [
        row("Duties filled", tuple(f"{s.filled} of {_duties(s)}" for s in sides)),
        row("Essential duties open", tuple(sum(w.open_essential for w in s.weeks) for s in sides)),
        row("Skill violations", tuple(s.unskilled for s in sides)),
        row(
            "Overlapping hours",
            tuple(hours_words(sum(w.overlap_minutes for w in s.weeks)) for s in sides),
        ),
        row(
            "Weeks of somebody below the target",
            tuple(sum(w.below for w in s.weeks) for s in sides),
        ),
        row(
            "Hours missing to targets",
            tuple(hours_words(sum(w.missing_minutes for w in s.weeks)) for s in sides),
        ),
        row(
            "Weeks of somebody above the limit", tuple(sum(w.above for w in s.weeks) for s in sides)
        ),
    ]
    weeks = counted(len(compared.as_is.weeks), "week")
    return Grid(f"As-is against to-be in {weeks}", ("Measure", *SIDES), rows)


def _duties(side: Side) -> int:
    return sum(week.duties for week in side.weeks)


def _labels(compared: Comparison) -> list[str]:
    return [f"{week.monday:%d.%m.}" for week in compared.as_is.weeks]


def _pairs(compared: Comparison) -> list[tuple[WeekMeasures, WeekMeasures]]:
    return list(zip(compared.as_is.weeks, compared.to_be.weeks, strict=True))


def _skills(compared: Comparison) -> dict[str, Any]:
    rows: list[tuple[str, ...]] = []
    service: list[tuple[str, ...]] = []
    for old, new in _pairs(compared):
        by_category = Counter(compared.network.tasks[a.task].category for a in old.unskilled)
        said = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in sorted(by_category.items()))
        rows.append(
            (str(old.monday), str(len(old.unskilled)), str(len(new.unskilled)), said or "-")
        )
        cells = (old.duties, old.filled, new.filled, old.open_essential, new.open_essential)
        service.append((str(old.monday), *map(str, cells)))
    totals = (str(side.unskilled) for side in compared.sides)
    rows.append(("all", *totals, ""))
    series = [
        (name, [float(len(week.unskilled)) for week in side.weeks])
        for name, side in zip(SIDES, compared.sides, strict=True)
    ]
    head = ("Week of", *SIDES, "as-is, by category")
    served = ("Week of", "Duties", "filled as-is", "to-be", "open essential as-is", "to-be")
    return {
        "violations": Grid("Skill violations by week", head, rows, frozenset((0, 3))),
        "violations_figure": pairs_figure(
            _labels(compared), series, "Skill violations by week", "assignments", "violations"
        ),
        "services": Grid("Duties filled by week", served, service),
    }


def _spreads(compared: Comparison) -> dict[str, Any]:
    rows, labels = [], []
    groups: list[list[list[float]]] = [[], []]
    for category in compared.majors:
        spreads = [compared.spread(side, category) for side in compared.sides]
        numbers = [f"{v:.2f}" for spread in spreads for v in (spread.mean, spread.variance)]
        rows.append((category.replace("_", " "), str(len(spreads[0].counts)), *numbers))
        labels.append(category.replace("_", " "))
        for group, spread in zip(groups, spreads, strict=True):
            group.append([float(count) for count in spread.counts.values()])
    head = ("Category", "Physicians", "mean as-is", "variance", "mean to-be", "variance")
    title = "Duties by physician and major category"
    series = list(zip(SIDES, groups, strict=True))
    return {
        "spreads": Grid("Mean and variance of duties over those with the skill", head, rows),
        "spread_figure": boxes_figure(labels, series, title, "duties", "spread"),
        "counts": _counts(compared),
    }


def _counts(compared: Comparison) -> Grid:
    head = ["Physician"]
    for category in compared.majors:
        head += [f"{category.replace('_', ' ')} as-is", "to-be"]
    rows = []
    for physician in compared.network.physicians.values():
        cells = [physician.name]
        for category in compared.majors:
            for side in compared.sides:
                key = physician.id, category
                cells.append(str(sum(week.counts.get(key, 0) for week in side.weeks)))
        rows.append(cells)
    return Grid("Duties of major categories by physician, all weeks", head, rows)


def _hours(compared: Comparison) -> dict[str, Any]:
    labels = _labels(compared)

    def series(value: Any) -> list[tuple[str, list[Any]]]:
        return [
            (name, [value(week) for week in side.weeks])
            for name, side in zip(SIDES, compared.sides, strict=True)
        ]

    overlap = series(lambda week: week.overlap_minutes / 60)
    below = series(lambda week: float(week.below))
    balance = series(lambda week: [b / 60 for b in week.balances.values()])
    return {
        "overlap_figure": pairs_figure(labels, overlap, "Overlapping time", "hours", "overlap"),
        "balance_figure": _boxes(labels, balance),
        "balances": _balances(compared),
        "threshold_figure": pairs_figure(
            labels, below, "Physicians below their target", "physician weeks", "threshold"
        ),
        "thresholds": _thresholds(compared),
    }


def _boxes(labels: list[str], balance: list[tuple[str, list[Any]]]) -> Figure:
    return boxes_figure(labels, balance, "Balance of working time by week", "hours", "balance")


def _balances(compared: Comparison) -> Grid:
    rows = []
    for physician in compared.network.physicians.values():
        totals = [sum(w.balances[physician.id] for w in side.weeks) for side in compared.sides]
        rows.append([physician.name, *(hours_words(total, signed=True) for total in totals)])
    return Grid("Balance over all weeks in hours", ("Physician", *SIDES), rows)


def _thresholds(compared: Comparison) -> Grid:
    head = ["Week of"]
    for what in ("below target", "hours missing", "above limit"):
        head += [f"{what} as-is", "to-be"]
    rows = []
    for pair in _pairs(compared):
        cells = [str(pair[0].monday), *(str(week.below) for week in pair)]
        cells += [hours_words(week.missing_minutes) for week in pair]
        rows.append([*cells, *(str(week.above) for week in pair)])
    return Grid("Physicians below the target and above the limit, by week", head, rows)
