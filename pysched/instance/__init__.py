"""Scenario folders read into the model, with all that is wrong or odd in them."""

from pysched.instance.network_file import scenario_schema
from pysched.instance.oddities import oddities
from pysched.instance.reader import read_scenario
from pysched.instance.scenario import Closure, InstanceError, Problem, Scenario
from pysched.instance.shipped import find_scenario
from pysched.instance.weeks import weeks_of

__all__ = [
    "Closure",
    "InstanceError",
    "Problem",
    "Scenario",
    "find_scenario",
    "oddities",
    "read_scenario",
    "scenario_schema",
    "weeks_of",
]
