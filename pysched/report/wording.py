"""The words of reports: days, times, culprits, and what each soft rule says when it costs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType

from pysched.model import Network

REASONS: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType(
    {
        ("coverage", "essential"): ("Nobody fills this essential duty", "duty"),
        ("coverage", "other"): ("Nobody fills this duty", "duty"),
        ("granted_leave", "day"): ("A day off that was granted has a duty", "day"),
        ("debt_limit", "sacrifice"): (
            "A sacrifice duty went to somebody over the limit of what was borne",
            "duty",
        ),
        ("continuity", "ward"): ("Nobody is in charge of the ward this week", "ward"),
        ("stability", "later"): ("Differs from the published schedule", "assignment"),
        ("stability", "soon"): ("Differs from the published schedule within a day", "assignment"),
        ("overlap", "main"): ("Two duties at once at the main hospital", "half-hour"),
        ("overlap", "elsewhere"): ("Two duties at once", "half-hour"),
        ("minimum_hours", "hour"): ("Works less than the target of the week", "hour"),
        ("month_hours", "hour"): ("Worked less than the target of the month", "hour"),
        ("maximum_overtime", "hour"): ("Has the most overtime of the week", "hour"),
        ("ward_six", "ward"): ("Nobody has the ward on every day from Monday to Saturday", "ward"),
        ("morning_after_on_call", "day"): ("Works on the morning after a night on call", "day"),
        ("geography", "pair"): ("Two places that are far apart on one day", "pair"),
        ("house_rules", "senior_holiday"): ("A senior has duty on a major holiday", "day"),
        ("house_rules", "resident_weekend"): (
            "A resident has duty two weekends in a row",
            "weekend",
        ),
        ("house_rules", "first_year"): (
            "An unwanted duty that somebody in the first year could have had",
            "duty",
        ),
        ("wishes", "day_off"): ("A wish for a day off is not met", "point"),
        ("wishes", "shift_off"): ("A wish for a part of a day off is not met", "point"),
        ("wishes", "avoid_task"): ("A wish to be spared a task is not met", "point"),
        ("wishes", "prefer_task"): ("A wish for a task is not met", "point"),
        ("suitability", "tenth"): ("Suits the task less than fully", "tenth"),
        ("team", "avoid"): ("Two who would rather not meet work together", "half-day"),
        ("team", "like"): ("Two who like to work together do not meet", "pair"),
        ("team", "mentor"): ("A resident does not meet the mentor", "pair"),
        ("workload_style", "steady"): ("A long day for somebody who likes steady days", "hour"),
        ("workload_style", "intense"): ("One more day for somebody who likes few long ones", "day"),
        ("hours_spread", "block"): ("The balance of hours is away from the group's", "block"),
        ("memory", "major"): ("Has had more of this major category than most", "class"),
        ("memory", "minor"): ("Has had more of this minor category than most", "class"),
        ("rotation", "major"): (
            "Has the same task of a major category again this week",
            "repetition",
        ),
        ("rotation", "minor"): (
            "Has the same task of a minor category again this week",
            "repetition",
        ),
        ("variety", "week"): ("Had the same task in the weeks before too", "week"),
        ("equalization", "sacrifice"): ("Has borne more than the fair target so far", "unit"),
        ("equalization", "day"): (
            "Is further from the fair target by this weekend or holiday",
            "unit",
        ),
    }
)
"""What a cost of each rule and grade says, and what its units are, in the singular."""

PLURALS: Mapping[str, str] = MappingProxyType({"duty": "duties", "class": "classes"})
"""Plurals that take more than an s."""

_DUTY = re.compile(r"(?P<task>[^@]+)@(?P<day>\d{4}-\d{2}-\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 duty, 2 duties."""
    return f"{number} {noun if number == 1 else PLURALS.get(noun, f'{noun}s')}"


def day_words(day: date) -> str:
    """Return a day as Mon 29 May."""
    return f"{day:%a} {day.day} {day:%b}"


def span_words(start: time, end: time) -> str:
    """Return clock times as 08-14 or 08:30-14:15; full hours go without minutes."""
    return "\u2013".join(f"{t:%H}" if t.minute == 0 else f"{t:%H:%M}" for t in (start, end))


def culprit_words(network: Network, culprit: str) -> str:
    """Return a culprit with the names that people know: physicians, tasks and days.

    Args:
        network: has the names.
        culprit: as the checker says it: parts joined by commas.
    """
    return ", ".join(_part(network, part) for part in culprit.split(", "))


def task_words(network: Network, task: str) -> str:
    """Return a task as id and name, or its name alone where the id says the same."""
    name = network.tasks[task].name
    return name if name.casefold() == task.casefold() else f"{task} {name}"


def _part(network: Network, part: str) -> str:
    if match := _DUTY.fullmatch(part):
        task = match["task"]
        named = task_words(network, task) if task in network.tasks else task
        return f"{named} on {day_words(date.fromisoformat(match['day']))}"
    if _DAY.fullmatch(part):
        return day_words(date.fromisoformat(part))
    if part in network.physicians:
        return network.physicians[part].name
    if part in network.tasks:
        return task_words(network, part)
    return network.hospitals[part].name if part in network.hospitals else part.replace("_", " ")
