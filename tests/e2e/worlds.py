"""Random weeks and states of random networks: what a small world is solved from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pysched.instance.weeks import duties_of
from pysched.model import Absence, Assignment, Load, Network, Request, State, Week
from pysched.model.public_holidays import major_holidays, public_holidays

from .networks import random_network

MONDAYS = (
    date(2023, 6, 5),
    date(2023, 10, 23),
    date(2023, 3, 20),
    date(2023, 3, 6),
    date(2023, 10, 30),
    date(2024, 12, 30),
    date(2023, 6, 26),
    date(2023, 12, 25),
)
"""Plain weeks, weeks of clock changes, last weeks of a month, New Year and Christmas."""


@dataclass(frozen=True)
class World:
    """What a week is solved from."""

    network: Network
    week: Week
    state: State


def random_world(seed: int, people: int = 5, tasks: int = 8) -> World:
    """Return a week with something of everything, drawn from a seed."""
    rng = Random(seed)
    network = random_network(rng, people, tasks)
    week = random_week(rng, network)
    state = random_state(rng, network, week)
    return World(network, with_past_published(rng, network, week), state)


def random_week(rng: Random, network: Network) -> Week:
    """Return a week with absences, wishes, pins and decisions of every kind."""
    monday = rng.choice(MONDAYS)
    days = [monday + timedelta(days=n) for n in range(7)]
    calendar = network.calendar
    holidays = public_holidays(calendar, days)
    open_days = frozenset(rng.sample(days, rng.randint(2, 7)))
    duties = tuple(
        duty for duty in duties_of(network, monday, holidays, frozenset()) if duty.day in open_days
    )
    names = sorted(network.physicians)
    keys = [duty.key for duty in duties]
    sacrifices = frozenset(key for key in keys if rng.random() < 0.3) if _half(rng) else frozenset()
    counted = _counted(monday, holidays)
    return Week(
        monday=monday,
        timezone=calendar.timezone,
        duties=duties,
        absences=tuple(_absences(rng, names, monday)),
        requests=tuple(_requests(rng, network, days)),
        holidays=holidays,
        major_holidays=major_holidays(calendar, days) if _half(rng) else holidays,
        pins=_anybody(rng, names, keys, 3) if _half(rng) else frozenset(),
        worked=_anybody(rng, names, keys, 4) if rng.random() < 0.3 else frozenset(),
        granted=frozenset((rng.choice(names), rng.choice(days)) for _ in range(rng.randint(0, 3))),
        sacrifices=sacrifices,
        sacrifice_costs={
            (p, *key): rng.randint(0, 9) for key in sorted(sacrifices) for p in names if _half(rng)
        },
        sacrifice_days=counted,
        day_costs=_day_costs(names, counted),
        over_limit=frozenset(name for name in names if rng.random() < 0.3),
        unavoidable_sacrifices=rng.randint(0, 3),
    )


def _counted(monday: date, holidays: frozenset[date]) -> dict[date, date]:
    """Return the days that are sacrifices, holidays for themselves and a weekend as one."""
    ends = [day for n in (5, 6) if (day := monday + timedelta(days=n)) not in holidays]
    return {day: day for day in sorted(holidays)} | dict.fromkeys(ends, ends[0])


def _day_costs(names: list[str], counted: dict[date, date]) -> dict[tuple[str, date], int]:
    """Return what some days cost some, by draws of their own: the others stay as they were."""
    rng = Random(f"{sorted(counted)} {names}")
    return {
        (name, day): rng.randint(-9, 9)
        for day in sorted(set(counted.values()))
        for name in names
        if rng.random() < 0.3
    }


def with_past_published(rng: Random, network: Network, week: Week) -> Week:
    """Return the week as it is after publication, now and then."""
    if rng.random() < 0.6:
        return week
    keys = [duty.key for duty in week.duties]
    published = _anybody(rng, sorted(network.physicians), keys, len(keys))
    return replace(week, published=published, now=rng.randint(-2000, 9000))


def random_state(rng: Random, network: Network, week: Week) -> State:
    """Return what earlier weeks, or a gap, hand on."""
    if rng.random() < 0.15:
        return State()
    names, monday = sorted(network.physicians), week.monday
    before = [
        (task, monday - timedelta(days=n))
        for task in sorted(network.tasks)
        for n in range(1, 8)
        if rng.random() < 0.5
    ]
    gap = rng.random() < 0.2
    last_week = monday - timedelta(days=14 if gap else 7)
    month = (last_week + timedelta(days=3)).replace(day=1)
    return State(
        last_week=last_week,
        loads={(p, c): _load(rng) for p in names for c in sorted(network.categories) if _half(rng)},
        balance_minutes={p: 15 * rng.randint(-200, 200) for p in names if _half(rng)},
        month=month,
        month_minutes={p: 15 * rng.randint(-60, 60) for p in names if _half(rng)},
        tail=_anybody(rng, names, before, 12) if not gap else frozenset(),
        streaks={
            (p, t): rng.randint(1, 7) for p in names for t in sorted(network.tasks) if _half(rng)
        },
    )


def _half(rng: Random) -> bool:
    return rng.random() < 0.5


def _load(rng: Random) -> Load:
    count, minutes = rng.randint(0, 6), 60 * rng.randint(0, 40)
    return Load(count, minutes, rng.randint(0, 6000), rng.randint(0, 2_400_000))


def _absences(rng: Random, names: list[str], monday: date) -> list[Absence]:
    rows = []
    for name in names:
        if rng.random() < 0.35:
            first = monday + timedelta(days=rng.randint(-3, 7))
            rows.append(Absence(name, first, first + timedelta(days=rng.randint(0, 3)), "leave"))
    return rows


def _requests(rng: Random, network: Network, days: list[date]) -> list[Request]:
    wishes = []
    for name in sorted(network.physicians):
        for _ in range(rng.randint(0, 2)):
            kind = rng.choice(("day_off", "shift_off", "prefer_task", "avoid_task"))
            what = ""
            if kind == "shift_off":
                what = rng.choice(("morning", "afternoon", "night"))
            elif kind != "day_off":
                what = rng.choice(sorted(network.tasks))
            wishes.append(Request(name, rng.choice(days), kind, what, rng.randint(1, 8)))
    # The same thing wished for twice weighs as much as both.
    return wishes + wishes[:1]


def _anybody(
    rng: Random, names: list[str], keys: list[tuple[str, date]], most: int
) -> frozenset[Assignment]:
    """Return assignments that may break any rule, some duties among them with two physicians."""
    rows = set()
    for task, day in rng.sample(keys, min(len(keys), rng.randint(0, most))):
        for name in rng.sample(names, rng.choice((1, 1, 1, 1, 2))):
            rows.add(Assignment(day, task, name))
    return frozenset(rows)


def small_world(seed: int, duties: int) -> World:
    """Return a random world with no more than so many duties, its first ones."""
    world = random_world(seed, tasks=5)
    kept = world.week.duties[:duties]
    keys = {duty.key for duty in kept}
    week = replace(
        world.week,
        duties=kept,
        pins=frozenset(row for row in world.week.pins if row.duty in keys),
        worked=frozenset(row for row in world.week.worked if row.duty in keys),
    )
    return replace(world, week=week)
