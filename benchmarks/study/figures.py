"""Figures of the study: grey, dashes and marks instead of colours, legible in print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .measures import Measured

Floats = NDArray[np.float64]
Weeks = Sequence[Measured]
Rolls = Sequence[Weeks]
"""The same way by several seeds."""

LINES: dict[str, dict[str, Any]] = {
    "none": {"color": "0.0", "linestyle": ":", "marker": "x"},
    "J": {"color": "0.55", "linestyle": "-.", "marker": "^"},
    "Q": {"color": "0.35", "linestyle": "--", "marker": "s"},
    "Q+J": {"color": "0.0", "linestyle": "-", "marker": "o"},
}
BOXES: dict[str, Any] = {
    "medianprops": {"color": "0", "linewidth": 1.5},
    "boxprops": {"facecolor": "0.85"},
    "flierprops": {"marker": ".", "markersize": 3},
}
mpl.rcParams.update({"font.size": 9, "axes.grid": True, "grid.color": "0.9", "savefig.dpi": 90})


def over_time(
    rolls: Mapping[str, Rolls],
    parts: Mapping[str, Callable[[Measured], float]],
    label: str,
    floors: Mapping[str, float] | None = None,
) -> Figure:
    """Draw one panel a part: the median over seeds by week, one line a way.

    Args:
        rolls: way -> its weeks, seed by seed.
        parts: title of the panel -> the number drawn.
        label: of the vertical axes.
        floors: title -> what no schedule is below at the end of the horizon.
    """
    figure, panels = _panels(len(parts), 2 if len(parts) > 1 else 1)
    for axes, (title, number) in zip(panels, parts.items(), strict=False):
        for way, seeds in rolls.items():
            values = np.array([[number(week) for week in weeks] for weeks in seeds])
            weeks = np.arange(1, values.shape[1] + 1)
            every = max(1, len(weeks) // 8)
            axes.plot(weeks, np.median(values, axis=0), label=way, markevery=every, **LINES[way])
            if way in {"none", "Q+J"} and len(values) > 1:
                axes.fill_between(weeks, values.min(axis=0), values.max(axis=0), color="0.9")
        if floors is not None:
            axes.axhline(floors[title], color="0.5", linewidth=0.8, label="floor at the end")
        axes.set(title=title.replace("_", " "), xlabel="week", ylabel=label)
        axes.set_ylim(bottom=0)
    panels[0].legend()
    return figure


def boxes_by_week(
    columns: Mapping[str, Weeks], rows: Mapping[str, Callable[[Measured], Floats]], label: str
) -> Figure:
    """Draw box plots over the physicians, one a week: a column a way, a row a part.

    A box spans the quartiles, the bar is the median, whiskers reach 1.5 times the box, dots lie
    beyond.
    """
    figure = _figure(5.2 * len(columns), 2.3 * len(rows))
    panels = figure.subplots(len(rows), len(columns), sharex="col", sharey="row", squeeze=False)
    for line, (title, values) in zip(panels, rows.items(), strict=True):
        for axes, (way, weeks) in zip(line, columns.items(), strict=True):
            every = max(1, round(len(weeks) / 26))
            shown = list(range(every - 1, len(weeks), every))
            data = [values(weeks[n]) for n in shown]
            axes.boxplot(data, positions=[n + 1 for n in shown], widths=0.6 * every,
                         patch_artist=True, manage_ticks=False, **BOXES)  # fmt: skip
            axes.axhline(0, color="0", linewidth=0.6)
            axes.set_title(f"{title.replace('_', ' ')}, {way}")
            axes.set_ylabel(label)
    for axes in panels[-1]:
        axes.set_xlabel("week")
    return figure


def boxes_by_way(parts: Mapping[str, Mapping[str, Sequence[float]]], label: str) -> Figure:
    """Draw one panel a part with a box a way, over all weeks and seeds."""
    figure, panels = _panels(len(parts), min(4, len(parts)))
    for axes, (title, ways) in zip(panels, parts.items(), strict=False):
        axes.boxplot(list(ways.values()), tick_labels=list(ways), patch_artist=True, **BOXES)
        axes.axhline(0, color="0", linewidth=0.6)
        axes.set(title=title.replace("_", " "), ylabel=label)
    return figure


def dots(ways: Mapping[str, Mapping[str, float]], label: str) -> Figure:
    """Draw a mark for each name and way, names side by side."""
    figure = _figure(10.4, 3.0)
    axes = figure.subplots()
    names = list(next(iter(ways.values())))
    for way, values in ways.items():
        style = {**LINES[way], "linestyle": ""}
        axes.plot([values.get(name, np.nan) for name in names], label=way, **style)
    axes.set_xticks(range(len(names)), names)
    axes.set(ylabel=label)
    axes.set_ylim(bottom=0)
    axes.legend(ncols=len(ways))
    return figure


def curves(panels_of: Mapping[str, Mapping[str, Sequence[tuple[float, float]]]], x: str) -> Figure:
    """Draw one panel a title: points (x, y) joined, one line a name."""
    marks: tuple[dict[str, Any], ...] = (
        {"linestyle": "-", "marker": "o"},
        {"linestyle": "--", "marker": "s"},
    )
    figure, panels = _panels(len(panels_of), len(panels_of))
    for axes, (title, lines) in zip(panels, panels_of.items(), strict=False):
        for (name, points), style in zip(lines.items(), marks, strict=False):
            axes.plot(*zip(*points, strict=True), color="0", label=name, **style)
        axes.set(title=title, xlabel=x)
        axes.set_ylim(bottom=0)
    panels[0].legend()
    return figure


def save(figure: Figure, file: Path) -> None:
    """Write a figure as PNG, without the date, so that equal figures are equal files."""
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Software": None})


def _figure(width: float, height: float) -> Figure:
    return Figure(figsize=(width, height), layout="constrained")


def _panels(number: int, columns: int) -> tuple[Figure, list[Axes]]:
    rows = -(-number // columns)
    figure = _figure(min(10.4, 5.2 * columns), 3.0 * rows)
    panels = list(figure.subplots(rows, columns, squeeze=False).flat)
    for unused in panels[number:]:
        unused.set_visible(False)
    return figure, panels
