"""The memory's part in a decision: past loads in a category, fair shares, quartiles and classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pysched.model import Load, Network, State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a physician stands among those skilled for some task of a category.

    All numbers are of the horizon up to this week, in duties, or in minutes if the memory measures
    these; shares and quartiles are exact.

    Args:
        had: what he had.
        fair_share: what would have been his part; None if the memory takes what he had as it is.
        load: what the memory compares: what he had, less his fair share.
        quartiles: of the group's loads.
        grade: 0 to 3, how many quartiles his load exceeds: his class.
        group: how many are compared.
        weight: what each duty of the category costs times the class; 0 if the rule is off.
    """

    physician: str
    category: str
    measure: str
    had: int
    fair_share: Fraction | None
    load: Fraction
    quartiles: tuple[Fraction, Fraction, Fraction]
    grade: int
    group: int
    weight: int


def standings(network: Network, state: State, category: str) -> dict[str, Standing]:
    """Return the standing of everyone skilled for some task of a category, by physician.

    Source: the slides' quartiles of past loads; fair shares are ours.

    Args:
        network: with the settings of the memory.
        state: what the weeks before handed on.
        category: one of the network's.

    Raises:
        ValueError: the category is unknown.
    """
    if category not in network.categories:
        raise ValueError(f"{category} is no category of {network.name}")
    tasks = {task.id for task in network.tasks.values() if task.category == category}
    group = [p for p in network.physicians if any((p, task) in network.skills for task in tasks)]
    loads = {p: _load(network, state.loads.get((p, category), Load())) for p in group}
    quartiles = _quartiles(sorted(load for _, _, load in loads.values()))
    weight, _ = network.rules.weights.get(("memory", network.categories[category].grade), (0, 0))
    return {
        physician: Standing(
            physician,
            category,
            network.rules.measure,
            had,
            share,
            load,
            quartiles,
            sum(load > quartile for quartile in quartiles),
            len(group),
            weight,
        )
        for physician, (had, share, load) in loads.items()
    }


def _load(network: Network, load: Load) -> tuple[int, Fraction | None, Fraction]:
    """Return what somebody had, his fair share and what the memory compares."""
    rules = network.rules
    had, thousandths = load.count, load.count_share
    if rules.measure == "minutes":
        had, thousandths = load.minutes, load.minutes_share
    if rules.normalise == "none":
        return had, None, Fraction(had)
    share = Fraction(thousandths, 1000)
    return had, share, had - share


def _quartiles(loads: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Return the quartiles of sorted loads by linear interpolation; zeros if there are none."""
    if not loads:
        return Fraction(0), Fraction(0), Fraction(0)
    first, second, third = (_between(loads, Fraction(part, 4)) for part in (1, 2, 3))
    return first, second, third


def _between(loads: Sequence[Fraction], part: Fraction) -> Fraction:
    place = part * (len(loads) - 1)
    below = int(place)
    above = min(below + 1, len(loads) - 1)
    return loads[below] + (place - below) * (loads[above] - loads[below])
