"""The bonus for a duty that was covered in an emergency, in the place of what its change earns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pysched.bank.amount import credits_of
from pysched.bank.case import Case
from pysched.bank.valuation import MINT, Award
from pysched.model import Assignment, Duty

REPLACED = ("sdo", "change")
"""Awards that the bonus stands for: it is what a lost day off is worth."""


@dataclass(frozen=True, slots=True)
class Bonus:
    """What a decision promises who covers a duty.

    Args:
        physician: who covers it. day, task: of the duty.
        cents: twice as much where he was asked late.
        conflict: id of the decision.
    """

    physician: str
    day: date
    task: str
    cents: int
    conflict: str


def with_bonuses(
    case: Case, awards: Iterable[Award], bonuses: Iterable[Bonus]
) -> tuple[Award, ...]:
    """Return awards with the bonuses of duties that were really worked by who was to cover them.

    What the same duty would earn the same physician as a day off lost or as a change is left out;
    what its day or its role earns stays.

    Args:
        case: the worked week.
        awards: for its sacrifices.
        bonuses: promised, at most one for a physician and duty.
    """
    earned = [
        row
        for row in bonuses
        if Assignment(row.day, row.task, row.physician) in case.worked.assignments
        and (row.task, row.day) in case.duties
    ]
    covered = {(row.physician, row.day, row.task) for row in earned}
    kept = [
        award
        for award in awards
        if award.kind not in REPLACED or (award.physician, award.day, award.duty) not in covered
    ]
    return (*kept, *_awards(case, earned))


def _awards(case: Case, bonuses: Iterable[Bonus]) -> Iterator[Award]:
    for row in bonuses:
        duty = case.duties[row.task, row.day]
        sentence = _sentence(case, row, duty)
        yield Award(
            physician=row.physician,
            day=row.day,
            kind="cover",
            cents=row.cents,
            value_cents=row.cents,
            key=f"earn|cover|{row.physician}|{row.day}|{row.task}",
            debtor=MINT,
            beneficiaries=case.beneficiaries(row.physician, duty),
            duty=row.task,
            sentence=sentence,
            metadata={
                "rule": "cover",
                "grade": "emergency",
                "duty": f"{row.task} {row.day}",
                "week": str(case.week.monday),
                "version": case.versions[0].hash if case.versions else "",
                "sentence": sentence,
                "conflict": row.conflict,
            },
        )


def _sentence(case: Case, row: Bonus, duty: Duty) -> str:
    name = case.network.physicians[row.physician].name
    task = case.network.tasks[duty.task].name
    return (
        f"{name} earns {credits_of(row.cents)} credits for {row.day}: {task} covered in an "
        f"emergency ({row.conflict})."
    )
