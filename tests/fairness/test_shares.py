"""Fair shares: an even week of divisible duties, by hand and by what must always hold."""

from dataclasses import replace
from random import Random

import pytest
from check.builders import TASKS, day, given, network, physician, week_of
from e2e.schedules import random_schedule
from e2e.worlds import World, random_world

from pysched.facts.hours import candidates
from pysched.fairness.shares import fair_shares
from pysched.model import Absence, Agreement, Network, Physician, Week

ANN, BOB, CAT = (physician(name, hours=h) for name, h in (("ann", 38), ("bob", 19), ("cat", 38)))
DAN = physician("dan")


def by_task(net: Network, week: Week) -> dict[tuple[str, str], float]:
    """Return the shares of a week with every duty covered, by physician and task."""
    totals: dict[tuple[str, str], float] = {}
    for (name, duty), part in fair_shares(net, week, set(week.duties)).items():
        totals[name, duty.task] = totals.get((name, duty.task), 0.0) + part
    return totals


def shares(duties: str, people: tuple[Physician, ...], **facts: object) -> dict[str, float]:
    """Return the shares of a week whose duties all are of one task, by physician."""
    net = network(people, str(facts.pop("without_skills", "")), **facts)
    return {name: part for (name, _), part in by_task(net, week_of(duties)).items()}


@pytest.mark.parametrize("duties", ["call 0", "guard 0"])
def test_a_duty_is_shared_out_pro_rata_to_weekly_hours(duties: str) -> None:
    """Who works half time bears half a share, of what takes hours and of what takes none."""
    expected = {"ann": 2 / 5, "bob": 1 / 5, "cat": 2 / 5}
    assert shares(duties, (ANN, BOB, CAT)) == pytest.approx(expected)


def test_who_may_not_take_a_duty_bears_no_share() -> None:
    """Neither skill, nor presence, nor an agreement may be lacking."""
    people = (ANN, BOB, CAT, DAN)
    net = network(people, "bob night", agreements=(Agreement("dan", "no_nights"),))
    away = Absence("cat", day(0), day(0), "leave")
    assert by_task(net, week_of("night 0", absences=(away,))) == {("ann", "night"): 1.0}


def test_a_pin_against_the_rules_bears_no_share() -> None:
    """What was bent by hand counts as had, not as owed."""
    net = network((ANN, BOB), "bob guard")
    week = week_of("guard 0", pins=given("bob guard 0"))
    assert by_task(net, week) == {("ann", "guard"): 1.0}


def test_who_can_do_little_else_bears_more_of_what_he_can() -> None:
    """Three wards and a guard of six hours: twelve hours each, and ann has no guard."""
    found = by_task(network((ANN, CAT), "ann guard"), week_of("ward 0 1 2, guard 3"))
    expected = {("ann", "ward"): 2.0, ("cat", "ward"): 1.0, ("cat", "guard"): 1.0}
    assert found == pytest.approx(expected, abs=1e-6)


def test_no_more_than_agreed_is_anybodys_share() -> None:
    """Of four nights on call, ann agreed to one a week."""
    agreed = (Agreement("ann", "max_per_week", "guard", 1),)
    found = shares("call 0 2 4 6", (ANN, CAT, DAN), agreements=agreed)
    assert found == pytest.approx({"ann": 1.0, "cat": 1.5, "dan": 1.5}, abs=1e-3)


def test_nobody_is_at_two_places_at_once() -> None:
    """The call is cat's alone; so the other call of that night is ann's and dan's, hours aside."""
    net = network((ANN, CAT, DAN), "ann farcall, dan farcall")
    found = by_task(net, week_of("farcall 0, call 0"))
    assert found["cat", "farcall"] == pytest.approx(1.0)
    assert found.get(("cat", "call"), 0.0) == pytest.approx(0.0, abs=2e-2)
    assert found["ann", "call"] == pytest.approx(0.5, abs=1e-2)


def test_a_limit_of_none_is_no_share() -> None:
    """Hours do not undo an agreement."""
    agreed = (Agreement("ann", "max_per_week", "guard", 0),)
    found = by_task(network((ANN, CAT, DAN), agreements=agreed), week_of("guard 0 1 2, ward 0"))
    assert ("ann", "guard") not in found


def test_hours_to_fill_do_not_undo_a_limit() -> None:
    """Ann can only do guards, and agreed to one; that is all the hours she is held to."""
    agreed = (Agreement("ann", "max_per_week", "guard", 1),)
    lacking = ", ".join(f"ann {task.id}" for task in TASKS if task.category != "guard")
    net = network((ANN, CAT, DAN), lacking, agreements=agreed)
    found = by_task(net, week_of("guard 0 1 2 3 4, ward 0 1 2 3 4"))
    assert found["ann", "guard"] == pytest.approx(1.0, abs=1e-2)


def test_what_nobody_may_take_is_left_out() -> None:
    """There is nobody to owe it."""
    assert by_task(network((ANN,), "ann guard"), week_of("guard 0")) == {}


def test_a_duty_on_a_day_without_hours_is_still_shared_out() -> None:
    """Present on Sunday alone, nobody has a target; the guard is split all the same."""
    away = tuple(Absence(name, day(0), day(5), "leave") for name in ("ann", "cat"))
    found = by_task(network((ANN, CAT)), week_of("guard 6", absences=away))
    assert found == pytest.approx({("ann", "guard"): 0.5, ("cat", "guard"): 0.5})


def able(world: World) -> dict[object, set[str]]:
    """Return who may take each duty."""
    week = replace(world.week, pins=frozenset(), worked=frozenset())
    found = candidates(world.network, week)
    return {duty: set(names) for duty, names in found.items()}


@pytest.mark.parametrize("seed", range(30))
def test_each_duty_is_shared_out_wholly_among_those_who_may_take_it(seed: int) -> None:
    """Whatever else can or cannot hold in a week."""
    world = random_world(seed)
    worked = {row.duty for row in random_schedule(Random(seed), world)}
    covered = {duty for duty in world.week.duties if duty.key in worked}
    found = fair_shares(world.network, world.week, covered)
    never = {
        (agreed.physician, agreed.value)
        for agreed in world.network.agreements
        if (agreed.kind, agreed.limit) == ("max_per_week", 0)
    }
    for duty in covered:
        category = world.network.tasks[duty.task].category
        could = {name for name in able(world)[duty] if (name, category) not in never}
        assert any(of == duty for _, of in found) == bool(could)
    for duty in {duty for _, duty in found}:
        parts = {name: part for (name, of), part in found.items() if of == duty}
        assert sum(parts.values()) == pytest.approx(1.0)
        assert min(parts.values()) > 0
        assert set(parts) <= able(world)[duty]
    assert found == fair_shares(world.network, world.week, covered)
