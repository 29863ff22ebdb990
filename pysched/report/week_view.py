"""A week as every report shows it: grid, open duties, counts and the reasons for its costs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pysched.explain.difference import bearers
from pysched.explain.grade_words import GRADE_WORDS
from pysched.facts.hours import target_hours
from pysched.instance.schedule_file import CostRow
from pysched.model import Cost, Duty, Network, Physician, Schedule, State, Task, Week
from pysched.report.wording import (
    counted,
    culprit_words,
    day_words,
    span_words,
)

Costs = Sequence[Cost] | Sequence[CostRow]
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A duty with its task; `physician` is his name, empty where nobody fills it."""

    task: Task
    duty: Duty
    hospital: str
    physician: str

    @property
    def times(self) -> str:
        """Local clock times, such as 08-14."""
        return span_words(self.task.start, self.task.end)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a physician has in a week.

    Args:
        duties: of any task; `nights` and `free_days` (weekends and public holidays) among them.
        by_category: duties by category.
        minutes: worked; `target_minutes` of the week.
        balance_minutes: worked less target over the horizon, this week included.
    """

    duties: int
    nights: int
    free_days: int
    by_category: Mapping[str, int]
    minutes: int
    target_minutes: int
    balance_minutes: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A physician's day; why somebody is absent is not in it, since colleagues read it."""

    day: date
    is_absent: bool
    duties: tuple[DutyShown, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A physician's week."""

    physician: Physician
    cells: tuple[Cell, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Note:
    """A cost and its reason in words.

    Args:
        level: number, and `level_name` what is compared there.
        rule: and `grade`, as in network.yaml.
        reason: what the rule says.
        culprit: who and when, with names.
        physicians: ids of those named.
        amount: units in words; `cost` their number times the weight.
    """

    level: int
    level_name: str
    rule: str
    grade: str
    reason: str
    culprit: str
    physicians: tuple[str, ...]
    amount: str
    cost: int


@dataclass(frozen=True)
class WeekView:
    """A week as reports show it; physicians in the order of the network."""

    network: Network
    week: Week
    rows: tuple[Row, ...]
    open_duties: tuple[DutyShown, ...]
    notes: tuple[Note, ...]
    levels: Mapping[int, str]

    @property
    def title(self) -> str:
        """The week in words."""
        first, last = self.week.days[0], self.week.days[-1]
        return f"{day_words(first)} to {day_words(last)} {last.year}"

    @property
    def cost_by_level(self) -> dict[int, int]:
        """Cost of every level, 0 included, highest first."""
        totals = Counter(dict.fromkeys(sorted(self.levels, reverse=True), 0))
        for note in self.notes:
            totals[note.level] += note.cost
        return dict(totals)

    @property
    def duties(self) -> tuple[DutyShown, ...]:
        """All duties that somebody fills, by time and physician."""
        shown = [duty for row in self.rows for cell in row.cells for duty in cell.duties]
        return tuple(sorted(shown, key=lambda d: (d.duty.start, d.duty.task, d.physician)))


def week_view(
    network: Network,
    week: Week,
    schedule: Schedule,
    before: State,
    costs: Costs,
    levels: Mapping[int, str],
) -> WeekView:
    """Return a week as reports show it.

    Args:
        network: physicians, tasks and rules.
        week: what was known of it.
        schedule: of the week.
        before: the state it was planned from; gives the balances before it.
        costs: of the schedule, as the checker finds them.
        levels: what is compared at each level.
    """
    duties = {duty.key: duty for duty in week.duties}
    by_cell: dict[tuple[str, date], list[DutyShown]] = defaultdict(list)
    for row in schedule:
        if row.duty in duties and row.physician in network.physicians:
            name = network.physicians[row.physician].name
            shown = _shown(network, duties[row.duty], name)
            by_cell[row.physician, row.day].append(shown)
    filled = {row.duty for row in schedule}
    opened = [_shown(network, duty, "") for duty in week.duties if duty.key not in filled]
    return WeekView(
        network=network,
        week=week,
        rows=tuple(
            _row(network, week, physician, by_cell, before)
            for physician in network.physicians.values()
        ),
        open_duties=tuple(opened),
        notes=tuple(_notes(network, costs, levels)),
        levels=levels,
    )


def _shown(network: Network, duty: Duty, physician: str) -> DutyShown:
    task = network.tasks[duty.task]
    return DutyShown(task, duty, network.hospitals[task.hospital].name, physician)


def _row(
    network: Network,
    week: Week,
    physician: Physician,
    by_cell: Mapping[tuple[str, date], list[DutyShown]],
    before: State,
) -> Row:
    cells = tuple(
        Cell(
            day,
            not week.is_present(physician.id, day),
            tuple(sorted(by_cell.get((physician.id, day), ()), key=lambda d: d.duty.start)),
        )
        for day in week.days
    )
    shown = [duty for cell in cells for duty in cell.duties]
    minutes = sum(duty.task.credited_minutes for duty in shown)
    target = 60 * target_hours(network, week, physician.id)
    free = [d for d in shown if d.duty.day.weekday() >= SATURDAY or d.duty.day in week.holidays]
    counts = Counts(
        duties=len(shown),
        nights=sum(duty.task.is_night for duty in shown),
        free_days=len(free),
        by_category=Counter(duty.task.category for duty in shown),
        minutes=minutes,
        target_minutes=target,
        balance_minutes=before.balance_minutes.get(physician.id, 0) + minutes - target,
    )
    return Row(physician, cells, counts)


def _notes(network: Network, costs: Costs, levels: Mapping[int, str]) -> Iterable[Note]:
    """Yield the costs with their reasons, those that weigh most first."""
    rows = [(cost, cost.units * cost.weight) for cost in costs]
    rows.sort(key=lambda row: (-row[0].level, -row[1], row[0].rule, row[0].culprit))
    for cost, total in rows:
        words = GRADE_WORDS[cost.rule, cost.grade]
        yield Note(
            level=cost.level,
            level_name=levels.get(cost.level, str(cost.level)),
            rule=cost.rule,
            grade=cost.grade,
            reason=words.reason,
            culprit=culprit_words(network, cost.culprit),
            physicians=bearers(network, cost.culprit),
            amount=counted(cost.units, words.unit),
            cost=total,
        )
