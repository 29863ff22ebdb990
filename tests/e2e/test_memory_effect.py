"""What the memory and the rotation are for: evenness over the weeks, and within each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import product

from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import State
from pysched.planner import Step, roll
from pysched.solver import Options

WEEKS = 8
MAJOR = "on_call_night"


@lru_cache
def rolled(*without: str) -> tuple[Step, ...]:
    """Return eight weeks of the toy, with its nights on every weekday, without some rules."""
    toy = read_scenario(find_scenario("toy"))
    night = replace(toy.network.tasks["night"], weekdays=frozenset(range(5)))
    network = replace(
        toy.network,
        tasks={**toy.network.tasks, "night": night},
        rules=toy.network.rules.without(*without),
    )
    last_day = toy.first_day + timedelta(days=7 * WEEKS - 1)
    weeks = weeks_of(replace(toy, network=network, last_day=last_day))
    steps = tuple(roll(network, weeks, State(), Options(None, 1500, 1, 1)))
    assert len(steps) == WEEKS
    return steps


def spread(steps: Iterable[Step], category: str) -> int:
    """Return the sum of squares of count minus fair share at the end, in thousandths."""
    loads = list(steps)[-1].after.loads
    rows = [load for (_, of), load in loads.items() if of == category]
    return sum((1000 * load.count - load.count_share) ** 2 for load in rows)


def concentration(steps: Iterable[Step]) -> int:
    """Return how often two duties of one task, wards excepted, fall to one in one week."""
    pairs = 0
    for step in steps:
        had = Counter((a.physician, a.task) for a in step.settlement.worked if a.task != "ward")
        pairs += sum(number * (number - 1) // 2 for number in had.values())
    return pairs


def test_memory_evens_out_a_major_category_over_the_weeks() -> None:
    """Counts less fair shares vary less with the memory than without."""
    assert spread(rolled("rotation"), MAJOR) < spread(rolled("rotation", "memory"), MAJOR)


def test_rotation_lowers_concentration_within_the_week() -> None:
    """A task goes round, with the memory and without."""
    for others in ((), ("memory",)):
        assert concentration(rolled(*others)) < concentration(rolled("rotation", *others))


def test_every_week_is_covered_with_and_without() -> None:
    """Evenness is never bought with an open duty."""
    for without in product(*[((), (rule,)) for rule in ("memory", "rotation")]):
        for step in rolled(*sum(without, ())):
            assert step.result.cost[6] == 0
