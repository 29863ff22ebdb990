"""A picture of some weeks: hours against targets, and who had the duties of major categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from pysched.facts.hours import target_hours
from pysched.model import Network, Schedule, Week
from pysched.report.wording import counted

Weeks = Sequence[tuple[Week, Schedule]]

CELL, ROW, NAMES, GAP, TOP, BARS = 46, 24, 160, 40, 78, 130
DARKEST_HOURS = 16
"""Hours away from the target at which a cell is as dark as it gets."""
_STYLE = (
    "text{font-family:sans-serif;font-size:11px}.h{font-size:15px;font-weight:bold}"
    ".m{text-anchor:middle}.s{font-size:10px;fill:#444}"
)


def figure_svg(network: Network, weeks: Weeks) -> str:
    """Return the picture as SVG text, legible in black and white.

    Left: worked hours minus target by physician and week; the sign is printed, the shade says how
    far it is away. Right: duties of each major category by physician; bars of one column are to
    scale.

    Args:
        network: physicians, tasks and categories.
        weeks: at least one, in order, each with its schedule.
    """
    majors = [c.id for c in network.categories.values() if c.grade == "major"]
    left = NAMES + CELL * (len(weeks) + 1)
    width = left + GAP + BARS * len(majors) + 20
    height = TOP + ROW * len(network.physicians) + 30
    parts = [
        *_heading(network, weeks, left + GAP),
        *_hours(network, weeks),
        *_duties(network, weeks, majors, left + GAP),
    ]
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    of_weeks = counted(len(weeks), "week")
    title = f"<title>{escape(network.name)}: hours and duties of {of_weeks}</title>"
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    return "\n".join([head, title, f"<style>{_STYLE}</style>", paper, *parts, "</svg>"]) + "\n"


def _heading(network: Network, weeks: Weeks, right: int) -> list[str]:
    period = f"{weeks[0][0].monday} to {weeks[-1][0].days[-1]}"
    return [
        _text(10, 22, f"{network.name}, {period}", "h"),
        _text(10, 40, "Hours worked minus target, a week; the darker, the further away", "s"),
        _text(right, 40, "Duties of major categories", "s"),
    ]


def _hours(network: Network, weeks: Weeks) -> list[str]:
    parts = []
    for column, (week, _) in enumerate(weeks):
        middle = NAMES + CELL * column + CELL // 2
        parts.append(_text(middle, TOP - 8, f"{week.monday:%m-%d}", "m"))
    parts.append(_text(NAMES + CELL * len(weeks) + CELL // 2, TOP - 8, "sum", "m"))
    for row, person in enumerate(network.physicians.values()):
        y = TOP + ROW * row
        parts.append(_text(10, y + 16, f"{person.name[:16]} ({person.weekly_hours:g} h)"))
        hours = [_balance(network, week, schedule, person.id) for week, schedule in weeks]
        for column, value in enumerate(hours):
            parts += _cell(NAMES + CELL * column, y, value)
        middle = NAMES + CELL * len(weeks) + CELL // 2
        parts.append(_text(middle, y + 16, _signed(sum(hours)), "m"))
    return parts


def _balance(network: Network, week: Week, schedule: Schedule, physician: str) -> float:
    minutes = sum(
        network.tasks[a.task].credited_minutes
        for a in schedule.assignments
        if a.physician == physician
    )
    return minutes / 60 - target_hours(network, week, physician)


def _cell(x: int, y: int, hours: float) -> list[str]:
    distance = min(1.0, abs(hours) / DARKEST_HOURS)
    grey = round(255 - 175 * distance)
    ink = "#fff" if grey < 130 else "#000"
    box = (
        f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{ROW - 2}" '
        f'fill="rgb({grey},{grey},{grey})" stroke="#999"/>'
    )
    return [box, _text(x + CELL // 2, y + 16, _signed(hours), "m", ink)]


def _duties(network: Network, weeks: Weeks, majors: Sequence[str], left: int) -> list[str]:
    counts = Counter(
        (a.physician, network.tasks[a.task].category)
        for _, schedule in weeks
        for a in schedule.assignments
    )
    parts = []
    for column, category in enumerate(majors):
        x = left + BARS * column
        parts.append(_text(x, TOP - 8, category.replace("_", " ")[:18]))
        most = max(1, *(counts[p, category] for p in network.physicians))
        for row, physician in enumerate(network.physicians):
            count, y = counts[physician, category], TOP + ROW * row
            length = round(count / most * (BARS - 50))
            box = f'<rect x="{x}" y="{y + 4}" width="{length}" height="{ROW - 10}" fill="#777"/>'
            parts += [box, _text(x + length + 4, y + 16, str(count))]
    return parts


def _signed(hours: float) -> str:
    """Return whole hours with their sign; none where they round to 0."""
    return f"{hours:+.0f}" if round(hours) else "0"


def _text(x: int, y: int, text: str, kind: str = "", ink: str = "#000") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{style} fill="{ink}">{escape(text)}</text>'
