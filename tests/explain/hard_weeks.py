"""Small generated weeks that cannot be served whole, and what is open in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from e2e.worlds import World, small_world

from pysched.explain.questions import open_duties
from pysched.explain.service import serve_most
from pysched.model import DutyKey, Schedule


@dataclass(frozen=True)
class HardWeek:
    """A week, as much of it served as can be, and a duty that is open."""

    seed: int
    world: World
    schedule: Schedule
    duty: DutyKey


def hard_weeks(count: int, duties: int = 12) -> Iterator[HardWeek]:
    """Yield so many weeks with an open duty, of seeds from 0 on."""
    seed = 0
    while count:
        world = small_world(seed, duties)
        schedule = serve_most(world.network, world.week, world.state)
        left = open_duties(world.week, schedule)
        if left:
            yield HardWeek(seed, world, schedule, Random(seed).choice(left))
            count -= 1
        seed += 1
