"""Box plots: how numbers of many physicians lie, at each label for one or two series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pysched.report.bars import (
    DEEP,
    LEFT,
    RIGHT,
    TOP,
    WIDE,
    axis,
    check_lengths,
    fill_of,
    label_lines,
    legend,
)
from pysched.report.drawing import INK, Figure, box, stroke, ticks

WHISKER = 1.5
"""A whisker ends at the last value within so many interquartile ranges of its box."""

HOW_TO_READ = (
    "Box: the middle half of the physicians, thick line: the median; whiskers to the last value "
    "within one and a half boxes, circles beyond."
)


@dataclass(frozen=True, slots=True)
class Box:
    """The five numbers of a box plot, and the values beyond its whiskers."""

    low: float
    first: float
    median: float
    third: float
    high: float
    beyond: tuple[float, ...]


def box_of(values: Sequence[float]) -> Box:
    """Return the box of some values; quartiles by linear interpolation, whiskers as Tukey's.

    Raises:
        ValueError: there is no value.
    """
    if not values:
        raise ValueError("a box plot of no values")
    first, median, third = (float(q) for q in np.percentile(values, (25, 50, 75)))
    reach = WHISKER * (third - first)
    near = [value for value in values if first - reach <= value <= third + reach]
    beyond = tuple(sorted(value for value in values if value not in near))
    return Box(min(near), first, median, third, max(near), beyond)


def boxes_figure(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[Sequence[float]]]],
    title: str,
    unit: str,
    slug: str,
) -> Figure:
    """Return a box for each label and series: the first of two series hatched, the other grey.

    Args:
        labels: below the boxes.
        series: name and, for each label, the values of the physicians; none leaves a gap.
        title: of the picture.
        unit: of the values.
        slug: names it in the page.

    Raises:
        ValueError: a series has more or fewer groups of values than there are labels.
    """
    check_lengths(labels, series, "groups")
    values = [value for _, groups in series for group in groups for value in group]
    marks = ticks(min(values, default=0.0), max(values, default=1.0), 6)
    scale = DEEP / (marks[-1] - marks[0])
    base = TOP + marks[-1] * scale
    each = (WIDE - LEFT - RIGHT) / max(1, len(labels))
    thick = min(34.0, each * 0.8 / len(series))
    parts = [*axis(marks, base, scale), *legend([name for name, _ in series], slug)]
    for position, label in enumerate(labels):
        middle = LEFT + each * (position + 0.5)
        parts += label_lines(middle, label, each)
        for number, (_, groups) in enumerate(series):
            if groups[position]:
                x = middle + (number - len(series) / 2) * thick + 2
                fill = fill_of(slug, number, len(series))
                parts += _box(x, thick - 4, box_of(groups[position]), base, scale, fill)
    caption = f"{title}, in {unit}. {HOW_TO_READ}"
    size = (WIDE, TOP + DEEP + 38)
    return Figure(slug, title, caption, _description(labels, series, unit), size, parts)


def _box(x: float, wide: float, shown: Box, base: float, scale: float, fill: str) -> list[str]:
    def y(value: float) -> float:
        return base - value * scale

    middle = x + wide / 2
    parts = [
        stroke(middle, y(shown.low), middle, y(shown.high)),
        box(x, y(shown.third), wide, (shown.third - shown.first) * scale, fill),
        stroke(x, y(shown.median), x + wide, y(shown.median), INK, stroke_width="3"),
    ]
    for end in (shown.low, shown.high):
        parts.append(stroke(x + wide / 4, y(end), x + 3 * wide / 4, y(end)))
    for value in shown.beyond:
        parts.append(
            f'<circle cx="{middle:.1f}" cy="{y(value):.1f}" r="3" fill="none" stroke="{INK}"/>'
        )
    return parts


def _description(
    labels: Sequence[str], series: Sequence[tuple[str, Sequence[Sequence[float]]]], unit: str
) -> str:
    """Return the medians and ranges, for who cannot see the boxes."""
    said = []
    for position, label in enumerate(labels):
        for name, groups in series:
            if groups[position]:
                shown = box_of(groups[position])
                ends = f"{min(groups[position]):.3g} to {max(groups[position]):.3g}"
                said.append(f"{label}, {name}: median {shown.median:.3g} {unit}, from {ends}")
    return "; ".join(said) + "."
