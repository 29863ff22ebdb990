"""A sacrifice: what a physician bore for others, and what of it is to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pysched.bank.case import Case
from pysched.bank.value_rules import Kind
from pysched.bank.versions import Key
from pysched.model import Duty


@dataclass(frozen=True, slots=True)
class Sacrifice:
    """A row of the sacrifice history, with what makes it up.

    Args:
        physician: who bore it.
        day: the date it is of.
        kind: what was lost.
        grade: which multipliers hold, in a word.
        cents: its full value, whoever pays.
        payable_cents: what is to be paid of it, before compensation is taken off.
        duty: the duty by which it was lost.
        asker: who asked for it, empty if nobody did.
        beneficiaries: for whom it was borne, with equal shares.
        reason: why, in words that follow a colon.
    """

    physician: str
    day: date
    kind: Kind
    grade: str
    cents: int
    payable_cents: int
    duty: Key
    asker: str
    beneficiaries: tuple[str, ...]
    reason: str

    @property
    def key(self) -> str:
        """The natural key under which it is awarded, at most once."""
        return f"earn|{self.kind}|{self.physician}|{self.day}|{self.duty[0]}"


def borne(
    case: Case, physician: str, duty: Duty, kind: Kind, grade: str, cents: int, reason: str
) -> Sacrifice:
    """Return the sacrifice that a duty is, to be paid unless it was the physician's own wish."""
    asked = case.cause(physician, duty)
    asker = asked.asker if asked is not None and asked.asker != physician else ""
    paid = cents if case.standing(physician, duty) <= 1 else 0
    return Sacrifice(
        physician,
        duty.day,
        kind,
        grade,
        cents,
        paid,
        duty.key,
        asker,
        case.beneficiaries(physician, duty),
        reason,
    )
