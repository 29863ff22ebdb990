"""Tables for the terminal: weeks line by line, levels and rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.table import Table

from pysched.instance.schedule_file import LevelRow, ScheduleRecord

_WEEK, _LEVEL, _OPEN, _TIME = 10, 15, 9, 7
"""Widths of columns."""


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


def week_heading(names: Mapping[int, str]) -> str:
    """Return the two lines above the lines of weeks: levels with their names, and what they hold."""
    numbers = "".join(f"{f'level {level}':>{_LEVEL}}" for level in names)
    words = "".join(f"{_short(name):>{_LEVEL}}" for name in names.values())
    above = f"{'':{_WEEK}}{numbers}{'open':>{_OPEN}}"
    below = f"{'week':{_WEEK}}{words}{'ess/oth':>{_OPEN}}{'seconds':>{_TIME + 1}}  check"
    return f"{above}\n{below}"


def week_line(record: ScheduleRecord, names: Mapping[int, str], note: str) -> str:
    """Return a week as a line: cost and gap by level, open duties, time and a note."""
    rows = {row.level: row for row in record.levels}
    levels = "".join(f"{cost_and_gap(rows.get(level)):>{_LEVEL}}" for level in names)
    duties = f"{record.uncovered.essential}/{record.uncovered.other}"
    seconds = f"{record.search.seconds:.1f}"
    return f"{record.monday}{levels}{duties:>{_OPEN}}{seconds:>{_TIME + 1}}  {note}"


def cost_and_gap(row: LevelRow | None) -> str:
    """Return a cost with its gap in percent."""
    return "-" if row is None else f"{row.cost:,} ({_percent(row.gap)})"


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


def by_rule_table(records: Iterable[ScheduleRecord]) -> Table:
    """Return cost and units of each rule and grade, summed over some weeks."""
    table = Table("level", "rule", "grade", title="Cost by rule", title_justify="left")
    for column in ("units", "weight", "cost", "weeks"):
        table.add_column(column, justify="right")
    for row in by_rule(records):
        numbers = (f"{number:,}" for number in (row.units, row.weight, row.cost, row.weeks))
        table.add_row(str(row.level), row.rule, row.grade, *numbers)
    return table


def by_rule(records: Iterable[ScheduleRecord]) -> list[RuleTotal]:
    """Return the cost of each rule and grade, summed over some weeks, highest level first."""
    units: Counter[tuple[int, str, str, int]] = Counter()
    weeks: dict[tuple[int, str, str, int], set[date]] = defaultdict(set)
    for record in records:
        for row in record.costs:
            key = (row.level, row.rule, row.grade, row.weight)
            units[key] += row.units
            weeks[key].add(record.monday)
    rows = [RuleTotal(*key, units[key], len(weeks[key])) for key in units]
    return sorted(rows, key=lambda row: (-row.level, *row[1:]))


def _short(name: str) -> str:
    return name if len(name) < _LEVEL else f"{name.partition(' + ')[0]} ..."


def _percent(gap: float) -> str:
    return f"{100 * gap:.0f} %"
