"""Profiles count what their docstrings say, and the generated scenario in the repository is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pysched.instance import Scenario, find_scenario, read_scenario
from pysched.instance.generate import Profile, compare, describe, generate
from pysched.instance.generate.write import scenario_texts
from pysched.model import Absence

GENERATED = Path(__file__).parents[2] / "instances" / "generated"
TUESDAY = date(2024, 4, 16)


def toy(*away: str) -> Scenario:
    """Return the toy scenario with some physicians absent on the first Tuesday and nobody else."""
    scenario = read_scenario(find_scenario("toy"))
    if not away:
        return scenario
    return replace(scenario, absences=tuple(Absence(who, TUESDAY, TUESDAY, "sick") for who in away))


def test_toy_as_counted_by_hand() -> None:
    """Bruno is away from Tuesday to Thursday of the first week; the second has a holiday."""
    # Demand is 54 h in the first week and 51 h in the second, target 38 + 19 + 38 + 19 and
    # 3 x 32 + 16 hours.
    assert describe(toy()) == Profile(
        physicians=4,
        hospitals=2,
        tasks=4,
        weeks=2,
        density=11 / 16,
        sole_skilled=0,
        sole_skilled_share=0.0,
        duties_a_week=15.5,
        candidates_a_week=(18 + 12 + 7 + 2 + 18 + 15 + 9 + 2) / 2,
        overtime_percent=pytest.approx((-100 * 60 / 114 - 100 * 61 / 112) / 2),
        least_overtime_percent=pytest.approx(-100 * 61 / 112),
        most_overtime_percent=pytest.approx(-100 * 60 / 114),
        open_duties_a_week=0.0,
        absence_share=3 / 56,
    )


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        # Carla has the guard and Dario or she the ward; nothing is left open but the clinic.
        (["anna", "bruno"], 1),
        # Anna has the ward from 8, so the clinic that starts at 9 is open; Tuesday has no night.
        (["bruno", "carla", "dario"], 1),
        # Open are the ward at 8, ward and clinic at 9, the guard at 14, and Monday's night at 20:
        # it ends on Tuesday. It is over at 8, so it is not counted again.
        (["anna", "bruno", "carla", "dario"], 1 + 2 + 1 + 1),
    ],
)
def test_deficit_counts_duties_open_at_each_moment(away: list[str], expected: int) -> None:
    """At every start of a duty a matching shows how many of those running nobody is left for."""
    assert describe(toy(*away)).open_duties_a_week == expected / 2


def test_a_sole_skilled_task_is_counted() -> None:
    """The clinic, once Bruno cannot do it."""
    scenario = toy()
    network = replace(scenario.network, skills=scenario.network.skills - {("bruno", "clinic")})
    profile = describe(replace(scenario, network=network))
    assert (profile.sole_skilled, profile.sole_skilled_share) == (1, 0.25)


def test_comparison_sets_numbers_side_by_side() -> None:
    """Each row has a name, the value and that of the reference."""
    rows = {name: (value, reference) for name, value, reference in compare(toy(), toy("carla"))}
    assert rows["physicians"] == (4, 4)
    assert rows["skill density"] == (0.688, 0.688)
    assert rows["absence share"] == (0.054, 0.018)
    assert rows["candidate pairs a week"] == (41.5, 44.0)


@pytest.mark.parametrize("seed", range(1, 6))
def test_fourteen_physicians_resemble_ferrara(seed: int) -> None:
    """The numbers of 14 weeks lie near those of the real network."""
    mine = describe(generate(14, 14, seed))
    ferrara = describe(read_scenario(find_scenario("ferrara")))
    assert mine.density == pytest.approx(ferrara.density, abs=0.06)
    assert mine.sole_skilled == ferrara.sole_skilled
    assert mine.duties_a_week == pytest.approx(ferrara.duties_a_week, abs=8)
    assert mine.candidates_a_week == pytest.approx(ferrara.candidates_a_week, rel=0.1)
    assert mine.overtime_percent == pytest.approx(ferrara.overtime_percent, abs=6)
    assert mine.most_overtime_percent < 30
    assert mine.open_duties_a_week == pytest.approx(ferrara.open_duties_a_week, abs=1.5)
    assert mine.absence_share == pytest.approx(ferrara.absence_share, abs=0.04)


def test_the_readme_shows_these_numbers() -> None:
    """Its table is what comparing five seeds with Ferrara gives."""
    ferrara = read_scenario(find_scenario("ferrara"))
    tables = [compare(generate(14, 14, seed), ferrara) for seed in range(1, 6)]
    shown = (GENERATED / "README.md").read_text()
    for rows in zip(*tables, strict=True):
        cells = [rows[0].name, rows[0].reference, *(row.value for row in rows)]
        assert f"| {' | '.join(map(str, cells))} |" in shown


def test_the_folder_in_the_repository_is_what_is_generated() -> None:
    """Byte for byte, so that the generator gives the same on every platform."""
    folder = GENERATED / "n028w04s1"
    texts = {path.name: path.read_text() for path in folder.iterdir()}
    assert texts == scenario_texts(generate(28, 4, 1))
    assert read_scenario(folder).warnings == ()
