"""Rest and absence in real time, where the clocks change in the week."""

from datetime import date, timedelta

import pytest

from pysched.model import Absence, Calendar, Limits, State, profile_rules

from .small import NEW_YORK, ROME, filled, on, row, world_of

SATURDAY, SUNDAY = 5, 6
SPRING = [(ROME, date(2023, 3, 20)), (NEW_YORK, date(2023, 3, 6))]
AUTUMN = [(ROME, date(2023, 10, 23)), (NEW_YORK, date(2023, 10, 30))]
PLAIN = [(ROME, date(2023, 6, 5)), (NEW_YORK, date(2023, 10, 23)), (ROME, date(2023, 10, 30))]

LATE = on([SATURDAY], "late", "on_site", "14:00-20:00")


@pytest.mark.parametrize(
    ("place", "early", "count"),
    [
        *((place, "07:00-13:00", 1) for place in SPRING),
        *((place, "08:00-14:00", 2) for place in SPRING),
        *((place, "06:00-12:00", 2) for place in AUTUMN),
        *((place, "05:00-11:00", 1) for place in AUTUMN),
        *((place, "07:00-13:00", 2) for place in PLAIN),
        *((place, "06:00-12:00", 1) for place in PLAIN),
    ],
)
def test_rest_is_eleven_real_hours(place: tuple[Calendar, date], early: str, count: int) -> None:
    """Eleven hours by the clock are ten in spring, and ten are eleven in autumn."""
    calendar, monday = place
    tasks = [LATE, on([SUNDAY], "early", "on_site", early)]
    assert count == len(filled(world_of(tasks, monday=monday, calendar=calendar)))


@pytest.mark.parametrize(
    ("monday", "count"),
    [(date(2023, 3, 20), 1), (date(2023, 10, 23), 0), (date(2023, 6, 5), 1)],
)
def test_a_span_of_thirteen_hours_is_real_too(monday: date, count: int) -> None:
    """From 19:30 to 08:30 by the clock it is fourteen hours in autumn: too long for both."""
    tasks = [
        on([SATURDAY], "evening", "on_site", "19:30-22:00"),
        on([SUNDAY], "dawn", "on_site", "04:00-08:30"),
    ]
    assert 1 + count == len(filled(world_of(tasks, monday=monday)))


@pytest.mark.parametrize(
    ("monday", "minutes"),
    [(date(2023, 3, 20), 660), (date(2023, 10, 23), 780), (date(2023, 6, 5), 720)],
)
def test_a_night_lasts_as_long_as_it_does(monday: date, minutes: int) -> None:
    """The night of Saturday is an hour shorter in spring and longer in autumn."""
    world = world_of([on([SATURDAY], "night", "on_site", "20:00-08:00")], monday=monday)
    duty = world.week.duties[0]
    assert minutes == duty.end - duty.start
    assert {row("ann", "night", SATURDAY, monday)} == filled(world)


@pytest.mark.parametrize("place", [*SPRING, *AUTUMN, *PLAIN])
def test_an_absence_ends_at_local_midnight(place: tuple[Calendar, date]) -> None:
    """A duty until midnight of Saturday is free of a Sunday's absence, one past it is not."""
    calendar, monday = place
    sunday = monday + timedelta(days=SUNDAY)
    away = (Absence("ann", sunday, sunday, "leave"),)
    tasks = [on([SATURDAY], "evening", "on_site", "18:00-00:00")]
    later = [on([SATURDAY], "evening", "on_site", "18:00-00:15")]
    made = [
        len(filled(world_of(some, monday=monday, calendar=calendar, absences=away)))
        for some in (tasks, later)
    ]
    assert made == [1, 0]


@pytest.mark.parametrize(
    ("monday", "early", "count"),
    [
        (date(2023, 3, 27), "06:00-12:00", 0),
        (date(2023, 6, 5), "06:00-12:00", 1),
        (date(2023, 10, 30), "05:30-12:00", 1),
        (date(2023, 6, 5), "05:30-12:00", 0),
    ],
)
def test_rest_since_last_week_is_real_too(monday: date, early: str, count: int) -> None:
    """From Saturday's midnight to Monday morning the clocks change; here the rest is 30 hours."""
    tasks = [on([SATURDAY], "late", "on_site", "18:00-00:00"), on([0], "early", "on_site", early)]
    rules = profile_rules("recommended", limits=Limits(rest_hours=30))
    tail = frozenset({row("ann", "late", -2, monday)})
    state = State(last_week=monday - timedelta(days=7), tail=tail)
    world = world_of(tasks, monday=monday, state=state, changes={"rules": rules})
    assert count == sum(assignment.task == "early" for assignment in filled(world))
