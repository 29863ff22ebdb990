"""What is measured of a rolled year: how even burdens are, how even they could be, and costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import equalize

from .rolls import BANK, RolledWeek


@dataclass(frozen=True)
class Floors:
    """The CV of the most even burdens per full-time equivalent, of the same volume.

    Args:
        by_skill: who may do what is all that counts; a weekend may be borne many times over.
        by_week: nobody bears more in a week than it holds for him: its weekend once, and so on.
        capped: the same, and residents half of the weekends, as the house keeps them from two in a
            row. The targets of the bank are these; who bore more than that is taken at what he did.
    """

    by_skill: float
    by_week: float
    capped: float


@dataclass(frozen=True)
class Measured:
    """A week of a year.

    Args:
        monday: which.
        cv, gini: of burdens per full-time equivalent from the first week to this one.
        most_cents: the largest deviation from a target then.
        floors: of the volume so far.
        uncovered: duties of this week that nobody has, essential ones first.
        cost: level -> cost of the week, without the rules of the bank, which is off in one way.
        bank_cost: level -> cost by the rules of the bank.
        cents: kind of sacrifice -> what was borne in the week.
        cpu_seconds: of the search.
    """

    monday: str
    cv: float
    gini: float
    most_cents: int
    floors: Floors
    uncovered: tuple[int, int]
    cost: dict[int, int]
    bank_cost: dict[int, int]
    cents: dict[str, int]
    cpu_seconds: float

    @property
    def excess(self) -> float:
        """The CV above the capped floor."""
        return self.cv - self.floors.capped

    @property
    def service(self) -> int:
        """Cost of the service level, without the debt limit, which is a rule of the bank."""
        return self.cost[5]


def measured(weeks: Iterable[RolledWeek], rules: EqualizationRules) -> list[Measured]:
    """Return the measures of each week of a year, burdens from the first one on.

    Args:
        weeks: of the year, in order.
        rules: by which burdens are measured, the same for all ways.
    """
    rows: list[RolledWeek] = []
    found = []
    for row in weeks:
        rows.append(row)
        found.append(_measured(rows, rules))
    return found


def _measured(rows: Sequence[RolledWeek], rules: EqualizationRules) -> Measured:
    row, burdens = rows[-1], [row.burden for row in rows]
    end = row.week.monday + timedelta(days=7)
    now = equalize(burdens, end, rules)
    free = equalize([replace(week, most={}) for week in burdens], end, rules)
    whole = equalize([replace(row.burden, most=row.most) for row in rows], end, rules)
    cost, bank_cost = dict.fromkeys(range(1, 7), 0), Counter[int]()
    for item in row.report.costs:
        if item.rule in BANK:
            bank_cost[item.level] += item.total
        else:
            cost[item.level] += item.total
    kinds: Counter[str] = Counter()
    for sacrifice in row.sacrifices:
        kinds[sacrifice.kind] += sacrifice.cents
    return Measured(
        monday=row.week.monday.isoformat(),
        cv=now.cv,
        gini=now.gini,
        most_cents=now.most_cents,
        floors=Floors(free.floor_cv, whole.floor_cv, now.floor_cv),
        uncovered=_uncovered(row),
        cost=cost,
        bank_cost=dict(bank_cost),
        cents=dict(kinds),
        cpu_seconds=row.cpu_seconds,
    )


def _uncovered(row: RolledWeek) -> tuple[int, int]:
    covered = {a.duty for a in row.schedule.assignments}
    missing = [row.network.tasks[d.task].essential for d in row.week.duties if d.key not in covered]
    return sum(missing), len(missing) - sum(missing)
