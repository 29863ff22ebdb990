"""A process that opens, bids for, reveals and decides week after week until it is killed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from pysched.instance import Scenario, weeks_of
from pysched.model import Request, Week
from tests.department.conflict_world import Clock, World, nonce_of
from tests.department.long_toy import SCENARIO, weeks
from tests.store import hammer

THREE = ("anna", "carla", "dario")
BIDS = {"anna": 150, "carla": 100}
START = datetime(2024, 1, 1, tzinfo=UTC)
BETWEEN = timedelta(hours=100)

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([hammer.__name__, __name__])


def scenario_of(count: int) -> Scenario:
    """Return the toy over so many weeks, in which three want each Saturday off."""
    horizon = weeks(count)
    saturdays = [week.days[5] for week in horizon]
    requests = tuple(Request(who, day, "day_off", "", 5) for day in saturdays for who in THREE)
    return replace(SCENARIO, requests=requests, last_day=horizon[-1].days[6])


def resolve_all(url: str, count: int) -> Iterator[str]:
    """Decide the Saturday of each week that is not decided yet, and yield its id once it is."""
    scenario, clock = scenario_of(count), Clock(START)
    world = World(url, scenario, clock)
    for number, week in enumerate(weeks_of(scenario)):
        begin = START + number * BETWEEN
        rows = world.conflicts.store.conflicts(week.monday)
        if not any(row.status != "open" for row in rows):
            yield _decided(world, week, begin)
    world.conflicts.__exit__()


def _decided(world: World, week: Week, begin: datetime) -> str:
    world.clock.now = begin
    name = world.conflicts.resolve(week)[0].row.id
    world.clock.now = begin + timedelta(hours=1)
    for who, cents in BIDS.items():
        world.conflicts.bid(name, who, cents, nonce_of(who), 2 * cents, "auction")
    world.clock.now = begin + timedelta(hours=49)
    for who, cents in BIDS.items():
        world.conflicts.reveal(name, who, cents, nonce_of(who))
    world.clock.now = begin + timedelta(hours=73)
    world.conflicts.resolve(week, mechanism="auction")
    return name


def start(url: str, count: int) -> tuple[BaseProcess, Connection]:
    """Return a process that decides so many weeks, and the pipe on which it says each id."""
    ours, its = _context.Pipe()
    process = _context.Process(target=_resolve, args=(url, count, its), daemon=True)
    process.start()
    its.close()
    return process, ours


def _resolve(url: str, count: int, pipe: Connection) -> None:
    for name in resolve_all(url, count):
        pipe.send(name)
    pipe.close()
