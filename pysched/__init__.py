"""Fair weekly scheduling of physicians in a network of hospitals."""

from pysched import startup as startup  # first: it says what Ctrl-C does during the others

# isort: split
from pathlib import Path

from pysched.check import check
from pysched.instance import InstanceError, find_scenario, read_scenario, weeks_of
from pysched.model import Network, Schedule, State, Week
from pysched.planner import initial_state, plan, roll
from pysched.solver import Options, Result

__all__ = [
    "InstanceError",
    "Network",
    "Options",
    "Result",
    "Schedule",
    "State",
    "Week",
    "check",
    "load",
    "plan",
    "roll",
]


def load(folder: str | Path) -> tuple[Network, tuple[Week, ...], State]:
    """Return the network and the weeks of a scenario, and the state that its worked past leaves.

    Args:
        folder: of a scenario, or the name of a shipped one.

    Raises:
        InstanceError: the folder holds no good scenario; it lists all that is wrong.
    """
    scenario = read_scenario(find_scenario(folder))
    return scenario.network, weeks_of(scenario), initial_state(scenario)
