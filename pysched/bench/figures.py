"""Figures of the report: line styles and marks instead of colours, legible in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pysched.bench.curves import Lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLES: tuple[dict[str, Any], ...] = (
    {"color": "0.0", "linestyle": "-", "marker": "o", "linewidth": 1.8},
    {"color": "0.0", "linestyle": "--", "marker": "s"},
    {"color": "0.45", "linestyle": "-", "marker": "^"},
    {"color": "0.45", "linestyle": "--", "marker": "D"},
    {"color": "0.0", "linestyle": ":", "marker": "x"},
    {"color": "0.45", "linestyle": "-.", "marker": "v"},
    {"color": "0.65", "linestyle": "-", "marker": "+"},
    {"color": "0.65", "linestyle": "--", "marker": "*"},
)
"""In the order of engines; they repeat after the last."""
WIDEST_RATIO = 100.0
"""Profiles end at it, on the right."""
TALLEST = 2.5
"""Anytime curves are shown up to so many times what the worst engine comes to."""
EARLIEST = 0.1
TIMES = (0.1, 0.3, 1, 3, 10, 30, 60, 300)
RATIOS = (1, 1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50, 100)
FINE = (1.1, 1.2)


def style_of(engines: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the style of each engine, by its place in a list."""
    base = {"markersize": 5, "fillstyle": "none"}
    return {name: base | STYLES[n % len(STYLES)] for n, name in enumerate(engines)}


def draw_profiles(panels: Mapping[str, Lines], engines: Sequence[str], label: str) -> Figure:
    """Draw performance profiles as steps, one panel a title; `label` is that of the x axis."""
    figure, axes_of = _panels(panels)
    styles = style_of(engines)
    for axes, (title, lines) in zip(axes_of, panels.items(), strict=False):
        ratios = [x for points in lines.values() for x, _ in points]
        last = min(WIDEST_RATIO, max(1.5, 1.2 * max(ratios)))
        for name, points in lines.items():
            steps = [*points, (max(last, points[-1][0]), points[-1][1])]
            every = max(1, len(steps) // 6)
            xs, ys = zip(*steps, strict=True)
            axes.plot(xs, ys, label=name, drawstyle="steps-post", markevery=every, **styles[name])
        axes.set(title=title, xlabel=label, ylabel="share of runs", xscale="log")
        axes.set_xlim(1, last)
        axes.set_ylim(-0.03, 1.03)
        _mark(axes, [tick for tick in RATIOS if tick <= last and (last < 3 or tick not in FINE)])
    _name_lines(figure, axes_of)
    return figure


def draw_anytime(panels: Mapping[str, Lines], engines: Sequence[str]) -> Figure:
    """Draw what engines have at each moment, one panel a title, over seconds."""
    figure, axes_of = _panels(panels)
    styles = style_of(engines)
    latest = max(x for lines in panels.values() for points in lines.values() for x, _ in points)
    for axes, (title, lines) in zip(axes_of, panels.items(), strict=False):
        for number, (name, points) in enumerate(lines.items()):
            if points:
                # Marks of different engines at different places, so that none hides another.
                every = (number % min(8, len(points)), 8)
                xs, ys = zip(*points, strict=True)
                axes.plot(xs, ys, label=name, drawstyle="steps-post", markevery=every,
                          **styles[name])  # fmt: skip
        axes.set(title=title, xlabel="seconds", xscale="log")
        axes.set_xlim(EARLIEST, latest * 1.05)
        _mark(axes, [tick for tick in TIMES if tick <= latest])
        _cut_beginnings(axes, lines)
    _name_lines(figure, axes_of)
    return figure


def draw_sizes(panels: Mapping[str, Lines], engines: Sequence[str], sizes: Sequence[int]) -> Figure:
    """Draw one panel a title over the number of physicians."""
    figure, axes_of = _panels(panels)
    styles = style_of(engines)
    for axes, (title, lines) in zip(axes_of, panels.items(), strict=False):
        for name, points in lines.items():
            if points:
                axes.plot(*zip(*points, strict=True), label=name, **styles[name])
        axes.set(title=title, xlabel="physicians", xscale="log")
        axes.set_ylim(bottom=0)
        _mark(axes, sizes)
    _name_lines(figure, axes_of)
    return figure


def save(figure: Figure, file: Path) -> None:
    """Write a figure as PNG, without the date, so that equal figures are equal files."""
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Software": None})


def _name_lines(figure: Figure, axes_of: Sequence[Axes]) -> None:
    """Name each engine once below the panels, also one that the first panel has no line of."""
    lines: dict[Any, Any] = {}
    for axes in axes_of:
        for line, name in zip(*axes.get_legend_handles_labels(), strict=True):
            lines.setdefault(name, line)
    columns = min(len(lines), 3 if len(axes_of) == 1 else 8)
    figure.legend(list(lines.values()), list(lines), loc="outside lower center", ncols=columns)


def _cut_beginnings(axes: Axes, lines: Lines) -> None:
    """Cut off what first schedules cost, where it would flatten what engines come to."""
    ends = [points[-1][1] for points in lines.values() if points]
    tops = [y for points in lines.values() for _, y in points]
    top = min(max(tops), TALLEST * max(ends)) if max(ends) else max(tops)
    axes.set_ylim(-0.03 * top, 1.05 * max(top, 1))


def _mark(axes: Axes, ticks: Sequence[float]) -> None:
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xticks([], minor=True)


def _panels(panels: Mapping[str, Lines]) -> tuple[Figure, list[Axes]]:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings = {"font.size": 9, "axes.grid": True, "grid.color": "0.9", "savefig.dpi": 90}
    mpl.rcParams.update(settings)  # type: ignore[arg-type]  # its keys are a long list of literals
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure = Figure(figsize=(max(5.2, 3.6 * columns), 2.9 * rows), layout="constrained")
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for unused in axes[len(panels) :]:
        unused.set_visible(False)
    return figure, axes
