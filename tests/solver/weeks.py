"""Weeks to be searched in the tests of the search."""

from __future__ import annotations

from functools import lru_cache

from e2e.worlds import World

from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.instance.generate import generate
from pysched.model import State


@lru_cache
def generated_world(physicians: int, seed: int = 1) -> World:
    """Return the first week of a generated scenario."""
    scenario = generate(physicians, 1, seed)
    return World(scenario.network, weeks_of(scenario)[0], State())


@lru_cache
def toy_world() -> World:
    """Return the first week of the toy."""
    scenario = read_scenario(find_scenario("toy"))
    return World(scenario.network, weeks_of(scenario)[0], State())
