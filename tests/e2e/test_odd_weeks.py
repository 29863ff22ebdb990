"""Weeks with nothing to do, nobody to do it, one to do it all, or a past that broke the rules."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from check.builders import physician

from pysched.model import Absence, Agreement, Assignment, Calendar, Physician, State

from .small import MONDAY, filled, on, row, solved, world_of

EVERY_DAY = range(7)
NEW_YEAR = date(2024, 12, 30)
WARD = on(range(6), "ward", "ward", "08:00-14:00")
GUARD = on(EVERY_DAY, "guard", "on_site", "14:00-20:00", category="guard")
CALL = on(EVERY_DAY, "call", "on_call", "20:00-08:00", category="guard", minutes=0)
FAR = on([0], "far", "clinic", "13:45-18:00", at="delta")
SURGERY = on([0], "surgery", "surgery", "08:00-14:00")
CLINIC = on([0], "clinic", "clinic", "09:00-13:00")


def days_of(world_rows: set[Assignment], task: str) -> list[int]:
    """Return the weekdays on which a task is filled."""
    return sorted(a.day.weekday() for a in world_rows if a.task == task)


def test_a_week_without_duties_costs_its_hours_alone() -> None:
    """Two full-time targets of 38 hours, two for each hour missing."""
    result = solved(world_of([], "ann bob"))
    assert result.schedule is not None
    assert result.schedule.assignments == frozenset()
    assert result.by_rule["minimum_hours"] == 2 * (38 + 38)
    assert set(result.by_rule) <= {"minimum_hours", "hours_spread"}


def test_a_week_with_nobody_present_is_left_open() -> None:
    """It is the best there is, and said to be forced."""
    away = tuple(Absence(p, MONDAY, MONDAY + timedelta(days=7), "leave") for p in ("ann", "bob"))
    result = solved(world_of([WARD, GUARD], "ann bob", absences=away))
    assert result.schedule is not None
    assert result.schedule.assignments == frozenset()
    assert (result.cost[6], result.cost[5]) == (7, 6 * 100 + 60)
    assert [(level.level, level.forced) for level in result.levels][:2] == [(6, 7), (5, 660)]


def test_one_physician_has_all_that_one_can_have() -> None:
    """Six days in a row at most, and the ward's six days come for free beside the guard."""
    rows = filled(world_of([WARD, GUARD], "ann"))
    assert len(days_of(rows, "guard")) == 6
    assert days_of(rows, "ward") != []


def test_one_hospital_needs_no_travel() -> None:
    """A network without a second site is solved as any other."""
    world = world_of([WARD, GUARD], "ann bob", changes={"travel": {}})
    assert days_of(filled(world), "guard") == list(EVERY_DAY)


def test_public_holidays_skip_keep_or_add_duties() -> None:
    """New Year's Day 2025 is the Wednesday of a week that began in 2024."""
    weekdays = range(5)
    tasks = [
        on(weekdays, "clinic", "clinic", "09:00-13:00"),
        on(weekdays, "guard", "on_site", "14:00-20:00", category="guard"),
        on([6], "dusk", "clinic", "20:30-21:00"),
    ]
    kinds = ("skip", "as_usual", "also")
    tasks = [replace(t, public_holidays=kind) for t, kind in zip(tasks, kinds, strict=True)]
    world = world_of(tasks, "ann bob", monday=NEW_YEAR)
    assert world.week.holidays == {date(2025, 1, 1)}
    rows = filled(world)
    assert days_of(rows, "clinic") == [0, 1, 3, 4]
    assert days_of(rows, "guard") == [0, 1, 2, 3, 4]
    assert days_of(rows, "dusk") == [2, 6]


def test_seniors_are_off_on_major_holidays_where_others_can() -> None:
    """New Year is major here; on the other days nothing speaks against a senior."""
    people = [physician("ann", "senior"), physician("bob")]
    calendar = Calendar(major=frozenset({"Capodanno"}))
    world = world_of([GUARD], people, monday=NEW_YEAR, calendar=calendar)
    assert world.week.major_holidays == {date(2025, 1, 1)}
    assert row("bob", "guard", 2, NEW_YEAR) in filled(world)


def test_part_time_limits_are_pro_rata_to_the_minute() -> None:
    """48 hours times 28.5 / 38 are 2160 minutes: five times 432, not 433."""
    part_time = Physician("ann", "ann", "expert", Decimal("28.5"), Decimal(10))
    short, enough = (
        on(EVERY_DAY, "guard", "on_site", "14:00-20:00", category="guard", minutes=minutes)
        for minutes in (433, 432)
    )
    made = [len(filled(world_of([task], [part_time]))) for task in (short, enough)]
    assert made == [4, 5]


@pytest.mark.parametrize(
    ("agreement", "open_days"),
    [
        (Agreement("ann", "free_weekday", "wed"), {"guard": [2], "call": [2]}),
        (Agreement("ann", "no_nights"), {"call": list(EVERY_DAY)}),
        (Agreement("ann", "not_at_hospital", "cona"), {"guard": [0, 1, 2, 3, 4], "call": []}),
    ],
)
def test_agreements_leave_open_what_nobody_else_can_do(
    agreement: Agreement, open_days: dict[str, list[int]]
) -> None:
    """By weekday, by night and by hospital."""
    tasks = [
        on(range(5), "guard", "on_site", "14:00-20:00", category="guard"),
        on(EVERY_DAY, "call", "on_call", "20:00-08:00", at="delta", minutes=0),
    ]
    rows = filled(world_of(tasks, "ann", changes={"agreements": (agreement,)}))
    for task, days in open_days.items():
        assert set(days_of(rows, task)).isdisjoint(days)
    assert rows or agreement.kind == "not_at_hospital"


def test_an_agreed_number_of_duties_is_not_exceeded() -> None:
    """Two guards a week, the others stay open."""
    agreements = (Agreement("ann", "max_per_week", "guard", 2),)
    rows = filled(world_of([GUARD, WARD], "ann", changes={"agreements": agreements}))
    assert len(days_of(rows, "guard")) == 2


@pytest.mark.parametrize(
    ("pins", "rules"),
    [
        ([("bob", "ward", 0)], {"skill"}),
        ([("ann", "guard", 3)], {"absence"}),
        ([("bob", "call", 1)], {"agreement"}),
        ([("cat", "guard", 0), ("cat", "far", 0)], {"overlap"}),
        ([("cat", "clinic", 0), ("cat", "surgery", 0)], {"overlap"}),
        ([("cat", "clinic", 0), ("cat", "far", 0)], {"travel"}),
        ([("cat", "call", 0), ("cat", "call", 1)], {"nights"}),
        ([("cat", "guard", day) for day in EVERY_DAY], {"days"}),
        ([("bob", "guard", 0), ("cat", "guard", 0)], set()),
    ],
)
@pytest.mark.parametrize("fixed", ["pins", "worked"])
def test_what_was_fixed_against_a_rule_is_reported_and_the_rest_solved(
    pins: list[tuple[str, str, int]], rules: set[str], fixed: str
) -> None:
    """Pinned or already worked, alone or two on one duty: the other duties are filled."""
    rows = frozenset(row(*pin) for pin in pins)
    thursday = MONDAY + timedelta(days=3)
    world = world_of(
        [WARD, GUARD, CALL, FAR, SURGERY, CLINIC],
        "ann bob cat dan eve",
        without_skills="bob ward",
        absences=(Absence("ann", thursday, thursday, "leave"),),
        changes={"agreements": (Agreement("bob", "no_nights"),)},
        **{fixed: rows},
    )
    result = solved(world)
    assert result.schedule is not None
    assert result.schedule.assignments >= rows
    assert {rule for rule, _ in result.accepted} == rules
    assert result.cost[6] == 0
    assert result.cost[5] == 0


def test_fixed_hours_beyond_the_limit_are_reported_and_nothing_is_added() -> None:
    """Eight guards' worth of hours by Thursday leave none for later days."""
    long = on(EVERY_DAY, "guard", "on_site", "08:00-20:00", category="guard", minutes=780)
    worked = frozenset(row("ann", "guard", day) for day in range(4))
    result = solved(world_of([long], "ann", worked=worked))
    assert result.schedule is not None
    assert result.schedule.assignments == worked
    assert {rule for rule, _ in result.accepted} == {"hours"}


def test_last_weeks_rows_count_and_are_no_breach_of_this_one() -> None:
    """Two nights running at its end: reported by nobody, but Monday's is somebody else's."""
    tail = frozenset({row("ann", "call", -2), row("ann", "call", -1)})
    state = State(last_week=MONDAY - timedelta(days=7), tail=tail)
    world = world_of([on([0], "call", "on_call", "20:00-08:00", minutes=0)], "ann bob", state=state)
    result = solved(world)
    assert result.schedule is not None
    assert result.accepted == ()
    assert result.schedule.assignments == {row("bob", "call", 0)}
