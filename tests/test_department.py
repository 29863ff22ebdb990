"""The service layer: plans, checks, settles and keeps weeks."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pysched.check import check
from pysched.department import (
    NoScheduleError,
    Order,
    PinsError,
    Run,
    plan_week,
    refuse_clashing_pins,
)
from pysched.department.run import run_key
from pysched.department.week import faults_of
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import Assignment, Schedule, State
from pysched.planner import roll
from pysched.settle import apply, settle
from pysched.solver import Options, solve

SCENARIO = read_scenario(find_scenario("toy"))
WEEKS = weeks_of(SCENARIO)
OPTIONS = Options(None, 20_000, 1, 1)
ORDER = Order(SCENARIO, WEEKS, State(), OPTIONS)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Return the URL of a database that is not there yet."""
    return f"sqlite:///{tmp_path / 'some.sqlite'}"


def test_a_run_is_the_roll_of_its_weeks(url: str) -> None:
    """The same schedules and states as without a database."""
    with Run(ORDER, url) as run:
        planned = list(run.weeks())
    steps = list(roll(SCENARIO.network, WEEKS, State(), OPTIONS))
    assert [p.record.schedule for p in planned] == [step.result.schedule for step in steps]
    assert [(p.before, p.after) for p in planned] == [(s.before, s.after) for s in steps]
    assert all(p.is_settled and not p.is_stored and not p.faults for p in planned)


def test_a_settled_week_comes_back_from_the_database_as_it_was(url: str) -> None:
    """Record and states."""
    with Run(ORDER, url) as run:
        first = list(run.weeks())
    with Run(ORDER, url) as run:
        assert run.stored == 2
        again = list(run.weeks())
    assert again == [replace(planned, is_stored=True) for planned in first]


def test_a_run_that_is_left_goes_on(url: str) -> None:
    """Each week is stored before the next begins."""
    with Run(ORDER, url) as run:
        next(run.weeks())
    with Run(ORDER, url) as run:
        assert run.stored == 1
        assert [planned.is_stored for planned in run.weeks()] == [True, False]


def test_the_record_says_what_the_checker_says(url: str) -> None:
    """Cost by level and rule, recomputed from the schedule."""
    with Run(ORDER, url) as run:
        for week, planned in zip(WEEKS, run.weeks(), strict=True):
            report = check(SCENARIO.network, week, planned.before, planned.record.schedule)
            assert planned.record.cost == report.by_level
            totals: dict[str, int] = {}
            for (rule, _), cost in report.by_rule.items():
                totals[rule] = totals.get(rule, 0) + cost
            assert {r: c for r, c in totals.items() if c} == planned.record.by_rule
            assert planned.record.uncovered.essential == 0


def test_what_the_checker_has_against_a_schedule_is_a_fault() -> None:
    """A broken rule, and a level or rule that costs something else than the search says."""
    week, network = WEEKS[0], SCENARIO.network
    result = solve(network, week, State(), OPTIONS)
    assert result.schedule is not None
    report = check(network, week, State(), result.schedule)
    assert faults_of(report, result) == ()
    away = Assignment(date(2024, 4, 16), "guard", "bruno")
    others = {a for a in result.schedule.assignments if a.duty != away.duty}
    broken = check(network, week, State(), Schedule(week.monday, frozenset({*others, away})))
    said = faults_of(broken, result)
    assert "week of 2024-04-15: broken: absence, bruno, guard@2024-04-16" in said
    coverage = replace(result.levels[0], cost=3)
    assert faults_of(report, replace(result, levels=(coverage, *result.levels[1:]))) == (
        "week of 2024-04-15: level 6 costs 0, the search says 3",
    )
    costs = tuple(cost for cost in result.costs if cost.rule != "wishes")
    assert faults_of(report, replace(result, costs=costs)) == (
        "week of 2024-04-15: rule wishes costs 5, the search says 0",
    )


def test_a_stopped_week_is_neither_settled_nor_stored(url: str) -> None:
    """The week before stays."""
    stop = threading.Event()
    with Run(ORDER, url) as run:
        weeks = run.weeks(stop=stop)
        next(weeks)
        stop.set()
        assert list(weeks) == []
    with Run(ORDER, url) as run:
        assert run.stored == 1


def test_no_schedule_is_an_error() -> None:
    """With the status of the search: a millisecond does not do to ground Ferrara."""
    scenario = read_scenario(find_scenario("ferrara"))
    week = weeks_of(scenario)[0]
    order = Order(scenario, (week,), State(), Options(0.001))
    with pytest.raises(NoScheduleError, match="week of 2023-05-29") as error:
        plan_week(order, week, State())
    assert error.value.status == "unknown"


def test_runs_differ_in_all_that_a_schedule_depends_on() -> None:
    """How many weeks are asked for is no part of it."""
    orders = [
        ORDER,
        replace(ORDER, options=Options(None, 20_000, 2, 1)),
        replace(ORDER, options=Options(30.0, None, 1, 1)),
        replace(ORDER, weeks=WEEKS[1:]),
        replace(ORDER, scenario=replace(SCENARIO, absences=())),
        replace(ORDER, state=apply(State(), settle(SCENARIO.network, WEEKS[0], WORKED))),
    ]
    assert len({run_key(order) for order in orders}) == len(orders)
    assert run_key(replace(ORDER, weeks=WEEKS[:1])) == run_key(ORDER)


WORKED = Schedule(WEEKS[0].monday, frozenset({Assignment(date(2024, 4, 21), "ward", "anna")}))


def test_pins_of_every_week_are_looked_at() -> None:
    """All that clash are named."""
    pins = (
        Assignment(date(2024, 4, 15), "clinic", "anna"),
        Assignment(date(2024, 4, 17), "guard", "bruno"),
        Assignment(date(2024, 4, 23), "ward", "bruno"),
    )
    scenario = replace(SCENARIO, pins=pins)
    with pytest.raises(PinsError) as error:
        refuse_clashing_pins(scenario, weeks_of(scenario), State())
    assert error.value.clashes == [
        "pin anna, clinic@2024-04-15: there is no such duty",
        "pins break absence: bruno, guard@2024-04-17",
        "pins break skill: bruno, ward@2024-04-23",
    ]


def test_pins_may_clash_with_the_week_before() -> None:
    """Which is known when the week is planned: Sunday's night and Monday's are two in a row."""
    scenario = replace(SCENARIO, pins=(Assignment(date(2024, 4, 22), "night", "anna"),))
    week = weeks_of(scenario)[1]
    tail = frozenset({Assignment(date(2024, 4, 21), "night", "anna")})
    order = Order(scenario, (week,), State(), OPTIONS, strict_pins=True)
    plan_week(order, week, State())
    with pytest.raises(PinsError, match="pins break nights: anna"):
        plan_week(order, week, State(last_week=date(2024, 4, 15), tail=tail))
