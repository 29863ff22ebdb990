"""The library as its users write it."""

from datetime import date
from pathlib import Path

import pytest

import pysched
from pysched import InstanceError, Options, State, check, load, plan, roll
from pysched.solver import Progress


def test_the_public_names_are_few_and_there() -> None:
    """At most twelve."""
    assert len(pysched.__all__) <= 12
    assert all(hasattr(pysched, name) for name in pysched.__all__)


def test_a_week_is_planned_in_three_lines() -> None:
    """Load, plan, look."""
    network, weeks, state = load("toy")
    result = plan(network, weeks[0], state, time_limit_seconds=20, seed=1)
    assert result.status == "optimal"
    assert result.schedule is not None
    assert result.cost == result.bound
    assert set(result.gap.values()) == {0.0}
    assert sum(result.by_rule.values()) == sum(result.cost.values())
    assert check(network, weeks[0], state, result.schedule).ok


def test_the_same_call_gives_the_same_schedule() -> None:
    """With one thread, a seed and a conflict limit, on a week that is not proven optimal."""
    network, weeks, state = load("ferrara")
    limits = {"time_limit_seconds": None, "conflict_limit": 3000, "threads": 1}
    first, second = (plan(network, weeks[2], state, **limits) for _ in range(2))
    assert first.schedule == second.schedule
    assert first.cost == second.cost
    assert first.bound == second.bound


def test_planning_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Improvements are told to who asks for them."""
    network, weeks, state = load("toy")
    seen: list[Progress] = []
    plan(network, weeks[0], state, time_limit_seconds=20, on_improvement=seen.append)
    assert capfd.readouterr() == ("", "")
    assert {progress.monday for progress in seen} == {weeks[0].monday}


def test_weeks_hand_on_their_state() -> None:
    """The tail of a week is what it worked; memory and balances add up."""
    network, weeks, state = load("toy")
    first, second = roll(network, weeks, state, Options(None, 20_000, 1, 1))
    assert second.before == first.after
    assert first.result.schedule is not None
    assert first.after.tail == first.result.schedule.assignments
    counts = sum(load.count for load in second.after.loads.values())
    assert counts == sum(len(week.duties) for week in weeks)
    assert state == State()


def test_loading_takes_the_worked_past_into_account(tmp_path: Path) -> None:
    """Weeks without a worked duty are unknown, not idle."""
    source = Path(str(pysched.find_scenario("toy")))
    for path in source.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    rows = "day,task,physician\n2024-03-27,guard,carla\n2024-04-10,guard,carla\n"
    (tmp_path / "history.csv").write_text(rows)
    _, _, state = load(tmp_path)
    assert state.last_week == date(2024, 4, 8)
    assert state.loads["carla", "on_site_day"].count == 2
    assert (state.balance_minutes, state.month_minutes, state.month) == ({}, {}, None)
    assert state.streaks == {("carla", "guard"): 1}


def test_bad_instances_say_all_that_is_wrong(tmp_path: Path) -> None:
    """As one error with many problems."""
    with pytest.raises(InstanceError, match=r"network\.yaml"):
        load(tmp_path)
