"""The scenarios shipped with the package are sound."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pysched.instance import InstanceError, find_scenario, read_scenario, weeks_of


def test_ferrara_is_a_summer_of_14_weeks() -> None:
    """Its numbers are those of the slides."""
    scenario = read_scenario(find_scenario("ferrara"))
    network = scenario.network
    assert (len(network.hospitals), len(network.physicians), len(network.tasks)) == (4, 14, 42)
    weeks = weeks_of(scenario)
    assert (weeks[0].monday, weeks[-1].days[-1]) == (date(2023, 5, 29), date(2023, 9, 3))
    assert (len(weeks), len(weeks[0].duties)) == (14, 110)
    assert [week.monday for week in weeks if week.major_holidays] == [date(2023, 8, 14)]
    assert len(scenario.requests) == sum(len(week.requests) for week in weeks) == 125


def test_ferrara_warns_only_of_wishes_about_a_clinic_closed_on_a_holiday() -> None:
    """All else in it is as it should be."""
    warnings = read_scenario(find_scenario("ferrara")).warnings
    assert [(warning.file, warning.field, warning.value) for warning in warnings] == [
        ("requests.csv", "what", "T31"),
        ("requests.csv", "what", "T31"),
    ]


def test_toy_has_no_warnings() -> None:
    """It is meant to be understood."""
    assert read_scenario(find_scenario("toy")).warnings == ()


def test_the_hand_schedule_of_toy_fills_each_duty_once_with_somebody_able_and_present() -> None:
    """The tables of its README hold."""
    scenario = read_scenario(find_scenario("toy"))
    weeks = weeks_of(scenario)
    assert [len(week.duties) for week in weeks] == [16, 15]
    duties = [duty.key for week in weeks for duty in week.duties]
    assert sorted(duties) == sorted(item.duty for item in scenario.by_hand)
    for item in scenario.by_hand:
        [week] = [week for week in weeks if item.day in week.days]
        assert (item.physician, item.task) in scenario.network.skills
        assert week.is_present(item.physician, item.day)


def test_an_existing_path_is_taken_as_it_is(tmp_path: Path) -> None:
    """Whether it holds a scenario is for the reader to say."""
    assert find_scenario(tmp_path) == tmp_path
    assert find_scenario(str(tmp_path)) == tmp_path


@pytest.mark.parametrize("name", ["ferara", "nowhere/at/all", "n" * 5000])
def test_an_unknown_name_is_an_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says which names there are."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InstanceError) as raised:
        find_scenario(name)
    assert raised.value.problems[0].value == name


def test_a_close_name_is_suggested() -> None:
    """The names of all shipped scenarios are given."""
    with pytest.raises(InstanceError, match=r"ferrara, toy; did you mean 'ferrara'"):
        find_scenario("ferara")
