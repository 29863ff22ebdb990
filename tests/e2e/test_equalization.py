"""What the week-ends hand on steers the search: who bore more is spared, as far as there is a way.

Real week-ends in a real database, the real search, and the independent checker on its schedule. All
soft rules are off but coverage and the two of equalization, so that nothing else decides.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pysched.bank.profile import bank_profile
from pysched.check import check
from pysched.department import WeekEnds
from pysched.instance.policy import with_policy
from pysched.model import WEIGHTS, Absence, Assignment, Schedule, State, Week
from pysched.solver import Options, Result, solve
from pysched.store import Database, Repository
from tests.department.long_toy import KEY, NETWORK, stored_week, weeks

KEPT = {"coverage", "equalization", "debt_limit"}
NET = with_policy(NETWORK, None, sorted({rule for rule, _ in WEIGHTS} - KEPT))
ABLE = ("anna", "carla", "dario")
"""Who may take the ward, and so its Saturday, which is the only sacrifice that they can share."""
OPTIONS = Options(None, 20_000, 1, 1)


def bank_at(path: Path) -> WeekEnds:
    """Return a new bank."""
    url = f"sqlite:///{path}"
    Repository(url).begin_run(KEY, "toy", "{}")
    return WeekEnds(Database(url), NET, bank_profile())


def saturday(week: Week) -> tuple[str, object]:
    """Return the key of a week's ward on Saturday."""
    return "ward", week.monday + timedelta(days=5)


def close(bank: WeekEnds, week: Week, physician: str) -> None:
    """Close a week in which a physician worked the Saturday and nobody anything else."""
    row = Assignment(week.monday + timedelta(days=5), "ward", physician)
    bank.close(KEY, stored_week(week), week, Schedule(week.monday, frozenset({row})))


def planned(week: Week) -> Result:
    """Return the best schedule of a week; the checker finds no fault and the same costs."""
    result = solve(NET, week, State(), OPTIONS)
    assert result.status == "optimal"
    assert result.schedule is not None
    report = check(NET, week, State(), result.schedule)
    assert report.ok
    assert report.by_level == {level: result.cost.get(level, 0) for level in report.by_level}
    return result


def saturdays_of(week: Week, result: Result) -> str:
    """Return who has the Saturday of a schedule."""
    assert result.schedule is not None
    return next(row.physician for row in result.schedule.assignments if row.duty == saturday(week))


@pytest.mark.parametrize("burdened", ABLE)
def test_who_bore_three_saturdays_has_no_more_until_the_others_had_theirs(
    burdened: str, tmp_path: Path
) -> None:
    """Whoever of the three it is; each week is planned by what the one before left behind."""
    bank, (*past, now) = bank_at(tmp_path / "bank.sqlite"), weeks(4)
    for week in past:
        close(bank, week, burdened)
    had = []
    for week in (now, *(w for w in weeks(6) if w.monday > now.monday)):
        told = bank.prepared(week)
        assert told.sacrifices
        physician = saturdays_of(week, planned(told))
        assert physician != burdened
        had.append(physician)
        close(bank, week, physician)
    assert len(set(had)) == 2


def test_the_same_week_goes_to_another_once_somebody_else_is_ahead(tmp_path: Path) -> None:
    """Nothing differs but who bore the past: the Saturday follows, and so does its cost."""
    week = weeks(4)[-1]
    had, costs = set(), Counter[str]()
    for burdened in ABLE:
        bank = bank_at(tmp_path / f"{burdened}.sqlite")
        for past in weeks(3):
            close(bank, past, burdened)
        told = bank.prepared(week)
        counted = told.sacrifice_days[week.monday + timedelta(days=5)]
        price = {name: told.day_costs.get((name, counted), 0) for name in ABLE}
        assert max(price, key=lambda name: price[name]) == burdened
        costs[burdened] = price[burdened]
        had.add(saturdays_of(week, planned(told)))
    assert len(had) > 1
    assert min(costs.values()) > 0


def test_over_the_limit_he_is_spared_unless_nobody_else_can(tmp_path: Path) -> None:
    """Above 40 credits: kept off at the price of service; where he is alone it is unavoidable."""
    bank, (*past, now) = bank_at(tmp_path / "bank.sqlite"), weeks(16)
    for week in past:
        close(bank, week, "anna")
    told = bank.prepared(now)
    assert told.over_limit == {"anna"}
    assert told.unavoidable_sacrifices == 0
    free = planned(told)
    assert saturdays_of(now, free) != "anna"
    assert free.by_rule.get("debt_limit", 0) == 0
    away = tuple(
        Absence(name, now.monday, now.monday + timedelta(days=6), "vacation")
        for name in ("carla", "dario")
    )
    alone = bank.prepared(replace(now, absences=away))
    assert alone.unavoidable_sacrifices >= 1
    assert saturdays_of(now, planned(alone)) == "anna"
    assert planned(alone).by_rule.get("debt_limit", 0) == 0
    unexcused = replace(alone, unavoidable_sacrifices=0)
    assert planned(unexcused).by_rule["debt_limit"] > 0
