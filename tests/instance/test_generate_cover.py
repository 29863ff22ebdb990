"""Generated weeks normally allow every essential duty to be covered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pysched.instance.generate import generate
from pysched.instance.view import view_of
from pysched.instance.weeks import weeks_of
from pysched.model import Absence

from .essential_cover import is_coverable


@pytest.mark.parametrize("physicians", [5, 8, 11, 14])
def test_essential_duties_can_be_covered(physicians: int) -> None:
    """Each week of a summer, in the leave wave too, by the hard rules."""
    scenario = generate(physicians, 14, 1)
    view = view_of(scenario)
    weeks = weeks_of(scenario)
    assert [week.monday for week in weeks if not is_coverable(scenario, view, week)] == []


def test_too_few_cannot_cover_them() -> None:
    """With all but four physicians away for a week its nights cannot be shared out."""
    scenario = generate(14, 1, 1)
    away = tuple(
        Absence(physician, scenario.first_day, scenario.last_day, "sick")
        for physician in list(scenario.network.physicians)[4:]
    )
    scenario = replace(scenario, absences=away)
    assert not is_coverable(scenario, view_of(scenario), weeks_of(scenario)[0])
