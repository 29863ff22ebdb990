"""The generator draws sound scenarios of any size, the same ones from the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pysched.instance import Scenario, read_scenario
from pysched.instance.generate import describe, generate, write_scenario


def content(scenario: Scenario) -> Scenario:
    """Return a scenario without what only the folder it was read from says."""
    return replace(scenario, lines={}, warnings=())


@pytest.mark.parametrize("physicians", [5, 14, 28, 112, 500])
def test_sizes_read_back_without_a_warning(physicians: int, tmp_path: Path) -> None:
    """A folder of any size holds the scenario as drawn, and nothing in it is odd."""
    scenario = generate(physicians, 3, 7)
    write_scenario(scenario, tmp_path)
    read = read_scenario(tmp_path)
    assert content(read) == scenario
    assert read.warnings == ()
    assert len(read.network.physicians) == physicians


@settings(max_examples=12, deadline=None)
@given(
    physicians=st.integers(5, 45),
    weeks=st.integers(1, 30),
    seed=st.integers(0, 2**32),
    staffing=st.sampled_from([0.5, 0.8, 1.0, 1.5]),
    start=st.integers(0, 400),
)
def test_any_scenario_is_sound(
    tmp_path_factory: pytest.TempPathFactory,
    physicians: int,
    weeks: int,
    seed: int,
    staffing: float,
    start: int,
) -> None:
    """Whatever is asked for is read back as drawn, without a warning."""
    first_day = date(2022, 1, 3) + timedelta(weeks=start % 104)
    scenario = generate(physicians, weeks, seed, staffing=staffing, first_day=first_day)
    folder = tmp_path_factory.mktemp("scenario")
    write_scenario(scenario, folder)
    read = read_scenario(folder)
    assert (content(read), read.warnings) == (scenario, ())
    assert scenario.last_day - scenario.first_day == timedelta(days=7 * weeks - 1)


def test_the_same_seed_gives_the_same_scenario() -> None:
    """Another seed gives another network and other weeks."""
    first, again, other = generate(20, 6, 3), generate(20, 6, 3), generate(20, 6, 4)
    assert first == again
    assert first.network.skills != other.network.skills
    assert first.absences != other.absences


def test_a_longer_horizon_keeps_the_network_and_the_leave() -> None:
    """Weeks of leave do not depend on how many weeks are asked for."""
    short, long = generate(14, 10, 3), generate(14, 30, 3)
    assert short.network.skills == long.network.skills
    leave = [row for row in long.absences if row.kind == "vacation"]
    expected = [row for row in leave if row.first_day <= short.last_day]
    assert expected
    assert [row for row in short.absences if row.kind == "vacation"] == expected


def test_fourteen_physicians_have_a_network_like_ferrara() -> None:
    """Four hospitals, 42 tasks, round-the-clock guards, three sole-skilled clinics."""
    network = generate(14, 1, 1).network
    assert (len(network.hospitals), len(network.tasks)) == (4, 42)
    holders = {task: [who for who, t in network.skills if t == task] for task in network.tasks}
    sole = [task for task, who in holders.items() if len(who) == 1]
    assert len(sole) == 3
    assert not any(network.tasks[task].essential for task in sole)
    guards = [task for task in network.tasks.values() if task.category != "ward" and task.essential]
    at_hub = [task for task in guards if task.hospital == "h1" and len(task.weekdays) == 7]
    assert {task.start.hour for task in at_hub} == {8, 14, 20}
    assert all(task.credited_minutes % 60 == 0 for task in network.tasks.values())


@pytest.mark.parametrize("physicians", [5, 9, 14, 34, 112])
def test_essential_tasks_have_several_holders(physicians: int) -> None:
    """Whoever is away, others can take a guard."""
    network = generate(physicians, 1, 2).network
    for task in network.tasks.values():
        if task.essential:
            assert sum(skilled == task.id for _, skilled in network.skills) >= 3


def test_skills_are_unequal() -> None:
    """Some do nearly everything, residents about a third, a specialist very little."""
    network = generate(14, 1, 5).network
    counts = {who: sum(p == who for p, _ in network.skills) for who in network.physicians}
    residents = [who for who, row in network.physicians.items() if row.status == "resident"]
    assert max(counts.values()) >= 32
    assert min(counts.values()) <= 7
    assert all(10 <= counts[who] <= 22 for who in residents)
    assert all(network.physicians[who].mentor for who in residents)


def test_travel_is_symmetric_and_plausible() -> None:
    """The next hospital is ten minutes away at least, and there is a way to every other."""
    network = generate(28, 1, 1).network
    assert len(network.travel) == len(network.hospitals) * (len(network.hospitals) - 1)
    for (a, b), minutes in network.travel.items():
        assert minutes == network.travel[b, a]
        assert 10 <= minutes <= 300


def test_size_grows_linearly() -> None:
    """Eight times the physicians have about eight times the pairs of a duty with a candidate."""
    small, large = describe(generate(14, 6, 1)), describe(generate(112, 6, 1))
    assert 6 <= large.candidates_a_week / small.candidates_a_week <= 10
    assert 7 <= large.duties_a_week / small.duties_a_week <= 9


def test_some_help_out_in_the_next_cluster_only() -> None:
    """A physician of the first of three clusters has skills at home and in the second."""
    network = generate(42, 1, 1).network
    tasks = network.tasks
    reached = {tasks[task].hospital[1] for who, task in network.skills if int(who[1:]) <= 14}
    assert reached == {"1", "2"}


def test_staffing_makes_weeks_loose_or_tight() -> None:
    """A factor above 1 asks for more than the staff's hours, one below 1 for less."""
    loose, usual, tight = (
        describe(generate(14, 6, 1, staffing=staffing)) for staffing in (0.7, 1.0, 1.3)
    )
    assert loose.overtime_percent < -10 < usual.overtime_percent < 10 < tight.overtime_percent
    assert loose.open_duties_a_week <= usual.open_duties_a_week < tight.open_duties_a_week


def test_leave_comes_in_waves_with_fewer_duties() -> None:
    """August has more leave than June and fewer duties."""
    scenario = generate(28, 14, 1)
    by_month = dict.fromkeys(range(5, 10), 0)
    for row in scenario.absences:
        by_month[row.first_day.month] += (row.last_day - row.first_day).days + 1
    assert by_month[8] > 2 * by_month[6]
    assert {row.reason for row in scenario.closures} == {"summer reduction", "specialist away"}


def test_winter_has_its_wave() -> None:
    """Around Christmas some are on leave and elective tasks are closed."""
    scenario = generate(28, 6, 1, first_day=date(2023, 12, 4))
    assert any(row.kind == "vacation" for row in scenario.absences)
    assert any(row.reason == "winter reduction" for row in scenario.closures)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ((4, 1, 1, 1.0), "physicians must be from 5 to 500, not 4"),
        ((501, 1, 1, 1.0), "physicians must be from 5 to 500, not 501"),
        ((14, 0, 1, 1.0), "weeks must be from 1 to 156, not 0"),
        ((14, 157, 1, 1.0), "weeks must be from 1 to 156, not 157"),
        ((14, 1, 1, 0.4), "staffing must be from 0.5 to 1.5, not 0.4"),
        ((14, 1, 1, float("nan")), "staffing must be from 0.5 to 1.5, not nan"),
    ],
)
def test_what_is_out_of_range_is_refused(asked: tuple[int, int, int, float], named: str) -> None:
    """The message names the argument, its range and its value."""
    physicians, weeks, seed, staffing = asked
    with pytest.raises(ValueError, match=named):
        generate(physicians, weeks, seed, staffing=staffing)


def test_a_horizon_starts_on_a_monday() -> None:
    """Any other first day is refused."""
    with pytest.raises(ValueError, match="first_day must be a Monday, not 2024-01-02"):
        generate(14, 1, 1, first_day=date(2024, 1, 2))
