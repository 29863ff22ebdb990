"""Why a schedule is as it is: its open duties, its broken days off, the pins of its week."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from pysched.explain.causes import DEFAULT_SECONDS, MOST_CAUSES, Explanation, explain
from pysched.explain.correction import ChangeCosts
from pysched.explain.questions import (
    duty_here_question,
    duty_question,
    leave_here_question,
    leave_question,
    pins_question,
)
from pysched.facts.question import Question
from pysched.model import DutyKey, Network, Schedule, State, Week


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
    stop: threading.Event | None = None,
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
        stop: set it to end the search.

    Raises:
        ValueError: the duty is unknown or served, or the week does not fit the network.
    """
    if any(assignment.duty == duty for assignment in schedule):
        raise ValueError(f"{duty[0]}@{duty[1]} is served")
    questions = (
        duty_here_question(week, schedule, duty),
        duty_question(network, week, schedule, duty),
    )
    return _reason(network, week, state, questions, costs, (time_limit_seconds, stop))


def why_worked(
    network: Network,
    week: Week,
    state: State,
    schedule: Schedule,
    leave: tuple[str, date],
    costs: ChangeCosts | None = None,
    *,
    time_limit_seconds: float | None = DEFAULT_SECONDS,
    stop: threading.Event | None = None,
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
        stop: set it to end the search.

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
    return _reason(network, week, state, questions, costs, (time_limit_seconds, stop))


def why_pins(
    network: Network,
    week: Week,
    state: State,
    costs: ChangeCosts | None = None,
    *,
    time_limit_seconds: float | None = DEFAULT_SECONDS,
    stop: threading.Event | None = None,
) -> Explanation:
    """Return which pins break which rule or one another; possible if none does.

    Args:
        network: hospitals, tasks, physicians and limits.
        week: what is known of the week.
        state: what the weeks before handed on.
        costs: of changes, the documented ones if None.
        time_limit_seconds: None for none.
        stop: set it to end the search.

    Raises:
        ValueError: the week or state does not fit the network.
    """
    question = pins_question(week)
    return explain(
        network,
        week,
        state,
        question,
        costs,
        most_causes=max(1, len(week.fixed)),
        time_limit_seconds=time_limit_seconds,
        stop=stop,
    )


def _reason(
    network: Network,
    week: Week,
    state: State,
    questions: tuple[Question, Question],
    costs: ChangeCosts | None,
    limits: tuple[float | None, threading.Event | None],
) -> Reason:
    """Return both answers, found side by side."""
    limit, stop = limits

    def answer(question: Question, most: int) -> Explanation:
        return explain(
            network,
            week,
            state,
            question,
            costs,
            most_causes=most,
            time_limit_seconds=limit,
            stop=stop,
        )

    with ThreadPoolExecutor() as pool:
        return Reason(*pool.map(answer, questions, (1, MOST_CAUSES)))
