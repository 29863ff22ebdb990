"""How Timefold is set up: what was chosen, and why."""

from __future__ import annotations

from timefold.solver.config import (
    EnvironmentMode,
    ScoreDirectorFactoryConfig,
    SolverConfig,
)

from .constraints import provider
from .domain import Slot, Timetable
from .known import Known

PHASES = """\
<solver xmlns="https://timefold.ai/xsd/solver">
  <constructionHeuristic/>
  <localSearch>
    <localSearchType>LATE_ACCEPTANCE</localSearchType>
  </localSearch>
</solver>"""

TUNING = "late acceptance, one thread, no assertions; Java: serial collector, late optimisation"


def configured(
    known: Known, problem: Timetable, seed: int, phases: str = PHASES
) -> SolverConfig[Timetable]:
    """Return the configuration of a solver for a week.

    Args:
        known: the week, whose rules decide which constraints there are.
        problem: made of it.
        seed: of all that is random.
        phases: of the search, in Timefold's XML.
    """
    return SolverConfig(
        xml_source_text=phases,
        solution_class=Timetable,
        entity_class_list=[Slot],
        # All assertions are off, which is what its manual says of production.
        environment_mode=EnvironmentMode.NO_ASSERT,
        random_seed=seed,
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=provider(known, problem)
        ),
    )
