"""The planning model: a slot is a duty that waits for one physician, or for nobody.

To import this module starts the Java machine; the translator reads the annotations as objects.
"""

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningPin,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import BendableScore

from .facts import Cap, Person, Preferred, Rather, Spared, Team, Ward, Work

LEVELS = 6


@planning_entity
@dataclass(eq=False, repr=False)
class Slot:
    """A duty and who has it; one that is fixed to several physicians has a slot for each."""

    id: Annotated[int, PlanningId]
    duty: Work
    candidates: Annotated[list[Person], ValueRangeProvider]
    is_pinned: Annotated[bool, PlanningPin]
    physician: Annotated[Person | None, PlanningVariable(allows_unassigned=True)] = field(
        default=None
    )


@planning_solution
@dataclass(eq=False, repr=False)
class Timetable:
    """The slots of a week and all that is known of it."""

    slots: Annotated[list[Slot], PlanningEntityCollectionProperty]
    people: Annotated[list[Person], ProblemFactCollectionProperty]
    wards: Annotated[list[Ward], ProblemFactCollectionProperty]
    rather: Annotated[list[Rather], ProblemFactCollectionProperty]
    preferred: Annotated[list[Preferred], ProblemFactCollectionProperty]
    caps: Annotated[list[Cap], ProblemFactCollectionProperty]
    spared: Annotated[list[Spared], ProblemFactCollectionProperty]
    teams: Annotated[list[Team], ProblemFactCollectionProperty]
    score: Annotated[
        BendableScore | None,
        PlanningScore(bendable_hard_levels_size=1, bendable_soft_levels_size=LEVELS),
    ] = field(default=None)
