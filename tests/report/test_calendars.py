"""Calendars: valid, with entries that keep their identity and are cancelled when they go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from icalendar.cal import Event

from pysched.instance import weeks_of
from pysched.model import Assignment, Schedule, Week
from pysched.report.calendars import CalendarError, calendars
from tests.report.weeks import FIRST, SCENARIO, SECOND, WEEKS

NETWORK = SCENARIO.network
FIRST_WEEK = [(WEEKS[0], FIRST.record.schedule)]
STAMP = datetime(2024, 4, 8, 9, tzinfo=UTC)
LATER = STAMP + timedelta(days=2)


def events(text: str) -> dict[str, Event]:
    """Return the entries of a calendar by identity, each once."""
    found = [part for part in Calendar.from_ical(text).walk("VEVENT") if isinstance(part, Event)]
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def state(event: Event) -> tuple[str, int, datetime]:
    """Return status, sequence and stamp."""
    return str(event["STATUS"]), int(event["SEQUENCE"]), event["DTSTAMP"].dt


def swapped(schedule: Schedule) -> tuple[Schedule, Assignment, str]:
    """Return a schedule in which somebody else has one duty, which duty and who."""
    row = next(row for row in schedule if row.physician != "anna")
    rest = schedule.assignments - {row}
    return replace(schedule, assignments=rest | {replace(row, physician="anna")}), row, "anna"


def test_each_physician_has_his_duties_at_their_times() -> None:
    """In real time: Dario's first night is from 20 to 8, two hours before UTC in summer."""
    found = calendars(NETWORK, FIRST_WEEK, STAMP)
    assert list(found) == list(NETWORK.physicians)
    assert sum(len(events(text)) for text in found.values()) == 16
    nights = [
        (event["DTSTART"].dt, event["DTEND"].dt)
        for text in found.values()
        for event in events(text).values()
        if "night" in str(event["SUMMARY"])
    ]
    assert (
        datetime(2024, 4, 15, 18, tzinfo=UTC),
        datetime(2024, 4, 16, 6, tzinfo=UTC),
    ) in nights


def test_a_night_over_the_change_of_clocks_lasts_thirteen_hours() -> None:
    """On the last Saturday of October, by the toy's own night."""
    network = replace(
        NETWORK,
        tasks=dict(NETWORK.tasks)
        | {"night": replace(NETWORK.tasks["night"], weekdays=frozenset({5}))},
    )
    first, last = date(2024, 10, 21), date(2024, 10, 27)
    (week,) = weeks_of(replace(SCENARIO, network=network, first_day=first, last_day=last))
    night = Assignment(date(2024, 10, 26), "night", "dario")
    text = calendars(network, [(week, Schedule(first, frozenset({night})))], STAMP)["dario"]
    (event,) = events(text).values()
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=13)


def test_a_calendar_is_valid() -> None:
    """As RFC 5545 asks: lines of at most 75 bytes that end in CRLF, and what must be there."""
    for text in calendars(NETWORK, FIRST_WEEK, STAMP).values():
        raw = text.encode()
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert max(map(len, raw.split(b"\r\n"))) <= 75
        calendar = Calendar.from_ical(text)
        assert (str(calendar["VERSION"]), "PRODID" in calendar) == ("2.0", True)
        assert calendar.errors == []
        for event in events(text).values():
            assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)
            assert event["DTEND"].dt > event["DTSTART"].dt
            assert event.errors == []


def test_the_same_week_again_changes_no_byte() -> None:
    """Whenever that is."""
    first = calendars(NETWORK, FIRST_WEEK, STAMP)
    assert calendars(NETWORK, FIRST_WEEK, LATER, first) == first


def test_a_swap_cancels_one_entry_and_adds_one() -> None:
    """All others stay as they were; swapped back, the cancelled one is confirmed again."""
    first = calendars(NETWORK, FIRST_WEEK, STAMP)
    schedule, row, taker = swapped(FIRST.record.schedule)
    second = calendars(NETWORK, [(WEEKS[0], schedule)], LATER, first)
    old, new = events(first[row.physician]), events(second[row.physician])
    changed = {uid for uid in old if state(new[uid]) != state(old[uid])}
    assert set(new) == set(old)
    assert [state(new[uid]) for uid in changed] == [("CANCELLED", 1, LATER)]
    added = events(second[taker]).keys() - events(first[taker]).keys()
    assert [state(events(second[taker])[uid]) for uid in added] == [("CONFIRMED", 0, LATER)]
    assert all(
        second[name] == first[name]
        for name in NETWORK.physicians
        if name not in (row.physician, taker)
    )
    third = calendars(NETWORK, FIRST_WEEK, LATER + timedelta(days=1), second)
    again = events(third[row.physician])
    assert {state(again[uid])[:2] for uid in changed} == {("CONFIRMED", 2)}


def test_another_hour_is_a_new_version_of_the_same_entry() -> None:
    """The guard begins an hour later."""
    first = calendars(NETWORK, FIRST_WEEK, STAMP)
    guard = NETWORK.tasks["guard"]
    later = replace(guard, start=guard.start.replace(hour=15))
    network = replace(NETWORK, tasks=dict(NETWORK.tasks) | {"guard": later})
    week = weeks_of(replace(SCENARIO, network=network))[0]
    second = calendars(network, [(week, FIRST.record.schedule)], LATER, first)
    for name, text in second.items():
        assert set(events(text)) == set(events(first[name]))
        for event in events(text).values():
            is_guard = "guard, afternoon" in str(event["SUMMARY"])
            assert int(event["SEQUENCE"]) == is_guard


def test_other_weeks_and_leavers_are_kept_in_order() -> None:
    """A report of the second week alone cancels nothing of the first; who left has nothing more."""
    both = [*FIRST_WEEK, (WEEKS[1], SECOND.record.schedule)]
    first = calendars(NETWORK, both, STAMP)
    assert calendars(NETWORK, both[1:], LATER, first) == first
    gone = calendars(NETWORK, both, LATER, {"zoe": first["anna"]})
    assert {state(event)[0] for event in events(gone["zoe"]).values()} == {"CANCELLED"}


@pytest.mark.parametrize("text", ["", "nonsense", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"])
def test_an_earlier_calendar_that_is_none_is_refused(text: str) -> None:
    """By the name of its owner."""
    with pytest.raises(CalendarError, match="earlier calendar of anna"):
        calendars(NETWORK, FIRST_WEEK, STAMP, {"anna": text})


def test_a_stamp_without_a_time_zone_is_refused() -> None:
    """Whose time would it be?"""
    with pytest.raises(ValueError, match="has no time zone"):
        calendars(NETWORK, FIRST_WEEK, datetime(2024, 4, 8))


def test_identities_differ_between_all_duties() -> None:
    """Of all weeks and physicians."""
    weeks: list[tuple[Week, Schedule]] = [*FIRST_WEEK, (WEEKS[1], SECOND.record.schedule)]
    found = [uid for text in calendars(NETWORK, weeks, STAMP).values() for uid in events(text)]
    assert len(set(found)) == len(found) == 31
