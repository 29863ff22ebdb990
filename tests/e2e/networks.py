"""Random small networks and policies, as odd as the model allows."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from random import Random

from pysched.model import (
    Agreement,
    Calendar,
    Category,
    GeographyRule,
    Hospital,
    Limits,
    Network,
    Pair,
    Physician,
    Rules,
    Task,
    profile_rules,
)

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
        essential=rng.random() < 0.5,
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
