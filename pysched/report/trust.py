"""A picture of who trusts whom: the exceptions as arrows, all scores as a table of shades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, NamedTuple

from pysched.bank.lending_rules import LendingRules
from pysched.bank.standing import terms_of
from pysched.trust import density, edges_of, pool_score, shown

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph

LEFT, TOP, CELL, ROW, NAMES, POOL, LEGEND = 20, 116, 34, 24, 130, 120, 170
NODE, HEAD = 15, 7
"""Radius of a circle, length of an arrow's head."""
BENDS = (0.08, 0.24)
"""How far an arrow and the one back are bent, by their length."""
_STYLE = (
    "text{font-family:sans-serif;font-size:11px}.h{font-size:15px;font-weight:bold}"
    ".m{text-anchor:middle}.s{font-size:10px;fill:#444}"
)
LINES: Mapping[str, str] = {
    "very_high": 'stroke="#000" stroke-width="3.2"',
    "high": 'stroke="#000" stroke-width="1.4"',
    "medium": 'stroke="#666" stroke-width="0.7"',
    "low": 'stroke="#000" stroke-width="1.4" stroke-dasharray="7 4"',
    "minimal": 'stroke="#000" stroke-width="2.6" stroke-dasharray="1.5 4"',
}
SHADES: Mapping[str, str] = {
    "very_high": "#555",
    "high": "#999",
    "medium": "#ccc",
    "low": "#eee",
    "minimal": "#fff",
}


class Point(NamedTuple):
    """A place in the picture."""

    x: float
    y: float


def trust_svg(
    title: str,
    graph: TrustGraph,
    pool_levels: Mapping[str, str] | None = None,
    rules: LendingRules | None = None,
) -> str:
    """Return the picture as SVG text, legible in black and white.

    Left: an arrow for each pair with evidence, its line says the level; the commonest level is not
    drawn, so that the exceptions can be seen. Right: all scores, rows trust columns; those without
    evidence are left empty. Beyond it the level of each towards the pool.

    Args:
        title: of the picture.
        graph: of at least one physician.
        pool_levels: physician -> level towards the pool, where defaults lower it.
        rules: of lending, with the levels; the recommended ones where not given.
    """
    rules = rules or LendingRules.recommended()
    names = list(graph)
    side = max(320, len(names) * ROW + 10)
    left = LEFT + side + 40
    width = max(left + NAMES + CELL * len(names) + POOL, LEFT + LEGEND * len(LINES))
    height = TOP + max(side, ROW * len(names)) + 40
    levels = {pair: terms_of(e.score, rules).level for pair, e in edges_of(graph).items()}
    told = {pair: levels[pair] for pair, e in edges_of(graph).items() if e.evidence}
    common = max(Counter(told.values()).items(), key=lambda item: item[1], default=("", 0))[0]
    parts = [
        _text(LEFT, 22, title, "h"),
        *_legend(Counter(told.values()), common, graph),
        *_arrows(names, told, common, side),
        *_table(names, graph, rules, left),
        *_pool(names, graph, rules, pool_levels or {}, left + NAMES + CELL * len(names) + 10),
    ]
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    name = f"<title>{escape(title)}</title>"
    return "\n".join([head, name, f"<style>{_STYLE}</style>", paper, *parts, "</svg>"]) + "\n"


def _legend(counts: Mapping[str, int], common: str, graph: TrustGraph) -> list[str]:
    """Return what the lines mean, how many pairs there are of each, and the density."""
    dense = f"density {density(graph):.2f}" if len(graph) > 1 else "nobody to trust"
    parts = [_text(LEFT, 40, f"Pairs with evidence, {dense}; arrows go to who is trusted", "s")]
    for number, (level, line) in enumerate(LINES.items()):
        x = LEFT + LEGEND * number
        note = ", not drawn" if level == common else ""
        parts.append(f'<path d="M{x} 58h34" {line}/>')
        parts.append(_text(x + 40, 62, f"{_words(level)}: {counts.get(level, 0)}{note}", "s"))
    return parts


def _words(level: str) -> str:
    return level.replace("_", " ")


def _arrows(
    names: list[str], levels: Mapping[tuple[str, str], str], common: str, side: int
) -> list[str]:
    middle, radius = Point(LEFT + side / 2, TOP + side / 2), side / 2 - NODE - 6
    places = {
        name: Point(
            middle.x + radius * sin(2 * pi * number / len(names)),
            middle.y - radius * cos(2 * pi * number / len(names)),
        )
        for number, name in enumerate(names)
    }
    parts = [
        _arrow(places[i], places[j], middle, level)
        for (i, j), level in sorted(levels.items())
        if level != common
    ]
    for name, place in places.items():
        parts.append(
            f'<circle cx="{place.x:.1f}" cy="{place.y:.1f}" r="{NODE}" fill="#fff" stroke="#000"/>'
        )
        parts.append(_text(place.x, place.y + 4, name[:5], "m"))
    return parts


def _arrow(start: Point, end: Point, middle: Point, level: str) -> str:
    """Return an arrow bent inwards, so that it passes no circle, more or less than the one back."""
    dx, dy = end.x - start.x, end.y - start.y
    half = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
    inwards = (middle.y - half.y) * dx - (middle.x - half.x) * dy
    # Over the middle there is no inwards: the two arrows are bent to either side.
    across = abs(inwards) < hypot(dx, dy)
    share = BENDS[start < end] if not across else BENDS[0]
    share = share if across or inwards > 0 else -share
    bend = Point(half.x - share * dy, half.y + share * dx)
    a = _towards(start, bend, NODE)
    tip, base = _towards(end, bend, NODE), _towards(end, bend, NODE + HEAD)
    wide = Point((base.y - tip.y) * 0.45, (tip.x - base.x) * 0.45)
    return (
        f'<path d="M{a.x:.1f} {a.y:.1f}Q{bend.x:.1f} {bend.y:.1f} {base.x:.1f} {base.y:.1f}" '
        f'fill="none" {LINES[level]}/>'
        f'<path d="M{tip.x:.1f} {tip.y:.1f}L{base.x + wide.x:.1f} {base.y + wide.y:.1f}'
        f'L{base.x - wide.x:.1f} {base.y - wide.y:.1f}z"/>'
    )


def _towards(start: Point, end: Point, length: float) -> Point:
    share = length / hypot(end.x - start.x, end.y - start.y)
    return Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))


def _table(names: list[str], graph: TrustGraph, rules: LendingRules, left: int) -> list[str]:
    edges = edges_of(graph)
    parts = [_text(left, TOP - 24, "Scores in hundredths: the row trusts the column", "s")]
    for column, name in enumerate(names):
        parts.append(_text(left + NAMES + CELL * column + CELL / 2, TOP - 8, name[:5], "m"))
    for row, name in enumerate(names):
        y = TOP + ROW * row
        parts.append(_text(left, y + 16, name[:18]))
        for column, other in enumerate(names):
            edge = edges.get((name, other))
            if edge is not None and edge.evidence:
                level = terms_of(edge.score, rules).level
                parts += _cell(left + NAMES + CELL * column, y, edge.score, level)
    return parts


def _pool(
    names: list[str], graph: TrustGraph, rules: LendingRules, levels: Mapping[str, str], x: int
) -> list[str]:
    parts = [_text(x, TOP - 8, "towards the pool", "s")]
    for row, name in enumerate(names):
        score = pool_score(graph, name)
        level = levels.get(name, terms_of(score, rules).level)
        parts.append(_text(x, TOP + ROW * row + 16, f"{shown(score)} {_words(level)}"))
    return parts


def _cell(x: int, y: int, score: int, level: str) -> list[str]:
    box = (
        f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{ROW - 2}" '
        f'fill="{SHADES[level]}" stroke="#999"/>'
    )
    ink = "#fff" if level == "very_high" else "#000"
    return [box, _text(x + CELL / 2 - 1, y + 16, str(score // 100), "m", ink)]


def _text(x: float, y: float, text: str, kind: str = "", ink: str = "#000") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{style} fill="{ink}">{escape(text)}</text>'
