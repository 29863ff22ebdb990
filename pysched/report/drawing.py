"""Pictures in pages: SVG parts, and a whole one with a title and a description for who listens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from markupsafe import Markup

INK, QUIET, LIGHT, PALE = "#111", "#444", "#bbb", "#e4e4e4"
TALL = 0.6
"""A picture higher than this by its width gets a page of its own."""
HATCH = (
    '<pattern id="{slug}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<path d="M0 0v6" stroke="#555" stroke-width="2"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of a page.

    Args:
        slug: names it in the page, once.
        title: of what it shows, in a line.
        caption: how to read it.
        description: what is to be seen, for who cannot see it.
        size: width and height in its own units.
        parts: SVG elements.
    """

    slug: str
    title: str
    caption: str
    description: str
    size: tuple[float, float]
    parts: Sequence[str]

    @property
    def svg(self) -> Markup:
        """The picture as SVG, safe to put into a page."""
        width, height = self.size
        named = f'aria-labelledby="{self.slug}-title {self.slug}-desc"'
        look = ' class="tall"' if height > TALL * width else ""
        head = f'<svg viewBox="0 0 {width:g} {height:g}" role="img" {named}{look} '
        font = 'font-family="system-ui, DejaVu Sans, sans-serif" font-size="12">'
        title = f'<title id="{self.slug}-title">{escape(self.title)}</title>'
        about = f'<desc id="{self.slug}-desc">{escape(self.description)}</desc>'
        hatch = f"<defs>{HATCH.format(slug=self.slug)}</defs>"
        # All that is not markup of ours went through `words`, which escapes it.
        lines = [head + font, title, about, hatch, *self.parts, "</svg>"]
        return Markup("\n".join(lines))  # noqa: S704


def words(x: float, y: float, text: str, anchor: str = "start", **style: str) -> str:
    """Return words at a place; anchors are start, middle and end."""
    more = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in style.items())
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {place}{more}>{escape(text)}</text>"


def stroke(x: float, y: float, to_x: float, to_y: float, colour: str = INK, **style: str) -> str:
    """Return a straight line."""
    more = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in style.items())
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="{colour}"{more}/>'


def box(x: float, y: float, width: float, height: float, fill: str, outline: str = INK) -> str:
    """Return a rectangle; a fill of `hatch:SLUG` is the hatching of that figure."""
    paint = f"url(#{fill[6:]}-hatch)" if fill.startswith("hatch:") else fill
    size = f'width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{paint}" stroke="{outline}"/>'


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return at least two round numbers from at most low to at least high, evenly spaced.

    Args:
        low: least value to be shown.
        high: greatest one.
        most: how many steps, about.
    """
    span = high - low or 1.0
    power = 10.0 ** floor(log10(span / most))
    step = next(power * m for m in (1, 2, 5, 10) if span / (power * m) <= most)
    first = floor(low / step)
    return [n * step for n in range(first, max(ceil(high / step), first + 1) + 1)]


def bounds(values: Iterable[float]) -> tuple[float, float]:
    """Return least and greatest of some values and 0, one apart where they are all 0."""
    found = [0.0, *values]
    low, high = min(found), max(found)
    return (low, high) if high > low else (0.0, 1.0)
