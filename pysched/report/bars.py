"""Bars: hours against targets by physician, and pairs of numbers side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from pysched.report.drawing import (
    INK,
    LIGHT,
    QUIET,
    Figure,
    bounds,
    box,
    stroke,
    ticks,
    words,
)
from pysched.report.grids import hours_words

NAMES, WIDE, ROW, TOP = 120, 720, 20, 34
LEFT, RIGHT, DEEP = 46, 10, 210


def hours_figure(rows: Sequence[tuple[str, float, float]], title: str, slug: str) -> Figure:
    """Return bars of hours worked with a mark at each target.

    Args:
        rows: name, hours worked and target in hours.
        title: of the picture.
        slug: names it in the page.
    """
    _, high = bounds([value for row in rows for value in row[1:]])
    marks = ticks(0, high)
    right = 60
    scale = (WIDE - NAMES - right) / marks[-1]
    bottom = TOP + ROW * len(rows)
    parts = []
    for mark in marks:
        x = NAMES + mark * scale
        parts.append(stroke(x, TOP - 4, x, bottom, LIGHT))
        parts.append(words(x, TOP - 10, f"{mark:g}", "middle", fill=QUIET))
    for number, (name, hours, target) in enumerate(rows):
        y = TOP + ROW * number
        parts.append(words(NAMES - 6, y + 14, name[:18], "end"))
        parts.append(box(NAMES, y + 3, hours * scale, ROW - 7, LIGHT))
        x = NAMES + target * scale
        parts.append(stroke(x, y, x, y + ROW - 1, INK, stroke_width="3"))
        end = max(hours, target) * scale + NAMES + 6
        parts.append(words(end, y + 14, hours_words(60 * (hours - target), signed=True)))
    below = [name for name, hours, target in rows if hours < target]
    said = f"Below the target: {', '.join(below)}." if below else "Nobody is below the target."
    caption = "Hours worked (bar) against the target of the week (mark); the difference is printed."
    return Figure(slug, title, caption, said, (WIDE, bottom + 8), parts)


def pairs_figure(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float]]],
    title: str,
    unit: str,
    slug: str,
) -> Figure:
    """Return bars of one or two series side by side at each label: hatched, then grey.

    Args:
        labels: below the bars.
        series: name and as many values as there are labels.
        title: of the picture.
        unit: of the values.
        slug: names it in the page.

    Raises:
        ValueError: a series has more or fewer values than there are labels.
    """
    check_lengths(labels, series, "values")
    low, high = bounds([value for _, values in series for value in values])
    marks = ticks(low, high, 5)
    scale = DEEP / (marks[-1] - marks[0])
    base = TOP + (marks[-1]) * scale
    each = (WIDE - LEFT - RIGHT) / max(1, len(labels))
    thick = min(30.0, each * 0.8 / len(series))
    parts = axis(marks, base, scale)
    for position, label in enumerate(labels):
        middle = LEFT + each * (position + 0.5)
        parts += label_lines(middle, label, each)
        for number, (_, values) in enumerate(series):
            x = middle + (number - len(series) / 2) * thick
            parts += _bar(
                x, thick, values[position], base, scale, fill_of(slug, number, len(series))
            )
    parts += legend([name for name, _ in series], slug)
    totals = "; ".join(f"{name}: {sum(values):g} {unit} in all" for name, values in series)
    caption = f"{title}, in {unit}. {totals}."
    return Figure(slug, title, caption, f"{totals}.", (WIDE, TOP + DEEP + 38), parts)


def check_lengths(
    labels: Sequence[str], series: Iterable[tuple[str, Sequence[object]]], noun: str
) -> None:
    """Check that each series has something for each label.

    Raises:
        ValueError: one has more or less.
    """
    for name, values in series:
        if len(values) != len(labels):
            raise ValueError(f"{name!r} has {len(values)} {noun} for {len(labels)} labels")


def legend(names: Sequence[str], slug: str) -> list[str]:
    """Return what the fills mean, above the picture."""
    parts = []
    for number, name in enumerate(names):
        x = LEFT + 160 * number
        parts.append(box(x, 6, 16, 12, fill_of(slug, number, len(names))))
        parts.append(words(x + 22, 16, name))
    return parts


def label_lines(middle: float, label: str, room: float) -> list[str]:
    """Return a label below its place, on two lines where it has no room on one."""
    lines = wrap(label, max(6, int(room / 7)), max_lines=2, placeholder=" ...")
    return [
        words(middle, TOP + DEEP + 16 + 13 * number, text, "middle", font_size="11")
        for number, text in enumerate(lines)
    ]


def fill_of(slug: str, number: int, count: int) -> str:
    """Return the fill of a series: the first of several is hatched, others are grey."""
    return f"hatch:{slug}" if number == 0 and count > 1 else LIGHT


def _bar(x: float, thick: float, value: float, base: float, scale: float, fill: str) -> list[str]:
    top = min(base, base - value * scale)
    bar = box(x, top, thick - 2, abs(value) * scale, fill)
    text = f"{value:.1f}".removesuffix(".0").replace("-", "\u2212")
    return [bar, words(x + thick / 2 - 1, top - 3, text, "middle", font_size="10")]


def axis(marks: Sequence[float], base: float, scale: float) -> list[str]:
    """Return lines and numbers of an upright scale, with 0 at the height `base`."""
    parts = []
    for mark in marks:
        y = base - mark * scale
        parts.append(stroke(LEFT, y, WIDE - RIGHT, y, INK if mark == 0 else LIGHT))
        text = f"{mark:g}".replace("-", "\u2212")
        parts.append(words(LEFT - 6, y + 4, text, "end", fill=QUIET))
    return parts
