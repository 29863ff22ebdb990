"""Random small networks, weeks and states, as odd as the model allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from pysched.instance.calendar import major_holidays, public_holidays
from pysched.instance.weeks import duties_of
from pysched.model import (
    Absence,
    Agreement,
    Assignment,
    Calendar,
    Category,
    GeographyRule,
    Hospital,
    Limits,
    Load,
    Network,
    Pair,
    Physician,
    Request,
    Rules,
    State,
    Task,
    Week,
    profile_rules,
)

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

PLACES = (
    Calendar(major=frozenset({"Natale", "Capodanno"})),
    Calendar("America/New_York", "US", "NY", frozenset({"Christmas Day", "New Year's Day"})),
)

TIMES = (
    ("ward", "08:00", "14:00"),
    ("ward", "09:00", "12:00"),
    ("on_site", "14:00", "20:00"),
    ("on_site", "20:00", "08:00"),
    ("on_site", "22:00", "06:00"),
    ("on_site", "00:00", "06:00"),
    ("on_site", "18:00", "00:00"),
    ("on_site", "00:00", "00:00"),
    ("on_site", "09:00", "08:00"),
    ("on_site", "20:00", "19:00"),
    ("on_call", "20:00", "08:00"),
    ("on_call", "08:00", "20:00"),
    ("on_call", "00:00", "08:00"),
    ("surgery", "08:00", "14:00"),
    ("surgery", "13:00", "17:30"),
    ("clinic", "09:00", "12:45"),
    ("clinic", "13:00", "14:15"),
    ("clinic", "14:00", "15:30"),
    ("clinic", "06:00", "07:10"),
    ("clinic", "04:30", "06:00"),
)
"""Kind, start and end of tasks, each odd in its own way."""

WEEKLY_HOURS = ("38", "38", "28.5", "19", "30.4", "36")


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


def random_network(rng: Random, people: int, tasks: int) -> Network:
    """Return a network of one to three hospitals."""
    hospitals = ("cona", "delta", "argenta")[: rng.randint(1, 3)]
    categories = ("care", "guard", "room")[: rng.randint(2, 3)]
    names = [f"p{n}" for n in range(people)]
    physicians = {name: _physician(rng, name, names) for name in names}
    # Some networks have whole hours only, as the encodings charge those in another form.
    whole = rng.random() < 0.4
    own = {
        f"t{n}": _task(rng, f"t{n}", n, hospitals, categories, whole=whole) for n in range(tasks)
    }
    skills = {(p, t) for p in names for t in own if rng.random() < 0.7}
    return Network(
        name="random",
        calendar=rng.choice(PLACES),
        hospitals={h: Hospital(h, h, main=h == "cona") for h in hospitals},
        travel=_travel(rng, hospitals),
        categories={
            c: Category(c, rng.choice(("major", "minor")), rng.random() < 0.5) for c in categories
        },
        tasks=own,
        physicians=physicians,
        skills=frozenset(skills),
        suitability={key: rng.randint(0, 100) for key in sorted(skills) if rng.random() < 0.3},
        agreements=tuple(_agreements(rng, names, hospitals, categories)),
        pairs=tuple(_pairs(rng, names)),
        geography=tuple(
            GeographyRule(*rng.sample(sorted(own), 2)) for _ in range(rng.randint(0, 3))
        ),
        rules=random_rules(rng),
    )


def random_rules(rng: Random) -> Rules:
    """Return a policy: each profile, with limits, levels and weights of its own or without."""
    settings: dict[str, object] = {}
    if rng.random() < 0.5:
        settings["limits"] = Limits(
            rest_hours=rng.choice((9, 11, 12)),
            span_hours=rng.choice((12, 13, 24)),
            max_nights=rng.choice((0, 1, 2, 3)),
            days_in_a_row=rng.choice((2, 5, 6, 7)),
            maximum_hours=Decimal(rng.choice(("48", "40.5", "24"))),
            target_hours_per_day=Decimal(rng.choice(("6.3", "2.5", "1"))),
            spread_block_hours=rng.choice((1, 3, 4)),
        )
    if rng.random() < 0.5:
        settings["measure"] = rng.choice(("count", "minutes"))
        settings["normalise"] = rng.choice(("fair_share", "none"))
    weights = {("wishes", "day_off"): 3, ("team", "like"): 0} if rng.random() < 0.3 else None
    levels = {"rules": 7} if rng.random() < 0.2 else None
    profile = rng.choice(("paper", "recommended", "recommended", "weighted"))
    return profile_rules(profile, weights, levels, **settings)  # type: ignore[arg-type]


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
        over_limit=frozenset(name for name in names if rng.random() < 0.3),
        unavoidable_sacrifices=rng.randint(0, 3),
    )


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


def _physician(rng: Random, name: str, names: list[str]) -> Physician:
    others = [other for other in names if other != name]
    return Physician(
        name,
        name,
        rng.choice(("senior", "expert", "resident")),
        Decimal(rng.choice(WEEKLY_HOURS)),
        Decimal(rng.choice(("0.5", "1", "12"))),
        rng.choice((None, "steady", "intense")),
        rng.choice((None, *others)),
    )


def _task(
    rng: Random,
    name: str,
    number: int,
    hospitals: tuple[str, ...],
    categories: tuple[str, ...],
    *,
    whole: bool,
) -> Task:
    kind, start, end = TIMES[0] if number == 0 else rng.choice(TIMES)
    minutes = (0, 60, 360, 720) if whole else (0, 45, 90, 360, 355, 720)
    return Task(
        id=name,
        name=name,
        kind=kind,  # type: ignore[arg-type]
        category=rng.choice(categories),
        hospital=rng.choice(hospitals),
        weekdays=frozenset(rng.sample(range(7), rng.randint(2, 7))),
        start=time.fromisoformat(start),
        end=time.fromisoformat(end),
        credited_minutes=rng.choice(minutes),
        essential=_half(rng),
        public_holidays=rng.choice(("skip", "as_usual", "also")),
    )


def _travel(rng: Random, hospitals: tuple[str, ...]) -> dict[tuple[str, str], int]:
    ways = {}
    for a in hospitals:
        for b in hospitals:
            if a < b:
                ways[a, b] = ways[b, a] = rng.choice((20, 45, 90))
    return ways


def _agreements(
    rng: Random, names: list[str], hospitals: tuple[str, ...], categories: tuple[str, ...]
) -> list[Agreement]:
    found = {}
    for name in names:
        if rng.random() < 0.4:
            rows = (
                Agreement(name, "free_weekday", rng.choice(("mon", "wed", "sat", "sun"))),
                Agreement(name, "no_nights"),
                Agreement(name, "not_at_hospital", rng.choice(hospitals)),
                Agreement(name, "max_per_week", rng.choice(categories), rng.randint(0, 2)),
            )
            for row in rng.sample(rows, rng.randint(1, 2)):
                found[row.physician, row.kind, row.value] = row
    return list(found.values())


def _pairs(rng: Random, names: list[str]) -> list[Pair]:
    pairs = []
    for _ in range(rng.randint(0, 4)):
        one, other = rng.sample(names, 2)
        pairs.append(Pair(one, other, rng.choice(("like", "avoid"))))
    return pairs


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
