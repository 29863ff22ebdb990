"""Worked weeks of a small hospital network, written as short strings, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from pysched.bank.case import Case, case_of
from pysched.bank.detection import sacrifices_of
from pysched.bank.sacrifice import Sacrifice
from pysched.bank.settlement import BankSettlement, Past, bank_settlement
from pysched.bank.valuation import Award, Compensation, awards_of
from pysched.bank.value_rules import ValueRules
from pysched.bank.versions import Agreed, Move, Version
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.model import Calendar, Category, Network, Schedule
from pysched.model.public_holidays import major_holidays, public_holidays
from tests.check.builders import MONDAY, day, given, network, week_of

NET = network(
    calendar=Calendar("Europe/Rome", "IT", None, frozenset({"08-15", "12-25"})),
    categories={
        "care": Category("care", "minor", wanted=True),
        "guard": Category("guard", "major", wanted=False),
    },
)
GROSS = ValueRules.seed()
NO_ROLES = replace(GROSS, roles=())
"""The seed's values without undesirable roles, for weeks of guards that are about days."""


@dataclass(frozen=True)
class Numbers:
    """The part of a profile that the week-end needs."""

    values: ValueRules = field(default_factory=ValueRules.recommended)
    equalization: EqualizationRules = field(default_factory=EqualizationRules.recommended)


def utc(text: str) -> datetime:
    """Return a UTC time written as 2023-06-05 12:00."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def version(
    rows: str, at: str = "2023-05-20 12:00", name: str = "v1", monday: date = MONDAY
) -> Version:
    """Return a version published at a time, with assignments written as "ann ward 0"."""
    return Version(name, utc(at), Schedule(monday, given(rows, monday)))


def request(
    moves: str, asker: str, at: str = "2023-05-25 12:00", kind: Any = "cover", name: str = "r1"
) -> Agreed:
    """Return a request with moves written as "ann>bob guard 5, bob>ann guard 6"."""
    rows = []
    for part in moves.split(","):
        people, task, offset = part.split()
        giver, taker = people.split(">")
        rows.append(Move(task, day(int(offset)), giver, taker))
    return Agreed(name, kind, asker, utc(at), tuple(rows))


def case(
    worked: str,
    *versions: Version,
    agreed: tuple[Agreed, ...] = (),
    rules: ValueRules = NO_ROLES,
    monday: date = MONDAY,
    net: Network = NET,
    opened: str = "",
    **facts: Any,
) -> Case:
    """Return a worked week, with the holidays of its calendar unless told others."""
    anyone = ",".join(
        part.strip().split(maxsplit=1)[1] for part in worked.split(",") if part.strip()
    )
    week = week_of(f"{anyone},{opened}", monday=monday, **facts)
    if not facts.keys() & {"holidays", "major_holidays"}:
        holidays = public_holidays(net.calendar, week.days)
        major = major_holidays(net.calendar, week.days)
        week = replace(week, holidays=holidays, major_holidays=major)
    return case_of(net, week, versions, agreed, Schedule(monday, given(worked, monday)), rules)


def found(worked: str, *versions: Version, **more: Any) -> list[tuple[str, int, str, int, int]]:
    """Return (physician, day, kind, cents, payable cents) of the sacrifices of a week."""
    looked_at = case(worked, *versions, **more)
    return [_short(looked_at, row) for row in sacrifices_of(looked_at)]


def awarded(
    worked: str, *versions: Version, compensation: Compensation | None = None, **more: Any
) -> tuple[Award, ...]:
    """Return the awards of a worked week."""
    looked_at = case(worked, *versions, **more)
    return awards_of(looked_at, sacrifices_of(looked_at), compensation or {})


def settled(
    looked_at: Case, past: Past | None = None, numbers: Numbers | None = None
) -> BankSettlement:
    """Return the bank's week-end of a worked week."""
    return bank_settlement(
        looked_at.network,
        looked_at.week,
        looked_at.versions,
        looked_at.worked,
        looked_at.agreed,
        past or Past(),
        numbers or Numbers(values=looked_at.rules),
    )


def _short(looked_at: Case, row: Sacrifice) -> tuple[str, int, str, int, int]:
    offset = (row.day - looked_at.week.monday).days
    return row.physician, offset, row.kind, row.cents, row.payable_cents
