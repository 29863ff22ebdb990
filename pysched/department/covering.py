"""Emergencies: who works a duty that falls open, among all who may by every hard rule."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pysched.conflicts import Claim, Conflict, ConflictError, Decision, Seats
from pysched.conflicts.emergency import Emergency
from pysched.department.conflict_case import Inputs, decided, decision_row, state_for
from pysched.department.conflict_deciding import ATTEMPTS, Outcome
from pysched.department.conflicts import Conflicts
from pysched.department.worked import hash_of
from pysched.explain.amendment import known_physician
from pysched.explain.replacement import Takers, refusals, takers_of
from pysched.explain.sentences import duty_word
from pysched.model import DutyKey, Network, Schedule, State, Week
from pysched.store import ChangedError
from pysched.store.conflict_covering import Covering, coverages, keep_coverage
from pysched.store.conflict_rows import ClaimRow, ConflictRow
from pysched.store.conflict_seen import quarter_of

MECHANISM = "hybrid"


@dataclass(frozen=True)
class Place:
    """A schedule in force, and what it is judged by.

    Args:
        network: hospitals, tasks, physicians and the rules in force.
        week: as it stands: amended, and under way if it is.
        state: what the weeks before handed over.
        schedule: of the week.
    """

    network: Network
    week: Week
    state: State
    schedule: Schedule


@dataclass(frozen=True)
class Covered:
    """A duty that fell open and who works it.

    Args:
        outcome: the conflict, and whether it is decided just now.
        decision: who works the duty, and for what bonus.
        emergency: as stored.
        holder: who has it in the schedule given, empty for nobody.
    """

    outcome: Outcome
    decision: Decision
    emergency: Emergency
    holder: str

    @property
    def physician(self) -> str:
        """Who works the duty."""
        (name,) = self.decision.grants
        return name


def cover(
    conflicts: Conflicts,
    place: Place,
    key: DutyKey,
    asked: datetime,
    volunteers: Sequence[str] = (),
) -> Covered:
    """Decide who works a duty that fell open, and keep it; the same again decides nothing twice.

    Volunteers come first, then the lot falls among all who may take the duty; who gave least is
    likelier. Days off that were granted are left alone unless their owner volunteers or nobody
    else may. It is decided anew only when who was drawn cannot work it either.

    Args:
        conflicts: of the scenario.
        place: the schedule in force; absences that came up are in its week.
        key: of the duty.
        asked: when somebody is asked for; without a time zone it is local time of the week.
        volunteers: who offer to work it.

    Raises:
        AmendmentError: the week has no such duty, or there is no such physician.
        ReplacementError: the duty has begun or is pinned.
        ConflictError: it is not open, a volunteer may not take it, or nobody may.
        StoreError: the database cannot be used.
    """
    for name in volunteers:
        known_physician(place.network, name)
    open_ = takers_of(place.network, place.week, place.state, place.schedule, key)
    conflicts.store.begin_chain()
    for _ in range(ATTEMPTS):
        with suppress(ChangedError):
            return _covered(conflicts, place, open_, asked, volunteers)
    raise ChangedError(f"duty {duty_word(key)}: something else was decided meanwhile; try again")


def _covered(
    conflicts: Conflicts, place: Place, open_: Takers, asked: datetime, volunteers: Sequence[str]
) -> Covered:
    before = _standing(conflicts, place, open_)
    if before is not None:
        outcome = Outcome(before.row, before.decision, "before")
        return Covered(outcome, before.decision, before.emergency, open_.holder)
    eligible = _eligible(conflicts, place, open_, volunteers)
    emergency = _emergency(place, open_, asked)
    row, decision = _decided(conflicts, place, emergency, eligible, volunteers)
    return Covered(Outcome(row, decision, "decided"), decision, emergency, open_.holder)


def _standing(conflicts: Conflicts, place: Place, open_: Takers) -> Covering | None:
    """Return the last decision about a duty if who was drawn can work it still."""
    rows = coverages(conflicts.store, place.week.monday)
    found = [row for row in rows if row.emergency.duty == open_.duty.key]
    if not found:
        return None
    last = found[-1]
    can = last.physician in open_.names or (last.physician == open_.holder and open_.is_there)
    return last if can else None


def _eligible(
    conflicts: Conflicts, place: Place, open_: Takers, volunteers: Sequence[str]
) -> tuple[str, ...]:
    """Return who may be drawn.

    Raises:
        ConflictError: the duty is not open, a volunteer may not take it, or nobody may.
    """
    key, word = open_.duty.key, duty_word(open_.duty.key)
    if open_.is_there:
        raise ConflictError(f"duty {word} is not open: {open_.holder} has it and is there")
    for name in volunteers:
        if name not in open_.names:
            why = "; ".join(
                refusals(place.network, place.week, place.state, place.schedule, key, name)
            )
            raise ConflictError(f"{name} cannot take {word}: {why or 'he has it'}")
    if not open_.names:
        raise ConflictError(f"nobody may take {word} as the schedule stands: pysched repair")
    granted = conflicts.store.decided(place.week.monday)[0] | place.week.granted
    free = [n for n in open_.names if n in volunteers or (n, open_.duty.day) not in granted]
    return tuple(free) or open_.names


def _emergency(place: Place, open_: Takers, asked: datetime) -> Emergency:
    zone = ZoneInfo(place.week.timezone)
    moment = asked if asked.tzinfo is not None else asked.replace(tzinfo=zone)
    return Emergency(
        task=open_.duty.task,
        day=open_.duty.day,
        holder=open_.holder,
        begins=place.week.moment(open_.duty.start),
        asked=moment.astimezone(UTC),
        schedule=hash_of(place.schedule),
    )


def _decided(
    conflicts: Conflicts,
    place: Place,
    emergency: Emergency,
    eligible: tuple[str, ...],
    volunteers: Sequence[str],
) -> tuple[ConflictRow, Decision]:
    """Decide and write it.

    Raises:
        ChangedError: something changed meanwhile.
    """
    row = _row(conflicts, place, emergency, volunteers)
    seen = conflicts.store.seen(row, place.network.physicians)
    if seen.chain is None:
        raise ChangedError(f"conflict {row.id}: no seed is left; the same again begins a chain")
    claims = tuple(Claim(claim.physician, claim.days) for claim in row.claims)
    late = emergency.is_late(conflicts.profile.values.late_minutes)
    conflict = Conflict(
        row.id, "coverage", (row.day,), claims, eligible, seats=1, short_notice=late
    )
    # Who is off plays no part: all who are eligible may take the duty as they are.
    state = state_for(seen, place.network, Seats({}), conflicts.profile, conflicts.rules)
    inputs = Inputs(
        conflict, state, conflicts.rules, MECHANISM, seen.chain.seed, emergency=emergency
    )
    decision = decided(inputs)
    keep_coverage(conflicts.store, decision_row(inputs, decision, seen), decision, seen)
    return replace(row, status="decided"), decision


def _row(
    conflicts: Conflicts, place: Place, emergency: Emergency, volunteers: Sequence[str]
) -> ConflictRow:
    rows = coverages(conflicts.store, place.week.monday)
    number = 1 + sum(row.row.day == emergency.day for row in rows)
    now, day = conflicts.now(), emergency.day
    return ConflictRow(
        id=f"{day}.c{number}",
        monday=place.week.monday,
        day=day,
        kind="coverage",
        status="open",
        opened=now,
        bids_close=now,
        reveals_close=now,
        claims=tuple(
            ClaimRow(name, (day,), 0, False, "none", quarter_of(day))
            for name in sorted(set(volunteers))
        ),
    )
