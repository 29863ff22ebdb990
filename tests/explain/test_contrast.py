"""Contrasts: the other side is the best there is, and each sentence is what the checker says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random
from time import monotonic

import pytest
from e2e.worlds import World, small_world

from benchmarks.peers.cpsat.costs import build, by_level
from benchmarks.peers.cpsat.solving import _Search
from pysched.check import check
from pysched.explain.contrast import Contrast, Effort, _Attempts, contrast
from pysched.explain.contrast_words import (
    consequence_sentences,
    proof_sentence,
    standing_sentences,
    verdict_sentence,
)
from pysched.explain.grade_words import GRADE_WORDS
from pysched.facts.again import Again
from pysched.model import WEIGHTS, Schedule
from pysched.solver import Options, solve
from pysched.solver.again import SolvedAgain

from .reading import DAY, NAMES, Reader

WORLDS = range(10)
DUTIES = 8


@dataclass(frozen=True)
class Asked:
    """A world with its best schedule, and a contrast about one assignment or the lack of it."""

    world: World
    schedule: Schedule
    answer: Contrast


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    """Contrasts of every world, about somebody who has a duty and somebody who has it not."""
    rows = []
    for seed in WORLDS:
        world, rng = small_world(seed, DUTIES), Random(seed)
        args = (world.network, world.week, world.state)
        schedule = solve(*args, Options(None, 20_000, 1, 1)).schedule
        assert schedule is not None
        effort = Effort(20.0, 1, 1, reaches=(2, DUTIES))
        free = sorted(schedule.assignments - world.week.fixed)
        if not free:
            continue
        row = rng.choice(free)
        others = [name for name in sorted(world.network.physicians) if name != row.physician]
        for who in (row.physician, rng.choice(others)):
            rows.append(Asked(world, schedule, contrast(*args, schedule, who, row.duty, effort)))
    return rows


def test_every_kind_of_answer_is_there(asked: list[Asked]) -> None:
    """Some cost, some cannot be, and all of small weeks is proven."""
    assert {"costs", "impossible"} <= {each.answer.verdict for each in asked}
    assert [each for each in asked if not each.answer.is_proven] == []


def test_the_other_schedule_is_the_other_side(asked: list[Asked]) -> None:
    """It keeps the hard rules, and has the assignment if and only if the given one has it not."""
    for each in asked:
        answer, other = each.answer, each.answer.schedule
        assert (answer.assignment in each.schedule.assignments) == answer.held
        if other is not None:
            assert (answer.assignment in other.assignments) != answer.held
            assert check(each.world.network, each.world.week, each.world.state, other).ok


def test_no_other_schedule_costs_less(asked: list[Asked]) -> None:
    """CP-SAT, made to forbid or force the same, reaches the same cost on every level."""
    for each in asked:
        other, world = each.answer.schedule, each.world
        if other is None:
            continue
        program, units = build(world.network, world.week, world.state)
        row = each.answer.assignment
        duty = next(duty for duty in world.week.duties if duty.key == row.duty)
        if (literal := program.x.get((row.physician, duty))) is not None:
            program.model.add(literal == (0 if each.answer.held else 1))
        search = _Search(program, units, other, lambda _: None)
        search.settings.num_workers = 1
        outcome = search.run(by_level(world.network, units), monotonic(), None)
        mine = check(world.network, world.week, world.state, other).by_level
        assert {n: mine[n] for n in outcome.cost} == outcome.cost


def test_what_is_impossible_is_impossible(asked: list[Asked]) -> None:
    """CP-SAT has no schedule with the assignment; causes say why."""
    for each in asked:
        answer, world = each.answer, each.world
        if answer.verdict != "impossible":
            continue
        assert not answer.held
        assert answer.explanation is not None
        assert answer.explanation.causes != ()
        row = answer.assignment
        program, units = build(world.network, world.week, world.state)
        duty = next(duty for duty in world.week.duties if duty.key == row.duty)
        literal = program.x.get((row.physician, duty))
        if literal is not None:
            kept = Schedule(world.week.monday, world.week.fixed)
            assert _Search(program, units, kept, lambda _: None).best is not None
            program.model.add(literal == 1)
            with pytest.raises(ValueError, match="forbidden"):
                _Search(program, units, None, lambda _: None)


def test_without_time_nothing_is_said_to_be_impossible(asked: list[Asked]) -> None:
    """The limit holds for the causes too."""
    each = next(each for each in asked if each.answer.verdict == "impossible")
    world, row = each.world, each.answer.assignment
    args = (world.network, world.week, world.state, each.schedule)
    hasty = contrast(*args, row.physician, row.duty, Effort(1e-6))
    assert (hasty.verdict, hasty.explanation) == ("unknown", None)


COST = re.compile(r"(.+): (.+), (\d+) (more|less) \(([+-]\d+) at level (\d+)\)")
FILL = re.compile(rf"(nobody|{NAMES}) would fill (\S+ on {DAY})(?: instead of ({NAMES}))?")
COUNT = re.compile(r"(\S+) would have (.+)")
PART = re.compile(r"([\d.]+) (duty|duties|night|nights|h) (more|fewer|less)")


COUNTED = {
    "duty": ("duty", 1),
    "duties": ("duty", 1),
    "night": ("night", 1),
    "nights": ("night", 1),
    "h": ("minutes", 60),
}


def test_every_rule_that_may_cost_has_its_words() -> None:
    """Each grade of each, and none is without a word."""
    assert set(GRADE_WORDS) == set(WEIGHTS)
    assert [words for words in GRADE_WORDS.values() if not all(words)] == []


def test_sentences_of_costs_are_what_the_checker_says(asked: list[Asked]) -> None:
    """Read back they are all differences of the two reports, no more and no less."""
    key_of = {words.each: key for key, words in GRADE_WORDS.items()}
    assert len(key_of) == len(GRADE_WORDS)
    for each in asked:
        answer, world = each.answer, each.world
        if answer.difference is None or answer.schedule is None:
            continue
        said = {}
        for text in consequence_sentences(answer.difference, answer.assignment.physician):
            if match := COST.fullmatch(text):
                whom, words, number, more, total, level = match.groups()
                units = int(number) * (1 if more == "more" else -1)
                said[(*key_of[words], whom)] = (units, int(total), int(level))
        assert said == expected_costs(world, answer.kept, answer.schedule)


def expected_costs(world: World, one: Schedule, other: Schedule) -> dict[object, object]:
    """Return what a second schedule costs more, from the checker alone."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for sign, schedule in ((-1, one), (1, other)):
        for cost in check(world.network, world.week, world.state, schedule).costs:
            whole = cost.rule in {"maximum_overtime", "debt_limit"}
            key = (cost.rule, cost.grade, "the week" if whole else cost.culprit)
            row = found.setdefault(key, [0, 0, cost.level])
            row[0] += sign * cost.units
            row[1] += sign * cost.total
    return {key: tuple(row) for key, row in found.items() if row[0]}


def test_sentences_of_duties_are_what_changes(asked: list[Asked]) -> None:
    """Read back they make the other schedule out of the given one."""
    for each in asked:
        answer, world = each.answer, each.world
        if answer.difference is None or answer.schedule is None:
            continue
        reader = Reader(world.week.monday, None)
        rows = {(row.duty, row.physician) for row in answer.kept}
        for text in consequence_sentences(answer.difference, ""):
            if match := FILL.fullmatch(text):
                after, duty, before = match.groups()
                (key,) = reader.duties(duty)
                rows -= {(key, name) for name in re.split(", | and ", before or "")}
                rows |= {(key, name) for name in re.split(", | and ", after) if name != "nobody"}
        assert rows == {(row.duty, row.physician) for row in answer.schedule}


def test_sentences_of_counts_are_what_physicians_have(asked: list[Asked]) -> None:
    """Duties, nights and hours more or less, counted in both schedules."""
    for each in asked:
        answer, world = each.answer, each.world
        if answer.difference is None or answer.schedule is None:
            continue
        said = {}
        for text in consequence_sentences(answer.difference, ""):
            if match := COUNT.fullmatch(text):
                for number, noun, more in PART.findall(match[2]):
                    kind, size = COUNTED[noun]
                    sign = 1 if more == "more" else -1
                    said[match[1], kind] = sign * round(float(number) * size)
        assert said == expected_counts(world, answer.kept, answer.schedule)


def expected_counts(world: World, one: Schedule, other: Schedule) -> dict[tuple[str, str], int]:
    """Return who has how many duties, nights and minutes more in a second schedule."""
    found: dict[tuple[str, str], int] = {}
    for sign, schedule in ((-1, one), (1, other)):
        for row in schedule:
            task = world.network.tasks[row.task]
            parts = {"duty": 1, "night": int(task.is_night), "minutes": task.credited_minutes}
            for kind, number in parts.items():
                key = (row.physician, kind)
                found[key] = found.get(key, 0) + sign * number
    return {key: number for key, number in found.items() if number}


def test_the_verdict_is_the_first_level_that_differs(asked: list[Asked]) -> None:
    """What is said of the week's cost is the checker's difference of the two."""
    for each in asked:
        answer, world = each.answer, each.world
        if answer.schedule is None:
            continue
        args = (world.network, world.week, world.state)
        one, other = (check(*args, s).by_level for s in (answer.kept, answer.schedule))
        levels = [(level, other[level] - one[level]) for level in sorted(one, reverse=True)]
        first = next((row for row in levels if row[1]), None)
        match = re.search(r"cost (\d+) (more|less) at level (\d+)", verdict_sentence(answer))
        said = match and (int(match[3]), int(match[1]) * (1 if match[2] == "more" else -1))
        assert said == first
        assert proof_sentence(answer).startswith("proven among all schedules")


STANDING = re.compile(
    r"(\S+) has had (\d+) (?:duties|minutes) of (\S+?)(?: against a fair share of \S+)?: "
    r"load (\S+), class (\d) \(quartiles of (\d+): \S+, \S+, \S+; (\d+) a duty\)"
)


def test_sentences_of_the_memory_are_what_the_checker_charges(asked: list[Asked]) -> None:
    """The class times the weight is what a duty of the category costs its physician."""
    for each in asked:
        world = each.world
        task = world.network.tasks[each.answer.assignment.task]
        for text in standing_sentences(each.answer):
            match = STANDING.fullmatch(text)
            assert match is not None, text
            assert match[3] == task.category
            alone = Schedule(
                world.week.monday,
                frozenset({type(each.answer.assignment)(*_place(each), match[1])}),
            )
            report = check(world.network, world.week, world.state, alone)
            assert sum(c.total for c in report.costs if c.rule == "memory") == int(match[7])
            assert report.units.get(("memory", _grade(world, task.category)), 0) in {
                0,
                int(match[5]),
            }


def _place(each: Asked) -> tuple[object, str]:
    return each.answer.assignment.day, each.answer.assignment.task


def _grade(world: World, category: str) -> str:
    return world.network.categories[category].grade


def test_what_is_proven_is_the_answer_itself(asked: list[Asked]) -> None:
    """A better schedule of a search that was not ended takes the proof of the former one away."""
    world, schedule = asked[0].world, asked[0].schedule
    attempts = _Attempts(world.network, world.week, world.state, schedule, Again())
    first = SolvedAgain(schedule, "optimal", {2: 5, 1: 0}, 2)
    attempts.take(first, 2)
    assert (attempts.best, attempts.proven) == (first, 2)
    attempts.take(replace(first, status="feasible"), 4)
    assert (attempts.best, attempts.proven) == (first, 2)
    better = replace(first, status="feasible", cost={2: 4, 1: 9}, changed=4)
    attempts.take(better, 4)
    assert (attempts.best, attempts.proven) == (better, None)


def test_unknown_names_are_refused(asked: list[Asked]) -> None:
    """The message says which."""
    world, schedule = asked[0].world, asked[0].schedule
    duty = asked[0].answer.assignment.duty
    args = (world.network, world.week, world.state, schedule)
    with pytest.raises(ValueError, match="nobody is no physician"):
        contrast(*args, "nobody", duty)
    with pytest.raises(ValueError, match=r"nothing@.* is no duty"):
        contrast(*args, "p0", ("nothing", duty[1]))
