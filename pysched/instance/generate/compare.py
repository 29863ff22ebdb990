"""Two scenarios side by side, number by number."""

from __future__ import annotations

from typing import NamedTuple

from pysched.instance.generate.profile import Profile, describe
from pysched.instance.scenario import Scenario

_NAMES = {
    "physicians": ("physicians", 0),
    "hospitals": ("hospitals", 0),
    "tasks": ("tasks", 0),
    "weeks": ("weeks", 0),
    "density": ("skill density", 3),
    "sole_skilled": ("sole-skilled tasks", 0),
    "sole_skilled_share": ("sole-skilled tasks, share", 3),
    "duties_a_week": ("duties a week", 1),
    "candidates_a_week": ("candidate pairs a week", 1),
    "overtime_percent": ("overtime, mean %", 1),
    "least_overtime_percent": ("overtime, lowest week %", 1),
    "most_overtime_percent": ("overtime, highest week %", 1),
    "open_duties_a_week": ("staffing deficit, duties a week", 1),
    "absence_share": ("absence share", 3),
}
"""What each number of a profile is called, and its decimals."""


class Row(NamedTuple):
    """A number of a scenario beside that of its reference."""

    name: str
    value: float
    reference: float


def compare(scenario: Scenario, reference: Scenario) -> list[Row]:
    """Return the profiles of two scenarios as rows, rounded."""
    mine, theirs = describe(scenario), describe(reference)
    return [Row(name, *_rounded(field, mine, theirs)) for field, (name, _) in _NAMES.items()]


def _rounded(field: str, *profiles: Profile) -> list[float]:
    decimals = _NAMES[field][1]
    return [round(getattr(profile, field), decimals) for profile in profiles]
