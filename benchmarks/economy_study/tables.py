"""Tables of the economy, in Markdown, from the rows of the CSV files alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isnan, sqrt
from statistics import fmean

from .measures import BANDS, Band, growth_of

Row = Mapping[str, str]
MAIN = ("recommended", "seed")
GROWING = {"price_growth": "price", "balance_growth": "balance"}
TOLD = tuple(
    band
    for band in BANDS
    if (band.is_gate and band.key not in GROWING) or band.key == "balance_growth"
)
"""What the sweep is judged by; the growth of prices needs more seeds than it has."""
SHOWN = tuple(
    band
    for band in BANDS
    if band.key in {"satisfaction", "holidays_granted", "minted", "spent", "price"}
)


def metrics(rows: Sequence[Row]) -> list[str]:
    """Return every metric with its band: mean over seeds, least and most, whether it holds."""
    lines = []
    for band in BANDS:
        cells = []
        for name in MAIN:
            values = values_of(rows, name, band.key)
            mean = mean_of(rows, name, band.key)
            error = error_of(rows, name, band.key) if band.key in GROWING else None
            cells += [_spread(mean, values, band, error), _verdict(mean, values, band)]
        lines.append([band.title, band.text, band.source if band.text else "", *cells])
    head = ["metric", "band", "asked by"]
    return table([*head, *(cell for name in MAIN for cell in (name, "holds"))], lines)


def growth(rows: Sequence[Row]) -> list[str]:
    """Return means of each year over the seeds."""
    keys = (("price", "price"), ("balance", "balance"), ("utilisation", "utilisation"))
    lines = []
    for name in MAIN:
        for key, title in keys:
            years = [values_of(rows, name, f"{key}_{year}") for year in _years(rows)]
            digits = 2 if key == "utilisation" else 0
            lines.append([name, title, *(_number(_mean(values), digits) for values in years)])
    return table(["profile", "mean of", *(f"year {y}" for y in _years(rows))], lines)


def ranges(rows: Sequence[Row]) -> list[str]:
    """Return which settings hold, by what few seeds can tell; growth is that of balances."""
    lines = []
    for name in dict.fromkeys(row["setting"] for row in rows):
        means = {band.key: mean_of(rows, name, band.key) for band in (*TOLD, *SHOWN)}
        held = sum(band.holds(means[band.key]) for band in TOLD)
        cells = [_marked(means[band.key], band) for band in TOLD]
        cells += [_number(means[band.key], band.digits) for band in SHOWN]
        seeds = sum(row["setting"] == name for row in rows)
        verdict = "all" if held == len(TOLD) else f"{held} of {len(TOLD)}"
        lines.append([name, str(seeds), *cells, verdict])
    titles = [f"{band.short} ({band.text})" for band in TOLD]
    shown = [band.short for band in SHOWN]
    return table(["setting", "seeds", *titles, *shown, "holds"], lines)


def kinds(rows: Sequence[Row]) -> list[str]:
    """Return what became of each kind of physician, means a person in the last year."""
    columns = ("balance", "earned", "compensation", "spent", "satisfaction", "holidays")
    lines = []
    for profile in MAIN:
        mine = [row for row in rows if row["setting"] == profile]
        for kind in dict.fromkeys(row["kind"] for row in mine):
            of_kind = [row for row in mine if row["kind"] == kind]
            means = [_mean([float(row[column]) for row in of_kind]) for column in columns]
            cells = [_number(v, 0 if n < 4 else 2) for n, v in enumerate(means)]
            lines.append([profile, kind, *cells])
    return table(["profile", "kind", *columns[:-1], "contested days"], lines)


def values_of(rows: Iterable[Row], setting: str, key: str) -> list[float]:
    """Return the values of a metric over the seeds of a setting."""
    return [float(row[key]) for row in rows if row["setting"] == setting and row[key] != ""]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def _years(rows: Sequence[Row]) -> list[int]:
    return [n for n in range(1, 100) if rows and f"price_{n}" in rows[0]]


def mean_of(rows: Sequence[Row], setting: str, key: str) -> float:
    """Return the mean of a metric over the seeds; growth is that of the means of the years."""
    if key not in GROWING:
        return _mean(values_of(rows, setting, key))
    years = _years(rows)
    if len(years) < 3:
        return float("nan")
    pairs = [f"{GROWING[key]}_{year}" for year in (years[-3], years[-1])]
    return growth_of(*(_mean(values_of(rows, setting, pair)) for pair in pairs))


def error_of(rows: Sequence[Row], setting: str, key: str) -> float:
    """Return the standard error of a mean over the seeds, by leaving out one after the other."""
    seeds = sorted({row["seed"] for row in rows if row["setting"] == setting})
    if len(seeds) < 2:
        return float("nan")
    parts = [mean_of([r for r in rows if r["seed"] != seed], setting, key) for seed in seeds]
    middle = fmean(parts)
    return sqrt((len(seeds) - 1) / len(seeds) * sum((part - middle) ** 2 for part in parts))


def _spread(mean: float, values: Sequence[float], band: Band, error: float | None) -> str:
    known = [value for value in values if not isnan(value)]
    if not known:
        return "-"
    low, high = (_number(v, band.digits) for v in (min(known), max(known)))
    middle = _number(mean, band.digits)
    if error is not None:
        middle += f" ± {_number(error, band.digits)}"
    return f"{middle} ({low} to {high})"


def _verdict(mean: float, values: Sequence[float], band: Band) -> str:
    """Return whether the mean holds, and in how many of the seeds it does."""
    if not band.text or not values:
        return ""
    seeds = sum(band.holds(value) for value in values)
    word = "yes" if band.holds(mean) else "**no**"
    return f"{word}, {seeds} of {len(values)}"


def _marked(value: float, band: Band) -> str:
    text = _number(value, band.digits)
    return text if band.holds(value) else f"**{text}**"


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not isnan(value)]
    return fmean(known) if known else float("nan")


def _number(value: float, digits: int) -> str:
    return "-" if isnan(value) else f"{value:.{digits}f}"
