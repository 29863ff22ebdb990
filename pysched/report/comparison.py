"""As-is against to-be: the same weeks by two hands, measure by measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pysched.model import Network, Schedule, Week
from pysched.report.measures import Spread, WeekMeasures, measure_week, spread_of


@dataclass(frozen=True)
class Side:
    """One of two ways to schedule the same weeks.

    Args:
        name: what to call it.
        origin: where its schedules come from, in a sentence.
        weeks: their measures, in order.
    """

    name: str
    origin: str
    weeks: tuple[WeekMeasures, ...]

    @property
    def filled(self) -> int:
        """Duties filled in all weeks."""
        return sum(week.filled for week in self.weeks)

    @property
    def unskilled(self) -> int:
        """Skill violations in all weeks."""
        return sum(len(week.unskilled) for week in self.weeks)


@dataclass(frozen=True)
class Comparison:
    """Two sides over the same weeks.

    Args:
        network: whose they are.
        as_is: usually made by hand.
        to_be: usually planned.
    """

    network: Network
    as_is: Side
    to_be: Side

    @property
    def setting(self) -> Literal["same", "full"]:
        """The service setting: the same, if as-is fills every duty there is, else full."""
        is_same = all(week.filled == week.duties for week in self.as_is.weeks)
        return "same" if is_same else "full"

    @property
    def sides(self) -> tuple[Side, Side]:
        """As-is, then to-be."""
        return self.as_is, self.to_be

    @property
    def majors(self) -> tuple[str, ...]:
        """The major categories."""
        return tuple(c.id for c in self.network.categories.values() if c.grade == "major")

    def spread(self, side: Side, category: str) -> Spread:
        """Return how the duties of a category are shared out on one side."""
        return spread_of(self.network, side.weeks, category)


def compare_schedules(
    network: Network,
    weeks: Sequence[Week],
    as_is: Sequence[Schedule],
    to_be: Sequence[Schedule],
    names: tuple[str, str] = ("as-is", "to-be"),
    origins: tuple[str, str] = ("", ""),
) -> Comparison:
    """Return two ways to schedule some weeks, measured week by week.

    Only weeks that both have are compared.

    Args:
        network: physicians, tasks and skills.
        weeks: of the scenario, in order.
        as_is: schedules of the one way.
        to_be: schedules of the other.
        names: of the two.
        origins: where each comes from, in a sentence.

    Raises:
        ValueError: the two have no week in common.
    """
    old = {schedule.monday: schedule for schedule in as_is}
    new = {schedule.monday: schedule for schedule in to_be}
    both = [week for week in weeks if week.monday in old and week.monday in new]
    if not both:
        raise ValueError(f"{names[0]} and {names[1]} have no week in common")
    sides = [
        Side(name, origin, tuple(measure_week(network, week, by[week.monday]) for week in both))
        for name, origin, by in zip(names, origins, (old, new), strict=True)
    ]
    return Comparison(network, sides[0], sides[1])
