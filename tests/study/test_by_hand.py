"""The synthetic schedule by hand: written again as it is, and bent only where planners bend."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks import by_hand
from pysched.check import check
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import State
from pysched.report.reported import by_hand_schedules
from pysched.settle import apply, settle

SCENARIO = read_scenario(find_scenario("ferrara"))


def test_the_shipped_file_is_what_the_planner_writes() -> None:
    """To the byte; nothing in it is drawn by chance, or read from the file itself."""
    shipped = (find_scenario("ferrara") / "by_hand.csv").read_bytes()
    assert by_hand.by_hand_text(SCENARIO).encode() == shipped


def test_only_the_skill_for_nights_on_site_is_bent() -> None:
    """27 times in 14 weeks, where the slides count 23; every other hard rule holds."""
    state, unskilled = State(), Counter()
    for week, schedule in zip(weeks_of(SCENARIO), by_hand_schedules(SCENARIO), strict=True):
        report = check(SCENARIO.network, week, state, schedule)
        assert {breach.rule for breach in report.breaches} <= {"skill"}
        unskilled.update(
            row.task for row in schedule if (row.physician, row.task) not in SCENARIO.network.skills
        )
        state = apply(state, settle(SCENARIO.network, week, schedule))
    assert unskilled == {"T15": 27}


def test_what_is_left_open_is_what_the_folder_says() -> None:
    """The README of Ferrara has the same numbers."""
    assert by_hand.open_text(SCENARIO) == "open: 104 of 1500, 6 of them essential"
    readme = (find_scenario("ferrara") / "README.md").read_text()
    assert "104 of 1500 in 14 weeks, 6 of them essential" in readme


@pytest.mark.parametrize("calls", [0, 20])
def test_more_calls_save_nights(calls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A planner who asks nobody else bends the rule, one who asks everybody does not."""
    monkeypatch.setattr(by_hand, "CALLS", calls)
    weeks = weeks_of(SCENARIO)[5:7]
    planner = by_hand.Planner(SCENARIO.network, by_hand.wheel_of(SCENARIO.network))
    rows = [row for week in weeks for row in by_hand.plan_week(planner, week)]
    bent = [row for row in rows if (row.physician, row.task) not in SCENARIO.network.skills]
    assert (len(bent) > 0) == (calls == 0)
    assert len({row.duty for row in rows}) == len(rows)
