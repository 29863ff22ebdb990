"""A small made-up scenario in the competition's format, and what tests need of it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.inrc2.model import Assignment, Past, Range, Scenario, Week
from benchmarks.inrc2.read import Instance, read_instance

SCENARIO = """SCENARIO = n003w2

WEEKS = 2

SKILLS = 2
Head
Aid

SHIFT_TYPES = 2
Early (2,5)
Night (2,3)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 2
Full (6,10) (2,5) (2,3) 1 1
Half (2,5) (1,3) (2,4) 1 0

NURSES = 3
Ann Full 2 Head Aid
Bea Full 1 Aid
Cy Half 1 Aid
"""
HISTORY = """HISTORY
0 n003w2

NURSE_HISTORY
Ann 0 0 Early 1 1 0
Bea 0 0 None 0 0 1
Cy 0 0 Night 2 3 0
"""
WEEK = """WEEK_DATA
n003w2

REQUIREMENTS
Early Head (0,1) (0,1) (0,0) (0,0) (0,0) (0,0) (0,0)
Early Aid (1,1) (1,1) (1,1) (0,1) (0,1) (0,0) (0,0)
Night Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Aid (0,0) (0,0) (0,0) (0,1) (0,1) (0,1) (0,1)

SHIFT_OFF_REQUESTS = 2
Ann Any Tue
Bea Night Fri
"""
NAME = "n003w2_0_0-1"


def write_case(folder: Path) -> Path:
    """Write the scenario, its history and two equal weeks, and return the folder of the data."""
    inside = folder / "n003w2"
    inside.mkdir(parents=True)
    (inside / "Sc-n003w2.txt").write_text(SCENARIO)
    (inside / "H0-n003w2-0.txt").write_text(HISTORY)
    for number in (0, 1):
        (inside / f"WD-n003w2-{number}.txt").write_text(WEEK)
    return folder


def read_case(folder: Path) -> Instance:
    """Write the case and read it."""
    return read_instance(write_case(folder), NAME)


def scenario_of(nurse: str, instance: Instance) -> Scenario:
    """Return the scenario with one nurse alone."""
    scenario = instance.scenario
    return Scenario(
        scenario.name,
        scenario.weeks,
        scenario.skills,
        scenario.shifts,
        scenario.forbidden,
        scenario.contracts,
        {nurse: scenario.nurses[nurse]},
    )


def no_demand() -> Week:
    """Return a week that asks for nobody."""
    slots = [(s, k, d) for s in ("Early", "Night") for k in ("Head", "Aid") for d in range(1, 8)]
    return Week(dict.fromkeys(slots, Range(0, 0)), frozenset())


def row(nurse: str, text: str) -> list[Assignment]:
    """Return assignments from a letter a day: E and N for the shift types, - for a day off."""
    shifts = {"E": "Early", "N": "Night"}
    return [
        Assignment(nurse, day, shifts[letter], "Aid")
        for day, letter in enumerate(text, 1)
        if letter != "-"
    ]


FRESH = Past(off=2)
