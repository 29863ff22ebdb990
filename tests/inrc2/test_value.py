"""The look-ahead: values held against all schedules of a week, and what prices mean."""

import itertools
import random
from pathlib import Path

import pytest

from benchmarks.inrc2.automaton import OFF, Automaton
from benchmarks.inrc2.forecast import forecasts
from benchmarks.inrc2.market import worth
from benchmarks.inrc2.model import Assignment, Past
from benchmarks.inrc2.score import score_end, score_week
from benchmarks.inrc2.value import Value

from .cases import no_demand, read_case, scenario_of


@pytest.mark.parametrize("nurse", ["Bea", "Cy"])
@pytest.mark.parametrize(
    "past",
    [
        Past(5, 1, None, 0, 0, 1),
        Past(4, 0, None, 0, 0, 9),
        Past(0, 0, "Early", 1, 1, 0),
        Past(3, 1, "Night", 2, 3, 0),
        Past(5, 0, "Early", 2, 7, 0),
    ],
)
def test_the_value_is_the_least_of_all_weeks(tmp_path: Path, nurse: str, past: Past) -> None:
    """By enumeration of a nurse's 3^7 weeks, scored as the competition does, less their worth."""
    rng = random.Random(1)
    scenario = scenario_of(nurse, read_case(tmp_path))
    earned = {(day, s): rng.uniform(0, 50) for day in range(1, 8) for s in scenario.shifts}
    contract = scenario.contract(nurse)
    automaton = Automaton(contract, scenario.shifts, scenario.forbidden)
    costs = []
    for days in itertools.product([OFF, *scenario.shifts], repeat=7):
        schedule = [Assignment(nurse, n, s, "Aid") for n, s in enumerate(days, 1) if s != OFF]
        found = score_week(scenario, {nurse: past}, no_demand(), schedule)
        if found.violated:
            continue
        weekends = past.weekends + (days[5] != OFF or days[6] != OFF)
        end = {nurse: Past(past.assignments + len(schedule), weekends)}
        reward = sum(earned[a.day, a.shift] for a in schedule)
        costs.append(found.cost + score_end(scenario, end).cost - reward)
    value = Value(automaton, earned)
    table = value.before(value.end)
    left = contract.total.most - past.assignments, contract.weekends - past.weekends
    assert table[automaton.index[automaton.tail(past)], *left] == pytest.approx(min(costs))


def test_what_nobody_wants_is_worth_nothing(tmp_path: Path) -> None:
    """Without demand all worths are 0; a demand beyond all nurses is worth its whole cost."""
    instance = read_case(tmp_path)
    scenario, history = instance.scenario, instance.history
    nothing = worth(scenario, history, 2, dict.fromkeys(no_demand().demand, (0.0, 0.0)), 5.0)
    assert set(nothing.values()) == {0.0}
    much = {slot: (0.0, 9.0 * (slot[:2] == ("Early", "Aid"))) for slot in no_demand().demand}
    found = worth(scenario, history, 2, much, 5.0)
    assert {s for s, price in found.items() if price} == {("Early", "Aid", d) for d in range(1, 8)}
    assert [found["Early", "Aid", d] for d in range(1, 8)] == pytest.approx([30.0] * 7)


def test_forecasts_are_made_of_days_that_are_alike(tmp_path: Path) -> None:
    """Each role takes some day's demand, of the weekend for the weekend; the same every time."""
    instance = read_case(tmp_path)
    found = forecasts(instance.scenario, instance.weeks[:1], 4)
    assert found == forecasts(instance.scenario, instance.weeks[:1], 4)
    assert {each["Early", "Aid", 3] for each in found} <= {(1, 1), (0, 1)}
    assert {each["Early", "Aid", 6] for each in found} == {(0, 0)}
    assert len({tuple(each.values()) for each in found}) == 4
