"""A past week corrected: what was really worked takes the place of what was planned."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from pysched.bank.correction import Correction
from pysched.bank.versions import Agreed, Move
from pysched.department.bank import WeekEnds, bank_of
from pysched.department.database import existing
from pysched.instance import Scenario
from pysched.instance.agreed_file import AgreedRow
from pysched.model import Assignment, Schedule, Week


@dataclass(frozen=True)
class Corrected:
    """What a correction came to.

    Args:
        correction: what was taken back and what was awarded anew.
        strange: rows of the worked schedule that are no duties of the week; they earn nothing.
        unworked: duties of the week that nobody worked.
    """

    correction: Correction
    strange: tuple[Assignment, ...]
    unworked: int


def correct_week(
    scenario: Scenario,
    week: Week,
    worked: Schedule,
    url: str,
    day: date,
    agreed: Sequence[AgreedRow] = (),
) -> Corrected:
    """Correct a week that the bank has closed, in one transaction; the same again changes nothing.

    Args:
        scenario: its network and its numbers of the bank.
        week: of it.
        worked: the whole week as it was really worked.
        url: of the database with the bank.
        day: of the correction.
        agreed: changes that all concerned consented to.

    Raises:
        InstanceError: the scenario asks for a bank that there is not.
        StoreError: the database is not there or not up to date, or the week is not closed.
        ValueError: the schedule is of another week.
    """
    duties = {duty.key for duty in week.duties}
    filled = {row.duty for row in worked.assignments}
    with closing(existing(url)) as database:
        bank = WeekEnds(database, scenario.network, bank_of(scenario))
        correction = bank.correct(week, worked, day, agreed_of(agreed))
    strange = tuple(sorted(row for row in worked.assignments if row.duty not in duties))
    return Corrected(correction, strange, len(duties - filled))


def agreed_of(rows: Sequence[AgreedRow]) -> tuple[Agreed, ...]:
    """Return the requests of a file, each with the duties that it moved."""
    moves: dict[str, list[Move]] = {}
    heads: dict[str, AgreedRow] = {}
    for row in rows:
        heads.setdefault(row.request, row)
        moves.setdefault(row.request, []).append(Move(row.task, row.day, row.giver, row.taker))
    return tuple(
        Agreed(name, head.kind, head.asker, head.asked_at, tuple(moves[name]))
        for name, head in heads.items()
    )
