"""Why something cannot be had: minimal sets of causes and the cheapest correction, by solving."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pysched.explain.cause import ORDER, Cause, Element, by_preference, causes_of, elements_of
from pysched.explain.correction import ChangeCosts, Correction, changes_of
from pysched.explain.questions import asked_day
from pysched.facts.question import Question
from pysched.model import Network, Schedule, State, Week
from pysched.solver.budget import Budget
from pysched.solver.core import Subset, UndecidedError
from pysched.solver.questioning import Grouping, Questioned

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


def explain(
    network: Network,
    week: Week,
    state: State,
    question: Question,
    costs: ChangeCosts | None = None,
    *,
    most_causes: int = MOST_CAUSES,
    time_limit_seconds: float | None = DEFAULT_SECONDS,
    stop: threading.Event | None = None,
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
        stop: set it to end the search; what is not decided by then is said so.

    Raises:
        ValueError: the week or state does not fit the network.
    """
    costs = costs or ChangeCosts()
    limit = time_limit_seconds
    ends = None if stop is None else stop.is_set
    budget = Budget(None if limit is None else time.monotonic() + limit, None, ends)
    asked = Questioned(network, week, state, question, costs.weights, grouping_of(week), budget)
    weighing = _weighing(network, question, asked.names)
    kept = by_preference(weighing, question, asked_day(week, question))
    aside = {e for e in kept if question.pins or _may_change(network, costs, e)}
    try:
        found = asked.causes(kept, aside, most_causes)
    except UndecidedError:
        return Explanation(question, decided=False)
    return _corrected(network, _caused(network, asked, question, found), costs, asked, kept)


def _caused(
    network: Network,
    asked: Questioned[Element],
    question: Question,
    found: Sequence[Subset[Element]],
) -> Explanation:
    """Return the explanation with what the minimal sets of elements say."""
    apart = asked.apart() if found else ()
    return Explanation(
        question,
        tuple(causes_of(network, asked.week, question, each.names, apart) for each in found),
        tuple(each.is_minimal for each in found),
    )


def grouping_of(week: Week) -> Grouping[Element]:
    """Return what makes elements of switches."""
    return lambda switches: {each: each.switches for each in elements_of(week, switches)}


def _weighing(network: Network, question: Question, elements: Iterable[Element]) -> list[Element]:
    """Return what weighs as much as what is asked for: granted leave may not."""
    asked = question.duty
    essential = asked is not None and network.tasks[asked[0]].essential
    yields = question.pins or question.assignment is not None or essential
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
