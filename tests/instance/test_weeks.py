"""Weeks hold the duties that take place and what is known beforehand."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from pysched.instance import read_scenario, weeks_of
from pysched.model import Assignment, Duty, Week
from tests.instance.builders import TEXTS, write

TASK = """\
  {id}: {{name: Any, kind: on_site, category: ward, hospital: cona, days: [{days}],
    start: "{start}", end: "{end}", credited_minutes: 0, essential: yes, public_holidays: {how}}}
"""


def weeks_with(folder: Path, first: str, last: str, tasks: str, **files: str) -> tuple[Week, ...]:
    """Return the weeks of a scenario that has the tasks given, all skilled for none."""
    head, _, rest = TEXTS["network.yaml"].partition("tasks:\n")
    people = rest[rest.index("physicians:") : rest.index("skills:")]
    head = head.replace("2023-05-29", first).replace("2023-06-11", last)
    head = head.replace("[Pasqua,", "[Capodanno, Pasqua,")
    texts = {"network.yaml": f"{head}tasks:\n{tasks}{people}skills: {{}}\n"}
    texts |= {f"{name}.csv": text for name, text in files.items()}
    return weeks_of(read_scenario(write(folder, texts)))


def task(name: str, days: str, start: str, end: str, how: str = "skip") -> str:
    """Return the entry of a task."""
    return TASK.format(id=name, days=days, start=start, end=end, how=how)


def test_duties_follow_weekdays_in_order_of_start(tmp_path: Path) -> None:
    """Two weeks, each with its weekdays; closed days have no duty."""
    first, second = weeks_of(read_scenario(write(tmp_path, TEXTS)))
    assert first.duties == (
        Duty("T1", date(2023, 5, 29), 480, 780),
        Duty("T1", date(2023, 5, 30), 1920, 2220),
        # Friday 2 June is a public holiday, on which a clinic of Saturdays is open.
        Duty("T3", date(2023, 6, 2), 6300, 6480),
        Duty("T2", date(2023, 6, 2), 6960, 7680),
        Duty("T3", date(2023, 6, 3), 7740, 7920),
    )
    assert [duty.key for duty in second.duties] == [
        ("T1", date(2023, 6, 5)),
        ("T1", date(2023, 6, 6)),
        ("T3", date(2023, 6, 10)),
    ]


def test_rows_go_to_the_week_of_their_day(tmp_path: Path) -> None:
    """Wishes, pins and what was worked are known in the week they are about."""
    texts = TEXTS | {"history.csv": "day,task,physician\n2023-05-26,T2,P1\n2023-05-30,T1,P3\n"}
    first, second = weeks_of(read_scenario(write(tmp_path, texts)))
    assert [wish.weight for wish in first.requests] == [5, 100, 1]
    assert first.pins == {
        Assignment(date(2023, 5, 29), "T1", "P1"),
        Assignment(date(2023, 5, 30), "T1", "P2"),
    }
    assert first.worked == {Assignment(date(2023, 5, 30), "T1", "P3")}
    assert (second.requests, second.pins, second.worked) == ((), frozenset(), frozenset())


def test_pins_and_history_of_no_duty_are_left_out(tmp_path: Path) -> None:
    """T1 has no duty on Wednesdays."""
    row = "day,task,physician\n2023-05-31,T1,P1\n"
    texts = TEXTS | {"history.csv": row, "pins.csv": row}
    week = weeks_of(read_scenario(write(tmp_path, texts)))[0]
    assert (week.pins, week.worked) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        ("2023-05-01", "2023-05-28", []),
        ("2023-05-01", "2023-05-29", [0]),
        ("2023-06-04", "2023-06-04", [0]),
        ("2023-06-05", "2023-06-05", [0, 1]),
        ("2023-06-06", "2023-06-06", [1]),
        ("2023-01-01", "2023-12-31", [0, 1]),
        ("2023-06-12", "2023-06-12", [1]),
        ("2023-06-13", "2023-06-30", []),
    ],
)
def test_absences_that_touch_a_week_or_the_monday_after_belong_to_it(
    tmp_path: Path, first: str, last: str, weeks: list[int]
) -> None:
    """A night of Sunday ends on that Monday."""
    text = f"physician,first_day,last_day,kind\nP2,{first},{last},vacation\n"
    found = weeks_of(read_scenario(write(tmp_path, TEXTS | {"absences.csv": text})))
    assert [number for number, week in enumerate(found) if week.absences] == weeks


def test_public_holidays_close_open_or_do_not_matter(tmp_path: Path) -> None:
    """Friday 2 June 2023: skip has no duty, as_usual its weekdays, also every holiday."""
    tasks = (
        task("skip", "thu, fri", "08:00", "09:00", "skip")
        + task("usual", "fri", "08:00", "09:00", "as_usual")
        + task("unusual", "thu", "08:00", "09:00", "as_usual")
        + task("also", "thu", "08:00", "09:00", "also")
        + task("only", "", "08:00", "09:00", "also")
    )
    [week] = weeks_with(tmp_path, "2023-05-29", "2023-06-04", tasks)
    assert [duty.key for duty in week.duties] == [
        ("also", date(2023, 6, 1)),
        ("skip", date(2023, 6, 1)),
        ("unusual", date(2023, 6, 1)),
        ("also", date(2023, 6, 2)),
        ("only", date(2023, 6, 2)),
        ("usual", date(2023, 6, 2)),
    ]
    assert week.holidays == {date(2023, 6, 2)}
    assert week.major_holidays == frozenset()


def test_a_week_over_new_year_knows_the_holidays_of_both_years(tmp_path: Path) -> None:
    """Saint Stephen is no major holiday in this calendar, New Year is one by its local name."""
    tasks = task("T1", "mon, tue", "08:00", "09:00")
    weeks = weeks_with(tmp_path, "2022-12-26", "2023-01-08", tasks)
    assert [sorted(week.holidays) for week in weeks] == [
        [date(2022, 12, 26), date(2023, 1, 1)],
        [date(2023, 1, 6)],
    ]
    assert [sorted(week.major_holidays) for week in weeks] == [[date(2023, 1, 1)], []]
    assert [duty.day for duty in weeks[0].duties] == [date(2022, 12, 27)]


def test_the_patron_saint_is_a_holiday_of_the_subdivision(tmp_path: Path) -> None:
    """Saint George is Ferrara's."""
    tasks = task("T1", "mon, tue", "08:00", "09:00")
    [week] = weeks_with(tmp_path, "2024-04-22", "2024-04-28", tasks)
    assert sorted(week.holidays) == [date(2024, 4, 23), date(2024, 4, 25)]


@pytest.mark.parametrize("language", ["en_US.UTF-8", "it_IT.UTF-8", "C"])
def test_names_of_holidays_do_not_depend_on_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """They are those of the country, whatever language the machine speaks."""
    for variable in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(variable, language)
    tasks = task("T1", "mon", "08:00", "09:00")
    [week] = weeks_with(tmp_path, "2029-01-01", "2029-01-07", tasks)
    assert week.major_holidays == {date(2029, 1, 1)}


@pytest.mark.parametrize(
    ("monday", "sunday", "saturday_night", "sunday_start"),
    [
        ("2023-10-23", "2023-10-29", 13 * 60, 6 * 1440 + 8 * 60 + 60),
        ("2023-03-20", "2023-03-26", 11 * 60, 6 * 1440 + 8 * 60 - 60),
        ("2023-06-05", "2023-06-11", 12 * 60, 6 * 1440 + 8 * 60),
    ],
)
def test_minutes_are_real_where_the_clocks_change(
    tmp_path: Path, monday: str, sunday: str, saturday_night: int, sunday_start: int
) -> None:
    """The night over the October change is 13 hours long, that over the March change 11."""
    tasks = task("N", "sat", "20:00", "08:00") + task("D", "sun", "08:00", "12:00")
    [week] = weeks_with(tmp_path, monday, sunday, tasks.replace("skip", "as_usual"))
    night, day = week.duties
    assert night.end - night.start == saturday_night
    assert (day.start, day.end - day.start) == (sunday_start, 240)


def test_hours_that_the_clocks_jump_over_are_no_duty(tmp_path: Path) -> None:
    """On 26 March 2023 there is no 2 o'clock in Rome; the other days are as usual."""
    tasks = task("T1", "sat, sun", "02:00", "03:00")
    texts = weeks_with(tmp_path, "2023-03-20", "2023-03-26", tasks)
    assert [duty.day for duty in texts[0].duties] == [date(2023, 3, 25)]
    [warning] = [w for w in read_scenario(tmp_path).warnings if "clocks" in w.expected]
    assert (warning.field, warning.value) == ("tasks.T1", "2023-03-26")


def test_closures_count_their_last_day(tmp_path: Path) -> None:
    """They close every day of theirs in the horizon, whatever the task does on holidays."""
    closures = "task,first_day,last_day\nT1,2020-01-01,2023-05-30\nT1,2023-06-02,2030-01-01\n"
    tasks = task("T1", "mon, tue, wed, thu, fri, sat, sun", "08:00", "09:00", "also")
    [week] = weeks_with(tmp_path, "2023-05-29", "2023-06-04", tasks, closures=closures)
    assert [duty.day for duty in week.duties] == [date(2023, 5, 31), date(2023, 6, 1)]


def test_a_duty_may_end_at_midnight(tmp_path: Path) -> None:
    """It ends with its day and touches none of the next."""
    [week] = weeks_with(tmp_path, "2023-06-05", "2023-06-11", task("T1", "mon", "20:00", "00:00"))
    assert [(duty.start, duty.end) for duty in week.duties] == [(1200, 1440)]
    assert read_scenario(tmp_path).network.tasks["T1"].end == time(0)
