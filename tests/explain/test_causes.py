"""Causes are true, exclude what was asked for, and none can be left out; nothing cheaper helps.

All of it is judged by a second model and by the checker, from the sentences alone.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from e2e.worlds import World

from pysched.check import check
from pysched.explain.causes import Explanation, explain
from pysched.explain.questions import duty_here_question, duty_question
from pysched.explain.reasons import why_open
from pysched.facts.hours import limit_minutes
from pysched.model import Assignment, Schedule

from .hard_weeks import HardWeek, hard_weeks
from .judging import elements, said, second
from .naming import Key, agreement_key, duties_asked, is_unchangeable, keeps_apart
from .second import Second

WEEKS = int(os.environ.get("PYSCHED_HARD_WEEKS", "30"))


@pytest.fixture(scope="module")
def explained() -> list[tuple[HardWeek, Explanation]]:
    """Every week with both answers about its open duty."""
    rows = []
    for hard in hard_weeks(WEEKS):
        world, args = hard.world, (hard.world.week, hard.schedule, hard.duty)
        for question in (duty_here_question(*args), duty_question(world.network, *args)):
            answer = explain(world.network, world.week, world.state, question)
            rows.append((hard, answer))
    return rows


def test_every_question_was_decided(explained: list[tuple[HardWeek, Explanation]]) -> None:
    """No set of causes is left that might be larger than it need be."""
    assert [h.seed for h, a in explained if not (a.decided and all(a.minimal))] == []


def test_an_open_duty_has_causes_or_is_possible(
    explained: list[tuple[HardWeek, Explanation]],
) -> None:
    """As much is served as can be: nothing else can be had beside it."""
    assert [h.seed for h, a in explained if not a.causes] == []


def test_causes_exclude_the_duty_and_none_can_be_left_out(
    explained: list[tuple[HardWeek, Explanation]],
) -> None:
    """For a solver that knows nothing but the sentences all exclude it, and no fewer do."""
    wrong = []
    for hard, answer in explained:
        for read in said(hard.world, answer, hard.duty):
            model = second(hard.world, answer, read)
            if model.is_possible(read.keys):
                wrong.append((hard.seed, "not enough"))
            for element in elements(hard.world, read.keys):
                if not model.is_possible(read.keys - element):
                    wrong.append((hard.seed, element))
    assert wrong == []


def test_sentences_say_as_many_causes_as_there_are(
    explained: list[tuple[HardWeek, Explanation]],
) -> None:
    """None is lost in words and none is added."""
    wrong = [
        (hard.seed, [c.kind for c in causes], read.keys)
        for hard, answer in explained
        for causes, read in zip(answer.causes, said(hard.world, answer, hard.duty), strict=True)
        if len(elements(hard.world, read.keys)) != len(causes)
    ]
    assert wrong == []


def test_sentences_are_true(explained: list[tuple[HardWeek, Explanation]]) -> None:
    """Each fact is one of the week, each limit and skill the network's, each pair apart."""
    for hard, answer in explained:
        for read in said(hard.world, answer, hard.duty):
            assert [key for key in read.keys if not is_fact(hard, key)] == []
            assert [row for row in read.said if not is_true(hard.world, row)] == []
            for rule, _, one, other in read.apart:
                assert keeps_apart(hard.world, rule, one, other)


def test_the_checker_sees_each_pair_apart(
    explained: list[tuple[HardWeek, Explanation]],
) -> None:
    """A physician with both duties of a pair breaks the rule it names."""
    for hard, answer in explained:
        for read in said(hard.world, answer, hard.duty):
            for rule, who, one, other in read.apart:
                assert rule in broken_by(hard.world, who, one, other)


def broken_by(world: World, who: str, *duties: tuple[str, object]) -> set[str]:
    """Return the rules that somebody breaks who has nothing but these duties."""
    rows = frozenset(Assignment(day, task, who) for task, day in duties)
    monday = world.week.monday
    week = replace(world.week, pins=frozenset(), worked=frozenset())
    state = replace(world.state, tail=frozenset(row for row in rows if row.day < monday))
    own = Schedule(monday, frozenset(row for row in rows if row.day >= monday))
    return {breach.rule for breach in check(world.network, week, state, own).breaches}


def is_fact(hard: HardWeek, key: Key) -> bool:
    """Return whether a name stands for a rule or fact of the week."""
    world = hard.world
    network, week = world.network, world.week
    kind, *what = key
    match kind:
        case "absence":
            return not week.is_present(*what)
        case "pin" | "worked" | "tail" | "given":
            who, task, day = what
            known = {
                "pin": week.pins,
                "worked": week.worked,
                "tail": world.state.tail,
                "given": hard.schedule.assignments,
            }
            return Assignment(day, task, who) in known[kind]
        case "granted":
            return tuple(what) in week.granted
        case "needed":
            return any(row.duty == tuple(what) for row in hard.schedule)
        case "skill":
            return what[0] in network.tasks
        case "free_day" | "no_nights" | "not_at" | "max_per_week":
            return key in {agreement_key(row) for row in network.agreements}
        case _:
            return what[0] in network.physicians


def is_true(world: World, row: tuple[object, ...]) -> bool:
    """Return whether what is said of a rule or fact is so."""
    network = world.network
    match row:
        case ("skilled", task, *names):
            return {p for p, t in network.skills if t == task} == set(names)
        case ("at most", _, who, category, limit):
            return any(
                (a.physician, a.kind, a.value, a.limit) == (who, "max_per_week", category, limit)
                for a in network.agreements
            )
        case ("limit", "hours", who, minutes):
            return minutes == limit_minutes(network, who)
        case ("limit", "days", _, days):
            return days == network.rules.limits.days_in_a_row
        case ("limit", "nights_a_week", _, nights):
            return nights == network.rules.limits.max_nights
    return False


def test_no_change_is_cheaper(explained: list[tuple[HardWeek, Explanation]]) -> None:
    """A second solver finds the same least cost, or that nothing is enough."""
    wrong = []
    for hard, answer in explained:
        world = hard.world
        model = Second(
            world,
            answer.question,
            lambda key, world=world: is_unchangeable(world, key),
            None,
            duties_asked(world, answer.question),
        )
        mine = None if answer.correction is None else answer.correction.cost
        if mine != (theirs := model.least_cost()):
            wrong.append((hard.seed, bool(answer.question.given), mine, theirs))
    assert wrong == []


def test_the_cheapest_change_works(explained: list[tuple[HardWeek, Explanation]]) -> None:
    """Its schedule has all that is asked for and breaks nothing but what is changed."""
    for hard, answer in explained:
        if answer.correction is None:
            continue
        changes, schedule = answer.correction.changes, answer.correction.schedule
        aside = {(c.grade, c.switch.physician, c.switch.task, c.switch.day) for c in changes}
        week = hard.world.week
        pins = frozenset(
            row for row in week.pins if ("pin", row.physician, row.task, row.day) not in aside
        )
        report = check(hard.world.network, replace(week, pins=pins), hard.world.state, schedule)
        allowed = {(RULE_OF[c.grade], c.switch.physician) for c in changes if c.grade in RULE_OF}
        refused = {(b.rule, b.culprit.split(", ")[0]) for b in report.breaches if not b.accepted}
        assert refused <= allowed
        served = {row.duty for row in schedule}
        opened = {(c.switch.task, c.switch.day) for c in changes if c.grade == "needed"}
        assert served >= (answer.question.needed | {hard.duty}) - opened
        assert sum(change.cost for change in changes) == answer.correction.cost


RULE_OF = {
    "absence": "absence",
    "agreement": "agreement",
    "hour": "hours",
    "night": "nights",
    "day": "days",
}


def test_both_answers_at_once(explained: list[tuple[HardWeek, Explanation]]) -> None:
    """What is asked about in one call is what both questions say."""
    hard, here = explained[0]
    world = hard.world
    reason = why_open(world.network, world.week, world.state, hard.schedule, hard.duty)
    assert reason.here.causes == here.causes[:1]
    assert reason.here.correction == here.correction
    assert reason.whole == explained[1][1]
