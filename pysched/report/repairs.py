"""Tables of replacements, differences and versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.table import Table

from pysched.bank.amount import credits_of
from pysched.explain.difference import CostChange, Difference
from pysched.explain.replacement import Replacements
from pysched.explain.sentences import duty_word

MOST_ROWS = 12
"""So many replacements are printed."""


class VersionRow(NamedTuple):
    """What a table says of a version."""

    number: int
    kind: str
    made: str
    author: str
    changes: int
    note: str


def replacements_table(
    found: Replacements,
    names: Mapping[int, str],
    earned: Sequence[Mapping[str, int]],
    holder: str,
) -> Table:
    """Return ranked replacements, and the duty left open, with what each level costs more.

    Args:
        found: replacements of one duty.
        names: of the levels, highest first.
        earned: for each row, physician -> cents that he earns more.
        holder: who has the duty now, in words.
    """
    title = f"{duty_word(found.duty)}, {holder}: who could fill it, least cost first"
    table = Table("", "who", title=title, title_justify="left")
    for level, name in names.items():
        table.add_column(f"{level} {name}", justify="right")
    table.add_column("past", justify="right")
    table.add_column("credits", justify="right")
    table.add_column("and")
    for number, (row, cents) in enumerate(zip(found.ranked, earned, strict=False), 1):
        costs = (f"{cost:+d}" if cost else "0" for cost in row.difference.vector)
        gives = [f"{duty_word(m.duty)} goes to {m.taker}" for m in row.moves[1:]]
        mine = cents.get(row.physician, 0)
        table.add_row(
            str(number),
            row.physician,
            *costs,
            str(row.past_class),
            f"{credits_of(mine):+}" if mine else "0",
            ", ".join(gives),
        )
    costs = (f"{cost:+d}" if cost else "0" for cost in found.open.vector)
    table.add_row("", "left open", *costs, "", "", "")
    return table


def duties_table(difference: Difference) -> Table:
    """Return the duties that other physicians fill."""
    table = Table("day", "task", "before", "after", title="Duties", title_justify="left")
    for change in difference.duties:
        before, after = (" and ".join(who) or "open" for who in (change.before, change.after))
        table.add_row(str(change.day), change.task, before, after)
    return table


def physicians_table(difference: Difference) -> Table:
    """Return what each physician has more or less, and what names him costs more or less."""
    table = Table("physician", title="Physicians", title_justify="left")
    for column in ("duties", "nights", "hours", "cost"):
        table.add_column(column, justify="right")
    for name, row in difference.physicians.items():
        cost = sum(change.total for change in row.costs)
        numbers = (row.duties, row.nights, row.minutes / 60, cost)
        table.add_row(name, *(f"{number:+g}" if number else "0" for number in numbers))
    return table


def levels_difference_table(difference: Difference, names: Mapping[int, str]) -> Table:
    """Return the cost of each level before and after."""
    table = Table("level", "compared", title="Cost by level", title_justify="left")
    for column in ("before", "after", "more"):
        table.add_column(column, justify="right")
    for level, more in difference.by_level.items():
        reports = difference.before, difference.after
        was, now = (report.by_level.get(level, 0) for report in reports)
        table.add_row(str(level), names.get(level, "-"), f"{was:,}", f"{now:,}", f"{more:+,}")
    return table


def rules_difference_table(difference: Difference) -> Table:
    """Return what changed by rule, with whom it names."""
    table = Table("level", "rule", "grade", "who and when", title="Rules", title_justify="left")
    table.add_column("units", justify="right")
    table.add_column("cost", justify="right")
    for cost in difference.costs:
        table.add_row(*_cost_cells(cost))
    return table


def versions_table(rows: Iterable[VersionRow], title: str) -> Table:
    """Return the versions of a week: who made which when, and how many duties changed."""
    table = Table("", "kind", "made (UTC)", "by", title=title, title_justify="left")
    table.add_column("changed duties", justify="right")
    table.add_column("note")
    for row in rows:
        table.add_row(str(row.number), row.kind, row.made, row.author, str(row.changes), row.note)
    return table


def _cost_cells(cost: CostChange) -> tuple[str, ...]:
    numbers = f"{cost.before} to {cost.after}", f"{cost.total:+d}"
    return (str(cost.level), cost.rule, cost.grade, cost.culprit, *numbers)
