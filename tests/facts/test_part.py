"""The facts of a part: some physicians and duties, as if there were nobody else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from solver.weeks import generated_world

from pysched.check import check
from pysched.facts import (
    assignment_symbols,
    assignment_target,
    facts_text,
    parts_of,
    read_schedule,
    takers,
)
from pysched.facts.read import Target
from pysched.model import Assignment
from pysched.solver import Options, Problem, search
from pysched.solver.program import asp_folder
from pysched.solver.solve import Extras, problem_of, solve


def lines_of(text: str) -> set[str]:
    """Return the facts and constants of a text."""
    return {line for line in text.splitlines() if line and not line.startswith("%")}


@pytest.fixture(scope="module")
def half() -> tuple[set[str], set[Target]]:
    """Half of the physicians of a network of 28, and what they alone may take."""
    world = generated_world(28)
    people = set(sorted(world.network.physicians)[:14])
    return people, {
        target for target, names in takers(world.network, world.week).items() if names <= people
    }


def test_the_part_of_everybody_is_the_week() -> None:
    """But for what nobody may take, and for tasks of which there is nothing to take."""
    world = generated_world(14)
    who = takers(world.network, world.week)
    text = parts_of(world.network, world.week, world.state)(world.network.physicians, who)
    whole = lines_of(facts_text(world.network, world.week, world.state))
    tasks, duties = {task for task, _ in who}, {f'duty("{task}",{day},' for task, day in who}
    assert lines_of(text) <= whole
    for line in whole - lines_of(text):
        if line.startswith("duty("):
            assert not line.startswith(tuple(duties))
        else:
            assert set(re.findall(r'"(T\d+)"', line)) - tasks


def test_a_part_names_nobody_else(half: tuple[set[str], set[Target]]) -> None:
    """But for the loads, whose quartiles are those of the group."""
    people, targets = half
    world = generated_world(28)
    text = parts_of(world.network, world.week, world.state)(people, targets)
    names = {
        name
        for line in lines_of(text)
        if not line.startswith("load(")
        for name in re.findall(r'"(P\d+)"', line)
    }
    assert names == people
    loads = {line for line in lines_of(text) if line.startswith("load(")}
    whole = lines_of(facts_text(world.network, world.week, world.state))
    assert loads == {line for line in whole if line.startswith("load(")}
    duties = {line for line in lines_of(text) if line.startswith("duty(")}
    assert len(duties) == len(targets)


def test_a_part_keeps_the_way_between_hospitals() -> None:
    """Whose names are no physicians'."""
    world = generated_world(28)
    text = parts_of(world.network, world.week, world.state)(["P1"], [])
    assert sum(line.startswith("travel(") for line in lines_of(text)) == len(world.network.travel)


def test_a_parts_schedule_breaks_no_rule_of_the_whole(half: tuple[set[str], set[Target]]) -> None:
    """Whatever else is left open."""
    people, targets = half
    world = generated_world(28)
    text = parts_of(world.network, world.week, world.state)(people, targets)
    whole = problem_of(world.network, world.week, world.state, None, Extras())
    problem = Problem((asp_folder() / "week.lp",), text, whole.features)
    best = search(problem, Options(None, 3000, 1, 1)).best
    assert best is not None
    schedule = read_schedule(world.week, best.symbols)
    report = check(world.network, world.week, world.state, schedule)
    assert not report.breaches
    assert {row.physician for row in schedule} <= people
    assert len(list(schedule)) > len(targets) / 2


def test_an_assignment_tells_who_has_which_duty() -> None:
    """Of an assign/2 atom, one of those who may take it."""
    world = generated_world(14)
    schedule = solve(world.network, world.week, world.state, Options(None, 500, 1, 1)).schedule
    assert schedule is not None
    who = takers(world.network, world.week)
    split = [assignment_target(symbol) for symbol in assignment_symbols(schedule)]
    assert len({target for _, target in split}) == len(split) > 50
    assert all(name in who[target] for name, target in split)


def test_a_fixed_duty_is_for_those_who_have_it() -> None:
    """Whoever else has the skill."""
    world = generated_world(14)
    duty = world.week.duties[0]
    pins = frozenset(Assignment(duty.day, duty.task, name) for name in ("P1", "P9"))
    week = replace(world.week, pins=pins)
    who = takers(world.network, week)
    assert who[duty.task, 0] == {"P1", "P9"}
    del who[duty.task, 0]
    assert who.items() <= takers(world.network, world.week).items()
