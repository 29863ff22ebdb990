"""Why something cannot be had: minimal sets of causes and the cheapest correction, by solving."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pysched.explain.cause import ORDER, Cause, Element, by_preference, causes_of, elements_of
from pysched.explain.correction import ChangeCosts, Correction, changes_of
from pysched.explain.questions import (
    DutyKey,
    asked_day,
    duty_here_question,
    duty_question,
    leave_here_question,
    leave_question,
    pins_question,
)
from pysched.facts.question import Question, Switch
from pysched.model import Network, Schedule, State, Week
from pysched.solver.budget import Budget
from pysched.solver.core import UndecidedError
from pysched.solver.questioning import Questioned

MOST_CAUSES = 2
"""How many sets of causes are looked for."""
DEFAULT_SECONDS = 20.0


@dataclass(frozen=True)
class Explanation:
    """Why something cannot be had, or that it can.

    Args:
        question: what was asked.
        causes: minimal sets: while all of a set holds it cannot be had, whatever else changes, and
            without any one of them it could. None if nothing hard keeps it from being had.
        minimal: for each set, whether it is proven that none of it can be left out.
        correction: the cheapest one; None if nothing that may be changed is enough, or if it can
            be had as it is.
        schedule: one that has what was asked for as it is, with all that is needed besides.
        decided: whether correction and possibility are what they are said to be; if not the time
            was over first.
    """

    question: Question
    causes: tuple[tuple[Cause, ...], ...] = ()
    minimal: tuple[bool, ...] = ()
    correction: Correction | None = None
    schedule: Schedule | None = None
    decided: bool = True

    @property
    def is_possible(self) -> bool:
        """Whether it can be had as it is."""
        return self.schedule is not None


@dataclass(frozen=True)
class Reason:
    """Why something is not so in a schedule.

    Args:
        here: with all else as it is in the schedule.
        whole: whatever else changes, as long as what weighs as much is served.
    """

    here: Explanation
    whole: Explanation


def why_open(
    network: Network,
    week: Week,
    state: State,
    schedule: Schedule,
    duty: DutyKey,
    costs: ChangeCosts | None = None,
    *,
    time_limit_seconds: float | None = DEFAULT_SECONDS,
) -> Reason:
    """Return why a duty is not served in a schedule.

    Args:
        network: hospitals, tasks, physicians and limits.
        week: what is known of the week.
        state: what the weeks before handed on.
        schedule: which leaves the duty open.
        duty: task and day.
        costs: of changes, the documented ones if None.
        time_limit_seconds: for each of the two answers, None for none.

    Raises:
        ValueError: the duty is unknown or served, or the week does not fit the network.
    """
    if any(assignment.duty == duty for assignment in schedule):
        raise ValueError(f"{duty[0]}@{duty[1]} is served")
    questions = (
        duty_here_question(week, schedule, duty),
        duty_question(network, week, schedule, duty),
    )
    return _reason(network, week, state, questions, costs, time_limit_seconds)


def why_worked(
    network: Network,
    week: Week,
    state: State,
    schedule: Schedule,
    leave: tuple[str, date],
    costs: ChangeCosts | None = None,
    *,
    time_limit_seconds: float | None = DEFAULT_SECONDS,
) -> Reason:
    """Return why a physician has no day off in a schedule, as `why_open` does for a duty.

    Args:
        network: hospitals, tasks, physicians and limits.
        week: what is known of the week.
        state: what the weeks before handed on.
        schedule: in which the physician has a duty on the day.
        leave: physician and day.
        costs: of changes, the documented ones if None.
        time_limit_seconds: for each of the two answers, None for none.

    Raises:
        ValueError: physician or day is unknown, he is off, or the week does not fit the network.
    """
    physician, day = leave
    questions = (
        leave_here_question(network, week, schedule, physician, day),
        leave_question(network, week, schedule, physician, day),
    )
    if all((row.physician, row.day) != leave for row in schedule):
        raise ValueError(f"{physician} has no duty on {day}")
    return _reason(network, week, state, questions, costs, time_limit_seconds)


def why_pins(
    network: Network,
    week: Week,
    state: State,
    costs: ChangeCosts | None = None,
    *,
    time_limit_seconds: float | None = DEFAULT_SECONDS,
) -> Explanation:
    """Return which pins break which rule or one another; possible if none does.

    Args:
        network: hospitals, tasks, physicians and limits.
        week: what is known of the week.
        state: what the weeks before handed on.
        costs: of changes, the documented ones if None.
        time_limit_seconds: None for none.

    Raises:
        ValueError: the week or state does not fit the network.
    """
    question = pins_question(week)
    most = max(1, len(week.fixed))
    limit = time_limit_seconds
    return explain(
        network, week, state, question, costs, most_causes=most, time_limit_seconds=limit
    )


def _reason(
    network: Network,
    week: Week,
    state: State,
    questions: tuple[Question, Question],
    costs: ChangeCosts | None,
    limit: float | None,
) -> Reason:
    here, whole = (
        explain(network, week, state, question, costs, time_limit_seconds=limit)
        for question in questions
    )
    return Reason(here, whole)


def explain(
    network: Network,
    week: Week,
    state: State,
    question: Question,
    costs: ChangeCosts | None = None,
    *,
    most_causes: int = MOST_CAUSES,
    time_limit_seconds: float | None = DEFAULT_SECONDS,
) -> Explanation:
    """Return why something cannot be had, and what change would be enough at the least cost.

    Args:
        network: hospitals, tasks, physicians and limits.
        week: what is known of the week.
        state: what the weeks before handed on.
        question: what is asked; see `questions`.
        costs: of changes, the documented ones if None.
        most_causes: how many different sets of causes are looked for.
        time_limit_seconds: for all of it, None for none.

    Raises:
        ValueError: the week or state does not fit the network.
    """
    costs = costs or ChangeCosts()
    limit = time_limit_seconds
    budget = Budget(None if limit is None else time.monotonic() + limit, None)

    def grouping(switches: Iterable[Switch]) -> Mapping[Element, Sequence[Switch]]:
        return {element: element.switches for element in elements_of(week, switches)}

    asked = Questioned(network, week, state, question, costs.weights, grouping, budget)
    weighing = _weighing(network, question, asked.names)
    kept = by_preference(weighing, question, asked_day(week, question))
    aside = {e for e in kept if e.kind == "given" or _may_change(network, costs, e)}
    try:
        found = asked.causes(kept, aside, most_causes)
    except UndecidedError:
        return Explanation(question, decided=False)
    guards = asked.guards()
    answer = Explanation(
        question,
        tuple(causes_of(network, week, question, each.names, guards) for each in found),
        tuple(each.is_minimal for each in found),
    )
    return _corrected(network, answer, costs, asked, kept)


def _weighing(network: Network, question: Question, elements: Iterable[Element]) -> list[Element]:
    """Return what weighs as much as what is asked for: leave gives way to an essential duty."""
    asked = question.duty or (question.assignment[1:] if question.assignment else None)
    yields = asked is not None and network.tasks[asked[0]].essential
    return [e for e in elements if e.kind in ORDER and not (yields and e.kind == "granted")]


def _corrected(
    network: Network,
    answer: Explanation,
    costs: ChangeCosts,
    asked: Questioned[Element],
    kept: Sequence[Element],
) -> Explanation:
    """Return the explanation with its correction, or with the schedule that needs none."""
    weighs = set(kept)
    fixed = [
        element
        for element in asked.names
        if not _may_change(network, costs, element)
        and (element in weighs or element.kind not in ORDER)
    ]
    try:
        found = asked.cheapest(fixed if answer.causes else [*fixed, *kept])
    except UndecidedError:
        return replace(answer, decided=False)
    if found is None:
        return answer
    if not answer.causes:
        return replace(answer, schedule=found.schedule)
    changes = changes_of(costs, found.changed)
    return replace(answer, correction=Correction(changes, found.cost, found.schedule))


def _may_change(network: Network, costs: ChangeCosts, element: Element) -> bool:
    if element.kind == "needed" and network.tasks[element.switch.task].essential:
        return False
    return costs.allows(element.kind)
