"""The text of a week's facts: the same for the same input, another for any other."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from e2e.worlds import World, random_world

from pysched.facts import facts_text
from pysched.model import (
    Absence,
    Agreement,
    Assignment,
    Category,
    GeographyRule,
    Hospital,
    Limits,
    Load,
    Pair,
    Request,
    profile_rules,
)
from pysched.solver.program import asp_folder

SEED = 3
WORLD = random_world(SEED)
WEEK, NETWORK, STATE = WORLD.week, WORLD.network, WORLD.state
DUTY = WEEK.duties[0]
TASK = NETWORK.tasks[DUTY.task]
DAY = WEEK.days[2]


def text(world: World) -> str:
    """Return the facts of a world."""
    return facts_text(world.network, world.week, world.state)


def reordered(value: Any) -> Any:
    """Return an equal value whose mappings and sets were filled the other way round."""
    if isinstance(value, Mapping):
        return MappingProxyType(dict(reversed(list(value.items()))))
    if isinstance(value, frozenset):
        return frozenset(sorted(value, key=repr, reverse=True))
    return value


def person(**changes: Any) -> dict[str, Any]:
    """Return physicians, the first of them changed."""
    return {**NETWORK.physicians, "p0": replace(NETWORK.physicians["p0"], **changes)}


def task(**changes: Any) -> dict[str, Any]:
    """Return tasks, one of them changed."""
    return {**NETWORK.tasks, TASK.id: replace(TASK, **changes)}


CHANGED_NETWORKS: dict[str, dict[str, Any]] = {
    "hospitals": {
        "hospitals": {h.id: Hospital(h.id, h.name, not h.main) for h in NETWORK.hospitals.values()}
    },
    "travel": {"travel": {**NETWORK.travel, ("cona", "cona"): 17}},
    "categories": {
        "categories": {
            c.id: Category(c.id, c.grade, not c.wanted) for c in NETWORK.categories.values()
        }
    },
    "task kind": {"tasks": task(kind="surgery" if TASK.kind != "surgery" else "clinic")},
    "task essential": {"tasks": task(essential=not TASK.essential)},
    "task credited": {"tasks": task(credited_minutes=TASK.credited_minutes + 35)},
    "physician hours": {"physicians": person(weekly_hours=Decimal("11.5"))},
    "physician style": {
        "physicians": person(style=None if NETWORK.physicians["p0"].style else "steady")
    },
    "skills": {"skills": frozenset(sorted(NETWORK.skills)[1:])},
    "suitability": {"suitability": {min(NETWORK.skills): 7}},
    "agreements": {"agreements": (Agreement("p0", "free_weekday", "tue"),)},
    "pairs": {"pairs": (Pair("p0", "p3", "like"),)},
    "geography": {"geography": (GeographyRule("t0", "t1"), GeographyRule("t1", "t0"))},
    "weights": {"rules": profile_rules("recommended", {("wishes", "day_off"): 77})},
    "limits": {"rules": replace(NETWORK.rules, limits=Limits(rest_hours=10, max_nights=1))},
}

CHANGED_WEEKS: dict[str, dict[str, Any]] = {
    "duties": {"duties": WEEK.duties[1:]},
    "absences": {"absences": (*WEEK.absences, Absence("p0", DAY, DAY, "leave"))},
    "requests": {"requests": (*WEEK.requests, Request("p0", DAY, "day_off", "", 5))},
    "holidays": {"holidays": WEEK.holidays | {WEEK.days[0], WEEK.days[1], WEEK.days[2]}},
    "major holidays": {"major_holidays": WEEK.major_holidays ^ {DAY}},
    "pins": {"pins": frozenset({Assignment(DUTY.day, DUTY.task, "p0")})},
    "worked": {"worked": frozenset({Assignment(DUTY.day, DUTY.task, "p1")})},
    "published": {"published": frozenset({Assignment(DUTY.day, DUTY.task, "p2")})},
    "published as empty": {"published": frozenset()},
    "granted": {"granted": WEEK.granted ^ {("p0", DAY)}},
    "sacrifices": {"sacrifices": WEEK.sacrifices ^ {DUTY.key}},
    "sacrifice costs": {"sacrifice_costs": {("p0", DUTY.task, DUTY.day): 41}},
    "sacrifice days": {"sacrifice_days": {WEEK.days[5]: WEEK.days[5]}},
    "day costs": {"day_costs": {("p0", WEEK.days[5]): -41}},
    "over limit": {"over_limit": WEEK.over_limit ^ {"p0"}},
    "unavoidable": {"over_limit": frozenset({"p0"}), "unavoidable_sacrifices": 9},
}

CHANGED_STATES: dict[str, dict[str, Any]] = {
    "loads": {"loads": {("p0", TASK.category): Load(90, 90, 7, 7)}},
    "balance": {"balance_minutes": {**STATE.balance_minutes, "p0": 12345}},
    "tail": {"tail": frozenset({Assignment(WEEK.monday - timedelta(days=1), DUTY.task, "p0")})},
    "streaks": {"streaks": {("p0", DUTY.task): 4}, "last_week": WEEK.monday - timedelta(days=7)},
}


def test_equal_inputs_give_the_same_text() -> None:
    """Whatever the order in which mappings and sets were filled."""
    network, week, state = (
        replace(part, **{f.name: reordered(getattr(part, f.name)) for f in fields(part)})
        for part in (NETWORK, WEEK, STATE)
    )
    assert text(WORLD) == facts_text(network, week, state)


@pytest.mark.parametrize("name", CHANGED_NETWORKS)
def test_a_change_of_the_network_changes_the_text(name: str) -> None:
    """No part of a network is overlooked."""
    assert text(WORLD) != text(replace(WORLD, network=replace(NETWORK, **CHANGED_NETWORKS[name])))


@pytest.mark.parametrize("name", CHANGED_WEEKS)
def test_a_change_of_the_week_changes_the_text(name: str) -> None:
    """No part of a week is overlooked."""
    assert text(WORLD) != text(replace(WORLD, week=replace(WEEK, **CHANGED_WEEKS[name])))


@pytest.mark.parametrize("name", CHANGED_STATES)
def test_a_change_of_the_state_changes_the_text(name: str) -> None:
    """No part of a state is overlooked."""
    assert text(WORLD) != text(replace(WORLD, state=replace(STATE, **CHANGED_STATES[name])))


def test_the_month_to_date_counts_in_the_last_week_of_a_month_only() -> None:
    """In another week the month's minutes say nothing yet."""
    for seed in range(40):
        world = random_world(seed)
        thursday = world.week.days[3]
        month = thursday.replace(day=1)
        base = replace(world.state, month=month, month_minutes={})
        behind = replace(base, month_minutes={"p0": -615})
        is_last = (thursday + timedelta(days=7)).month != thursday.month
        one, other = (text(replace(world, state=state)) for state in (base, behind))
        assert (one != other) is is_last


def test_now_matters_once_a_week_is_published() -> None:
    """Which duties are soon depends on the minute."""
    published = replace(WEEK, published=frozenset())
    early, late = replace(published, now=-90_000), replace(published, now=90_000)
    assert text(replace(WORLD, week=early)) != text(replace(WORLD, week=late))


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_plain_clingo_reads_the_text(seed: int, tmp_path: Path) -> None:
    """The facts with the entry point are a whole program, without a word of complaint."""
    facts = tmp_path / "facts.lp"
    facts.write_text(text(random_world(seed)), encoding="utf-8")
    week = str(asp_folder() / "week.lp")
    done = subprocess.run(
        [sys.executable, "-m", "clingo", week, str(facts), "--opt-mode=ignore"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "SATISFIABLE" in done.stdout
    assert "UNSATISFIABLE" not in done.stdout
    assert done.stderr == ""
