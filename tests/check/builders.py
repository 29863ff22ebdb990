"""A small hospital network, and weeks and schedules of it written as short strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Literal

from pysched.check import Report, check
from pysched.model import (
    Assignment,
    Calendar,
    Category,
    Hospital,
    Network,
    Physician,
    Schedule,
    State,
    Task,
    Week,
    duty_on,
)
from pysched.model.network import Kind

MONDAY = date(2023, 6, 5)
TIMEZONE = "Europe/Rome"


def day(offset: int, monday: date = MONDAY) -> date:
    """Return the day so many days after Monday."""
    return monday + timedelta(days=offset)


def task(
    name: str, kind: Kind, hours: str, category: str = "care", at: str = "cona", minutes: int = 360
) -> Task:
    """Return a task; hours are written 08:00-14:00."""
    start, end = (time.fromisoformat(clock) for clock in hours.split("-"))
    every_day = frozenset(range(7))
    essential = category == "guard"
    return Task(
        name, name, kind, category, at, every_day, start, end, minutes, essential, "as_usual"
    )


TASKS = (
    task("ward", "ward", "08:00-14:00"),
    task("clinic", "clinic", "09:00-13:00", minutes=230),
    task("visit", "clinic", "13:00-15:00", minutes=120),
    task("early", "on_site", "07:00-13:00"),
    task("dawn", "on_site", "06:00-12:00"),
    task("surgery", "surgery", "08:00-14:00"),
    task("guard", "on_site", "14:00-20:00", "guard"),
    task("dusk", "clinic", "19:00-20:00", minutes=60),
    task("night", "on_site", "20:00-08:00", "guard", minutes=720),
    task("call", "on_call", "20:00-08:00", "guard", minutes=0),
    task("ring", "on_call", "08:00-20:00", minutes=0),
    task("late", "on_site", "18:00-00:00"),
    task("small", "on_site", "00:00-06:00"),
    task("noon", "clinic", "13:00-17:00", at="delta"),
    task("outing", "on_site", "08:30-12:00", at="delta"),
    task("far", "clinic", "13:45-18:00", at="delta"),
    task("scan", "clinic", "11:15-12:15", at="delta"),
    task("farcall", "on_call", "20:00-08:00", at="delta", minutes=0),
)


def physician(
    name: str,
    status: Literal["senior", "expert", "resident"] = "expert",
    hours: int = 38,
    years: str = "10",
    **more: Any,
) -> Physician:
    """Return a full-time expert of ten years unless told otherwise."""
    return Physician(name, name, status, Decimal(hours), Decimal(years), **more)


PEOPLE = (
    physician("ann", "senior"),
    physician("bob"),
    physician("cat", "resident"),
    physician("dan"),
)


def network(
    people: Iterable[Physician] = PEOPLE, without_skills: str = "", **changes: Any
) -> Network:
    """Return a network of two hospitals where all may do every task not listed as "ann ward"."""
    people = tuple(people)
    lacking = {tuple(pair.split()) for pair in without_skills.split(",") if pair.strip()}
    skills = {(p.id, t.id) for p in people for t in TASKS} - lacking
    base = Network(
        name="small",
        calendar=Calendar(),
        hospitals={"cona": Hospital("cona", "Cona", True), "delta": Hospital("delta", "D", False)},
        travel={("cona", "delta"): 60, ("delta", "cona"): 60},
        categories={
            "care": Category("care", "minor", wanted=True),
            "guard": Category("guard", "major", wanted=False),
        },
        tasks={t.id: t for t in TASKS},
        physicians={p.id: p for p in people},
        skills=frozenset((person, name) for person, name in skills),
    )
    return replace(base, **changes)


def given(text: str, monday: date = MONDAY) -> frozenset[Assignment]:
    """Return assignments written as "ann ward 0 1 2, bob night 3": days count from Monday."""
    rows = set()
    for part in filter(str.strip, text.split(",")):
        person, name, *offsets = part.split()
        rows |= {Assignment(day(int(offset), monday), name, person) for offset in offsets}
    return frozenset(rows)


def week_of(text: str, *, monday: date = MONDAY, **facts: Any) -> Week:
    """Return a week with duties written as "ward 0 1 2, night 3"."""
    keys = {row.duty for row in given(_anonymous(text), monday)}
    tasks = {t.id: t for t in TASKS}
    duties = [duty_on(tasks[name], on, monday, TIMEZONE) for name, on in keys]
    duties.sort(key=lambda duty: (duty.start, duty.task))
    return Week(monday, TIMEZONE, tuple(duties), **facts)


def checked(
    rows: str,
    *,
    opened: str = "",
    fixed: str = "",
    tail: str = "",
    net: Network | None = None,
    monday: date = MONDAY,
    state: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Report:
    """Check the assignments `rows` in a week with their duties, the opened and the fixed ones.

    Args:
        rows: the schedule, as `given` reads it.
        opened: further duties of the week, as `week_of` reads them.
        fixed: assignments that are pinned.
        tail: last week's assignments, with negative days.
        net: the network, the small one if None.
        monday: first day of the week.
        state: further fields of the state.
        facts: further fields of the week.
    """
    duties = ",".join([opened, *(_duties(rows)), *(_duties(fixed))])
    week = week_of(duties, monday=monday, pins=given(fixed, monday), **facts)
    before = State(tail=given(tail, monday), **(state or {}))
    return check(net or network(), week, before, Schedule(monday, given(rows, monday)))


def broken(rule: str, report: Report) -> list[tuple[str, bool]]:
    """Return culprit and acceptance of each breach of a hard rule."""
    return [(b.culprit, b.accepted) for b in report.breaches if b.rule == rule]


def units(rule: str, grade: str, report: Report) -> dict[str, int]:
    """Return culprit -> units of a grade of a soft rule."""
    return {c.culprit: c.units for c in report.costs if (c.rule, c.grade) == (rule, grade)}


def _duties(rows: str) -> list[str]:
    return [part.strip().split(maxsplit=1)[1] for part in rows.split(",") if part.strip()]


def _anonymous(text: str) -> str:
    return ",".join(f"- {part}" for part in text.split(",") if part.strip())
