"""A sick call at Ferrara: repaired and proven in time, by the processor's clock."""

from __future__ import annotations

import time

import pytest

from pysched.explain.amendment import Amendment, amend
from pysched.explain.published import under_way
from pysched.explain.repair import repair
from pysched.explain.replacement import replacements
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import Absence, Network, Schedule, State, Week
from pysched.planner import initial_state
from pysched.solver import Options, solve

REPAIR_SECONDS, RANKING_SECONDS = 3.0, 1.0


@pytest.fixture(scope="module")
def sick() -> tuple[Network, Week, State, Schedule, str]:
    """The first week as published on Tuesday evening, and who is sick on the next two days."""
    scenario = read_scenario(find_scenario("ferrara"))
    week = weeks_of(scenario)[0]
    state = initial_state(scenario, week.monday)
    schedule = solve(scenario.network, week, state, Options(None, 1_500, 1, 1)).schedule
    assert schedule is not None
    days = week.days[2:4]
    name = min(row.physician for row in schedule if row.day == days[0])
    amendment = Amendment(absences=(Absence(name, *days, "sick"),))
    network, amended = amend(scenario.network, week, amendment)
    standing = under_way(amended, schedule, week.midnight(days[0]) - 6 * 60)
    return network, standing, state, schedule, name


def test_a_repair_is_proven_within_three_seconds(
    sick: tuple[Network, Week, State, Schedule, str],
) -> None:
    """Fourteen physicians, on one thread; the checker passes it."""
    *place, _ = sick
    began = time.process_time()
    found = repair(*place, Options(60.0, None, 1, 1))
    assert time.process_time() - began < REPAIR_SECONDS
    assert found.is_proven
    assert found.difference.after.ok
    assert found.changes == len(found.difference.duties) > 0


def test_replacements_are_ranked_within_a_second(
    sick: tuple[Network, Week, State, Schedule, str],
) -> None:
    """For each duty that is lost, chains of two included."""
    *place, name = sick
    network, week, state, schedule = place
    lost = [row for row in schedule if row.physician == name and row.day in week.days[2:4]]
    assert lost
    for row in lost:
        began = time.process_time()
        found = replacements(network, week, state, schedule, row.duty, chains=True)
        assert time.process_time() - began < RANKING_SECONDS
        assert len(found.ranked) + found.unpriced == found.direct + found.chains
