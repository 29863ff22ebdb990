"""What the memory and the rotation are for: evenness over the weeks, and within each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import product

from pysched import load
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import Network, State
from pysched.planner import Step, roll
from pysched.solver import Options

WEEKS = 8


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


@lru_cache
def ferrara(*without: str) -> Step:
    """Return the sixth week of Ferrara, rolled without some rules."""
    network, weeks, state = load("ferrara")
    changed = replace(network, rules=network.rules.without(*without))
    return list(roll(changed, weeks[:6], state, Options(None, 8000, 1, 1)))[-1]


def spread(step: Step, network: Network) -> int:
    """Return the sum over major categories of squares of count less fair share, in thousandths."""
    return sum(
        (1000 * load.count - load.count_share) ** 2
        for (_, category), load in step.after.loads.items()
        if network.categories[category].grade == "major"
    )


def concentration(steps: Iterable[Step]) -> int:
    """Return how often two duties of one task, wards excepted, fall to one in one week."""
    pairs = 0
    for step in steps:
        had = Counter((a.physician, a.task) for a in step.settlement.worked if a.task != "ward")
        pairs += sum(number * (number - 1) // 2 for number in had.values())
    return pairs


def test_memory_evens_out_major_categories_over_the_weeks() -> None:
    """Counts less fair shares vary less with the memory, with the rotation and without."""
    network = load("ferrara")[0]
    for others in ((), ("rotation",)):
        with_memory, without = ferrara(*others), ferrara("memory", *others)
        assert spread(with_memory, network) < spread(without, network)


def test_rotation_lowers_concentration_within_the_week() -> None:
    """A task goes round, with the memory and without."""
    for others in ((), ("memory",)):
        assert concentration(rolled(*others)) < concentration(rolled("rotation", *others))


def test_every_week_is_covered_with_and_without() -> None:
    """Evenness is never bought with an open duty."""
    for without in product(*[((), (rule,)) for rule in ("memory", "rotation")]):
        for step in rolled(*sum(without, ())):
            assert step.result.cost[6] == 0
