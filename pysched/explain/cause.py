"""A cause: one rule or fact of a week that is part of why something cannot be had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from pysched.facts.hours import limit_minutes
from pysched.facts.question import Apart, Question, Switch
from pysched.model import DutyKey, Network, Week, duty_on

Pair = tuple[DutyKey, DutyKey]

ORDER = (
    "skill",
    "absence",
    "free_day",
    "no_nights",
    "not_at",
    "max_per_week",
    "tail",
    "worked",
    "pin",
    "given",
    "one_physician",
    "rest",
    "travel",
    "overlap",
    "nights",
    "nights_a_week",
    "days",
    "hours",
    "granted",
    "needed",
)
"""Kinds of causes; where one can stand for another the earlier one is kept."""

HELD = frozenset(("pin", "worked", "tail", "given"))
"""Kinds that are about a duty somebody has."""

PAIRED = frozenset(("rest", "travel", "overlap", "nights"))
"""Rules that keep two duties apart."""


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """One rule or fact.

    Args:
        kind: one of `ORDER`, as `facts.question.Switch` has them.
        physician: whom it is about, if anybody.
        task: with `day` a duty; alone the task of a skill.
        day: of the duty or day off; the first day of an absence.
        last_day: of an absence, both cut to the days that the week's duties touch.
        value: hospital or category of an agreement.
        limit: of a count, in its own units: nights, days, duties; minutes for hours.
        among: who has the skill for the duty or task.
        pairs: duties among the causes that a rule keeps apart.
        at_once: whether three duties at once are part of it.
    """

    kind: str
    physician: str = ""
    task: str = ""
    day: date = date.min
    last_day: date = date.min
    value: str = ""
    limit: int = 0
    among: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    at_once: bool = False

    @property
    def duty(self) -> DutyKey:
        """The key of the duty it is about."""
        return self.task, self.day


@dataclass(frozen=True, slots=True)
class Element:
    """What is kept or laid aside as one: an absence of several days has a switch for each."""

    kind: str
    switches: tuple[Switch, ...]

    @property
    def switch(self) -> Switch:
        """Its first switch."""
        return self.switches[0]


def elements_of(week: Week, switches: Iterable[Switch]) -> list[Element]:
    """Return the switches as elements: days of one absence together."""
    absent: dict[tuple[str, date], list[Switch]] = {}
    found = []
    for switch in sorted(switches):
        if switch.kind == "absence":
            absent.setdefault((switch.physician, _first_day(week, switch)), []).append(switch)
        else:
            found.append(Element(switch.kind, (switch,)))
    return found + [Element("absence", tuple(days)) for days in absent.values()]


def _first_day(week: Week, switch: Switch) -> date:
    """Return the first of the days in a row around a day on which its physician is absent."""
    day = switch.day
    while day > week.monday and not week.is_present(switch.physician, day - timedelta(days=1)):
        day -= timedelta(days=1)
    return day


def by_preference(elements: Iterable[Element], question: Question, near: date) -> list[Element]:
    """Return the elements that may be causes, the dearest first: needed duties near in time."""
    rank = {kind: number for number, kind in enumerate(ORDER)}
    own = {question.duty[0]} if question.duty else set()

    def key(element: Element) -> tuple[int, int, bool, Switch]:
        switch = element.switch
        away = abs((switch.day - near).days) if element.kind == "needed" else 0
        return rank[element.kind], away, switch.task not in own, switch

    return sorted((e for e in elements if e.kind in rank), key=key)


def causes_of(
    network: Network,
    week: Week,
    question: Question,
    elements: Sequence[Element],
    apart: Sequence[Apart],
) -> tuple[Cause, ...]:
    """Return minimal elements as causes, with what they say of the network and of one another."""
    return tuple(
        _cause(
            network,
            week,
            element,
            _duties(network, question, elements, element.switch.physician),
            apart,
        )
        for element in elements
    )


def _duties(
    network: Network, question: Question, elements: Sequence[Element], physician: str
) -> set[DutyKey]:
    """Return the duties among the elements that somebody has, or might have to serve."""
    own = {task for who, task in network.skills if who == physician} | question.skills
    held = {
        (e.switch.task, e.switch.day)
        for e in elements
        if e.kind in HELD and e.switch.physician == physician
    }
    held |= {
        (e.switch.task, e.switch.day)
        for e in elements
        if e.kind == "needed" and e.switch.task in own
    }
    if question.duty is not None:
        held.add(question.duty)
    if question.assignment is not None:
        held.add(question.assignment[1:])
    return held


def _cause(
    network: Network,
    week: Week,
    element: Element,
    duties: set[DutyKey],
    apart: Sequence[Apart],
) -> Cause:
    switch, kind = element.switch, element.kind
    pairs = tuple(
        sorted(each.pair for each in apart if each.rule == kind and duties.issuperset(each.pair))
    )
    return Cause(
        kind,
        switch.physician,
        switch.task,
        switch.day,
        element.switches[-1].day if kind == "absence" else date.min,
        switch.value,
        _limit(network, switch),
        _skilled(network, switch.task) if kind in {"skill", "needed"} else (),
        pairs,
        kind == "overlap" and _three_at_once(network, week, duties, set(pairs)),
    )


def _three_at_once(network: Network, week: Week, duties: set[DutyKey], apart: set[Pair]) -> bool:
    """Return whether three duties share a minute of which no two are kept apart anyway."""
    timed = [
        duty_on(network.tasks[task], day, week.monday, week.timezone)
        for task, day in sorted(duties, key=lambda duty: (duty[1], duty[0]))
    ]
    return any(
        max(duty.start for duty in three) < min(duty.end for duty in three)
        and not any(
            {a.key, b.key} == set(pair) for a, b in combinations(three, 2) for pair in apart
        )
        for three in combinations(timed, 3)
    )


def _limit(network: Network, switch: Switch) -> int:
    limits = network.rules.limits
    match switch.kind:
        case "nights_a_week":
            return limits.max_nights
        case "days":
            return limits.days_in_a_row
        case "hours":
            return limit_minutes(network, switch.physician)
        case "rest":
            return 60 * limits.rest_hours
        case "max_per_week":
            return next(
                row.limit
                for row in network.agreements
                if (row.physician, row.kind, row.value)
                == (switch.physician, "max_per_week", switch.value)
            )
        case _:
            return 0


def _skilled(network: Network, task: str) -> tuple[str, ...]:
    """Return who has the skill for a task, in the order of the network."""
    return tuple(p for p in network.physicians if (p, task) in network.skills)
