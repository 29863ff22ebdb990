"""Questions about a week as facts, and the names of what may be laid aside, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clingo.symbol import Symbol
from clorm import FactBase, Predicate

from pysched.facts import question_words as v
from pysched.facts import week_words
from pysched.facts.network import network_facts
from pysched.facts.network_words import Weight
from pysched.facts.week import day_index, state_facts, week_facts
from pysched.facts.write import constants_text
from pysched.model import Assignment, Network, State, Week

CHANGE = "change"
"""The rule by whose name changes cost."""


@dataclass(frozen=True)
class Question:
    """What is asked of a week; at least one of the first four is given.

    Args:
        duty: (task, day) to be served.
        off: (physician, day) to be free.
        assignment: (physician, task, day) to be made.
        pins: whether the pins are asked about, with all rules.
        needed: (task, day) of the duties that have to be served besides.
        given: assignments of a schedule that have to stay as they are.
        skills: tasks whose skill may be among the causes.
    """

    duty: tuple[str, date] | None = None
    off: tuple[str, date] | None = None
    assignment: tuple[str, str, date] | None = None
    pins: bool = False
    needed: frozenset[tuple[str, date]] = frozenset()
    given: frozenset[Assignment] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Switch:
    """Something that may be laid aside.

    `kind` is pin, worked, tail, given, skill, absence, needed, granted, one_physician, a kind of
    agreement (free_day, no_nights, not_at, max_per_week) or a rule of one physician (rest, travel,
    overlap, nights, nights_a_week, days, hours, most_hours). `value` is a hospital or category.
    """

    kind: str
    physician: str = ""
    task: str = ""
    day: date = date.min
    value: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Apart:
    """Two duties that a rule keeps one physician from having both, the earlier one first."""

    rule: str
    pair: tuple[tuple[str, date], tuple[str, date]]


def question_text(
    network: Network,
    week: Week,
    state: State,
    question: Question,
    weights: Mapping[str, int],
) -> str:
    """Return constants and facts of a question about a week as a text that clingo reads.

    Args:
        network: hospitals, tasks, physicians; its weights are left out.
        week: what is known of the week.
        state: what the weeks before handed on.
        question: what is asked.
        weights: grade of a change -> its cost.
    """
    facts = FactBase(row for row in network_facts(network) if not isinstance(row, Weight))
    facts.add(Weight(CHANGE, grade, weight, 1) for grade, weight in weights.items())
    # Decisions and days of absence may be laid aside one by one: they come in other words.
    bare = replace(
        week,
        pins=frozenset(),
        worked=frozenset(),
        absences=(),
        published=None,
        granted=week.granted - {question.off},
    )
    facts.add(week_facts(network, bare, state))
    facts.add(_last_week(network, week, state))
    facts.add(_own(week))
    facts.add(_asked(week, question))
    return constants_text(network) + facts.asp_str(sorted=True)


def read_switch(week: Week, name: Symbol) -> Switch:
    """Return what a name of `asp/explain/switches.lp` stands for."""
    parts = name.arguments
    match name.name:
        case "pin" | "worked" | "tail" | "given":
            physician, task, day = parts
            return Switch(name.name, physician.string, task.string, _day(week, day))
        case "skill":
            return Switch("skill", task=parts[0].string)
        case "absence":
            return Switch("absence", parts[0].string, day=_absent_day(week, parts[1].number))
        case "needed":
            return Switch("needed", task=parts[0].string, day=_day(week, parts[1]))
        case "granted" | "free_day":
            return Switch(name.name, parts[0].string, day=_day(week, parts[1]))
        case "rule":
            return Switch(parts[0].name, parts[1].string)
        case "no_nights" | "one_physician":
            return Switch(name.name, parts[0].string if parts else "")
        case _:
            return Switch(name.name, parts[0].string, value=parts[1].string)


def read_changes(week: Week, symbols: Iterable[Symbol]) -> Iterator[tuple[str, Switch]]:
    """Yield grade and name of what the cost/4 atoms say is laid aside, once for each unit."""
    for symbol in symbols:
        if symbol.match("cost", 4) and symbol.arguments[0].name == CHANGE:
            grade, culprit = symbol.arguments[1].name, symbol.arguments[2]
            yield grade, _changed(week, grade, culprit)


def _changed(week: Week, grade: str, culprit: Symbol) -> Switch:
    parts = culprit.arguments
    match grade:
        case "absence":
            return Switch("absence", parts[0].string, day=_absent_day(week, parts[1].number))
        case "granted":
            return Switch("granted", parts[0].string, day=_day(week, parts[1]))
        case "pin":
            return Switch("pin", parts[0].string, parts[1].string, _day(week, parts[2]))
        case "needed":
            return Switch("needed", task=parts[0].string, day=_day(week, parts[1]))
        case "agreement":
            return read_switch(week, culprit)
        case _:
            kind = {"hour": "hours", "night": "nights_a_week", "day": "days"}[grade]
            return Switch(kind, parts[0].string)


def _day(week: Week, symbol: Symbol) -> date:
    return week.monday + timedelta(days=symbol.number)


def _absent_day(week: Week, minute: int) -> date:
    return next(day for day in _around(week) if week.midnight(day) == minute)


def _around(week: Week) -> Iterator[date]:
    """Yield the days that a duty of the week can touch."""
    for offset in range(9):
        yield week.monday + timedelta(days=offset)


def _last_week(network: Network, week: Week, state: State) -> Iterator[Predicate]:
    for row in state_facts(network, week, state):
        if isinstance(row, week_words.Past):
            yield v.Tail(row.physician, row.task, row.day, row.start, row.end)


def _own(week: Week) -> Iterator[Predicate]:
    """Yield absences day by day, and what is pinned or worked already."""
    for day in _around(week):
        span = week.midnight(day), week.midnight(day + timedelta(days=1))
        for physician in {a.physician for a in week.absences}:
            if not week.is_present(physician, day):
                yield week_words.Absent(physician, *span)
    known = {duty.key for duty in week.duties}
    for row in week.fixed:
        if row.duty in known:
            word = v.Worked if row in week.worked else v.Pin
            yield word(row.physician, row.task, day_index(week, row.day))


def _asked(week: Week, question: Question) -> Iterator[Predicate]:
    if question.duty is not None:
        yield v.Asked(question.duty[0], day_index(week, question.duty[1]))
    if question.off is not None:
        yield v.AskedOff(question.off[0], day_index(week, question.off[1]))
    if question.assignment is not None:
        physician, task, day = question.assignment
        yield v.AskedFor(physician, task, day_index(week, day))
    if question.pins:
        yield v.AskedPins()
    for task, day in question.needed:
        yield v.Needed(task, day_index(week, day))
    for row in question.given:
        yield v.Given(row.physician, row.task, day_index(week, row.day))
    for task in question.skills:
        yield v.OpenSkill(task)


def read_apart(week: Week, symbols: Iterable[Symbol]) -> Iterator[Apart]:
    """Yield the pairs of duties that rules keep apart, as the apart/3 atoms say."""
    for symbol in symbols:
        rule, one, other = symbol.arguments
        yield Apart(rule.name, (_duty(week, one), _duty(week, other)))


def _duty(week: Week, symbol: Symbol) -> tuple[str, date]:
    task, day = symbol.arguments
    return task.string, _day(week, day)
