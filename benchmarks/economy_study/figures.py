"""Figures of the economy over time: grey, dashes instead of colours, legible in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .measures import BANDS, YEAR

Curves = Mapping[str, Mapping[str, Sequence[Sequence[float]]]]
"""Setting -> curve -> one list of weekly numbers a seed."""

TITLES = {
    "price": ("prices", "credits a contested day, mean of 52 weeks"),
    "balance": ("balances", "credits a physician"),
    "utilisation": ("utilisation", "spent of earned, 52 weeks"),
    "satisfaction": ("satisfaction", "worth granted of asked, 52 weeks"),
    "gini_balances": ("inequality of balances", "Gini"),
    "cv_excess": ("unevenness of burdens", "CV above its floor"),
}
LINES: dict[str, dict[str, Any]] = {
    "recommended": {"color": "0.0", "linestyle": "-"},
    "seed": {"color": "0.45", "linestyle": "--"},
}
mpl.rcParams.update({"font.size": 9, "axes.grid": True, "grid.color": "0.9", "savefig.dpi": 90})


def over_time(curves: Curves) -> dict[str, Figure]:
    """Return one figure a curve: mean over the seeds, their range as a band of grey."""
    return {key: _one(curves, key) for key in TITLES}


def across(values: Mapping[str, Mapping[str, Sequence[float]]], x: str) -> Figure:
    """Return one panel a metric: its mean along a parameter, with the seeds as dots.

    Args:
        values: metric -> setting of the parameter -> one number a seed.
        x: what the parameter is.
    """
    figure = _figure(3.5 * len(values), 3.0)
    for axes, (key, by_setting) in zip(
        figure.subplots(1, len(values), squeeze=False)[0], values.items(), strict=True
    ):
        band = next(band for band in BANDS if band.key == key)
        places = range(len(by_setting))
        for place, numbers in zip(places, by_setting.values(), strict=True):
            axes.plot([place] * len(numbers), numbers, ".", color="0.6")
        axes.plot(places, [np.mean(n) for n in by_setting.values()], color="0", marker="o")
        _limits(axes, band.least, band.most)
        axes.set_xticks(list(places), list(by_setting))
        axes.set(title=band.short, xlabel=x)
    return figure


def save(figure: Figure, file: Path) -> None:
    """Write a figure; the same figure gives the same bytes."""
    figure.savefig(file, metadata={"Software": ""})


def _one(curves: Curves, key: str) -> Figure:
    figure = _figure(6.4, 3.4)
    axes = figure.subplots()
    _draw(axes, curves, key)
    axes.legend()
    return figure


def _draw(axes: Axes, curves: Curves, key: str) -> None:
    for name, style in LINES.items():
        values = np.array(curves[name][key], dtype=float)
        weeks = np.arange(1, values.shape[1] + 1)
        axes.plot(weeks / YEAR, np.nanmean(values, axis=0), label=name, **style)
        low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
        axes.fill_between(weeks / YEAR, low, high, color=style["color"], alpha=0.15, linewidth=0)
    for band in BANDS:
        if band.key == key:
            _limits(axes, band.least, band.most)
    title, label = TITLES[key]
    if key in {"price", "balance"}:
        axes.set_yscale("log")
    axes.set(title=title, xlabel="year", ylabel=label)


def _limits(axes: Axes, least: float | None, most: float | None) -> None:
    for limit in (least, most):
        if limit is not None:
            axes.axhline(limit, color="0.3", linewidth=0.8, linestyle=":")


def _figure(width: float, height: float) -> Figure:
    return Figure(figsize=(width, height), layout="constrained")
