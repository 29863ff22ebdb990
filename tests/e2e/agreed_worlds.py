"""Small random worlds for two solvers to agree on: every length of week, group and profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from pysched.check import check
from pysched.model import Absence, Assignment, Duty, Network, Schedule, State, Week, profile_rules
from pysched.model.rules import Profile

from .schedules import random_schedule
from .worlds import World, random_world

DAYS = range(1, 8)
PEOPLE = range(4, 9)
PROFILES: tuple[Profile, ...] = ("paper", "recommended", "weighted")
TASKS = 8
MOST_DUTIES = 16
WAYS = (30, 50, 60)
CROWDED = 3
SHARES_KEPT = (0.2, 0.4, 0.7, 1.0)
"""Of the assignments of a random schedule: full ones are nearly always forbidden."""


def agreed_world(seed: int) -> World:
    """Return a world with few duties; 105 seeds in a row hold each mix of days, people, profile."""
    days = DAYS[seed % len(DAYS)]
    people = PEOPLE[seed // len(DAYS) % len(PEOPLE)]
    profile = PROFILES[seed % len(PROFILES)]
    world = next(w for w in _drawn(seed, people) if len(open_days(w.week)) >= days)
    rng = Random(seed)
    week = _with_duties(world.week, _few_duties(rng, world.week, days))
    network = replace(_under(world.network, profile), travel=_ways(rng, world.network))
    busy = rng.sample(sorted(network.physicians), 2)
    week = replace(
        week,
        absences=(*week.absences, *_never_together(rng, network, week)),
        worked=week.worked | _overworked(rng, week, busy),
    )
    return World(network, week, _after_busy_week(rng, world, week.monday, busy))


def open_days(week: Week) -> list[date]:
    """Return the days of a week with a duty."""
    return sorted({duty.day for duty in week.duties})


def _drawn(seed: int, people: int) -> Iterator[World]:
    for number in count():
        yield random_world(1000 * seed + number, people, TASKS)


def _few_duties(rng: Random, week: Week, days: int) -> frozenset[Duty]:
    """Draw days and a duty for each, then more of these days."""
    chosen = set(rng.sample(open_days(week), days))
    duties = [duty for duty in week.duties if duty.day in chosen]
    rng.shuffle(duties)
    first = {duty.day: duty for duty in reversed(duties)}
    kept = [*first.values(), *(duty for duty in duties if first[duty.day] != duty)]
    return frozenset(kept[: rng.randint(days, MOST_DUTIES)])


def _with_duties(week: Week, duties: frozenset[Duty]) -> Week:
    """Return the week with these of its duties alone, and what is said of them."""
    keys = {duty.key for duty in duties}

    def kept(rows: frozenset[Assignment]) -> frozenset[Assignment]:
        return frozenset(row for row in rows if row.duty in keys)

    return replace(
        week,
        duties=tuple(duty for duty in week.duties if duty in duties),
        pins=kept(week.pins),
        worked=kept(week.worked),
        published=None if week.published is None else kept(week.published),
        sacrifices=week.sacrifices & keys,
        sacrifice_costs={
            (p, task, day): units
            for (p, task, day), units in week.sacrifice_costs.items()
            if (task, day) in keys
        },
    )


def _under(network: Network, profile: Profile) -> Network:
    """Return the network with the rules of a profile, its own limits and memory kept."""
    rules = network.rules
    if rules.profile == profile:
        return network
    own = profile_rules(
        profile, limits=rules.limits, measure=rules.measure, normalise=rules.normalise
    )
    return replace(network, rules=own)


def _ways(rng: Random, network: Network) -> dict[tuple[str, str], int]:
    """Draw ways that some gap between two tasks is just long enough for."""
    ways: dict[tuple[str, str], int] = {}
    for a, b in network.travel:
        ways[a, b] = ways.get((b, a), rng.choice(WAYS))
    return ways


def _never_together(rng: Random, network: Network, week: Week) -> list[Absence]:
    """Draw, now and then, two of a pair who are never both present."""
    pairs = [(pair.physician, pair.other) for pair in network.pairs if pair.kind == "like"]
    pairs += [(p, person.mentor) for p, person in network.physicians.items() if person.mentor]
    if not pairs or rng.random() < 0.7:
        return []
    one, other = rng.choice(pairs)
    first, last = week.monday, week.days[-1]
    parting = first + timedelta(days=rng.randint(1, 6))
    return [
        Absence(one, first, parting - timedelta(days=1), "leave"),
        Absence(other, parting, last, "leave"),
    ]


def _overworked(rng: Random, week: Week, busy: list[str]) -> frozenset[Assignment]:
    """Draw, now and then, duties that were worked against every rule, the first one included."""
    if rng.random() < 0.75:
        return frozenset()
    first, *later = week.duties
    duties = [first, *rng.sample(later, min(len(later), rng.randint(1, 5)))]
    return frozenset(Assignment(duty.day, duty.task, rng.choice(busy)) for duty in duties)


def _after_busy_week(rng: Random, world: World, monday: date, busy: list[str]) -> State:
    """Return the state with more duties on the last days of the week before, or of a month gone."""
    state = world.state
    if rng.random() < 0.2:
        month = None if state.month is None else (state.month - timedelta(days=1)).replace(day=1)
        state = replace(state, month=month)
    if rng.random() < 0.5 or not state.tail:
        return state
    tasks = sorted(world.network.tasks)
    more = {
        Assignment(monday - timedelta(days=n), rng.choice(tasks), physician)
        for physician in busy
        for n in range(1, rng.randint(2, 7))
    }
    return replace(state, tail=state.tail | more)


def tried_schedules(seed: int, world: World) -> Iterator[Schedule]:
    """Yield schedules of a world: some left open, some crowded, some spoiled, many forbidden."""
    rng = Random(seed)
    for share in SHARES_KEPT:
        rows = random_schedule(rng, world).assignments
        kept = {row for row in sorted(rows) if row in world.week.fixed or rng.random() < share}
        yield Schedule(world.week.monday, frozenset(kept))
    for _ in range(CROWDED):
        yield from _crowded(rng, world)


def _crowded(rng: Random, world: World) -> Iterator[Schedule]:
    """Yield a schedule that gives few physicians all they may have, and what was refused them.

    One refused for each rule that alone refuses, and one that is spoiled in the end: an assignment
    to anybody at all, instead of another or on top of it.
    """
    rows = set(world.week.fixed)
    busy = rng.sample(sorted(world.network.physicians), 2)
    refused: dict[str, Schedule] = {}
    for duty in rng.sample(world.week.duties, len(world.week.duties)):
        for physician in busy:
            more = _schedule(world, rows | {Assignment(duty.day, duty.task, physician)})
            broken = broken_rules(world, more)
            if not broken:
                rows = set(more.assignments)
                break
            if len(broken) == 1:
                refused[min(broken)] = more
    yield from refused.values()
    yield _schedule(world, rows)
    yield _schedule(world, _spoiled(rng, world, rows))


def broken_rules(world: World, schedule: Schedule) -> frozenset[str]:
    """Return the hard rules for which the checker refuses a schedule."""
    report = check(world.network, world.week, world.state, schedule)
    return frozenset(breach.rule for breach in report.breaches if not breach.accepted)


def _schedule(world: World, rows: set[Assignment]) -> Schedule:
    return Schedule(world.week.monday, frozenset(rows))


def _spoiled(rng: Random, world: World, rows: set[Assignment]) -> set[Assignment]:
    task, day = rng.choice(world.week.duties).key
    others = rows if rng.random() < 0.2 else {row for row in rows if row.duty != (task, day)}
    return others | {Assignment(day, task, rng.choice(sorted(world.network.physicians)))}
