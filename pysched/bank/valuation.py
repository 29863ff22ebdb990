"""Awards: what is paid for the sacrifices of a worked week, by whom, and why in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pysched.bank.amount import credits_of
from pysched.bank.case import Case
from pysched.bank.roles import roles_version
from pysched.bank.sacrifice import Sacrifice
from pysched.bank.value_rules import AwardKind

MINT = "pool:mint"
Compensation = Mapping[tuple[str, date], int]
"""(physician, day) -> cents received in an auction for that day."""


@dataclass(frozen=True)
class Award:
    """Credits earned by a sacrifice.

    Args:
        physician: who earns. day: the date of the sacrifice. kind: what was lost, or `cover`.
        cents: what is paid; `value_cents` the full value.
        key: the natural key; the same sacrifice never earns twice.
        debtor: the account that pays, `pool:mint` or `person:<id>`.
        beneficiaries: for whom it was borne.
        duty: the task of the duty.
        sentence: who earns how much, for which day, and why.
        metadata: rule, grade, duty, week, version, sentence.
    """

    physician: str
    day: date
    kind: AwardKind
    cents: int
    value_cents: int
    key: str
    debtor: str
    beneficiaries: tuple[str, ...]
    duty: str
    sentence: str
    metadata: Mapping[str, str] = field(default_factory=dict)


def awards_of(
    case: Case, sacrifices: Sequence[Sacrifice], compensation: Compensation
) -> tuple[Award, ...]:
    """Return what is paid for sacrifices; those that earn nothing are left out.

    With `topup: net` what a physician received in an auction for a holiday is taken off.

    Args:
        case: the worked week they are of.
        sacrifices: as they were found.
        compensation: what was received in auctions.
    """
    awards = []
    for row in sacrifices:
        received = compensation.get((row.physician, row.day), 0)
        less = received if row.kind == "holiday" and case.rules.topup == "net" else 0
        cents = max(0, row.payable_cents - less)
        if cents > 0:
            awards.append(_award(case, row, cents, min(less, row.payable_cents)))
    return tuple(awards)


def _award(case: Case, row: Sacrifice, cents: int, less: int) -> Award:
    sentence = _sentence(case, row, cents, less)
    metadata = {
        "rule": row.kind,
        "grade": row.grade,
        "duty": f"{row.duty[0]} {row.duty[1]}",
        "week": str(case.week.monday),
        "version": case.versions[0].hash if case.versions else "",
        "sentence": sentence,
    }
    if row.kind == "role":
        metadata["roles"] = roles_version(case.network, case.rules)
    return Award(
        physician=row.physician,
        day=row.day,
        kind=row.kind,
        cents=cents,
        value_cents=row.cents,
        key=row.key,
        debtor=f"person:{row.asker}" if row.asker else MINT,
        beneficiaries=row.beneficiaries,
        duty=row.duty[0],
        sentence=sentence,
        metadata=metadata,
    )


def _sentence(case: Case, row: Sacrifice, cents: int, less: int) -> str:
    name = case.network.physicians[row.physician].name
    task = case.network.tasks[row.duty[0]]
    text = f"{name} earns {credits_of(cents)} credits for {row.day}: {task.name} {row.reason}"
    if row.asker:
        text += f", paid by {case.network.physicians[row.asker].name}, who asked"
    if less:
        text += f", {credits_of(less)} received in the auction taken off"
    return f"{text}."
