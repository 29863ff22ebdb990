"""What is odd in the rows of pins, history and wishes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pysched.instance.scenario import Problem, Scenario
from pysched.instance.view import View
from pysched.instance.weeks import monday_of
from pysched.model import Agreement, Assignment, Request, Task
from pysched.model.network import WEEKDAYS

Oddity = tuple[str, str, str]
"""Field, value and what was expected."""


def pin_oddities(scenario: Scenario, view: View) -> Iterator[Problem]:
    """Yield pins against a rule, and pins and history of duties that are not there to fill."""
    filled: dict[tuple[str, date], tuple[str, str]] = {}
    for file, rows in (("history.csv", scenario.history), ("pins.csv", scenario.pins)):
        for position, item in enumerate(rows):
            if not scenario.first_day <= item.day <= scenario.last_day:
                continue
            row = scenario.lines.get((file, position))
            physician, place = filled.setdefault(item.duty, (item.physician, f"{file} row {row}"))
            found = list(_of_pin(item, view)) if file == "pins.csv" else []
            if item.duty not in view.duties:
                expected = f"a task with a duty on {item.day}; the row is ignored"
                found = [("task", item.task, expected)]
            elif physician != item.physician:
                found.append(("physician", item.physician, f"{physician}, as in {place}"))
            yield from (Problem(file, row, *oddity) for oddity in found)


def _of_pin(pin: Assignment, view: View) -> Iterator[Oddity]:
    task = view.tasks[pin.task]
    if pin.physician not in view.skilled.get(pin.task, ()):
        yield "physician", pin.physician, f"somebody with the skill for {pin.task}"
    if not view.is_present(pin.physician, pin.duty):
        yield "physician", pin.physician, f"somebody who is present on {pin.day}"
    if any(_breaks(agreement, pin, task) for agreement in view.agreements.get(pin.physician, ())):
        yield "physician", pin.physician, "somebody whose agreements allow the duty"


def _breaks(agreement: Agreement, pin: Assignment, task: Task) -> bool:
    match agreement.kind:
        case "free_weekday":
            return WEEKDAYS[pin.day.weekday()] == agreement.value
        case "no_nights":
            return task.is_night
        case "not_at_hospital":
            return task.hospital == agreement.value
        case "max_per_week":
            return task.category == agreement.value and agreement.limit == 0


def wish_oddities(scenario: Scenario, view: View) -> Iterator[Problem]:
    """Yield wishes that can make no difference."""
    for position, wish in enumerate(scenario.requests):
        if scenario.first_day <= wish.day <= scenario.last_day:
            row = scenario.lines.get(("requests.csv", position))
            yield from (Problem("requests.csv", row, *oddity) for oddity in _of_wish(wish, view))


def _of_wish(wish: Request, view: View) -> Iterator[Oddity]:
    is_of_week = wish.kind in {"prefer_task", "avoid_task"}
    monday = monday_of(wish.day)
    days = [monday + timedelta(days=n) for n in range(7)] if is_of_week else [wish.day]
    if all((wish.physician, day) in view.absent for day in days):
        yield "day", str(wish.day), f"a time at which {wish.physician} is not absent"
    if is_of_week and (wish.what, monday) not in view.running:
        yield "what", wish.what, f"a task that runs in the week of {monday}"
    if is_of_week and wish.physician not in view.skilled.get(wish.what, ()):
        yield "what", wish.what, f"a task that {wish.physician} has the skill for"
