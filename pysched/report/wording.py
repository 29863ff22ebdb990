"""The words of reports: numbers, days, times and culprits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType

from pysched.model import Network

PLURALS: Mapping[str, str] = MappingProxyType({"duty": "duties", "class": "classes"})
"""Plurals that take more than an s."""

_DUTY = re.compile(r"(?P<task>[^@]+)@(?P<day>\d{4}-\d{2}-\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 duty, 2 duties."""
    return f"{number} {called(number, noun)}"


def called(number: int, noun: str) -> str:
    """Return the noun that goes with a number: duty, duties."""
    return noun if number == 1 else PLURALS.get(noun, f"{noun}s")


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
