"""Tables of replacements, differences and versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.table import Table

from pysched.bank.amount import credits_of
from pysched.explain.alternatives import Alternative, burdens
from pysched.explain.difference import CostChange, Difference
from pysched.explain.replacement import Replacements
from pysched.explain.sentences import duty_word
from pysched.model import Network, Schedule

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
        table.add_column(f"{level}\n{name.replace(' ', chr(10))}", justify="right")
    table.add_column("past", justify="right")
    table.add_column("credits", justify="right")
    if found.chains:
        table.add_column("and gives away")
    for number, (row, cents) in enumerate(zip(found.ranked, earned, strict=False), 1):
        costs = (f"{cost:+d}" if cost else "0" for cost in row.difference.vector)
        gives = [f"{duty_word(m.duty)} to {m.taker}" for m in row.moves[1:]]
        mine = cents.get(row.physician, 0)
        table.add_row(
            str(number),
            row.physician,
            *costs,
            str(row.past_class),
            f"{credits_of(mine):+}" if mine else "0",
            *([", ".join(gives)] if found.chains else []),
        )
    costs = (f"{cost:+d}" if cost else "0" for cost in found.open.vector)
    table.add_row("", "open", *costs)
    return table


def alternatives_tables(
    network: Network, schedule: Schedule, rows: Sequence[Alternative], names: Mapping[int, str]
) -> Iterator[Table]:
    """Yield a schedule and its alternatives side by side: levels, rules, who bears what.

    Args:
        network: under the rules in force.
        schedule: that the alternatives were searched for.
        rows: the alternatives.
        names: of the levels, highest first.
    """
    if not rows:
        return
    reports = [rows[0].difference.before, *(row.report for row in rows)]
    table = _side_by_side("Cost by level, duties that differ", ("level", "compared"), len(rows))
    for level, name in names.items():
        levels = (str(report.by_level.get(level, 0)) for report in reports)
        table.add_row(str(level), name, *levels)
    distances = (str(len(row.difference.duties)) for row in rows)
    table.add_row("", "other physicians", "-", *distances)
    table.add_row("", "the nearest known", "-", *(str(row.nearest) for row in rows))
    table.add_row("", "unwanted, shifted", "-", *(str(row.shifted) for row in rows))
    yield table
    table = _side_by_side("Cost by rule", ("rule", "grade"), len(rows))
    for key in reports[0].by_rule:
        costs = [report.by_rule.get(key, 0) for report in reports]
        if any(costs):
            table.add_row(*key, *map(str, costs))
    yield table
    table = _side_by_side("Unwanted duties", ("physician",), len(rows))
    loads = [_unwanted(network, one) for one in (schedule, *(row.schedule for row in rows))]
    for physician in network.physicians:
        counts = [load.get(physician, 0) for load in loads]
        if len(set(counts)) > 1:
            table.add_row(physician, *map(str, counts))
    yield table


def _side_by_side(title: str, heads: tuple[str, ...], count: int) -> Table:
    table = Table(*heads, title=title, title_justify="left")
    table.add_column("given", justify="right")
    for number in range(1, count + 1):
        table.add_column(f"other {number}", justify="right")
    return table


def _unwanted(network: Network, schedule: Schedule) -> Counter[str]:
    """Return physician -> duties of unwanted categories."""
    counts: Counter[str] = Counter()
    for (physician, _), number in burdens(network, schedule).items():
        counts[physician] += number
    return counts


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


def totals_table(difference: Difference) -> Table:
    """Return what changed by rule and grade, all culprits together."""
    table = Table("rule", "grade", title="Cost by rule", title_justify="left")
    for column in ("before", "after", "more"):
        table.add_column(column, justify="right")
    before, after = difference.before, difference.after
    for key in dict.fromkeys([*before.by_rule, *after.by_rule]):
        was, now = before.by_rule.get(key, 0), after.by_rule.get(key, 0)
        if was != now:
            table.add_row(*key, f"{was:,}", f"{now:,}", f"{now - was:+,}")
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
