"""Amendments: what changes of a week after it was planned, or what if it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pysched.model import (
    GROUPS,
    WEIGHTS,
    Absence,
    Assignment,
    Duty,
    DutyKey,
    Network,
    Schedule,
    Week,
    duty_on,
)


class AmendmentError(ValueError):
    """Something to be changed is not there, or is there already."""


@dataclass(frozen=True)
class Amendment:
    """What is to be changed of a week and its rules.

    Args:
        absences: new ones; pins that they rule out fall.
        present: (physician, first day, last day) whose absences fall on these days.
        closed: duties that do not take place; the days of a closed task are one duty each.
        opened: new duties of known tasks, at the task's own times.
        weights: (rule, grade) -> new weight; 0 switches the grade off.
    """

    absences: tuple[Absence, ...] = ()
    present: tuple[tuple[str, date, date], ...] = ()
    closed: tuple[DutyKey, ...] = ()
    opened: tuple[DutyKey, ...] = ()
    weights: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether it changes anything."""
        return any((self.absences, self.present, self.closed, self.opened, self.weights))

    def __add__(self, later: Amendment) -> Amendment:
        """Return both, one after the other."""
        return Amendment(
            self.absences + later.absences,
            self.present + later.present,
            self.closed + later.closed,
            self.opened + later.opened,
            {**self.weights, **later.weights},
        )


def amend(network: Network, week: Week, amendment: Amendment) -> tuple[Network, Week]:
    """Return the network and the week as they are after an amendment.

    Raises:
        AmendmentError: a physician, task, duty, day or grade is not there, or a new duty is.
    """
    week = _with_absences(network, week, amendment)
    week = _with_duties(network, week, amendment)
    return _with_weights(network, amendment.weights), week


def released(week: Week, schedule: Schedule) -> Schedule:
    """Return a schedule without what cannot hold in its amended week, the fixed part aside.

    Duties that do not take place go, and so do those of who is absent meanwhile.
    """
    known = {duty.key for duty in week.duties}
    there = {row for row in schedule.assignments if row.duty in known}
    held = week.fixed | _beside(week, there, week.absences)
    return Schedule(schedule.monday, frozenset(there & held))


def duty_of(week: Week, key: DutyKey) -> Duty:
    """Return the duty of a key.

    Raises:
        AmendmentError: the week has no such duty.
    """
    for duty in week.duties:
        if duty.key == key:
            return duty
    days = sorted({duty.day for duty in week.duties if duty.task == key[0]})
    known = f"; {key[0]} is on {', '.join(map(str, days))}" if days else ""
    raise AmendmentError(f"week of {week.monday}: no duty {key[0]}@{key[1]}{known}")


def known_physician(network: Network, name: str) -> str:
    """Return a physician's name.

    Raises:
        AmendmentError: the network has no such physician.
    """
    if name not in network.physicians:
        raise AmendmentError(f"unknown physician {name!r} in {network.name}")
    return name


def _with_absences(network: Network, week: Week, amendment: Amendment) -> Week:
    rows = list(week.absences)
    for name, first, last in amendment.present:
        _check_days(week, known_physician(network, name), first, last)
        if not any(_meets(row, name, first, last) for row in rows):
            raise AmendmentError(f"{name} is not absent from {first} to {last}")
        rows = [part for row in rows for part in _without(row, name, first, last)]
    for absence in amendment.absences:
        known_physician(network, absence.physician)
        _check_days(week, absence.physician, absence.first_day, absence.last_day)
        rows.append(absence)
    pins = _beside(week, week.pins, amendment.absences)
    return replace(week, absences=tuple(rows), pins=pins)


def _beside(
    week: Week, rows: Iterable[Assignment], absences: Iterable[Absence]
) -> frozenset[Assignment]:
    """Return assignments that no absence of their physician rules out; unknown duties stay."""
    spans = [(a.physician, *_span(week, a)) for a in absences]
    duties = {duty.key: duty for duty in week.duties}
    return frozenset(
        row
        for row in rows
        if not any(
            name == row.physician and start < duty.end and duty.start < end
            for name, start, end in spans
            if (duty := duties.get(row.duty)) is not None
        )
    )


def _check_days(week: Week, name: str, first: date, last: date) -> None:
    if last < first:
        raise AmendmentError(f"absence of {name} ends on {last}, before {first}")
    if last < week.days[0] or first > week.days[-1]:
        raise AmendmentError(f"absence of {name}: {first} is not in the week of {week.monday}")


def _span(week: Week, absence: Absence) -> tuple[int, int]:
    return (
        week.midnight(absence.first_day),
        week.midnight(absence.last_day + timedelta(days=1)),
    )


def _meets(row: Absence, name: str, first: date, last: date) -> bool:
    return row.physician == name and row.first_day <= last and first <= row.last_day


def _without(row: Absence, name: str, first: date, last: date) -> Iterable[Absence]:
    """Yield what is left of an absence when some days of it are taken out."""
    if not _meets(row, name, first, last):
        yield row
        return
    if row.first_day < first:
        yield replace(row, last_day=first - timedelta(days=1))
    if last < row.last_day:
        yield replace(row, first_day=last + timedelta(days=1))


def _with_duties(network: Network, week: Week, amendment: Amendment) -> Week:
    gone = {duty_of(week, key).key for key in amendment.closed}
    duties = [duty for duty in week.duties if duty.key not in gone]
    keys = {duty.key for duty in duties}
    for task, day in amendment.opened:
        if task not in network.tasks:
            raise AmendmentError(f"unknown task {task!r} in {network.name}")
        if day not in week.days:
            raise AmendmentError(f"duty {task}@{day} is not in the week of {week.monday}")
        if (task, day) in keys:
            raise AmendmentError(f"duty {task}@{day} is there already")
        duties.append(duty_on(network.tasks[task], day, week.monday, week.timezone))
        keys.add((task, day))
    duties.sort(key=lambda duty: (duty.start, duty.task))
    return replace(
        week,
        duties=tuple(duties),
        pins=frozenset(pin for pin in week.pins if pin.duty not in gone),
        worked=frozenset(row for row in week.worked if row.duty not in gone),
    )


def _with_weights(network: Network, weights: Mapping[tuple[str, str], int]) -> Network:
    rules = network.rules
    level_of = dict(GROUPS) | {WEIGHTS[key][1]: row[1] for key, row in rules.weights.items()}
    rows = dict(rules.weights)
    for key, weight in weights.items():
        if key not in WEIGHTS:
            known = ", ".join(grade for rule, grade in WEIGHTS if rule == key[0])
            hint = f"; {key[0]} has {known}" if known else ""
            raise AmendmentError(f"unknown rule and grade {key[0]}/{key[1]}{hint}")
        if weight < 0:
            raise AmendmentError(f"weight {weight} of {key[0]}/{key[1]} is below 0")
        rows.pop(key, None)
        if weight:
            rows[key] = (weight, level_of[WEIGHTS[key][1]])
    return replace(network, rules=replace(rules, weights=rows))
