"""The most that can be served at all: what is open where there is no schedule yet."""

from __future__ import annotations

import time

from pysched.explain.causes import DEFAULT_SECONDS, grouping_of
from pysched.explain.questions import essential_of
from pysched.facts.question import Question
from pysched.model import DutyKey, Network, Schedule, State, Week
from pysched.solver.budget import Budget
from pysched.solver.questioning import Questioned


def serve_most(
    network: Network,
    week: Week,
    state: State,
    *,
    time_limit_seconds: float | None = DEFAULT_SECONDS,
) -> Schedule:
    """Return a schedule that leaves as few duties open as any, essential ones first: proven.

    It keeps every hard rule and looks at no other cost; it is there to be asked about.

    Args:
        network: hospitals, tasks, physicians and limits.
        week: what is known of the week.
        state: what the weeks before handed on.
        time_limit_seconds: None for none.

    Raises:
        ValueError: the week or state does not fit the network.
        UndecidedError: the time was over before the proof.
    """
    limit = time_limit_seconds
    budget = Budget(None if limit is None else time.monotonic() + limit, None)
    every = frozenset(duty.key for duty in week.duties)
    essential = essential_of(network, every)
    first = _served(network, week, state, essential, frozenset(), budget)
    served = frozenset(assignment.duty for assignment in first)
    return _served(network, week, state, every - essential, served & essential, budget)


def _served(
    network: Network,
    week: Week,
    state: State,
    wanted: frozenset[DutyKey],
    kept: frozenset[DutyKey],
    budget: Budget,
) -> Schedule:
    """Return a schedule with all kept duties and as many of the wanted ones as can be."""
    grouping = grouping_of(week)
    question = Question(needed=wanted | kept)
    asked = Questioned(network, week, state, question, {"needed": 1}, grouping, budget)
    fixed = [
        element
        for element in asked.names
        if element.kind not in {"needed", "granted"}
        or (element.switch.task, element.switch.day) in kept
    ]
    found = asked.cheapest(fixed)
    if found is None:
        raise ValueError(f"week {week.monday}: the fixed assignments alone are forbidden")
    return found.schedule
