"""Tables for the terminal: weeks line by line, levels and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

from rich.table import Table

from pysched.check import Breach
from pysched.instance.schedule_file import CostRow, LevelRow, ScheduleRecord
from pysched.instance.wording import rule_in_words
from pysched.model import Cost

_WEEK, _OPEN, _TIME, _NOTE = 10, 8, 5, 9
"""Widths of columns, with the space before them."""
_LEVEL_LEAST, _LEVEL_MOST = 7, 11


Costs = Sequence[Cost] | Sequence[CostRow]
"""The costs of one week."""


class RuleTotal(NamedTuple):
    """What a rule and grade cost over some weeks; `weeks` counts those with a cost."""

    level: int
    rule: str
    grade: str
    weight: int
    units: int
    weeks: int

    @property
    def cost(self) -> int:
        """Units times weight."""
        return self.units * self.weight


def week_heading(names: Mapping[int, str], width: int) -> str:
    """Return the lines above the lines of weeks.

    Args:
        names: of the levels, highest first.
        width: columns of the terminal; from 80 on nothing is longer.
    """
    each = _level_width(names, width)
    words = [_lines(name, each - 1) for name in names.values()]
    numbers = "".join(f"{f'level {level}'[-each + 1 :]:>{each}}" for level in names)
    firsts = "".join(f"{lines[0] if lines[1:] else '':>{each}}" for lines in words)
    seconds = "".join(f"{lines[-1]:>{each}}" for lines in words)
    return "\n".join(
        (
            f"{'':{_WEEK}}{numbers}{'open':>{_OPEN}}",
            f"{'':{_WEEK}}{firsts}{'duties':>{_OPEN}}",
            f"{'week':{_WEEK}}{seconds}{'ess/oth':>{_OPEN}}{'s':>{_TIME}}  check",
        )
    )


def week_line(record: ScheduleRecord, names: Mapping[int, str], note: str, width: int) -> str:
    """Return a week as a line: cost and gap by level, open duties, time and a note.

    Where cost and gap have no room, the gap is left out, and `*` says that there is one.
    """
    rows = {row.level: row for row in record.levels}
    each = _level_width(names, width)
    levels = "".join(f"{_cost_and_gap(rows[level], each - 1):>{each}}" for level in names)
    duties = f"{record.uncovered.essential}/{record.uncovered.other}"
    seconds = f"{record.search.seconds:.0f}"
    return f"{record.monday}{levels}{duties:>{_OPEN}}{seconds:>{_TIME}}  {note}"


def levels_table(records: Sequence[ScheduleRecord]) -> Table:
    """Return cost, bound, forced part and gap of each level, summed over some weeks."""
    table = Table("level", "compared", title="Cost by level", title_justify="left")
    for column in ("cost", "bound", "forced", "gap", "proven"):
        table.add_column(column, justify="right")
    for level in sorted({row.level for record in records for row in record.levels}, reverse=True):
        rows = [row for record in records for row in record.levels if row.level == level]
        cost, bound, forced = (
            sum(getattr(row, name) for row in rows) for name in ("cost", "bound", "forced")
        )
        gap = (cost - bound) / max(1, cost - forced)
        proven = f"{sum(row.cost == row.bound for row in rows)}/{len(rows)}"
        cells = (f"{cost:,}", f"{bound:,}", f"{forced:,}", _percent(gap), proven)
        table.add_row(str(level), rows[0].name, *cells)
    return table


def by_rule_table(weeks: Iterable[Costs]) -> Table:
    """Return cost and units of each rule and grade, summed over some weeks, as a table."""
    table = Table("level", "rule", "grade", title="Cost by rule", title_justify="left")
    for column in ("units", "weight", "cost", "weeks"):
        table.add_column(column, justify="right")
    for row in by_rule(weeks):
        numbers = (f"{number:,}" for number in (row.units, row.weight, row.cost, row.weeks))
        table.add_row(str(row.level), row.rule, row.grade, *numbers)
    return table


def by_rule(weeks: Iterable[Costs]) -> list[RuleTotal]:
    """Return the cost of each rule and grade, summed over some weeks, highest level first."""
    units: Counter[tuple[int, str, str, int]] = Counter()
    present: Counter[tuple[int, str, str, int]] = Counter()
    for costs in weeks:
        keys = [(cost.level, cost.rule, cost.grade, cost.weight) for cost in costs]
        present.update(set(keys))
        for key, number in zip(keys, [cost.units for cost in costs], strict=True):
            units[key] += number
    rows = [RuleTotal(*key, units[key], present[key]) for key in units]
    return sorted(rows, key=lambda row: (-row.level, *row[1:]))


def breaches_table(breaches: Iterable[Breach]) -> Table:
    """Return rules that do not hold, with whom they name, and which of them are accepted."""
    rows = list(breaches)
    all_accepted = all(breach.accepted for breach in rows)
    table = Table(
        "rule",
        "who and when",
        "accepted",
        title="Accepted" if all_accepted else "Broken rules",
        title_justify="left",
        caption="accepted: among pinned or worked duties",
        caption_justify="left",
    )
    for breach in rows:
        words = rule_in_words(breach.rule, breach.culprit)
        table.add_row(words, breach.culprit, "yes" if breach.accepted else "no")
    return table


def _lines(name: str, width: int) -> list[str]:
    """Return a name on at most two lines; words that are too long end with a dot."""
    words = [word if len(word) <= width else f"{word[: width - 1]}." for word in name.split()]
    return wrap(" ".join(words), width, max_lines=2, placeholder=" ...")


def _level_width(names: Mapping[int, str], width: int) -> int:
    """Return the width of a level's column: what the other columns leave of the terminal."""
    left = (width - _WEEK - _OPEN - _TIME - _NOTE) // len(names)
    return max(_LEVEL_LEAST, min(_LEVEL_MOST, left))


def _cost_and_gap(row: LevelRow, width: int) -> str:
    both = f"{row.cost} {_percent(row.gap)}"
    return both if len(both) <= width else f"{row.cost}{'*' if row.gap else ''}"


def _percent(gap: float) -> str:
    return f"{100 * gap:.0f}%"
