"""The page of a week: grid, open duties, counts, hours, and what it costs for which reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pysched.check import Breach
from pysched.instance.schedule_file import BreachRow
from pysched.instance.wording import rule_in_words
from pysched.report.bars import hours_figure
from pysched.report.grids import Grid, hours_words
from pysched.report.pages import page
from pysched.report.week_view import Note, WeekView
from pysched.report.wording import culprit_words

MOST_NAMED = 6
"""So many reasons of one rule are named one by one."""
WORDS = frozenset((0, 1, 2, 3))


def week_page(view: WeekView, broken: Sequence[Breach | BreachRow], origin: str) -> str:
    """Return the page of a week as HTML text.

    Args:
        view: the week.
        broken: hard rules that do not hold.
        origin: a sentence on where the schedule comes from.
    """
    rows = [
        (row.physician.name, row.counts.minutes / 60, row.counts.target_minutes / 60)
        for row in view.rows
    ]
    return page(
        "week",
        "landscape",
        view=view,
        open_essential=sum(shown.task.essential for shown in view.open_duties),
        broken=broken,
        broken_table=_broken(view, broken),
        counts=_counts(view),
        hours=hours_figure(rows, "Hours worked and targets of the week", "hours"),
        levels=_levels(view),
        reasons=_reasons(view),
        tasks=_tasks(view),
        origin=origin,
    )


def _broken(view: WeekView, broken: Sequence[Breach | BreachRow]) -> Grid:
    rows = [
        (rule_in_words(rule.rule, rule.culprit), culprit_words(view.network, rule.culprit))
        for rule in broken
    ]
    return Grid("Hard rules that do not hold", ("Rule", "Who and when"), rows, WORDS)


def _counts(view: WeekView) -> Grid:
    majors = [c.id for c in view.network.categories.values() if c.grade == "major"]
    head = ["Physician", "Duties", "Nights", "Weekend, holiday"]
    head += [category.replace("_", " ") for category in majors]
    head += ["Hours", "Target", "Balance", "Balance to date"]
    rows = []
    for row in view.rows:
        counts = row.counts
        cells = [row.physician.name, *map(str, (counts.duties, counts.nights, counts.free_days))]
        cells += [str(counts.by_category.get(category, 0)) for category in majors]
        cells += [hours_words(counts.minutes), hours_words(counts.target_minutes)]
        cells.append(hours_words(counts.minutes - counts.target_minutes, signed=True))
        rows.append([*cells, hours_words(counts.balance_minutes, signed=True)])
    caption = "Duties and hours by physician; the balance is hours worked less the target"
    return Grid(caption, head, rows)


def _levels(view: WeekView) -> Grid:
    rows = [
        (view.levels[level], str(level), f"{cost:,}") for level, cost in view.cost_by_level.items()
    ]
    return Grid("Cost by level, highest first", ("Compared", "Level", "Cost"), rows)


def _reasons(view: WeekView) -> Grid:
    """Return a line for each rule and grade, dearest first, with those whom it costs something."""
    found: dict[tuple[int, str, str], list[Note]] = defaultdict(list)
    for note in view.notes:
        found[note.level, note.rule, note.grade].append(note)
    rows = []
    for notes in sorted(found.values(), key=lambda n: (-n[0].level, -sum(x.cost for x in n))):
        total = sum(note.cost for note in notes)
        first = notes[0]
        rows.append((first.reason, first.level_name, _whom(view, notes), f"{total:,}"))
    head = ("Why", "Compared", "Who and when", "Cost")
    caption = (
        f"Reasons for the cost; where there are more than {MOST_NAMED}, the cost of each physician "
        "(the sheet Notes of the workbook has every one)"
    )
    return Grid(caption, head, rows, frozenset((0, 1, 2)))


def _whom(view: WeekView, notes: Sequence[Note]) -> str:
    if len(notes) <= MOST_NAMED:
        return "; ".join(f"{note.culprit} ({note.amount})" for note in notes)
    costs: Counter[str] = Counter()
    for note in notes:
        named = [view.network.physicians[name].name for name in note.physicians]
        costs[named[0] if named else "nobody in particular"] += note.cost
    return "; ".join(f"{name} {cost}" for name, cost in costs.most_common())


def _tasks(view: WeekView) -> Grid:
    shown = {duty.task.id: duty for duty in (*view.duties, *view.open_duties)}
    rows = [
        (task.id, task.name, shown[task.id].hospital, shown[task.id].times)
        for task in view.network.tasks.values()
        if task.id in shown
    ]
    return Grid(
        "What the names in the schedule mean", ("Task", "Name", "Hospital", "Times"), rows, WORDS
    )
