"""What a physician could have borne at most in a week, which no fair target may exceed by much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pysched.bank.case import Case
from pysched.bank.days import day_cents, is_weekend
from pysched.bank.roles import undesirable
from pysched.bank.sacrifice import Sacrifice
from pysched.model import Duty


def most_of(case: Case, sacrifices: Sequence[Sacrifice]) -> dict[str, int]:
    """Return for each physician the cents that he could have borne at most in a week.

    Each holiday and the weekend once, and each day the dearest undesirable duty, nights as many as
    are allowed, of what he could take; nothing on a day that a resolution granted him off. A
    resident has half of a weekend where the house keeps him from two in a row. Changes count as
    they came. Never less than what he did bear.

    Args:
        case: the worked week.
        sacrifices: of it.
    """
    duties: dict[str, list[Duty]] = {name: [] for name in case.network.physicians}
    for key, names in case.able.items():
        for name in names:
            if (name, key[1]) not in case.week.granted:
                duties[name].append(case.duties[key])
    borne = dict.fromkeys(duties, 0)
    changed = dict.fromkeys(duties, 0)
    for row in sacrifices:
        borne[row.physician] += row.cents
        changed[row.physician] += row.cents if row.kind in ("sdo", "change") else 0
    return {
        name: max(borne[name], _days(case, name, able) + _roles(case, able) + changed[name])
        for name, able in duties.items()
    }


def _days(case: Case, physician: str, able: Sequence[Duty]) -> int:
    worth = {d.day: day_cents(case.network, case.week, d.day, case.rules) for d in able}
    holidays = sum(cents for day, cents in worth.items() if day in case.week.holidays)
    ends = {d.day for d in able if is_weekend(d)} - case.week.holidays
    weekend = sum(worth[day] for day in ends)
    if case.rules.unit == "weekend":
        weekend = max((worth[day] for day in ends), default=0)
    resident = case.network.physicians[physician].status == "resident"
    kept = resident and ("house_rules", "resident_weekend") in case.network.rules.weights
    return holidays + (weekend // 2 if kept else weekend)


def _roles(case: Case, able: Sequence[Duty]) -> int:
    values, tasks = undesirable(case.network, case.rules), case.network.tasks
    by_day: dict[date, int] = {}
    nights: dict[date, int] = {}
    for duty in able:
        cents = values.get(tasks[duty.task].category, 0)
        best = nights if tasks[duty.task].is_night else by_day
        best[duty.day] = max(best.get(duty.day, 0), cents)
    allowed = sorted(nights.values(), reverse=True)[: case.network.rules.limits.max_nights]
    return sum(by_day.values()) + sum(allowed)
