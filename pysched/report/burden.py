"""Pictures and tables of burdens: the Lorenz curve, deviations and balances over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rich.table import Table

from pysched.fairness.equalize import Equalization
from pysched.fairness.metrics import gini, lorenz
from pysched.fairness.trend import Trend
from pysched.report.strips import Strips, line, picture, strips_svg, text

SIDE, EDGE, HEAD = 360, 60, 70
Series = Mapping[str, Mapping[date, int]]
"""Name of a physician -> day -> cents."""


def lorenz_svg(per_fte: Mapping[str, float], floor: Mapping[str, float]) -> str:
    """Return the Lorenz curve of burdens per full-time equivalent as SVG text.

    Solid: as it is; dotted: the most even burdens that skills allow; dashed: all the same.

    Args:
        per_fte: physician -> burden over activity, as it is.
        floor: the same of the most even burdens.
    """
    title = "Lorenz curve of burdens per full-time equivalent"
    as_it_is = f"solid: as it is, Gini {gini(list(per_fte.values())):.3f}"
    best = f"dotted: the floor, Gini {gini(list(floor.values())):.3f}"
    parts = [text(10, 22, title, "h"), text(10, 42, f"{as_it_is}; {best}; dashed: even", "s")]
    parts += _frame()
    for points, style in (
        ([(0.0, 0.0), (1.0, 1.0)], 'stroke="#000" stroke-width="0.8" stroke-dasharray="7 4"'),
        (lorenz(list(floor.values())), 'stroke="#000" stroke-width="2" stroke-dasharray="1.5 4"'),
        (lorenz(list(per_fte.values())), 'stroke="#000" stroke-width="2"'),
    ):
        parts.append(line([_place(x, y) for x, y in points], style))
    return picture(SIDE + 2 * EDGE, SIDE + HEAD + EDGE, title, parts)


def deviations_svg(deviations: Series, limit_cents: int) -> str:
    """Return deviations from the fair target over time as SVG text, a strip a physician.

    Args:
        deviations: in cents, by physician and week-end.
        limit_cents: the hard limit, a dashed line.
    """
    caption = "Credits above (dark) or below (light) the fair target; dashed: the hard limit"
    return strips_svg(_strips("Deviation over time", caption, deviations, [limit_cents / 100]))


def balances_svg(balances: Series) -> str:
    """Return balances of credits over time as SVG text, a strip a physician.

    Args:
        balances: in cents, by physician and day.
    """
    caption = "Credits held (dark) or owed (light)"
    return strips_svg(_strips("Balances over time", caption, balances, []))


def burden_table(snapshot: Equalization, names: Mapping[str, str]) -> Table:
    """Return where all stand: burden, target, deviation, ratio, and burden per full-time physician.

    Args:
        snapshot: of a week-end.
        names: physician -> name to print; his id where absent.
    """
    table = Table("physician", title=f"Burdens up to {snapshot.end}", title_justify="left")
    for column in ("active", "burden", "target", "deviation", "ratio", "per FTE"):
        table.add_column(column, justify="right")
    for name, row in snapshot.positions.items():
        table.add_row(
            names.get(name, name),
            f"{row.active:.2f}",
            f"{row.burden_cents / 100:.2f}",
            f"{row.target_cents / 100:.2f}",
            f"{row.deviation_cents / 100:+.2f}",
            "-" if row.ratio is None else f"{row.ratio:.2f}",
            f"{row.burden_cents / 100 / row.active:.2f}" if row.active else "-",
        )
    return table


def measures_table(snapshot: Equalization) -> Table:
    """Return the measures of unevenness, with the floor that no schedule can beat."""
    table = Table("measure", title=f"Evenness up to {snapshot.end}", title_justify="left")
    table.add_column("value", justify="right")
    table.add_column("floor", justify="right")
    table.add_row("Gini of burden per FTE", f"{snapshot.gini:.3f}", f"{snapshot.floor_gini:.3f}")
    table.add_row("CV of burden per FTE", f"{snapshot.cv:.3f}", f"{snapshot.floor_cv:.3f}")
    table.add_row("largest deviation", f"{snapshot.most_cents / 100:.2f}", "")
    table.add_row("signed Gini of deviations", f"{snapshot.signed_gini:.3f}", "")
    table.add_row("RMS of deviations over mean target", f"{snapshot.spread:.3f}", "")
    return table


def trend_table(trends: Mapping[str, Trend | None]) -> Table:
    """Return the drift of each deviation a block of four weeks, with what speaks for it."""
    table = Table("physician", title="Drift of deviations, four weeks", title_justify="left")
    for column in ("blocks", "mean", "95 % interval", "p", "slope a week"):
        table.add_column(column, justify="right")
    for name, trend in trends.items():
        if trend is None:
            table.add_row(name, *["-"] * 5)
            continue
        interval = f"{trend.low:+.2f} to {trend.high:+.2f}"
        numbers = (f"{trend.mean:+.2f}", interval, f"{trend.p:.2f}", f"{trend.rate:+.3f}")
        table.add_row(name, str(trend.blocks), *numbers)
    return table


def _strips(title: str, caption: str, series: Series, limits: Sequence[float]) -> Strips:
    days = sorted({day for values in series.values() for day in values})
    rows = {name: [_credits(values.get(day)) for day in days] for name, values in series.items()}
    period = f", {days[0]} to {days[-1]}" if days else ""
    return Strips(title + period, caption, [f"{day:%Y-%m}" for day in days], rows, limits)


def _credits(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _frame() -> list[str]:
    """Return the axes of the Lorenz curve with their quarters."""
    corners = [_place(x, y) for x, y in ((0, 1), (0, 0), (1, 0))]
    parts = [line(corners, 'stroke="#000"')]
    for quarter in range(5):
        x, y = _place(quarter / 4, quarter / 4)
        parts.append(text(x, HEAD + SIDE + 16, f"{25 * quarter} %", "m"))
        parts.append(text(EDGE - 6, y + 4, f"{25 * quarter} %", "e"))
    parts.append(text(EDGE + SIDE / 2, HEAD + SIDE + 36, "physicians, least burden first", "m"))
    parts.append(text(EDGE, HEAD - 8, "share of all burden"))
    return parts


def _place(x: float, y: float) -> tuple[float, float]:
    return EDGE + SIDE * x, HEAD + SIDE * (1 - y)
