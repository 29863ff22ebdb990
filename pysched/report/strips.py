"""Series of many physicians as strips of a picture: one below the other, to one scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, STRIP, LEFT, RIGHT, TOP, BOTTOM = 900, 34, 150, 70, 74, 30
_STYLE = (
    "text{font-family:sans-serif;font-size:11px}.h{font-size:15px;font-weight:bold}"
    ".m{text-anchor:middle}.e{text-anchor:end}.s{font-size:10px;fill:#444}"
)


@dataclass(frozen=True)
class Strips:
    """What a picture of strips shows.

    Args:
        title: what is shown; `caption` how to read it.
        times: labels of the columns, as many as each series has values.
        series: name -> values, None where there is none; in this order.
        limits: values at which a dashed line is drawn in each strip.
    """

    title: str
    caption: str
    times: Sequence[str]
    series: Mapping[str, Sequence[float | None]]
    limits: Sequence[float] = ()


def strips_svg(shown: Strips) -> str:
    """Return series as SVG text, legible in black and white.

    All strips have one scale and a thin line at 0; what is above it is filled darker than what is
    below; the last value is printed at the right.

    Raises:
        ValueError: a series has more or fewer values than there are times.
    """
    for name, values in shown.series.items():
        if len(values) != len(shown.times):
            raise ValueError(f"{name!r} has {len(values)} values for {len(shown.times)} times")
    low, high = _range(shown)
    caption = f"{shown.caption}; all to one scale, {low:.0f} to {high:.0f}"
    parts = [text(10, 22, shown.title, "h"), text(10, 40, caption, "s")]
    parts += _times(shown, TOP + STRIP * len(shown.series))
    for row, (name, values) in enumerate(shown.series.items()):
        parts += _strip(name, values, shown.limits, TOP + STRIP * row, low, high)
    height = TOP + STRIP * len(shown.series) + BOTTOM
    return picture(WIDTH, height, shown.title, parts)


def picture(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    """Return parts on white paper as a whole SVG text."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    named = f"<title>{escape(title)}</title>"
    return "\n".join([head, named, f"<style>{_STYLE}</style>", paper, *parts, "</svg>"]) + "\n"


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """Return words at a place; kinds are h (heading), m (middle), e (end), s (small)."""
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{style}>{escape(words)}</text>'


def line(points: Sequence[tuple[float, float]], style: str) -> str:
    """Return a line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" {style}/>'


def _range(shown: Strips) -> tuple[float, float]:
    """Return least and greatest value, with 0; a limit widens it only where it is near."""
    values = [v for row in shown.series.values() for v in row if v is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    near = [limit for limit in shown.limits if 2 * low <= limit <= 2 * high]
    low, high = min(low, *near, 0.0), max(high, *near, 0.0)
    return (low, high) if high > low else (-1.0, 1.0)


def _times(shown: Strips, bottom: int) -> list[str]:
    """Return at most nine labels of time with ticks that go through all strips."""
    count = len(shown.times)
    step = max(1, -(-count // 9))
    parts = []
    for n in range(0, count, step):
        x = _x(n, count)
        parts.append(line([(x, TOP), (x, bottom)], 'stroke="#ddd"'))
        parts.append(text(x, TOP - 8, shown.times[n], "m"))
    return parts


def _strip(
    name: str,
    values: Sequence[float | None],
    limits: Sequence[float],
    top: int,
    low: float,
    high: float,
) -> list[str]:
    def y(value: float) -> float:
        return top + 3 + (STRIP - 6) * (high - value) / (high - low)

    known = [(_x(n, len(values)), v) for n, v in enumerate(values) if v is not None]
    parts = [text(10, top + STRIP / 2 + 4, name[:22])]
    for above, grey in ((True, "#888"), (False, "#ddd")):
        parts += _filled([(x, max(v, 0) if above else min(v, 0)) for x, v in known], y, grey)
    parts.append(line([(LEFT, y(0)), (WIDTH - RIGHT, y(0))], 'stroke="#000" stroke-width="0.5"'))
    for limit in (limit for limit in limits if low <= limit <= high):
        ends = [(LEFT, y(limit)), (WIDTH - RIGHT, y(limit))]
        parts.append(line(ends, 'stroke="#000" stroke-width="0.7" stroke-dasharray="4 3"'))
    if known:
        parts.append(line([(x, y(v)) for x, v in known], 'stroke="#000" stroke-width="1.2"'))
        parts.append(text(WIDTH - 10, top + STRIP / 2 + 4, f"{known[-1][1]:+.1f}", "e"))
    return parts


def _filled(
    points: Sequence[tuple[float, float]], y: Callable[[float], float], grey: str
) -> list[str]:
    """Return the area between a line and 0; nothing where it has no height."""
    if not any(value for _, value in points):
        return []
    outline = [(points[0][0], y(0)), *((x, y(value)) for x, value in points), (points[-1][0], y(0))]
    path = " ".join(f"{x:.1f},{height:.1f}" for x, height in outline)
    return [f'<polygon points="{path}" fill="{grey}"/>']


def _x(n: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * n / max(1, count - 1)
