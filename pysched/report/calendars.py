"""One calendar a physician (RFC 5545); entries keep their identity through all versions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from pysched.model import Duty, Network, Schedule, Week
from pysched.report.kinds import LOOKS

PRODUCT = "-//pysched//weekly schedule//EN"
_COMPARED = ("SUMMARY", "LOCATION", "DESCRIPTION", "DTSTART", "DTEND", "STATUS", "CATEGORIES")
"""What makes a new version of an entry."""


class CalendarError(ValueError):
    """An earlier calendar that cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty of a physician in real time."""

    physician: str
    uid: str
    duty: Duty
    begin: datetime
    end: datetime


def calendars(
    network: Network,
    weeks: Iterable[tuple[Week, Schedule]],
    stamp: datetime,
    earlier: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the text of each physician's calendar by id, empty ones and those of leavers included.

    An entry that is as in the earlier calendar stays as it was, to the byte. One that changed gets
    a higher SEQUENCE; one that is gone from these weeks stays as cancelled, so that programs take
    it out; one that comes back is confirmed again. Entries of other weeks stay as they are.

    Args:
        network: physicians, tasks and hospitals.
        weeks: with their schedules.
        stamp: the moment of this version, with a time zone.
        earlier: physician -> text of his calendar in its last version.

    Raises:
        CalendarError: an earlier calendar is none.
        ValueError: the stamp has no time zone.
    """
    moment = _moment(stamp)
    shown, before = list(weeks), earlier or {}
    entries: dict[str, list[Entry]] = {p: [] for p in (*network.physicians, *before)}
    for week, schedule in shown:
        for entry in _entries(network, week, schedule):
            entries[entry.physician].append(entry)
    spans = [_span(week) for week, _ in shown]
    return {
        physician: _calendar(
            _name(network, physician),
            {entry.uid: _event(network, entry, moment) for entry in mine},
            _events(before.get(physician), physician),
            spans,
            moment,
        )
        for physician, mine in entries.items()
    }


def _moment(stamp: datetime) -> datetime:
    if stamp.tzinfo is None:
        raise ValueError(f"stamp {stamp} has no time zone")
    return stamp.astimezone(UTC).replace(microsecond=0)


def _entries(network: Network, week: Week, schedule: Schedule) -> Iterator[Entry]:
    duties = {duty.key: duty for duty in week.duties}
    for row in schedule:
        duty = duties.get(row.duty)
        if duty is not None and row.physician in network.physicians:
            begin, end = week.moment(duty.start), week.moment(duty.end)
            uid = uid_of(network, row.physician, duty.task, duty.day)
            yield Entry(row.physician, uid, duty, begin, end)


def uid_of(network: Network, physician: str, task: str, day: date) -> str:
    """Return the identity of a physician's duty: the same in every version of its schedule."""
    key = "\n".join((network.name, physician, task, day.isoformat()))
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@pysched"


def _span(week: Week) -> tuple[datetime, datetime]:
    """Return when a week begins and ends."""
    return week.moment(0), week.moment(week.midnight(week.monday + timedelta(days=7)))


def _name(network: Network, physician: str) -> str:
    known = network.physicians.get(physician)
    return f"{network.name}: {physician if known is None else known.name}"


def _calendar(
    name: str,
    new: Mapping[str, Event],
    old: Mapping[str, Event],
    spans: Sequence[tuple[datetime, datetime]],
    stamp: datetime,
) -> str:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", name)
    found = [_version(event, old.get(uid), stamp) for uid, event in new.items()]
    for uid, event in old.items():
        if uid not in new:
            is_gone = any(first <= _begin(event) < last for first, last in spans)
            found.append(_cancelled(event, stamp) if is_gone else event)
    for event in sorted(found, key=lambda event: (_begin(event), str(event["UID"]))):
        calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def _event(network: Network, entry: Entry, stamp: datetime) -> Event:
    task = network.tasks[entry.duty.task]
    look = LOOKS[task.kind]
    hours = task.credited_minutes / 60
    credited = f"counts as {hours:g} h worked" if hours else "counts as no hours worked"
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", stamp)
    event.add("SEQUENCE", 0)
    event.add("SUMMARY", f"{task.name} ({task.id})")
    event.add("LOCATION", network.hospitals[task.hospital].name)
    event.add("DESCRIPTION", f"{look.words}; {credited}")
    event.add("CATEGORIES", [look.words])
    event.add("DTSTART", entry.begin)
    event.add("DTEND", entry.end)
    event.add("STATUS", "CONFIRMED")
    return event


def _version(event: Event, old: Event | None, stamp: datetime) -> Event:
    """Return an entry as it follows on its last version."""
    if old is None:
        return event
    if _said(old) == _said(event):
        return old
    _set(event, "SEQUENCE", _number(old) + 1)
    _set(event, "DTSTAMP", stamp)
    return event


def _cancelled(event: Event, stamp: datetime) -> Event:
    if str(event.get("STATUS", "")) == "CANCELLED":
        return event
    _set(event, "STATUS", "CANCELLED")
    _set(event, "SEQUENCE", _number(event) + 1)
    _set(event, "DTSTAMP", stamp)
    return event


def _set(event: Event, name: str, value: object) -> None:
    event.pop(name, None)
    event.add(name, value)


def _said(event: Event) -> list[object]:
    return [event[name].to_ical() if name in event else b"" for name in _COMPARED]


def _events(text: str | None, physician: str) -> dict[str, Event]:
    """Return the entries of an earlier calendar by identity.

    Raises:
        CalendarError: it is none.
    """
    if text is None:
        return {}
    if not text.rstrip().endswith("END:VCALENDAR"):
        raise CalendarError(f"earlier calendar of {physician}: it does not end as one does")
    try:
        calendar = Calendar.from_ical(text)
        events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
        return {str(event["UID"]): event for event in events if _begin(event)}
    except (ValueError, KeyError, AttributeError, IndexError, TypeError) as error:
        raise CalendarError(f"earlier calendar of {physician}: {error!r}") from error


def _begin(event: Event) -> datetime:
    """Return when an entry begins.

    Raises:
        ValueError: it is no moment in real time.
    """
    begin: object = event.decoded("DTSTART")
    if not isinstance(begin, datetime) or begin.tzinfo is None:
        raise ValueError(f"begin {begin} is no moment of a time zone")
    return begin


def _number(event: Event) -> int:
    found: object = event.decoded("SEQUENCE", 0)
    return found if isinstance(found, int) else 0
